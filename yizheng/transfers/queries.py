"""Reads of transfers: lists, rows, what a unit still has."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext_lazy

from yizheng.core import clock, sources
from yizheng.core.access import Actor, Words
from yizheng.core.case_display import CaseRow, bulk_steps_of
from yizheng.core.day_words import day_words
from yizheng.core.time_left import due_of
from yizheng.organisations.models import Unit
from yizheng.organisations.queries import calendar

from . import rules
from .enums import TransferState
from .flow import TRANSFER
from .models import Transfer


def visible_to(actor: Actor) -> QuerySet[Transfer]:
    return TRANSFER.visible_to(actor).select_related("unit")


def for_list(found: QuerySet[Transfer]) -> QuerySet[Transfer]:
    return found.select_related("unit", "content_type").prefetch_related("source")


def of_object(obj: Model) -> QuerySet[Transfer]:
    kind = ContentType.objects.get_for_model(type(obj))
    return Transfer.objects.filter(content_type=kind, object_id=obj.pk)


def open_of(obj: Model) -> QuerySet[Transfer]:
    """Those of an object with which a unit, or the office, has not done."""
    return of_object(obj).filter(state__in=TRANSFER.open_states)


def filtered(found: QuerySet[Transfer], wanted: Mapping[str, str]) -> QuerySet[Transfer]:
    """`wanted`: state, kind, unit, due (overdue)."""
    if state := wanted.get("state"):
        found = found.filter(state__in=TRANSFER.open_states if state == "open" else [state])
    if source := sources.of_place(wanted.get("kind", "")):
        found = found.filter(content_type=source.kind)
    if unit := wanted.get("unit"):
        found = found.filter(unit=int(unit))
    if wanted.get("due") == "overdue":
        found = found.filter(state__in=TransferState.of("owed"), answer_due_on__lt=clock.today())
    return found


def rows(transfers: Sequence[Transfer], actor: Actor) -> list[CaseRow]:
    days, today = calendar(), clock.today()
    return [_row(transfer, actor, days, today) for transfer in transfers]


def _row(transfer: Transfer, actor: Actor, days: Any, today: Any) -> CaseRow:
    state, source = TRANSFER.state_of(transfer), sources.of(transfer)
    return CaseRow(
        id=transfer.pk,
        title=source.title(transfer.source),
        url=TRANSFER.url(transfer),
        line=" · ".join(
            [
                str(source.label),
                transfer.unit.short_name,
                _("transferred on %(day)s") % {"day": day_words(transfer.sent_on)},
            ]
        ),
        seals=TRANSFER.seals_of(transfer),
        holder=holder_of(transfer),
        holder_note=state.holding if state.holder else "",
        mine=TRANSFER.waits_for(transfer, actor),
        due=due_of(transfer.due_on, days, today, state.counted),
        badge={"text": str(state.label), "tone": state.tone} if state.ends else None,
        bulk=bulk_steps_of(transfer),
    )


def holder_of(transfer: Transfer) -> str:
    state = TRANSFER.state_of(transfer)
    if state.ends:
        return ""
    return transfer.unit.short_name if state.holder is rules.handler else _("the office")


def open_at(unit: Unit) -> Words | None:
    """Why a unit cannot be closed: what was transferred to it and is not answered."""
    count = Transfer.objects.filter(unit=unit, state__in=TRANSFER.open_states).count()
    if not count:
        return None
    return ngettext_lazy(
        "%(n)s matter transferred to this unit is not answered yet; recall it or wait for "
        "the answer.",
        "%(n)s matters transferred to this unit are not answered yet; recall them or wait "
        "for the answers.",
        count,
    ) % {"n": count}
