"""Reads of commitments. Overdue and due soon are computed from the day, never stored."""

from __future__ import annotations

import calendar as months
import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from yizheng.core import clock
from yizheng.core.access import Actor
from yizheng.core.due import Due, due_of
from yizheng.core.ui import CaseRow
from yizheng.organisations.queries import calendar

from . import rules
from .enums import CommitmentState as S
from .flow import COMMITMENT
from .models import Commitment


def visible_to(actor: Actor) -> QuerySet[Commitment]:
    return COMMITMENT.visible_to(actor).select_related("unit")


def may_read(actor: Actor, commitment: Commitment) -> bool:
    """Whether the papers that hang on it are open to the actor."""
    return COMMITMENT.visible_to(actor).filter(pk=commitment.pk).exists()


def is_overdue(today: dt.date) -> Q:
    """Its day has passed and nothing was done, or it was found to be missed."""
    return Q(promised_for__lt=today, state__in=S.of("unmet"))


def due_in(period: str, today: dt.date) -> Q:
    """`overdue`, `month` (still open, until the month's end), `later`."""
    end = today.replace(day=months.monthrange(today.year, today.month)[1])
    if period == "overdue":
        return is_overdue(today)
    if period == "month":
        return Q(state__in=COMMITMENT.open_states, promised_for__range=(today, end))
    return Q(state__in=COMMITMENT.open_states, promised_for__gt=end)


FOLLOWED = "followed"
"""Filter: every state in which a promise is still followed."""


def filtered(
    commitments: QuerySet[Commitment], wanted: Mapping[str, str], today: dt.date
) -> QuerySet[Commitment]:
    """`wanted`: state, unit, due, year (in which it is promised for), q."""
    if state := wanted.get("state"):
        states = COMMITMENT.open_states if state == FOLLOWED else [state]
        commitments = commitments.filter(state__in=states)
    if unit := wanted.get("unit"):
        commitments = commitments.filter(unit=int(unit))
    if due := wanted.get("due"):
        commitments = commitments.filter(due_in(due, today))
    if year := wanted.get("year"):
        commitments = commitments.filter(promised_for__year=int(year))
    if words := wanted.get("q", "").strip():
        commitments = commitments.filter(
            Q(text__icontains=words) | Q(number__icontains=words) | Q(source_label__icontains=words)
        )
    return commitments


@dataclass(frozen=True)
class Standing:
    """How promises stand on a day.

    `due`: those whose day has come; `kept`, `reported`, `overdue` are among them.
    """

    due: int
    kept: int
    reported: int
    overdue: int
    overdue_units: int
    coming: int

    @property
    def share(self) -> float | None:
        return self.kept / self.due if self.due else None


def _counts(today: dt.date) -> dict[str, Count]:
    has_come = Q(promised_for__lte=today) & ~Q(state__in=S.of("released"))
    return {
        "due": Count("pk", filter=has_come),
        "kept": Count("pk", filter=has_come & Q(state__in=S.of("fulfilled"))),
        "reported": Count("pk", filter=has_come & Q(state__in=S.of("claimed"))),
        "overdue": Count("pk", filter=is_overdue(today)),
        "coming": Count("pk", filter=Q(promised_for__gt=today, state__in=COMMITMENT.open_states)),
    }


def standing(actor: Actor, today: dt.date | None = None) -> Standing:
    """Of the promises the actor may see: one query."""
    today = today or clock.today()
    units = Count("unit", filter=is_overdue(today), distinct=True)
    return Standing(**COMMITMENT.visible_to(actor).aggregate(overdue_units=units, **_counts(today)))


@dataclass(frozen=True)
class UnitStanding:
    unit_id: int
    unit: str
    standing: Standing


ORDER = ("-overdue", "-due", "unit_id")


def by_unit(actor: Actor, today: dt.date | None = None) -> list[UnitStanding]:
    """How the promises of each unit stand: most overdue first, then by number due."""
    today = today or clock.today()
    rows: Any = (
        COMMITMENT.visible_to(actor)
        .order_by()
        .values("unit_id", "unit__short_name")
        .annotate(**_counts(today))
        .order_by(*ORDER)
    )
    return [
        UnitStanding(
            row["unit_id"],
            row["unit__short_name"],
            Standing(
                row["due"],
                row["kept"],
                row["reported"],
                row["overdue"],
                int(bool(row["overdue"])),
                row["coming"],
            ),
        )
        for row in rows
    ]


def due_for(commitment: Commitment, today: dt.date | None = None) -> Due | None:
    """Time left of a promise that is still to be kept."""
    if COMMITMENT.state_of(commitment).due is None:
        return None
    return due_of(commitment.promised_for, calendar(), today or clock.today())


def holder_of(commitment: Commitment) -> str:
    state = COMMITMENT.state_of(commitment)
    if state.holder is None:
        return ""
    return commitment.unit.short_name if state.holder is rules.reporter else _("the office")


def rows(commitments: Sequence[Commitment], actor: Actor) -> list[CaseRow]:
    """Lines of a list; the calendar is read once."""
    days, today = calendar(), clock.today()
    return [
        _row(commitment, actor, due_of(commitment.promised_for, days, today))
        for commitment in commitments
    ]


def _row(commitment: Commitment, actor: Actor, due: Due | None) -> CaseRow:
    state = COMMITMENT.state_of(commitment)
    mine = state.holder is not None and state.holder.allows(actor, commitment)
    return CaseRow(
        id=commitment.pk,
        title=commitment.text if len(commitment.text) <= 44 else commitment.text[:43] + "…",
        url=COMMITMENT.url(commitment),
        number=commitment.number,
        line=f"{commitment.promised_for} · {commitment.unit.short_name} · "
        f"{commitment.source_label}",
        seals=COMMITMENT.seals_of(commitment),
        holder=holder_of(commitment),
        holder_note=state.holding if state.holder else "",
        mine=mine,
        due=due if state.due else None,
        badge=None if state.due else {"text": str(state.label), "tone": state.tone},
        cells={"promised_for": commitment.promised_for, "unit": commitment.unit.short_name},
        selectable=any(
            offer.step.bulk and offer.open for offer in COMMITMENT.offers(commitment, actor)
        ),
    )


def years(actor: Actor) -> list[int]:
    """Years for which anything is promised, latest first."""
    return sorted(
        (day.year for day in COMMITMENT.visible_to(actor).order_by().dates("promised_for", "year")),
        reverse=True,
    )
