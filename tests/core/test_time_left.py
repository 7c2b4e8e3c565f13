"""How long is left, in words."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import translation

from yizheng.core.clock import KNOWN_UNTIL, Calendar
from yizheng.core.time_left import due_of

THURSDAY = dt.date(2026, 2, 12)  # the Spring Festival begins on Sunday


@pytest.mark.parametrize(
    ("date", "level", "words"),
    [
        ("2026-02-12", "today", "today"),
        ("2026-02-13", "soon", "1 day left"),
        ("2026-02-24", "soon", "3 days left"),  # 13, the worked Saturday 14, 24
        ("2026-02-25", "later", "4 days left"),
        ("2026-02-11", "overdue", "1 day late"),
        ("2026-02-06", "overdue", "4 days late"),  # 9 10 11 12
        ("2026-02-15", "soon", "2 days left"),  # a Sunday: what is worked until then
    ],
)
def test_days_left_are_working_days(date: str, level: str, words: str) -> None:
    with translation.override("en"):
        due = due_of(dt.date.fromisoformat(date), Calendar(), THURSDAY)
    assert due is not None
    assert (due.level, due.text) == (level, words)


def test_late_over_a_weekend_is_late_by_a_day_at_least() -> None:
    saturday, sunday = dt.date(2026, 3, 7), dt.date(2026, 3, 8)
    due = due_of(saturday, Calendar(), sunday)
    assert due is not None
    assert (due.level, due.days_left) == ("overdue", -1)


def test_nothing_due_and_a_date_not_to_be_relied_on() -> None:
    assert due_of(None, Calendar(), THURSDAY) is None
    far = due_of(dt.date(KNOWN_UNTIL + 1, 3, 1), Calendar(), dt.date(KNOWN_UNTIL, 12, 30))
    assert far is not None
    assert not far.certain
