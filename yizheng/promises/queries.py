"""Reads of promises. Overdue and due soon are computed from the day, never stored."""

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
from yizheng.core.case_display import CaseRow, bulk_steps_of
from yizheng.core.clock import Calendar
from yizheng.core.day_words import day_words
from yizheng.core.punctuation import shortened
from yizheng.core.time_left import TimeLeft, due_of
from yizheng.organisations.queries import calendar

from . import rules
from .enums import PromiseState as S
from .flow import PROMISE
from .models import Promise


def visible_to(actor: Actor) -> QuerySet[Promise]:
    return PROMISE.visible_to(actor).select_related("unit")


def is_overdue(today: dt.date) -> Q:
    """Its day has passed and nothing was done, or it was found to be missed."""
    return Q(promised_for__lt=today, state__in=S.of("unmet"))


def due_in(period: str, today: dt.date) -> Q:
    """`overdue`, `month` (still open, until the month's end), `later`."""
    end = today.replace(day=months.monthrange(today.year, today.month)[1])
    if period == "overdue":
        return is_overdue(today)
    if period == "month":
        return Q(state__in=PROMISE.open_states, promised_for__range=(today, end))
    return Q(state__in=PROMISE.open_states, promised_for__gt=end)


FOLLOWED = "followed"
"""Filter: every state in which a promise is still followed."""


def filtered(
    promises: QuerySet[Promise], wanted: Mapping[str, str], today: dt.date
) -> QuerySet[Promise]:
    """`wanted`: state, unit, due, year (in which it is promised for), q."""
    if state := wanted.get("state"):
        states = PROMISE.open_states if state == FOLLOWED else [state]
        promises = promises.filter(state__in=states)
    if unit := wanted.get("unit"):
        promises = promises.filter(unit=int(unit))
    if due := wanted.get("due"):
        promises = promises.filter(due_in(due, today))
    if year := wanted.get("year"):
        promises = promises.filter(promised_for__year=int(year))
    if words := wanted.get("q", "").strip():
        promises = promises.filter(
            Q(text__icontains=words) | Q(number__icontains=words) | Q(source_label__icontains=words)
        )
    return promises


@dataclass(frozen=True)
class PromiseStanding:
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
        "coming": Count("pk", filter=Q(promised_for__gt=today, state__in=PROMISE.open_states)),
    }


def standing(actor: Actor, today: dt.date | None = None) -> PromiseStanding:
    """Of the promises the actor may see: one query."""
    today = today or clock.today()
    units = Count("unit", filter=is_overdue(today), distinct=True)
    return PromiseStanding(
        **PROMISE.visible_to(actor).aggregate(overdue_units=units, **_counts(today))
    )


@dataclass(frozen=True)
class UnitStanding:
    unit_id: int
    unit: str
    standing: PromiseStanding


ORDER = ("-overdue", "-due", "unit_id")


def by_unit(actor: Actor, today: dt.date | None = None) -> list[UnitStanding]:
    """How the promises of each unit stand: most overdue first, then by number due."""
    today = today or clock.today()
    rows: Any = (
        PROMISE.visible_to(actor)
        .order_by()
        .values("unit_id", "unit__short_name")
        .annotate(**_counts(today))
        .order_by(*ORDER)
    )
    return [
        UnitStanding(
            row["unit_id"],
            row["unit__short_name"],
            PromiseStanding(
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


def due_for(promise: Promise, today: dt.date | None = None) -> TimeLeft | None:
    """Time left of a promise that is still to be kept."""
    state = PROMISE.state_of(promise)
    if state.due is None:
        return None
    return due_of(promise.promised_for, calendar(), today or clock.today(), state.counted)


def holder_of(promise: Promise) -> str:
    state = PROMISE.state_of(promise)
    if state.holder is None:
        return ""
    return promise.unit.short_name if state.holder is rules.reporter else _("the office")


def rows(promises: Sequence[Promise], actor: Actor) -> list[CaseRow]:
    """Lines of a list; the calendar is read once."""
    days, today = calendar(), clock.today()
    return [_row(promise, actor, days, today) for promise in promises]


def _row(promise: Promise, actor: Actor, days: Calendar, today: dt.date) -> CaseRow:
    state = PROMISE.state_of(promise)
    return CaseRow(
        id=promise.pk,
        title=shortened(promise.text, 44),
        url=PROMISE.url(promise),
        number=promise.number,
        line=" · ".join(
            (day_words(promise.promised_for), promise.unit.short_name, promise.source_label)
        ),
        seals=PROMISE.seals_of(promise),
        holder=holder_of(promise),
        holder_note=state.holding if state.holder else "",
        mine=PROMISE.waits_for(promise, actor),
        due=due_of(promise.promised_for, days, today, state.counted) if state.due else None,
        badge=None if state.due else {"text": str(state.label), "tone": state.tone},
        cells={"promised_for": promise.promised_for, "unit": promise.unit.short_name},
        bulk=bulk_steps_of(promise),
    )


def years(actor: Actor) -> list[int]:
    """Years for which anything is promised, latest first."""
    return sorted(
        (day.year for day in PROMISE.visible_to(actor).order_by().dates("promised_for", "year")),
        reverse=True,
    )
