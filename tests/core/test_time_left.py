"""How long is left, in words."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import translation

from yizheng.core.clock import KNOWN_UNTIL, Calendar
from yizheng.core.flow import FLOWS
from yizheng.core.time_left import DayCount, due_of

THURSDAY = dt.date(2026, 2, 12)  # the Spring Festival begins on Sunday


@pytest.mark.parametrize(
    ("date", "level", "words"),
    [
        ("2026-02-12", "today", "今天到期"),
        ("2026-02-13", "soon", "还剩 1 个工作日"),
        ("2026-02-24", "soon", "还剩 3 个工作日"),  # 13, the worked Saturday 14, 24
        ("2026-02-25", "later", "还剩 4 个工作日"),
        ("2026-02-11", "overdue", "逾期 1 个工作日"),
        ("2026-02-06", "overdue", "逾期 4 个工作日"),  # 9 10 11 12
        ("2026-02-15", "soon", "还剩 2 个工作日"),  # a Sunday: what is worked until then
    ],
)
def test_days_left_are_working_days(date: str, level: str, words: str) -> None:
    with translation.override("zh-hans"):
        due = due_of(dt.date.fromisoformat(date), Calendar(), THURSDAY)
    assert due is not None
    assert (due.level, due.text) == (level, words)


@pytest.mark.parametrize(
    ("today", "words"),
    [
        ("2026-03-07", "逾期 1 天（自然日）"),
        ("2026-03-08", "逾期 2 天（自然日）"),
        ("2026-03-09", "逾期 1 个工作日"),
    ],
)
def test_on_the_days_off_after_a_friday_no_working_day_is_late(today: str, words: str) -> None:
    friday = dt.date(2026, 3, 6)
    with translation.override("zh-hans"):
        due = due_of(friday, Calendar(), dt.date.fromisoformat(today))
    assert due is not None
    assert (due.level, due.text) == ("overdue", words)


@pytest.mark.parametrize(
    ("date", "level", "words"),
    [
        ("2026-02-12", "today", "今天到期"),
        ("2026-02-13", "soon", "还剩 1 天（自然日）"),
        ("2026-02-24", "soon", "还剩 12 天（自然日）"),  # three of them are worked
        ("2026-04-17", "later", "还剩 64 天（自然日）"),
        ("2026-02-06", "overdue", "逾期 6 天（自然日）"),
    ],
)
def test_or_calendar_days_and_always_say_which(date: str, level: str, words: str) -> None:
    day = dt.date.fromisoformat(date)
    with translation.override("zh-hans"):
        due = due_of(day, Calendar(), THURSDAY, DayCount.CALENDAR)
    assert due is not None
    assert (due.level, due.text) == (level, words)


def test_in_english_too() -> None:
    with translation.override("en"):
        found = [
            due.text
            for day, counted in (
                (dt.date(2026, 2, 13), DayCount.WORKING),
                (dt.date(2026, 2, 14), DayCount.CALENDAR),
                (dt.date(2026, 2, 11), DayCount.CALENDAR),
            )
            if (due := due_of(day, Calendar(), THURSDAY, counted))
        ]
    assert found == ["1 working day left", "2 calendar days left", "1 calendar day late"]


BY_THE_CALENDAR = {
    "activity": {"invited"},  # the day it begins
    "activity_suggestion": {"pending"},
    "assignment": {"handling", "signing", "checking"},  # months
    "contribution": {"oral", "written"},
    "cosignature": {"invited"},
    "leave": {"asked"},
    "outcome": {"sent"},
    "promise": {"open"},
    "proposal": {"handling"},
    "transfer": {"sent", "handling"},
}
"""Flow → states whose date the model regulations count in days or months, or that somebody named.
Those of all others they count in working days.
"""


def test_each_state_counts_as_its_regulation_does() -> None:
    counted = {
        code: {
            str(name)
            for name, state in flow.states.items()
            if state.due and state.counted is DayCount.CALENDAR
        }
        for code, flow in FLOWS.items()
    }
    assert {code: states for code, states in counted.items() if states} == BY_THE_CALENDAR


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
