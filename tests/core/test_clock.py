"""Working days against the calendars of 2025 and 2026, counted by hand."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yizheng.core import clock
from yizheng.core.clock import KNOWN_UNTIL, Calendar, add_months


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


PLAIN = Calendar()


@pytest.mark.parametrize(
    ("text", "working"),
    [
        ("2026-02-13", True),  # the last Friday before the Spring Festival
        ("2026-02-14", True),  # Saturday, worked in exchange (调休)
        ("2026-02-15", False),  # the holiday begins: Sunday the 15th to Monday the 23rd
        ("2026-02-17", False),  # the first day of the year
        ("2026-02-23", False),
        ("2026-02-24", True),
        ("2026-02-28", True),  # Saturday, worked in exchange
        ("2026-03-01", False),  # Sunday
        ("2025-10-08", False),  # National Day and Mid-Autumn together, to the 8th
        ("2025-09-28", True),  # Sunday, worked in exchange
        ("2025-10-11", True),  # Saturday, worked in exchange
    ],
)
def test_days_off_and_days_worked_in_exchange(text: str, working: bool) -> None:
    assert PLAIN.is_working_day(day(text)) is working


@pytest.mark.parametrize(
    ("start", "days", "end"),
    [
        ("2026-03-02", 5, "2026-03-09"),  # Monday + 5: Tue Wed Thu Fri Mon
        ("2026-03-06", 1, "2026-03-09"),  # Friday + 1
        ("2026-02-12", 1, "2026-02-13"),
        ("2026-02-12", 2, "2026-02-14"),  # the worked Saturday counts
        ("2026-02-12", 3, "2026-02-24"),  # over the whole festival
        ("2026-02-12", 5, "2026-02-26"),
        ("2026-02-25", 4, "2026-03-02"),  # 26 27 28(worked Saturday), then Monday
        ("2026-02-16", 1, "2026-02-24"),  # from inside the holiday
        ("2025-09-30", 3, "2025-10-11"),  # 9 and 10 October, then the worked Saturday
        ("2026-03-02", 0, "2026-03-02"),
    ],
)
def test_so_many_working_days_later(start: str, days: int, end: str) -> None:
    assert PLAIN.add_working_days(day(start), days) == day(end)


@pytest.mark.parametrize(
    ("start", "end", "days"),
    [
        ("2026-02-12", "2026-02-24", 3),
        ("2026-02-24", "2026-02-12", -3),
        ("2026-03-02", "2026-03-02", 0),
        ("2026-03-06", "2026-03-08", 0),  # a weekend has none
    ],
)
def test_working_days_between(start: str, end: str, days: int) -> None:
    assert PLAIN.working_days_between(day(start), day(end)) == days


def test_a_period_that_ends_on_a_day_off_ends_on_the_next_working_day() -> None:
    assert PLAIN.on_or_after(day("2026-02-15")) == day("2026-02-24")
    assert PLAIN.on_or_after(day("2026-02-14")) == day("2026-02-14")


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        ("2026-01-31", 1, "2026-02-28"),
        ("2024-01-31", 1, "2024-02-29"),
        ("2026-08-31", 6, "2027-02-28"),
        ("2026-11-15", 3, "2027-02-15"),
        ("2026-12-31", 12, "2027-12-31"),
        ("2026-05-31", 0, "2026-05-31"),
    ],
)
def test_months_end_with_the_month(start: str, months: int, end: str) -> None:
    assert add_months(day(start), months) == day(end)


def test_beyond_the_known_calendar_weekends_and_the_countys_own_days_count() -> None:
    year = KNOWN_UNTIL + 1
    national_day = dt.date(year, 10, 1)
    weekday = national_day if national_day.weekday() < 5 else dt.date(year, 10, 4)
    assert PLAIN.is_working_day(weekday)
    assert not PLAIN.is_known(weekday)
    own = Calendar({weekday: False})
    assert not own.is_working_day(weekday)
    assert not own.is_known(weekday)  # a single day leaves the year as unknown as it was
    assert Calendar({weekday: False}, frozenset({year})).is_known(weekday)
    saturday = next(d for d in (dt.date(year, 9, n) for n in range(1, 8)) if d.weekday() == 5)
    assert not PLAIN.is_working_day(saturday)
    assert Calendar({saturday: True}).is_working_day(saturday)


def test_the_known_calendar_is_known() -> None:
    assert PLAIN.is_known(day("2026-12-31"))
    assert not PLAIN.is_known(dt.date(KNOWN_UNTIL + 1, 1, 1))


DAYS = st.dates(dt.date(2019, 1, 1), dt.date(KNOWN_UNTIL + 3, 12, 31))


@given(DAYS, st.integers(0, 150), st.dictionaries(DAYS, st.booleans(), max_size=5))
def test_adding_n_working_days_then_counting_gives_n(
    start: dt.date, n: int, own: dict[dt.date, bool]
) -> None:
    days = Calendar(own)
    end = days.add_working_days(start, n)
    assert days.working_days_between(start, end) == n
    assert n == 0 or days.is_working_day(end)


@given(DAYS, DAYS, DAYS)
def test_counting_in_two_stretches_counts_the_whole(a: dt.date, b: dt.date, c: dt.date) -> None:
    a, b, c = sorted((a, b, c))
    whole = PLAIN.working_days_between(a, c)
    assert PLAIN.working_days_between(a, b) + PLAIN.working_days_between(b, c) == whole


def test_another_moment_lasts_as_long_as_it_is_told() -> None:
    noon = dt.datetime(2026, 2, 12, 4, tzinfo=dt.UTC)
    with clock.at(noon):
        assert clock.now() == noon
        assert clock.today() == day("2026-02-12")
    assert clock.now() != noon


def test_today_is_the_day_in_china_not_in_greenwich() -> None:
    with clock.at(dt.datetime(2026, 2, 12, 17, tzinfo=dt.UTC)):
        assert clock.today() == day("2026-02-13")


def test_the_day_of_a_moment_is_the_day_in_china_too() -> None:
    assert clock.day_of(dt.datetime(2026, 2, 12, 15, 59, tzinfo=dt.UTC)) == day("2026-02-12")
    assert clock.day_of(dt.datetime(2026, 2, 12, 16, tzinfo=dt.UTC)) == day("2026-02-13")
    assert clock.day_of(None) is None


@pytest.mark.parametrize("year", [clock.KNOWN_FROM, clock.KNOWN_UNTIL])
def test_holidays_hold_in_the_first_and_in_the_last_year_that_is_known(year: int) -> None:
    """National Day is off whatever day of the week it is; of an unknown year only the week is."""
    national_day = dt.date(year, 10, 1)
    assert not PLAIN.is_working_day(national_day)
    assert any(
        national_day.replace(day=n).weekday() < 5 and not PLAIN.is_working_day(dt.date(year, 10, n))
        for n in (1, 2, 3)
    )


@pytest.mark.parametrize(
    ("year", "known"), [(2010, True), (KNOWN_UNTIL, True), (KNOWN_UNTIL + 1, False)]
)
def test_of_a_year_after_the_last_known_one_holidays_are_not_known(year: int, known: bool) -> None:
    assert PLAIN.is_known(dt.date(year, 3, 18)) is known
