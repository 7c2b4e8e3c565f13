"""The things that wait for an actor, from a query over who holds the pen."""

from __future__ import annotations

import datetime as dt
from collections.abc import Hashable
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from yizheng.core import circumstances, clock
from yizheng.core.access import Actor
from yizheng.core.case_display import TODOS, CaseRow, Todo
from yizheng.indicators.count_queries import CountQuery, question
from yizheng.notices.queries import unread_of

SHOWN = 40
FAR = dt.date.max


@dataclass
class TodoGroup:
    label: str
    rows: list[CaseRow] = field(default_factory=list)


@dataclass(frozen=True)
class TodoList:
    groups: list[TodoGroup]
    count: int
    kinds: list[dict[str, Any]]


@dataclass(frozen=True)
class Badges:
    """The two numbers that stand in the shell around every page."""

    waiting: int
    unread: int


def badges(actor: Actor) -> Badges:
    """In one query, because every page asks for it."""
    *numbers, unread = _question(actor)[1].answer()
    return Badges(sum(map(int, numbers)), int(unread))


Asked = tuple[tuple[Todo, ...], CountQuery]
"""What can wait for somebody at all, and the query that counts it and the unread notices."""
_KEPT: dict[Actor, tuple[frozenset[str], tuple[Hashable, ...], Asked]] = {}
"""For an actor: on what the question rests besides their rights, how that stood, and the question.
"""
MOST_KEPT = 1000


def _question(actor: Actor) -> Asked:
    """Its words cost more to make than to ask.

    They are made again when the day, or the regulation in force, is another.
    """
    if (kept := _KEPT.get(actor)) and circumstances.standing(kept[0]) == kept[1]:
        return kept[2]
    with circumstances.watched() as rests_on:
        asked = _made(actor)
    if circumstances.may_be_kept(rests_on):
        if len(_KEPT) >= MOST_KEPT:
            _KEPT.clear()
        _KEPT[actor] = frozenset(rests_on), circumstances.standing(rests_on), asked
    return asked


def _made(actor: Actor) -> Asked:
    waiting = [(todo, queryset) for todo in TODOS if (queryset := todo.waiting(actor)) is not None]
    asked = question(
        [
            (records, "")
            for records in (
                *(queryset for _todo, queryset in waiting),
                unread_of(actor.account_id or 0),
            )
        ]
    )
    return tuple(todo for todo, _queryset in waiting), asked


def _counted(actor: Actor) -> list[tuple[Todo, int]]:
    """Those of which anything waits."""
    todos, asked = _question(actor)
    return [
        (todo, int(count)) for todo, count in zip(todos, asked.answer()[:-1], strict=True) if count
    ]


def waiting_for(actor: Actor, today: dt.date | None = None) -> TodoList:
    """The most urgent of each flow, grouped by when they are due."""
    today = today or clock.today()
    found: list[CaseRow] = []
    kinds, total = [], 0
    for todo, count in _counted(actor):
        queryset = todo.queryset(actor)
        if queryset is None:
            continue
        kinds.append({"label": str(todo.label or todo.flow.label), "count": count})
        total += count
        found += todo.rows_of(list(queryset.order_by(*todo.order)[:SHOWN]), actor)
    found.sort(key=lambda row: row.due.date or FAR if row.due else FAR)
    return TodoList(_grouped(found[:SHOWN], today), total, kinds)


def _grouped(rows: list[CaseRow], today: dt.date) -> list[TodoGroup]:
    week_end = today + dt.timedelta(days=6 - today.weekday())
    groups = {
        name: TodoGroup(label)
        for name, label in (
            ("late", _("Overdue")),
            ("today", _("Due today")),
            ("week", _("This week")),
            ("later", _("Later")),
            ("open", _("Without a date")),
        )
    }
    for row in rows:
        date = row.due.date if row.due else None
        name = (
            "open"
            if date is None
            else "late"
            if date < today
            else "today"
            if date == today
            else "week"
            if date <= week_end
            else "later"
        )
        groups[name].rows.append(row)
    return [group for group in groups.values() if group.rows]
