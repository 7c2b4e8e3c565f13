"""What a process keeps is kept for the circumstances that were really asked for."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.world import World, adopt_rules, later
from yizheng.core import circumstances, clock
from yizheng.core.access import office
from yizheng.core.circumstances import DAY, MOMENT, REGULATION
from yizheng.proposals.flow.due_dates import rules_of


def test_who_asks_for_the_day_is_seen_and_who_does_not_is_not() -> None:
    with circumstances.watched() as asked:
        clock.today()
    assert asked == {DAY}
    with circumstances.watched() as asked:
        dt.date(2026, 1, 1).isoformat()
    assert asked == set()


def test_what_is_asked_inside_is_asked_by_whoever_watches_around_it() -> None:
    with circumstances.watched() as around:
        with circumstances.watched() as inside:
            clock.now()
        clock.today()
    assert (inside, around) == ({MOMENT}, {MOMENT, DAY})


def test_nothing_made_of_the_very_moment_is_kept() -> None:
    assert circumstances.may_be_kept({DAY, REGULATION})
    assert circumstances.may_be_kept(())
    assert not circumstances.may_be_kept({DAY, MOMENT})


def test_the_day_is_another_tomorrow(world: World) -> None:
    today = circumstances.standing({DAY})
    assert circumstances.standing({DAY}) == today
    with later(1):
        assert circumstances.standing({DAY}) != today


def test_the_regulation_is_another_when_a_version_was_adopted(world: World) -> None:
    with circumstances.watched() as asked:
        rules_of()
    assert asked == {DAY, REGULATION}
    before = circumstances.standing({REGULATION})
    assert circumstances.standing({REGULATION}) == before
    adopt_rules(world)
    assert circumstances.standing({REGULATION}) != before


@pytest.mark.parametrize(
    ("one", "other", "both"),
    [((), (), ()), ((DAY,), (), (DAY,)), ((DAY,), (REGULATION,), (DAY, REGULATION))],
)
def test_rules_joined_rest_on_what_each_rests_on(
    one: tuple[str, ...], other: tuple[str, ...], both: tuple[str, ...]
) -> None:
    from dataclasses import replace

    rule = office("test.depends", "可以")
    joined = replace(rule, depends=frozenset(one)) | replace(rule, depends=frozenset(other))
    assert joined.depends == frozenset(both)
