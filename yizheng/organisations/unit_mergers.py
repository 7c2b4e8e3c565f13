"""Kinds of records that go over when a unit is merged into another, each decided for itself.

What stands where it stood or still waits for the unit (a promise, an answer, an invitation) goes
over to the unit that does its work from now on. What is past keeps the
unit and the name it had that day. Cases in hand are no matter of course: they are given to somebody
first (`services.units.hindrances`). Roles and contacts end; the new unit names its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from yizheng.core import audit, doors
from yizheng.core.access import Actor, Words, system
from yizheng.core.flow import FlowRow
from yizheng.core.punctuation import join_cn
from yizheng.core.refusals import NotNow

from .models import Unit


def _change(row: Any, unit: Unit, into: Unit) -> None:
    row.unit = into


@dataclass(frozen=True)
class Legacy:
    """One kind of record that goes over: `move` changes it, the door saves it.

    `waits`: somebody must do something with it, so a unit without an heir is not closed.
    """

    code: str
    label: Words
    held: Callable[[Unit], QuerySet[Any]]
    move: Callable[[Any, Unit, Unit], None] = _change
    waits: bool = True


INHERITED = "inherited"
"""The edit of a flow that says in which states something goes over; the merger writes its trail."""

LEGACIES: list[Legacy] = []
"""Higher floors add theirs."""


def register(legacies: Iterable[Legacy]) -> None:
    LEGACIES.extend(legacies)


def hand_over(unit: Unit, into: Unit, by: Actor) -> int:
    """Everything that goes over does; the trail of each says from whom to whom.

    Answers how much it was.
    """
    moved = 0
    for legacy in LEGACIES:
        for row in legacy.held(unit):
            _hand_over(legacy, row, unit, into, by)
            moved += 1
    return moved


def _hand_over(legacy: Legacy, row: Any, unit: Unit, into: Unit, by: Actor) -> None:
    """Whoever has a page of it open sees that it changed."""
    action, note = f"{legacy.code}.inherited", f"{unit.name} → {into.name}"
    if isinstance(row, FlowRow) and INHERITED in row.flow.edits:
        with row.flow.editing(INHERITED, row, by=system(by.organisation_id)) as inherited:
            legacy.move(inherited.row, unit, into)
            inherited.note()
        audit.record(action, by=by, of=row, detail={"note": note})
        return
    with doors.editing(row, action, by=by, rule=None) as edit:
        legacy.move(edit.row, unit, into)
        edit.note(note=note)


def require_heir(unit: Unit) -> None:
    """A unit whose work is not done is merged, never just closed."""
    waiting = [
        (legacy.label, count)
        for legacy in LEGACIES
        if legacy.waits and (count := legacy.held(unit).count())
    ]
    if waiting:
        what = join_cn(f"{label} {count}" for label, count in waiting)
        raise NotNow(
            _(
                "This still waits for the unit: %(what)s. Choose the unit that does its "
                "work from now on."
            )
            % {"what": what},
            field="merged_into",
        )
