"""The time a figure is for."""

from __future__ import annotations

import datetime as dt

import pytest

from yizheng.core import clock
from yizheng.core.figures import Period


@pytest.mark.parametrize(
    ("period", "before"),
    [
        (Period(2025, 2025), Period(2024, 2024)),
        (Period(2023, 2025), Period(2020, 2022)),
        (Period(2025, 2025, session=7), None),  # no session is "the one before" by its length
    ],
)
def test_before_it_lies_as_much_time_again(period: Period, before: Period | None) -> None:
    assert period.before() == before


def test_as_it_stands_on_its_last_day_or_today_while_it_runs() -> None:
    with clock.at(dt.datetime(2025, 7, 1, 12, tzinfo=dt.UTC)):
        assert Period.of_year(2024).as_of == dt.date(2024, 12, 31)
        assert Period.of_year(2025).as_of == dt.date(2025, 7, 1)
