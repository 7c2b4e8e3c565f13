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
from yizheng.activities.attending import services, signing
from yizheng.activities.attending.signing import Line, Told
from yizheng.activities.deadlines import Term, minutes_due, notice_due, notice_is_short
from yizheng.activities.models import Activity, Attendance, Participant, Sitting
from yizheng.activities.sittings import half_days
from yizheng.core import audit, clock
from yizheng.core.refusals import BadInput, NotNow

SECOND, DAY = dt.timedelta(seconds=1), dt.timedelta(days=1)
MONDAY = dt.date(2026, 11, 23)


@pytest.fixture
def forum(world: World) -> Activity:
    """In forty days, 9:00 to 11:30, three members on the list; sign-in opens at 8:00."""
    return activity_at(world, "invited", members=("member", "cosigner", "third"))


def _sitting(forum: Activity) -> Sitting:
    return forum.sittings.select_related("activity").get()


def _ids(forum: Activity) -> list[int]:
    return list(forum.participants.order_by("pk").values_list("pk", flat=True))


def _doubts(world: World, forum: Activity, *told: Told) -> list[str]:
    with clock.at(forum.ends_at):
        signing.take(_sitting(forum), told, by=world.actor("organiser"))
    return [row.doubt for row in Attendance.objects.order_by("participant")]


# Signing in ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("seconds", "doubtful"), [(299, False), (300, True), (-299, False), (-300, True)]
)
def test_a_clock_that_is_five_minutes_wrong_is_doubted(
    world: World, forum: Activity, seconds: int, doubtful: bool
) -> None:
    (doubt,) = _doubts(
        world, forum, Told(_ids(forum)[0], forum.starts_at, "desk", desk="一号台", offset=seconds)
    )
    assert ("时钟" in doubt) == doubtful


@pytest.mark.parametrize(("seconds", "noted"), [(4, False), (5, True), (-4, False), (-5, True)])
def test_five_seconds_are_worth_a_note(
    world: World, forum: Activity, seconds: int, noted: bool
) -> None:
    _doubts(world, forum, Told(_ids(forum)[0], forum.starts_at, "desk", offset=seconds))
    assert ("clock_off_by_seconds" in audit.history(forum).last().detail) == noted


@pytest.mark.parametrize(("apart", "moved"), [(120, False), (121, True)])
def test_two_readings_two_minutes_apart_are_one_clock(
    forum: Activity, apart: int, moved: bool
) -> None:
    """It signs at 11:30:30 by one reading, after the end; the other lies before it and counts only
    where the clock was set.
    """
    sitting = _sitting(forum)
    with clock.at(sitting.ends_at + dt.timedelta(hours=1)):
        moment, off = signing.corrected(sitting, sitting.ends_at, 30, 30 - apart)
    assert moment == sitting.ends_at + dt.timedelta(seconds=30 - apart if moved else 30)
    assert off == 30 - apart


@pytest.mark.parametrize(("people", "doubtful"), [(2, True), (3, True), (4, False)])
def test_from_four_persons_on_one_network_is_the_halls(
    world: World, forum: Activity, people: int, doubtful: bool
) -> None:
    Participant(activity=forum, role="guest", name="来宾").save()
    told = [Told(pk, forum.starts_at, "code", network="n1") for pk in _ids(forum)[:people]]
    assert [bool(doubt) for doubt in _doubts(world, forum, *told)] == [doubtful] * people


def test_late_is_later_than_the_fifteenth_minute_to_the_second(
    world: World, forum: Activity
) -> None:
    one, two, _three = _ids(forum)
    quarter = forum.starts_at + dt.timedelta(minutes=15)
    _doubts(world, forum, Told(one, quarter, "desk"), Told(two, quarter + SECOND, "desk"))
    assert [row.is_late for row in Attendance.objects.order_by("participant")] == [False, True]


def test_it_opens_an_hour_before_and_closes_with_the_sitting_to_the_second(forum: Activity) -> None:
    sitting = _sitting(forum)
    opens = forum.starts_at - dt.timedelta(hours=1)
    for moment, fits in (
        (opens - SECOND, False),
        (opens, True),
        (forum.ends_at, True),
        (forum.ends_at + SECOND, False),
    ):
        with clock.at(moment):
            if fits:
                signing.check_open(sitting)
            else:
                with pytest.raises(NotNow):
                    signing.check_open(sitting)


def test_outside_the_hours_is_doubted_to_the_second(world: World, forum: Activity) -> None:
    one, two, three = _ids(forum)
    opens = forum.starts_at - dt.timedelta(hours=1)
    found = _doubts(
        world,
        forum,
        Told(one, opens - SECOND, "desk"),
        Told(two, opens, "desk"),
        Told(three, forum.ends_at, "desk"),
    )
    assert [bool(doubt) for doubt in found] == [True, False, False]


def test_who_leaves_at_the_very_end_left_early_and_who_leaves_as_they_come_did_not(
    world: World, forum: Activity
) -> None:
    sitting, one = _sitting(forum), _ids(forum)[0]
    with clock.at(forum.ends_at):
        for left, taken in (
            (dt.time(9, 0), False),
            (dt.time(9, 1), True),
            (dt.time(11, 30), True),
            (dt.time(11, 31), False),
        ):
            lines = [Line(one, True, seen=False, left_at=left)]
            if taken:
                signing.enter_list(sitting, lines, by=world.actor("organiser"))
            else:
                with pytest.raises(BadInput):
                    signing.enter_list(sitting, lines, by=world.actor("organiser"))


def test_the_attendance_is_confirmed_from_the_begin_of_the_last_sitting_on(
    world: World, forum: Activity
) -> None:
    with clock.at(forum.starts_at - SECOND), pytest.raises(NotNow):
        signing.confirm(forum, by=world.actor("organiser"))
    with clock.at(forum.starts_at):
        signing.confirm(forum, by=world.actor("organiser"))
    assert Activity.objects.get().attendance_confirmed_at == forum.starts_at


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


# Leave and answers --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("off", "late"), [(-SECOND, False), (dt.timedelta(0), True), (SECOND, True)]
)
def test_leave_asked_as_it_begins_is_late(
    world: World, forum: Activity, off: dt.timedelta, late: bool
) -> None:
    mine = forum.participants.get(membership=world.members["member"])
    with clock.at(forum.starts_at + off):
        assert (
            services.ask_leave(
                mine, reason="illness", words="急病", by=world.actor("member")
            ).is_late
            == late
        )


def test_an_answer_and_a_withdrawal_are_in_time_to_the_end(world: World, forum: Activity) -> None:
    mine, by = forum.participants.get(membership=world.members["member"]), world.actor("member")
    leave = services.ask_leave(mine, reason="duty", words="下乡", by=by)
    with clock.at(forum.ends_at + SECOND):
        for refused in (
            lambda: services.answer(mine, True, by=by),
            lambda: step(world, leave, "withdraw", "member"),
        ):
            with pytest.raises(NotNow):
                refused()
    with clock.at(forum.ends_at):
        assert services.answer(mine, True, by=by).answer == "comes"
        assert step(world, leave, "withdraw", "member").state == "withdrawn"


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
    assert [Term("", due, done).is_late for done in (due - DAY, due, due + DAY)] == [
        False,
        False,
        True,
    ]
    with clock.at(on(due, 23, 59)):
        assert not Term("", due, None).is_late
    with clock.at(on(due + DAY, 0)):
        assert Term("", due, None).is_late


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
