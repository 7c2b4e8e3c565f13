"""Deadlines, limits and exclusions of activities, each at the limit itself, just before and just
after.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.utils import timezone

from tests.activities.making import activity_at, call_for, offered, on, outcome, suggestion
from tests.world import World, step
from yizheng.activities.flow.due_dates import TimeLimit, minutes_due, notice_due, notice_is_short
from yizheng.activities.models import Activity
from yizheng.activities.sittings import half_days
from yizheng.core import clock
from yizheng.core.refusals import BadInput, NotNow

SECOND, DAY = dt.timedelta(seconds=1), dt.timedelta(days=1)
MONDAY = dt.date(2026, 11, 23)


@pytest.fixture
def forum(world: World) -> Activity:
    """In forty days, 9:00 to 11:30, three members on the list; sign-in opens at 8:00."""
    return activity_at(world, "invited", members=("member", "cosigner", "third"))


# Half days ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("begin", "end", "expected"),
    [
        (
            (0, 11, 30),
            (0, 14, 30),
            [((0, 11, 30), (0, 12, 0)), ((0, 14, 0), (0, 14, 30))],
        ),  # half an hour of each is enough
        ((0, 11, 30), (0, 14, 29), [((0, 11, 30), (0, 14, 29))]),
        ((0, 11, 31), (0, 14, 29), [((0, 11, 31), (0, 14, 29))]),
        (
            (0, 9, 0),
            (7, 9, 1),
            [((0, 9, 0), (7, 9, 1))],
        ),  # a minute more than a week is one sitting
    ],
)
def test_what_is_half_a_day_at_the_limits(begin: Any, end: Any, expected: Any) -> None:
    def at(place: tuple[int, int, int]) -> dt.datetime:
        return on(MONDAY + dt.timedelta(days=place[0]), *place[1:])

    assert half_days(at(begin), at(end)) == [(at(a), at(b)) for a, b in expected]


def test_a_week_to_the_minute_is_cut_into_its_half_days() -> None:
    """Monday nine to Monday nine: seven mornings and afternoons, and half an hour of the eighth
    morning.
    """
    found = half_days(on(MONDAY, 9), on(MONDAY + dt.timedelta(days=7), 9))
    assert len(found) == 15 and found[-1] == (
        on(MONDAY + dt.timedelta(days=7), 8, 30),
        on(MONDAY + dt.timedelta(days=7), 9),
    )


# Days of the regulation ---------------------------------------------------------------------------


def test_minutes_are_due_on_the_seventh_working_day_and_late_after_it(world: World) -> None:
    """Held on Monday 23 November: 24, 25, 26, 27, 30, 1 and 2 December."""
    held = Activity(
        form="members_forum",
        starts_at=on(MONDAY, 9),
        ends_at=on(MONDAY, 11),
        held_at=on(MONDAY, 11),
    )
    due = minutes_due(held)
    assert due == dt.date(2026, 12, 2)
    assert [TimeLimit("", due, done).is_late for done in (due - DAY, due, due + DAY)] == [
        False,
        False,
        True,
    ]
    with clock.at(on(due, 23, 59)):
        assert not TimeLimit("", due, None).is_late
    with clock.at(on(due + DAY, 0)):
        assert TimeLimit("", due, None).is_late


def test_notice_is_in_time_on_its_last_day(world: World) -> None:
    found = activity_at(world, "approved", form="standing_consultation", days=60)
    due = notice_due(found)
    assert due is not None
    with clock.at(on(due, 23, 59)):
        assert notice_is_short(found) == ""
    with clock.at(on(due + DAY, 0)):
        assert notice_is_short(found) != ""


def test_contributions_are_offered_to_the_end_of_the_last_day(world: World) -> None:
    called = call_for(world)
    last = called.call_until
    assert last is not None
    with clock.at(on(last, 23, 59)):
        assert offered(world, called).state == "offered"
    with clock.at(on(last + DAY, 0)), pytest.raises(NotNow):
        offered(world, called)


@pytest.mark.parametrize(("days", "fits"), [(-1, False), (0, True), (40, True), (41, False)])
def test_they_are_called_for_between_today_and_the_day_it_ends(
    world: World, days: int, fits: bool
) -> None:
    found = activity_at(world, "approved", days=40)
    until = timezone.localdate() + dt.timedelta(days=days)
    if fits:
        assert (
            step(
                world, found, "call", "organiser", call_until=until, call_words="围绕供水"
            ).call_until
            == until
        )
    else:
        with pytest.raises(BadInput):
            step(world, found, "call", "organiser", call_until=until, call_words="围绕供水")


def test_it_is_moved_before_it_begins_and_held_from_then_on(world: World, forum: Activity) -> None:
    later = {"starts_at": forum.starts_at + DAY, "ends_at": forum.ends_at + DAY, "note": "顺延"}
    with clock.at(forum.starts_at - SECOND), pytest.raises(NotNow):
        step(world, forum, "hold", "organiser")
    with clock.at(forum.starts_at):
        with pytest.raises(NotNow):
            step(world, forum, "change", "organiser", **later)
        assert step(world, forum, "hold", "organiser").held_at == forum.starts_at


@pytest.mark.parametrize(("days", "fits"), [(-1, False), (0, True), (1, True)])
def test_a_day_that_has_passed_is_not_promised(world: World, days: int, fits: bool) -> None:
    made = suggestion(world, activity_at(world, "invited"))
    day = timezone.localdate() + dt.timedelta(days=days)
    if fits:
        assert (
            step(
                world, made, "decide", "officer", adoption="adopted", answer="照办", planned_for=day
            ).planned_for
            == day
        )
    else:
        with pytest.raises(BadInput):
            step(
                world, made, "decide", "officer", adoption="adopted", answer="照办", planned_for=day
            )


def test_an_outcome_is_sent_between_its_signature_and_today_and_answered_between_that_and_today(
    world: World,
) -> None:
    made = outcome(
        world, activity_at(world, "held", days=1), recipient="unit", unit=world.units["水务局"]
    )
    today = timezone.localdate()
    step(world, made, "request_signature", "organiser")
    step(world, made, "sign", "secretary")
    for day in (today - DAY, today + DAY):
        with pytest.raises(BadInput):
            step(world, made, "send", "organiser", sent_on=day)
    made = step(world, made, "send", "organiser", sent_on=today)
    for day in (today - DAY, today + DAY):
        with pytest.raises(BadInput):
            step(
                world, made, "answer", "officer", adoption="adopted", answer="照办", answered_on=day
            )
    assert (
        step(
            world, made, "answer", "officer", adoption="adopted", answer="照办", answered_on=today
        ).answered_on
        == today
    )
