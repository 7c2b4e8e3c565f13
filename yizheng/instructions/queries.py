"""Reads of instructions: lists, rows, what stands on the page of the object they are on."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, IntegerField, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from yizheng.core import sources
from yizheng.core.access import Actor
from yizheng.core.files import Attachment, attached_to_each

from . import rules
from .models import Instruction

GivenRows = Callable[[], QuerySet[Any]]
_given: list[GivenRows] = []


def followed_by(given: GivenRows) -> None:
    """Rows with an `instruction` say what was given to somebody because of it; the app above that
    keeps such rows names them at start-up.
    """
    _given.append(given)


def _because_of(given: GivenRows) -> QuerySet[Any]:
    return given().filter(instruction=OuterRef("pk")).order_by()


def _followed() -> Any:
    """How many were given it because of the instruction."""
    total: Any = Value(0, IntegerField())
    for given in _given:
        rows = _because_of(given).values("instruction").annotate(n=Count("pk")).values("n")
        total = total + Coalesce(Subquery(rows, IntegerField()), 0)
    return total


def _is_followed() -> Q:
    found = Q(pk__in=[])
    for given in _given:
        found |= Q(Exists(_because_of(given)))
    return found


def visible_to(actor: Actor) -> QuerySet[Instruction]:
    """Newest first, with how many units were given work because of each."""
    found = Instruction.objects.filter(rules.visible_instructions(actor)).order_by(
        "-given_on", "-id"
    )
    return found.annotate(followed=_followed())


def on_object(actor: Actor, source: sources.Source, obj: Any) -> QuerySet[Instruction]:
    """Those on one object, as far as the actor reads them."""
    return Instruction.objects.filter(
        rules.visible_instructions(actor), content_type=source.kind, object_id=obj.pk
    )


def filtered(found: QuerySet[Instruction], wanted: Mapping[str, str]) -> QuerySet[Instruction]:
    """`wanted`: q, kind (a place), level, year, followed (yes, no)."""
    if source := sources.of_place(wanted.get("kind", "")):
        found = found.filter(content_type=source.kind)
    if level := wanted.get("level"):
        found = found.filter(level=level)
    if year := wanted.get("year"):
        found = found.filter(given_on__year=int(year))
    if followed := wanted.get("followed"):
        found = found.filter(_is_followed() if followed == "yes" else ~_is_followed())
    if words := wanted.get("q", "").strip():
        found = found.filter(
            Q(leader__icontains=words) | Q(words__icontains=words) | Q(post__icontains=words)
        )
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


def line(instruction: Instruction) -> dict[str, Any]:
    """An instruction as a list shows it, with the object it is on."""
    source = sources.of(instruction)
    return {
        "instruction": instruction,
        "title": source.title(instruction.source),
        "url": source.url(instruction.source),
        "kind": source.label,
    }


@dataclass(frozen=True)
class InstructionWithPapers:
    """An instruction with its papers."""

    instruction: Instruction
    papers: list[Attachment]


def shown(instructions: Iterable[Instruction]) -> list[InstructionWithPapers]:
    rows = list(instructions)
    papers = attached_to_each(rows)
    return [InstructionWithPapers(each, papers[each.pk]) for each in rows]
