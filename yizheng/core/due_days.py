"""Due days follow the calendar: when a day of it is corrected, what is open and counted over that
day is due on another, and its trail says why. What is done stays as it was.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Model
from django.utils.translation import gettext as _

from . import audit, clock, doors
from .access import Actor
from .clock import Calendar
from .day_words import day_words
from .flow import FLOWS, Flow, Flowing
from .punctuation import clauses, colon

MOVED = "due_moved"
"""How the audit chain calls it, after the code of the flow."""


@dataclass(frozen=True)
class DueMove:
    """An open matter whose days are others by the corrected calendar: field → from, to."""

    obj: Flowing
    days: Mapping[str, tuple[dt.date | None, dt.date | None]]


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
        stood = [(flow, _days(flow, flow.running())) for flow in flows]
    with clock.counting_by(after):
        return [
            DueMove(obj, days)
            for flow, rows in reversed(stood)
            for obj, days in flow.move_due_days(rows)
        ]


def _days(flow: Flow[Any], rows: Sequence[Any]) -> list[tuple[Any, dict[str, dt.date | None]]]:
    return [(obj, flow.days_of(obj)) for obj in rows]


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
    for name, span in moved.items():
        named.setdefault(tuple(span), name)
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
