"""Due days follow the calendar: when a day of it is corrected, what is open and counted over that
day is due on another, and its trail says why. What is done stays as it was.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Model, prefetch_related_objects
from django.utils.translation import gettext as _

from . import audit, clock, doors
from .access import Actor
from .clock import Calendar
from .day_words import day_words
from .flow import FLOWS, Flow, FlowRow
from .punctuation import clauses, colon

MOVED = "due_moved"
"""How the audit chain calls it, after the code of the flow."""


DueDays = Mapping[str, dt.date | None]
DueSpan = tuple[dt.date | None, dt.date | None]
AT_ONCE = 500
"""Rows that one statement names."""


@dataclass(frozen=True)
class DueMove:
    """An open matter whose days are others by the corrected calendar: field → from, to."""

    obj: FlowRow
    days: Mapping[str, DueSpan]


@dataclass(frozen=True)
class CalendarChange:
    """A day and what it is now: worked on, rested on; `struck`: by the statutory calendar again."""

    day: dt.date
    works: bool
    struck: bool = False

    @property
    def kept(self) -> dict[str, Any]:
        return {"day": self.day.isoformat(), "works": self.works, "struck": self.struck}


def follow(
    before: Calendar, after: Calendar, change: CalendarChange, *, by: Actor
) -> list[DueMove]:
    """Move every open matter that is due on another day by the corrected calendar; its trail says
    from when to when, and because of which day.
    """
    with doors.whole(), audit.together():
        moves = _moved(before, after)
        for move in moves:
            days = {name: [str(old), str(new)] for name, (old, new) in move.days.items()}
            audit.record(
                f"{move.obj.flow.code}.{MOVED}",
                by=by,
                of=move.obj,
                detail={"moved": days, **change.kept},
            )
    return moves


def would_move(before: Calendar, after: Calendar) -> list[DueMove]:
    """The same, and nothing is kept of it: what is shown before it is confirmed."""
    with doors.whole():
        moves = _moved(before, after)
        transaction.set_rollback(True)
    return moves


def _moved(before: Calendar, after: Calendar) -> list[DueMove]:
    """Whole ones are locked before their parts, as each step does; the days of the parts are
    counted first, because those of the whole may follow from them.
    """
    flows = sorted(FLOWS.values(), key=lambda flow: flow.under is not None)
    with clock.counting_by(before):
        stood = [(flow, [(obj, flow.days_of(obj)) for obj in running(flow)]) for flow in flows]
    with clock.counting_by(after):
        return [move for flow, rows in reversed(stood) for move in _move(flow, rows)]


def running(flow: Flow[Any]) -> list[Any]:
    """What is in a state that is to be left by a day, locked, with what that is counted from and
    called by (`due_with`).
    """
    states = [name for name, state in flow.states.items() if state.due and not state.ends]
    rows = flow.model.objects.filter(state__in=states).order_by("pk")
    found = list(rows.select_for_update(no_key=True))
    _read_anew(flow, found)
    return found


def _read_anew(flow: Flow[Any], rows: Sequence[Any]) -> None:
    """What hangs on them may have moved meanwhile."""
    for obj in rows:
        vars(obj).pop("_prefetched_objects_cache", None)
    for start in range(0, len(rows), AT_ONCE):
        prefetch_related_objects(rows[start : start + AT_ONCE], *flow.due_with)


def _move(flow: Flow[Any], stood: Sequence[tuple[Any, DueDays]]) -> list[DueMove]:
    """Write the days that are counted otherwise than they stood before the calendar was corrected.
    What a person set stays where nothing counts it.
    """
    _read_anew(flow, [obj for obj, _days in stood])
    moved = [DueMove(obj, days) for obj, before in stood if (days := _set(flow, obj, before))]
    alike: defaultdict[tuple[tuple[str, dt.date | None], ...], list[int]] = defaultdict(list)
    for move in moved:
        values = {name: getattr(move.obj, name) for name in (*flow.days(move.obj), "due_on")}
        alike[tuple(values.items())].append(move.obj.pk)
    for written, keys in alike.items():
        for start in range(0, len(keys), AT_ONCE):
            rows = flow.model.objects.filter(pk__in=keys[start : start + AT_ONCE])
            rows.update(**dict(written))
    return moved


def _set(flow: Flow[Any], obj: Any, before: DueDays) -> dict[str, DueSpan]:
    """Set the days that differ from what stood; what was not kept yet is kept with them."""
    stood = {name: getattr(obj, name) for name in before}
    for name, day in flow.days(obj).items():
        if day != before[name] or stood[name] is None:
            setattr(obj, name, day)
    now = flow.days_of(obj)
    if now["due_on"] != before["due_on"]:
        obj.due_on = now["due_on"]
    return {name: (stood[name], now[name]) for name in before if before[name] != now[name]}


def words(entry: audit.AuditEntry) -> str:
    """How a trail tells it: “due: from 1 Mar to 2 Mar, because 1 Mar is a day of rest”."""
    model = FLOWS[entry.action.partition(".")[0]].model
    return clauses([*_spans(model, entry.detail["moved"]), _because(entry.detail)])


def spans(move: DueMove) -> str:
    """“Due: from 1 Mar to 2 Mar”."""
    moved = {name: [str(old), str(new)] for name, (old, new) in move.days.items()}
    return clauses(_spans(type(move.obj), moved))


def _spans(model: type[Model], moved: Mapping[str, Sequence[str]]) -> list[str]:
    """Days that move alike are said once, by the most particular name."""
    named: dict[tuple[str, ...], str] = {}
    for name in sorted(moved, key=lambda name: (name == "due_on", name)):
        named.setdefault(tuple(moved[name]), name)
    return [
        colon(
            _label(model, name),
            _("from %(old)s to %(new)s") % {"old": _said(old), "new": _said(new)},
        )
        for (old, new), name in named.items()
    ]


def _label(model: type[Model], name: str) -> str:
    return str(getattr(model._meta.get_field(name), "verbose_name", name))


def _said(day: str) -> str:
    return day_words(dt.date.fromisoformat(day), full=True)


def _because(detail: Mapping[str, Any]) -> str:
    words = {"day": _said(detail["day"])}
    if detail["struck"]:
        if detail["works"]:
            return _("because %(day)s is no day of rest any more") % words
        return _("because %(day)s is no working day any more") % words
    if detail["works"]:
        return _("because %(day)s is a working day") % words
    return _("because %(day)s is a day of rest") % words
