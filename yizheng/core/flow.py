"""The flow engine: the one door through which every object changes its state.

A flow is a table a clerk could proof-read: its states (who holds the pen, which seal, by when) and its steps (from
where to where, who may, what must hold, what it does, who is told). `Flow.perform` runs every step the same way, in
one transaction: lock the row, check that it is still as the actor saw it, check the permission the step names, check
its guards, apply its effect, save, write the audit entry, refresh derived rows, queue notices for after the commit.

Buttons, to-do lists, the state diagram and the permission matrix in the docs are all read from the same table.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, ClassVar, Generic, TypeVar

from django.db import models, transaction
from django.db.models import Q
from django.forms import BaseForm
from django.utils import timezone
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

from . import audit, clock, derived, outbox
from .access import NOTHING, Actor, Rule, Words
from .refusals import NotAllowed, NotNow, StaleState
from .tenancy import Tenant


class Flowing(Tenant):
    """A row that travels a flow. Only `Flow.perform` and `Flow.begin` write these columns."""

    state = models.CharField(_("state"), max_length=24)
    state_since = models.DateTimeField(_("in this state since"), default=clock.now)
    due_on = models.DateField(_("due on"), null=True, blank=True)
    version = models.PositiveIntegerField(default=0)

    flow: ClassVar[Flow[Any]]

    class Meta:
        abstract = True


M = TypeVar("M", bound=Flowing)


@dataclass
class Act(Generic[M]):
    """One step being taken: what an effect needs to know, and where it leaves what the audit entry should keep."""

    obj: M
    by: Actor
    data: Mapping[str, Any]
    at: dt.datetime
    detail: dict[str, Any] = field(default_factory=dict)

    @property
    def today(self) -> dt.date:
        return timezone.localdate(self.at)


Guard = Callable[[Any], Words | None]
"""A sentence why the step cannot be taken on the object now, or None. Buttons show it, `perform` refuses with it."""


@dataclass(frozen=True)
class Tell:
    """Who is told one line when a step was taken. `words` is a msgid; `%(title)s` and such come from `Flow.values`."""

    who: Callable[[Any], Iterable[int]]
    words: str


@dataclass(frozen=True)
class State:
    """A state: how people call it, who holds the pen in it, which seals stand, and by when it should be left."""

    label: Words
    holder: Rule | None = None
    holding: Words = ""
    done: int = 0
    now: int | None = None
    due: Callable[[Any], dt.date | None] | None = None
    ends: bool = False


@dataclass(frozen=True)
class Step(Generic[M]):
    """A step: `label` is the verb on the button, `said` how the timeline tells it afterwards, by audience.

    `effect` changes the object before it enters its new state; `then` takes what follows from that state (the last reply
    released opens the rating), in the same transaction. What `records` writes something of its own down each time it is taken:
    once for one form.
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
    primary: bool = False
    bulk: bool = False
    confirm: Words = ""
    audiences: Mapping[str, Words] = field(default_factory=dict)
    applies: Callable[[M], bool] | None = None
    touches: bool = True
    records: bool = False
    automatic: bool = False

    def is_for(self, obj: M) -> bool:
        """Whether the step makes sense on this object at all; one that does not is not even shown."""
        return obj.state in self.sources and (self.applies is None or self.applies(obj))

    def said_to(self, audience: str) -> Words:
        return self.audiences.get(audience, self.said)

    @cached_property
    def form_class(self) -> type[BaseForm] | None:
        return import_string(self.form) if self.form else None


@dataclass(frozen=True)
class Offer:
    """A step as it is offered to an actor: with the reason when it cannot be taken just now."""

    step: Step[Any]
    obj: Any
    refusal: Words | None

    @property
    def open(self) -> bool:
        return self.refusal is None


@dataclass(frozen=True)
class Seal:
    character: str
    status: str
    label: Words


class Seals(tuple[Seal, ...]):
    """The seals of one state. Each state has one such object, known by itself, so that its words can be kept."""

    __slots__ = ()
    __eq__ = object.__eq__
    __hash__ = object.__hash__


class Flow(Generic[M]):
    """The table of one kind of object."""

    def __init__(
        self,
        code: str,
        label: Words,
        model: type[M],
        *,
        states: Mapping[Any, State],
        steps: Sequence[Step[M]],
        seals: Sequence[tuple[str, Words]] = (),
        url: Callable[[M], str],
        visible: Callable[[Actor], Q],
        values: Callable[[M], Mapping[str, Any]] = lambda obj: {},
        title: Callable[[M], str] = str,
        under: Callable[[M], Tenant] | None = None,
    ) -> None:
        self.code, self.label, self.model = code, label, model
        self.states, self.seals = dict(states), tuple(seals)
        self._seals = {name: self._drawn(state) for name, state in self.states.items()}
        self.steps = {step.name: step for step in steps}
        self.url, self.visible, self.values, self.title, self.under = url, visible, values, title, under
        self._check(steps)
        model.flow = self
        FLOWS[code] = self

    def _check(self, steps: Sequence[Step[M]]) -> None:
        """A table with a step nobody may take, or a state nobody knows, does not load."""
        if len(self.steps) != len(steps):
            raise ValueError(f"{self.code}: two steps have one name")
        for step in steps:
            if not isinstance(step.rule, Rule):
                raise TypeError(f"{self.code}.{step.name} names no permission")
            targets = {step.target} if isinstance(step.target, str) else set()
            if unknown := (set(step.sources) | targets) - set(self.states):
                raise ValueError(f"{self.code}.{step.name} names unknown states {unknown}")

    # Reading the table -------------------------------------------------------------------------------------------

    def state_of(self, obj: M) -> State:
        state: State = self.states[obj.state]
        return state

    def seals_of(self, obj: M) -> Seals:
        return self._seals[obj.state]

    def _drawn(self, state: State) -> Seals:
        def status(position: int) -> str:
            return "now" if position == state.now else "done" if position < state.done else "todo"

        return Seals(Seal(character, status(n), label) for n, (character, label) in enumerate(self.seals))

    def offers(self, obj: M, actor: Actor) -> list[Offer]:
        """The steps the actor may take on the object as it stands, primary ones first."""
        found = [
            Offer(step, obj, next((reason for guard in step.guards if (reason := guard(obj))), None))
            for step in self.steps.values()
            if step.is_for(obj) and not step.automatic and step.rule.allows(actor, obj)
        ]
        return sorted(found, key=lambda offer: not offer.step.primary)

    def visible_to(self, actor: Actor) -> models.QuerySet[M]:
        """The objects the actor may see; every page, export and step starts here."""
        return self.model.objects.filter(self.visible(actor))

    def waiting_for(self, actor: Actor) -> Q:
        """Filter: the objects in which the actor holds the pen. Q(pk__in=[]) when there can be none."""
        waiting = NOTHING
        for states, rule in self._holders:
            scope = rule.scope(actor)
            if scope != NOTHING:
                waiting |= Q(state__in=states) & scope
        return waiting

    @cached_property
    def _holders(self) -> list[tuple[list[str], Rule]]:
        by_rule: dict[str, tuple[list[str], Rule]] = {}
        for name, state in self.states.items():
            if state.holder:
                by_rule.setdefault(state.holder.code, ([], state.holder))[0].append(name)
        return list(by_rule.values())

    @cached_property
    def open_states(self) -> list[str]:
        return [name for name, state in self.states.items() if not state.ends]

    @cached_property
    def ended_states(self) -> list[str]:
        return [name for name, state in self.states.items() if state.ends]

    # Walking -----------------------------------------------------------------------------------------------------

    def begin(self, obj: M, state: str, *, by: Actor, action: str = "begin", detail: Mapping[str, Any] | None = None) -> M:
        """Save a new object in its first state, and say so in the audit chain."""
        with transaction.atomic():
            obj.organisation_id = by.organisation_id
            self._enter(obj, state, clock.now())
            obj.save()
            if (due := self._due(obj)) != obj.due_on:
                obj.due_on = due
                obj.save(update_fields=["due_on"])
            audit.record(f"{self.code}.{action}", by=by, of=obj, detail=detail)
            derived.refresh(obj)
        return obj

    def perform(
        self,
        name: str,
        obj: M,
        *,
        by: Actor,
        seen: int | None = None,
        data: Mapping[str, Any] | None = None,
        at: dt.datetime | None = None,
    ) -> M:
        """Take a step. `seen` is the version the actor had before their eyes; None skips that check (system, imports).

        Returns the object as saved. Raises NotAllowed, StaleState, NotNow, BadInput, each with a sentence; then nothing
        of the step has happened.
        """
        step = self.steps[name]
        with transaction.atomic():
            locked = self._lock(obj)
            self._check_permission(step, locked, by)
            self._check_seen(step, locked, seen)
            self._check_guards(step, locked)
            act = Act(locked, by, data or {}, at or clock.now())
            if step.effect:
                step.effect(act)
            self._move(step, act)
            audit.record(f"{self.code}.{name}", by=by, of=locked, detail={**act.detail, "state": locked.state})
            derived.refresh(locked)
            if step.then:
                step.then(act)
            self._tell(step, locked, by)
        return locked

    def _lock(self, obj: M) -> M:
        """The row itself, locked; related rows are read afresh with it.

        What it hangs on (`under`) is locked first: steps on the parts of one whole wait for each other, and never crosswise.
        """
        if self.under:
            above = self.under(obj)
            type(above).everywhere.select_for_update().get(pk=above.pk)
        return self.model.everywhere.select_for_update().get(pk=obj.pk, organisation_id=obj.organisation_id)

    def _check_permission(self, step: Step[M], obj: M, by: Actor) -> None:
        if by.organisation_id != obj.organisation_id:
            raise NotAllowed
        if not by.is_system and not step.rule.allows(by, obj):
            raise NotAllowed(_("“%(step)s” is not yours to do: %(rule)s.") % {"step": step.label, "rule": step.rule.label})

    def _check_seen(self, step: Step[M], obj: M, seen: int | None) -> None:
        if obj.state not in step.sources or (seen is not None and seen != obj.version and step.touches):
            last = audit.history(obj).last()
            raise StaleState(
                _(
                    "This has changed since you opened it: it is now “%(state)s” (%(who)s, %(when)s). "
                    "What you wrote was not saved into it; look at it as it stands now."
                )
                % {
                    "state": self.states[obj.state].label,
                    "who": (last and last.actor_name) or "—",
                    "when": timezone.localtime(last.at).strftime("%H:%M") if last else "",
                }
            )

    def _check_guards(self, step: Step[M], obj: M) -> None:
        if not step.is_for(obj):
            raise NotNow(_("“%(step)s” does not apply here.") % {"step": step.label})
        for guard in step.guards:
            if reason := guard(obj):
                raise NotNow(reason)

    def _move(self, step: Step[M], act: Act[M]) -> None:
        obj = act.obj
        target = step.target(obj, act.data) if callable(step.target) else step.target
        if target:
            self._enter(obj, target, act.at)
            obj.due_on = self._due(obj)
        obj.version += step.touches
        obj.save()

    def _enter(self, obj: M, state: str, at: dt.datetime) -> None:
        obj.state, obj.state_since = state, at

    def _due(self, obj: M) -> dt.date | None:
        due = self.states[obj.state].due
        return due(obj) if due else None

    def _tell(self, step: Step[M], obj: M, by: Actor) -> None:
        for tell in step.tell:
            recipients = (account for account in tell.who(obj) if account and account != by.account_id)
            outbox.post(f"{self.code}.{step.name}", str(tell.words), self.values(obj), recipients, self.url(obj))


FLOWS: dict[str, Flow[Any]] = {}
