"""An activity from draft to close, and its turnings."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from tests.activities.making import ROUTE, activity_at, on
from tests.world import World
from yizheng.activities.sittings import half_days


@pytest.mark.parametrize("stop", ROUTE)
def test_it_walks_its_road(world: World, stop: str) -> None:
    assert activity_at(world, stop).state == stop


MONDAY = dt.date(2026, 11, 23)


@pytest.mark.parametrize(
    ("begin", "end", "expected"),
    [
        ((0, 9, 0), (0, 11, 30), [((0, 9, 0), (0, 11, 30))]),
        ((0, 9, 0), (0, 17, 0), [((0, 9, 0), (0, 12, 0)), ((0, 14, 0), (0, 17, 0))]),
        ((0, 12, 10), (0, 16, 0), [((0, 12, 10), (0, 16, 0))]),
        ((0, 11, 0), (0, 14, 10), [((0, 11, 0), (0, 14, 10))]),
        ((0, 19, 0), (0, 21, 0), [((0, 19, 0), (0, 21, 0))]),
        (
            (0, 14, 30), (1, 11, 0),
            [((0, 14, 30), (0, 17, 30)), ((1, 8, 30), (1, 11, 0))],
        ),
        ((0, 9, 0), (20, 17, 0), [((0, 9, 0), (20, 17, 0))]),
    ],
)  # fmt: skip
def test_it_is_cut_into_half_days(begin: Any, end: Any, expected: Any) -> None:
    def at(place: tuple[int, int, int]) -> dt.datetime:
        return on(MONDAY + dt.timedelta(days=place[0]), *place[1:])

    assert half_days(at(begin), at(end)) == [(at(a), at(b)) for a, b in expected]
