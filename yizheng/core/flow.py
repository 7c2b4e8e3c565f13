"""The flow engine: the one door through which every object begins, changes its state, and is
changed.

A flow is a table a clerk could proof-read: its states (who holds the pen, which seal, by when), how
its objects begin, its steps (from where to where, who may, what must hold, what it does, who is
told), its edits, and what ends with what. `Flow.perform` runs every step the same way, in one
transaction: lock the row, check the permission the step names, check that it is still as the actor
saw it, check its guards, clean its form, apply its effect, save, write the audit entry, refresh
derived rows, end what ends with it, queue notices for after the commit. `Flow.begin` and
`Flow.editing` do so for births and edits.

Buttons, to-do lists, the state diagram, the kinds of notices and the permission matrix in the docs
are all read from the same table.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cached_property
from typing import Any, ClassVar, Generic, TypeVar

from django.core.exceptions import ObjectDoesNotExist
from django.db import models
from django.db.models import Q
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _

from . import audit, clock, derived_rows, doors, files, outbox
from .access import NOTHING, Actor, Rule, Words, system
from .doors import RowChange, VersionedRow
from .flow_table import Act, Birth, Edit, Ends, Guard, Offer, Seal, Seals, State, Step, Tell
from .forms import cleaned
from .hindrances import check_guards, hindrance
from .refusals import NotAllowed, NotNow, StaleState
from .tenancy import Tenant

__all__ = [
    "FLOWS",
    "Act",
    "Birth",
    "Edit",
    "Ends",
    "Flow",
    "FlowRow",
    "Guard",
    "Offer",
    "Seal",
    "Seals",
    "State",
    "Step",
    "Tell",
]

STALE = {
    (True, True): _(
        "This has changed since you opened it: it is now “%(state)s” (%(who)s, %(when)s). "
        "What you wrote was not saved into it; look at it as it stands now."
    ),
    (True, False): _(
        "This has changed since you opened it: it is now “%(state)s” (%(who)s, %(when)s). "
        "Nothing was done; look at it as it stands now."
    ),
    (False, True): _(
        "This has changed since you opened it (%(who)s, %(when)s). What you wrote was not "
        "saved into it; look at it as it stands now."
    ),
    (False, False): _(
        "This has changed since you opened it (%(who)s, %(when)s). Nothing was done; look "
        "at it as it stands now."
    ),
}
"""Whether it moved on to another state; whether the step has a form in which something was written.
"""


class FlowRow(VersionedRow):
    """A row that travels a flow. Only the flow itself writes these columns."""

    state = models.CharField(_("state"), max_length=24)
    state_since = models.DateTimeField(_("in this state since"), default=clock.now)
    due_on = models.DateField(_("due on"), null=True, blank=True)

    flow: ClassVar[Flow[Any]]

    class Meta:
        abstract = True


M = TypeVar("M", bound=FlowRow)


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
        births: Sequence[Birth[M]] = (),
        edits: Sequence[Edit[M]] = (),
        ends: Sequence[Ends] = (),
        seals: Sequence[tuple[str, Words]] = (),
        url: Callable[[M], str],
        visible: Callable[[Actor], Q],
        values: Callable[[M], Mapping[str, Any]] = lambda obj: {},
        title: Callable[[M], str] = str,
        under: Callable[[M], Tenant] | None = None,
        days: Callable[[M], Mapping[str, dt.date]] = lambda obj: {},
        due_with: Sequence[str] = (),
    ) -> None:
        self.code, self.label, self.model = code, label, model
        self.states, self.seals = dict(states), tuple(seals)
        self._seals = {name: self._drawn(state) for name, state in self.states.items()}
        self.steps = {step.name: step for step in steps}
        self.births = {birth.name: birth for birth in births}
        self.edits = {edit.name: edit for edit in edits}
        self.ends: list[Ends] = []
        self.url = url
        self.visible = visible
        self.values = values
        self.title = title
        self.under = under
        self.days, self.due_with = days, tuple(due_with)
        self._check([*births, *steps, *edits])
        model.flow = self
        FLOWS[code] = self
        for each in ends:
            self.ends_with(each)

    def _check(self, lines: Sequence[Birth[M] | Step[M] | Edit[M]]) -> None:
        """A table with a step nobody may take, or a state nobody knows, does not load."""
        if len({line.name for line in lines}) != len(lines):
            raise ValueError(f"{self.code}: two steps have one name")
        for line in lines:
            if not isinstance(line.rule, Rule) and not (
                isinstance(line, Birth) and line.rule is None
            ):
                raise TypeError(f"{self.code}.{line.name} names no permission")
            if unknown := self._named(line) - set(self.states):
                raise ValueError(f"{self.code}.{line.name} names unknown states {unknown}")

    def _named(self, line: Birth[M] | Step[M] | Edit[M]) -> set[str]:
        if isinstance(line, Birth):
            return {line.state}
        target = {line.target} if isinstance(line, Step) and isinstance(line.target, str) else set()
        return set(line.sources) | target

    @property
    def tellers(self) -> list[Birth[M] | Step[M]]:
        """What tells somebody, in the order of the table."""
        lines: list[Birth[M] | Step[M]] = [*self.births.values(), *self.steps.values()]
        return [line for line in lines if line.tell]

    def ends_with(self, ends: Ends) -> None:
        """Also said by an app of a higher floor at start-up, for parents that this flow cannot
        know.
        """
        self.ends.append(ends)
        _ENDINGS[ends.parent].append((self, ends))

    def line(self, name: str) -> Birth[M] | Step[M] | Edit[M] | None:
        """What the audit chain calls `code.name`."""
        return self.steps.get(name) or self.births.get(name) or self.edits.get(name)

    # Reading the table ----------------------------------------------------------------------------

    def state_of(self, obj: M) -> State:
        state: State = self.states[obj.state]
        return state

    def waits_for(self, obj: M, actor: Actor) -> bool:
        """Whether the actor is among those who hold the pen."""
        holder = self.state_of(obj).holder
        return holder is not None and holder.allows(actor, obj)

    def seals_of(self, obj: M) -> Seals:
        return self._seals[obj.state]

    def _drawn(self, state: State) -> Seals:
        def status(position: int) -> str:
            return "now" if position == state.now else "done" if position < state.done else "todo"

        return Seals(
            Seal(character, status(n), label) for n, (character, label) in enumerate(self.seals)
        )

    def offers(self, obj: M, actor: Actor) -> list[Offer]:
        """The steps the actor may take on the object as it stands, primary ones first."""
        found = [
            Offer(step, obj, hindrance(step.guards, obj))
            for step in self.steps.values()
            if step.is_for(obj) and not step.automatic and step.rule.allows(actor, obj)
        ]
        return sorted(found, key=lambda offer: not offer.leads)

    def may_edit(self, name: str, obj: M, actor: Actor) -> bool:
        """Whether a page for this edit is to be offered; the door itself asks again."""
        edit = self.edits[name]
        return (
            obj.state in edit.sources
            and edit.rule.allows(actor, obj)
            and not any(guard(obj) for guard in edit.guards)
        )

    def against(self, step: Step[M], obj: M, actor: Actor) -> Words | None:
        """Why the actor cannot take the step on the object as it stands, if so."""
        if not step.rule.allows(actor, obj):
            return step.stranger
        if not step.is_for(obj):
            return _("It is “%(state)s”: “%(step)s” does not lead on from there.") % {
                "state": self.state_of(obj).label,
                "step": step.label,
            }
        return hindrance(step.guards, obj)

    def hindrances(self, step: str, obj: M) -> NotNow | None:
        """All that stands against a step as the object is now, whoever asks."""
        try:
            check_guards(self.steps[step].guards, obj)
        except NotNow as refused:
            return refused
        return None

    def visible_to(self, actor: Actor) -> models.QuerySet[M]:
        """The objects the actor may see; every page, export and step starts here."""
        return self.model.objects.filter(self.visible(actor))

    def waiting_for(self, actor: Actor) -> Q:
        """Filter: the objects in which the actor holds the pen.

        Q(pk__in=[]) when there can be none.
        """
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

    def days_of(self, obj: M) -> dict[str, dt.date | None]:
        """By when its state is to be left, and the days it keeps besides (`days`), as the calendar
        counts them.
        """
        return {**self.days(obj), "due_on": self._due(obj)}

    # Walking --------------------------------------------------------------------------------------

    def begin(self, obj: M, birth: str, *, by: Actor, detail: Mapping[str, Any] | None = None) -> M:
        """Save a new object in the state in which it begins that way, and say so in the audit
        chain.

        Raises NotAllowed and NotNow with a sentence; then it has not begun.
        """
        line = self.births[birth]
        with doors.whole():
            obj.organisation_id = by.organisation_id
            self._lock_above(obj, afresh=bool(line.guards))
            if line.rule is not None:
                doors.require(by, line.rule, obj, line.stranger)
            check_guards(line.guards, obj)
            self._enter(obj, line.state, clock.now())
            obj.save()
            if (due := self._due(obj)) != obj.due_on:
                obj.due_on = due
                obj.save(update_fields=["due_on"])
            audit.record(f"{self.code}.{line.name}", by=by, of=obj, detail=detail)
            derived_rows.refresh(obj)
            self._tell(line, obj, by)
        return obj

    def perform(
        self,
        name: str,
        obj: M,
        *,
        by: Actor,
        seen: int | None = None,
        data: Mapping[str, Any] | None = None,
        files: Mapping[str, Any] | None = None,
        at: dt.datetime | None = None,
    ) -> M:
        """Take a step.

        `seen` is the version the actor had before their eyes; None skips that check (system,
        imports). `data` is what the step's form is filled with, by a page or by a program.

        Returns the object as saved. Raises NotAllowed, StaleState, NotNow, BadInput, each with a
        sentence; then nothing of the step has happened.
        """
        step = self.steps[name]
        with doors.whole():
            locked = self._lock(obj)
            self._check_permission(step, locked, by)
            self._check_seen(step, locked, seen)
            if not step.is_for(locked):
                raise NotNow(_("“%(step)s” does not apply here.") % {"step": step.label})
            check_guards(step.guards, locked)
            act = Act(
                locked,
                by,
                self._filled(step, locked, by, data or {}, files or {}),
                at or clock.now(),
            )
            if step.effect:
                step.effect(act)
            moved = self._move(step, act)
            audit.record(
                f"{self.code}.{name}",
                by=by,
                of=locked,
                detail={**act.detail, "state": locked.state},
            )
            derived_rows.refresh(locked)
            if moved:
                self._end_what_hangs_on(locked, act.data)
            if step.then:
                step.then(act)
            self._tell(step, locked, by)
        return locked

    @contextmanager
    def editing(
        self, name: str, obj: M, *, by: Actor, seen: int | None = None
    ) -> Iterator[RowChange[M]]:
        """A change that moves nothing: `with FLOW.editing("save", …) as edit: edit.row.title = …`.

        What hangs on the object (its numbered parts) is written inside too, and said with
        `edit.note`.
        """
        edit = self.edits[name]
        with doors.whole():
            locked = self._lock(obj)
            doors.require(by, edit.rule, locked, edit.stranger)
            if locked.state not in edit.sources:
                raise NotNow(edit.closed)
            doors.check_seen(seen if edit.touches else None, locked, told=edit.traces(locked))
            check_guards(edit.guards, locked)
            before = doors.snapshot(locked)
            change = RowChange(locked)
            yield change
            if edit.deletes:
                self._discard(edit, change, by)
            elif (changed := doors.differences(locked, before)) or change.is_noted:
                self._keep(edit, change, changed, by)

    def _keep(
        self, edit: Edit[M], change: RowChange[M], changed: Mapping[str, Any], by: Actor
    ) -> None:
        obj = change.row
        if edit.reckons:
            obj.due_on = self._due(obj)
        obj.version += edit.touches
        obj.save()
        if edit.traces(obj):
            detail = {**change.detail, **({"changed": changed} if changed else {})}
            audit.record(f"{self.code}.{edit.name}", by=by, of=obj, detail=detail)
        derived_rows.refresh(obj)

    def _discard(self, edit: Edit[M], change: RowChange[M], by: Actor) -> None:
        audit.record(f"{self.code}.{edit.name}", by=by, of=change.row, detail=change.detail)
        files.remove_all(change.row, by=by)
        change.row.delete()

    def _lock(self, obj: M) -> M:
        """The row itself, locked; related rows are read afresh with it.

        What it hangs on (`under`) is locked first: steps on the parts of one whole wait for each
        other, and never crosswise.
        """
        if self.under:
            doors.locked(self._above(obj, self.under))
        return doors.locked(obj)

    def _lock_above(self, obj: M, *, afresh: bool) -> None:
        """What a new object hangs on, locked; for guards also read as it stands now (an effect may
        be changing it).
        """
        if self.under:
            above = self._above(obj, self.under)
            if afresh:
                doors.read_afresh(above)
            else:
                doors.locked(above)

    def _above(self, obj: M, under: Callable[[M], Tenant]) -> Any:
        """What it hangs on. Raises StaleState when both went in another window."""
        try:
            return under(obj)
        except ObjectDoesNotExist as error:
            raise doors.gone(obj) from error

    def _filled(
        self, step: Step[M], obj: M, by: Actor, data: Mapping[str, Any], files: Mapping[str, Any]
    ) -> Mapping[str, Any]:
        """What the step's form makes of what was handed in: the same for a page, an import, a
        command. Where the step asks for nothing, what a browser sends is nobody's word.
        """
        if step.form_class:
            return cleaned(step.form_class.filled(data, files, obj=obj, actor=by))
        return {} if isinstance(data, MultiValueDict) else data

    def _check_permission(self, step: Step[M], obj: M, by: Actor) -> None:
        if by.organisation_id != obj.organisation_id:
            raise NotAllowed
        if not by.is_system and not step.rule.allows(by, obj):
            raise NotAllowed(step.stranger)

    def _check_seen(self, step: Step[M], obj: M, seen: int | None) -> None:
        if obj.state not in step.sources or (
            seen is not None and seen != obj.version and step.touches
        ):
            sentence = STALE[
                obj.state not in step.sources or self._has_moved(obj, seen or 0), bool(step.form)
            ]
            raise StaleState(
                sentence % {"state": self.states[obj.state].label, **doors.last_hand(obj)},
                [obj],
                seen,
            )

    def _has_moved(self, obj: M, seen: int) -> bool:
        """Whether a step has brought it into a state since that version."""
        entries = (
            audit.history(obj)
            .exclude(action__regex=audit.LOOKS)
            .order_by("-id")[: max(obj.version - seen, 0)]
        )
        taken = (self.steps.get(entry.action.removeprefix(f"{self.code}.")) for entry in entries)
        return any(step is not None and bool(step.target) for step in taken)

    def _move(self, step: Step[M], act: Act[M]) -> bool:
        """Save what the effect made of it, in its new state; answers whether it has one."""
        obj = act.obj
        target = step.target(obj, act.data) if callable(step.target) else step.target
        if target:
            self._enter(obj, target, act.at)
            obj.due_on = self._due(obj)
        obj.version += step.touches
        obj.save()
        return bool(target)

    def _end_what_hangs_on(self, obj: M, data: Mapping[str, Any]) -> None:
        platform = system(obj.organisation_id)
        for flow, ends in _ENDINGS[self.code]:
            step = flow.steps[ends.step]
            if obj.state not in ends.states:
                continue
            for child in ends.children(obj).filter(state__in=step.sources):
                if step.is_for(child):
                    flow.perform(ends.step, child, by=platform, data={"note": data.get("note", "")})

    def _enter(self, obj: M, state: str, at: dt.datetime) -> None:
        obj.state, obj.state_since = state, at

    def _due(self, obj: M) -> dt.date | None:
        due = self.states[obj.state].due
        return due(obj) if due else None

    def _tell(self, line: Step[M] | Birth[M], obj: M, by: Actor) -> None:
        for tell in line.tell:
            recipients = (
                account for account in tell.who(obj) if account and account != by.account_id
            )
            outbox.post(
                f"{self.code}.{line.name}",
                str(tell.words),
                self.values(obj),
                recipients,
                self.url(obj),
                may_mute=tell.may_mute,
            )


FLOWS: dict[str, Flow[Any]] = {}
_ENDINGS: defaultdict[str, list[tuple[Flow[Any], Ends]]] = defaultdict(list)
"""Code of the parent's flow → what ends with it."""
