"""Numbers from patterns: each once, without gaps."""

from __future__ import annotations

import pytest
from django.db import transaction

from tests.world import World, proposal_at, step
from yizheng.core import numbering
from yizheng.core.refusals import BadInput, NotAllowed


@pytest.mark.parametrize(
    ("pattern", "number"),
    [
        ("〔{year}〕{serial:3}", "〔2026〕047"),
        ("〔{year}〕{serial}", "〔2026〕47"),
        ("{unit}函〔{year}〕{serial}号", "水务局函〔2026〕47号"),
        ("第{term}届第{session}次会议第{serial:3}号", "第9届第3次会议第047号"),
        ("{serial:1}", "47"),  # a number longer than its places is not cut
    ],
)
def test_composed(pattern: str, number: str) -> None:
    assert numbering.compose(pattern, 47, year=2026, unit="水务局", term=9, session=3) == number


@pytest.mark.parametrize("pattern", ["〔{year}〕", "", "{serie}", "{serial}{name}"])
def test_a_pattern_without_serial_or_with_an_unknown_field_is_refused(pattern: str) -> None:
    with pytest.raises(BadInput):
        numbering.check_pattern(pattern, {"year"})


def test_two_series_count_each_for_itself(world: World) -> None:
    assert [numbering.draw(name) for name in ("a", "a", "b", "a")] == [1, 2, 1, 3]


def test_a_number_that_somebody_has_is_passed_over(world: World) -> None:
    """001 was imported, 003 too."""
    has = {"〔2026〕001", "〔2026〕003"}
    drawn = [
        numbering.next_number("a", "〔{year}〕{serial:3}", has.__contains__, year=2026)
        for _time in range(2)
    ]
    assert drawn == ["〔2026〕002", "〔2026〕004"]


def test_what_is_rolled_back_leaves_no_gap(world: World) -> None:
    numbering.draw("a")
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        numbering.draw("a")
        raise ZeroDivisionError
    assert numbering.draw("a") == 2


def test_a_refused_filing_leaves_no_gap(world: World) -> None:
    first, second = proposal_at(world, "review"), proposal_at(world, "review")
    with pytest.raises(NotAllowed):
        step(world, first, "file", "officer")
    year = world.session.year
    assert step(world, second, "file", "reviewer").case_number == f"〔{year}〕001"
    assert step(world, first, "file", "reviewer").case_number == f"〔{year}〕002"
