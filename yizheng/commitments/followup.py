"""Reads of instructions and transfers: lists, rows, what stands on the page of the object they hang
on.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.template.loader import render_to_string
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy

from yizheng.core import clock
from yizheng.core.access import Actor, Words
from yizheng.core.due import due_of
from yizheng.core.files import Attachment, attached_to
from yizheng.core.panels import Panel
from yizheng.core.ui import CaseRow
from yizheng.organisations.models import Unit
from yizheng.organisations.queries import calendar

from . import rules, sources
from .enums import TransferState
from .flow import TRANSFER
from .models import Instruction, Transfer
from .sources import Source


def instructions_visible_to(actor: Actor) -> QuerySet[Instruction]:
    """Newest first, with how many units were given work because of each."""
    found = Instruction.objects.filter(rules.visible_instructions(actor)).order_by(
        "-given_on", "-id"
    )
    return found.annotate(followed=Count("transfers", distinct=True))


def transfers_visible_to(actor: Actor) -> QuerySet[Transfer]:
    return TRANSFER.visible_to(actor).select_related("unit")


def for_list(found: QuerySet[Transfer]) -> QuerySet[Transfer]:
    return found.select_related("unit", "content_type").prefetch_related("source")


def filtered_instructions(
    found: QuerySet[Instruction], wanted: Mapping[str, str]
) -> QuerySet[Instruction]:
    """`wanted`: q, kind (a place), level, year, followed (yes, no)."""
    if source := sources.of_place(wanted.get("kind", "")):
        found = found.filter(content_type=source.kind)
    if level := wanted.get("level"):
        found = found.filter(level=level)
    if year := wanted.get("year"):
        found = found.filter(given_on__year=int(year))
    if followed := wanted.get("followed"):
        given = Q(pk__in=Transfer.objects.filter(instruction__isnull=False).values("instruction"))
        found = found.filter(given if followed == "yes" else ~given)
    if words := wanted.get("q", "").strip():
        found = found.filter(
            Q(leader__icontains=words) | Q(words__icontains=words) | Q(post__icontains=words)
        )
    return found


def filtered_transfers(found: QuerySet[Transfer], wanted: Mapping[str, str]) -> QuerySet[Transfer]:
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


def years(actor: Actor) -> list[int]:
    dates = (
        Instruction.objects.filter(rules.visible_instructions(actor))
        .order_by()
        .dates("given_on", "year")
    )
    return sorted((day.year for day in dates), reverse=True)


def with_sources(found: QuerySet[Instruction]) -> QuerySet[Instruction]:
    return found.select_related("content_type").prefetch_related("source")


def instruction_line(instruction: Instruction) -> dict[str, Any]:
    """An instruction as a list shows it, with the object it is on."""
    source = sources.of(instruction)
    return {
        "instruction": instruction,
        "title": source.title(instruction.source),
        "url": source.url(instruction.source),
        "kind": source.label,
    }


def transfer_rows(transfers: Sequence[Transfer], actor: Actor) -> list[CaseRow]:
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
                _("transferred on %(day)s") % {"day": transfer.sent_on},
            ]
        ),
        seals=TRANSFER.seals_of(transfer),
        holder=holder_of(transfer),
        holder_note=state.holding if state.holder else "",
        mine=state.holder is not None and state.holder.allows(actor, transfer),
        due=due_of(transfer.due_on, days, today),
        badge={"text": str(state.label), "tone": state.tone} if state.ends else None,
        selectable=any(
            offer.step.bulk and offer.open for offer in TRANSFER.offers(transfer, actor)
        ),
    )


def holder_of(transfer: Transfer) -> str:
    state = TRANSFER.state_of(transfer)
    if state.ends:
        return ""
    return transfer.unit.short_name if state.holder is rules.handler else _("the office")


def open_transfers_at(unit: Unit) -> Words | None:
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


# On the page of the object ------------------------------------------------------------------------


@dataclass(frozen=True)
class Shown:
    """An instruction with its papers."""

    instruction: Instruction
    papers: list[Attachment]


def _shown(instructions: Iterable[Instruction]) -> list[Shown]:
    return [Shown(each, list(attached_to(each))) for each in instructions]


def panel_of(source: Source, actor: Actor, obj: Any) -> Panel | None:
    """Instructions and transfers of one object, with the buttons of whoever keeps it; nothing when
    there is neither.
    """
    kind = source.kind
    found = Instruction.objects.filter(
        rules.visible_instructions(actor), content_type=kind, object_id=obj.pk
    )
    given = transfers_visible_to(actor).filter(content_type=kind, object_id=obj.pk).order_by("id")
    enters = source.may_enter(actor, obj)
    context = {
        "instructions": _shown(found),
        "place": source.place,
        "obj": obj,
        "enters": enters,
        "transfers": [(t, TRANSFER.state_of(t), TRANSFER.url(t)) for t in given],
    }
    if not (enters or context["instructions"] or context["transfers"]):
        return None
    body = render_to_string("commitments/panel.html", context)
    return Panel(
        gettext_lazy("Instructions and handling"), mark_safe(body)
    )  # rendered and escaped by our own template
