"""The lines of a flow's table: states, births, steps, edits, what ends with what."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Generic, TypeVar

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from yizheng.core.time_left import DayCount

from .access import Actor, Rule, Words
from .forms import StepForm

M = TypeVar("M")


@dataclass
class Act(Generic[M]):
    """One step being taken: what an effect needs to know, and where it leaves what the audit entry
    should keep.
    """

    obj: M
    by: Actor
    data: Mapping[str, Any]
    at: dt.datetime
    detail: dict[str, Any] = field(default_factory=dict)

    @property
    def today(self) -> dt.date:
        return timezone.localdate(self.at)


def keep_note(act: Act[Any]) -> None:
    """The sentence beside the step stands in the trail."""
    act.detail["note"] = act.data["note"]


def keep_note_in(column: str) -> Callable[[Act[Any]], None]:
    """It stands with the object too, for whoever it concerns, until the next is written."""

    def keep(act: Act[Any]) -> None:
        setattr(act.obj, column, act.data["note"])
        keep_note(act)

    return keep


Guard = Callable[[Any], Words | None]
"""A sentence why something cannot be done with the object now, or None.

Buttons show it, the door refuses with it.
"""


@dataclass(frozen=True)
class Tell:
    """Who is told one line when it happened.

    `words` is a msgid; `%(title)s` and such come from `Flow.values`.

    Work or a right hangs on most sentences; only one that is good to know and nothing more says
    `may_mute`.
    """

    who: Callable[[Any], Iterable[int]]
    words: str
    may_mute: bool = False


@dataclass(frozen=True)
class State:
    """A state: how people call it, who holds the pen in it, which seals stand, by when it should
    be left, and how the days until then are counted.
    """

    label: Words
    holder: Rule | None = None
    holding: Words = ""
    done: int = 0
    now: int | None = None
    due: Callable[[Any], dt.date | None] | None = None
    counted: DayCount = DayCount.WORKING
    ends: bool = False
    tone: str = "neutral"


@dataclass(frozen=True)
class Birth(Generic[M]):
    """How an object begins: in which state, who may, how the timeline tells it, who is told.

    Without a rule it only follows from something that was allowed by itself (an answer that is out
    opens what is asked about it). Guards are asked of the object as it is about to begin, what it
    hangs on being locked and read afresh.
    """

    name: str
    said: Words
    state: str
    rule: Rule | None = None
    stranger: Words = ""
    guards: tuple[Guard, ...] = ()
    tell: tuple[Tell, ...] = ()
    audiences: Mapping[str, Words] = field(default_factory=dict)

    def said_to(self, audience: str) -> Words:
        return self.audiences.get(audience, self.said)


@dataclass(frozen=True)
class Step(Generic[M]):
    """A step: `label` is the verb on the button, `said` how the timeline tells it afterwards, by
    audience.

    `effect` changes the object before it enters its new state; `then` takes what follows from that
    state (the last answer given opens what is asked about it), in the same transaction. A step that
    does not `touch` the object (a note beside the road) makes no other page stale, and is taken
    from one that is: never so a step that writes over what its form shows. What `records` writes
    something of its own down each time it is taken: once for one form. What is `primary`
    (everywhere or in some states) is what whoever holds the pen does next. What is taken in `bulk`
    and asks for confirmation asks so of many (`%(n)s`), too.
    """

    name: str
    label: Words
    said: Words
    sources: frozenset[str]
    rule: Rule
    target: str | Callable[[M, Mapping[str, Any]], str] | None = None
    guards: tuple[Guard, ...] = ()
    form: str = ""
    effect: Callable[[Act[M]], None] | None = None
    then: Callable[[Act[M]], None] | None = None
    tell: tuple[Tell, ...] = ()
    primary: bool | frozenset[str] = False
    bulk: bool = False
    confirm: Words = ""
    confirm_many: Words = ""
    audiences: Mapping[str, Words] = field(default_factory=dict)
    applies: Callable[[M], bool] | None = None
    touches: bool = True
    records: bool = False
    automatic: bool = False

    def is_for(self, obj: Any) -> bool:
        """Whether the step makes sense on this object at all; one that does not is
        not even shown.
        """
        return obj.state in self.sources and (self.applies is None or self.applies(obj))

    def __post_init__(self) -> None:
        if self.bulk and bool(self.confirm) != bool(self.confirm_many):
            raise ValueError(f"{self.name} asks in one way only, about one or about many")

    @property
    def stranger(self) -> str:
        """Told to whoever has no right to take it."""
        told = {"step": self.label, "rule": self.rule.label}
        return _("“%(step)s” is not yours to do: %(rule)s.") % told

    def asks(self, count: int) -> str:
        """What is asked before it is taken on so many at once."""
        return str(self.confirm if count == 1 else self.confirm_many) % {"n": count}

    def leads(self, obj: Any) -> bool:
        return obj.state in self.primary if isinstance(self.primary, frozenset) else self.primary

    def said_to(self, audience: str) -> Words:
        return self.audiences.get(audience, self.said)

    @cached_property
    def form_class(self) -> type[StepForm] | None:
        return import_string(self.form) if self.form else None


@dataclass(frozen=True)
class Edit(Generic[M]):
    """A change that moves nothing: its words, its papers, its end as a draft.

    `closed` is said in all other states.

    It is traced (what changed, from, to) unless it says not: a draft nobody else has seen leaves no
    trail of its wordings. `touches`: other pages become stale. `reckons`: its due date follows from
    what is changed. `deletes`: afterwards it is gone.
    """

    name: str
    said: Words
    sources: frozenset[str]
    rule: Rule
    closed: Words
    stranger: Words = ""
    guards: tuple[Guard, ...] = ()
    traced: bool | Callable[[M], bool] = True
    touches: bool = True
    reckons: bool = False
    deletes: bool = False
    audiences: Mapping[str, Words] = field(default_factory=dict)

    def traces(self, obj: M) -> bool:
        return self.traced(obj) if callable(self.traced) else self.traced

    def said_to(self, audience: str) -> Words:
        return self.audiences.get(audience, self.said)


@dataclass(frozen=True)
class Ends:
    """What ends with its parent: when that comes into one of the states, the children take the step
    if it is for them.
    """

    parent: str
    states: frozenset[str]
    step: str
    children: Callable[[Any], QuerySet[Any]]


@dataclass(frozen=True)
class Offer:
    """A step as it is offered to an actor: with the reason when it cannot be taken just now."""

    step: Step[Any]
    obj: Any
    refusal: Words | None

    @property
    def open(self) -> bool:
        return self.refusal is None

    @property
    def leads(self) -> bool:
        return self.step.leads(self.obj)


@dataclass(frozen=True)
class Seal:
    character: str
    status: str
    label: Words


class Seals(tuple[Seal, ...]):
    """The seals of one state.

    Each state has one such object, known by itself, so that its words can be kept.
    """

    __slots__ = ()
    __eq__ = object.__eq__
    __hash__ = object.__hash__
