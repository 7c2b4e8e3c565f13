"""What pages show of any object that travels a flow: a row of a list, the pen bar, the timeline,
things to do.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from . import audit, due_days
from .access import NOTHING, Actor, Words
from .flow import FLOWS, Flow, Offer, Seal, Step
from .refusals import Refusal
from .time_left import TimeLeft

ColumnKind = Literal[
    "", "title", "text", "name", "code", "number", "date", "state", "due", "actions"
]


@dataclass(frozen=True)
class ListColumn:
    """A column of a list. How wide it is follows from the kind of what it holds; what every case
    has (number, title, seals, holder, due) needs none.
    """

    key: str
    label: Words
    kind: ColumnKind = ""


@dataclass
class CaseRow:
    """One line of a list: title, one line of the most useful fact, seals, who, time left."""

    id: int
    title: str
    url: str
    page: str = ""  # where it can be read, if `url` leads on to the step itself
    number: str = ""
    line: str = ""
    seals: Sequence[Seal] = ()
    holder: str = ""
    holder_note: Words = ""
    mine: bool = False
    due: TimeLeft | None = None
    badge: Mapping[str, str] | None = None
    cells: Mapping[str, Any] = field(default_factory=dict)
    bulk: Sequence[str] = ()  # steps for many at once that lead on from where it is
    action: Action | None = None


@dataclass(frozen=True)
class Action:
    label: Words
    url: str
    method: str = "get"
    fields: Mapping[str, str] = field(default_factory=dict)
    primary: bool = False
    disabled_reason: Words = ""
    confirm: Words = ""


def _is_surely_for(step: Step[Any], obj: Any) -> bool:
    try:
        return step.is_for(obj)
    except Refusal:
        return False


def bulk_steps_of(obj: Any) -> list[str]:
    """Names of the steps that are taken on many at once and lead on from where the object is. The
    list offers a reader's own of them; guards are asked when they are taken, row by row.
    """
    steps = obj.flow.steps.values()
    return [step.name for step in steps if step.bulk and _is_surely_for(step, obj)]


def actions_for(offers: Sequence[Offer]) -> list[Action]:
    """Buttons of the steps offered. The first open primary step is the one primary button."""
    actions: list[Action] = []
    primary_given = False
    for offer in offers:
        step, obj = offer.step, offer.obj
        url = reverse("core:step", args=[obj.flow.code, obj.pk, step.name])
        primary = offer.leads and offer.open and not primary_given
        primary_given |= primary
        direct = not step.form
        actions.append(
            Action(
                step.label,
                url,
                "post" if direct else "get",
                {"seen": str(obj.version)} if direct else {},
                primary,
                offer.refusal or "",
                step.confirm if direct else "",
            )
        )
    return actions


@dataclass(frozen=True)
class TimelineEntry:
    """A line of the timeline."""

    title: Words
    who: str
    when: Any
    note: str = ""
    now: bool = False
    detail: str = ""
    about: str = ""


def _itself(_entry: audit.AuditEntry) -> str:
    return ""


def timeline(
    entries: Sequence[audit.AuditEntry],
    audience: str = "staff",
    about: Callable[[audit.AuditEntry], str] = _itself,
) -> list[TimelineEntry]:
    """Newest first; entries that stand in no flow's table are left out.

    `about` names whatever else an entry tells of.
    """
    told = []
    for entry in entries:
        flow, _dot, name = entry.action.partition(".")
        line = FLOWS[flow].line(name) if flow in FLOWS else None
        begun = BEGINNINGS.get(entry.action, BEGINNINGS.get(name))
        if line is None and begun is None:
            continue
        title = line.said_to(audience) if line else begun or ""
        who = " ".join(part for part in (entry.actor_place, entry.actor_name) if part)
        note = str(entry.detail.get("note") or entry.detail.get("reason") or "")
        if name == due_days.MOVED:
            note = due_days.words(entry)
        told.append(TimelineEntry(title, who, entry.at, note, about=about(entry)))
    return told[::-1]


TOLD: dict[str, Words] = {}
"""Action → how the history of a row that travels no flow tells it; each app adds its own."""

BEGINNINGS: dict[str, Words] = {
    "file.attached": _("file added"),
    "file.removed": _("file removed"),
    due_days.MOVED: _("due on another day by the calendar"),
}
"""Action of `Flow.begin` (with its flow's code where the word means different things), or another
that moves no state → how the timeline tells it.
"""


@dataclass(frozen=True)
class Todo:
    """What of one flow waits for an actor, and how its rows are shown.

    `asks` where something waits that is no state of the flow (a question to be answered): what
    it is, None when there can be none.
    """

    flow: Flow[Any]
    rows: Callable[[Sequence[Any], Actor], list[CaseRow]]
    prepare: Callable[[QuerySet[Any]], QuerySet[Any]]
    asks: Callable[[Actor], QuerySet[Any] | None] | None = None
    label: Words = ""
    order: tuple[str, ...] = ("due_on", "-id")

    def waiting(self, actor: Actor) -> QuerySet[Any] | None:
        """The bare objects, to be counted; None when there can be none."""
        if self.asks:
            return self.asks(actor)
        waiting: Q = self.flow.waiting_for(actor)
        return None if waiting == NOTHING else self.flow.model.objects.filter(waiting)

    def queryset(self, actor: Actor) -> QuerySet[Any] | None:
        waiting = self.waiting(actor)
        return None if waiting is None else self.prepare(waiting)

    def rows_of(self, objects: Sequence[Any], actor: Actor) -> list[CaseRow]:
        """What waits for the actor, each with the one step that takes it on, where there is one."""
        found = self.rows(objects, actor)
        if self.asks is None:
            for obj, row in zip(objects, found, strict=True):
                row.action = self._next(obj)
        return found

    def _next(self, obj: Any) -> Action | None:
        """The primary step of whoever holds the pen.

        One with guards is left to the page, which says what is in its way; so is one that cannot be
        judged while a regulation is missing.
        """
        holder = self.flow.state_of(obj).holder
        for step in self.flow.steps.values():
            if (
                step.leads(obj)
                and step.rule is holder
                and not step.guards
                and not step.automatic
                and _is_surely_for(step, obj)
            ):
                return Action(
                    step.label, reverse("core:step", args=[self.flow.code, obj.pk, step.name])
                )
        return None


TODOS: list[Todo] = []
