"""Limits of signing in, leave and answers, each at the limit itself, just before and just after."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.activities.making import activity_at, sitting_of
from tests.world import World, step
from yizheng.activities.models import Activity, Attendance, Participant
from yizheng.attending.services import attendance_list, invitations, sign_in
from yizheng.attending.services.attendance_list import AttendanceLine
from yizheng.attending.services.sign_in import SignInReport
from yizheng.core import audit, clock
from yizheng.core.refusals import BadInput, NotNow

SECOND = dt.timedelta(seconds=1)


@pytest.fixture
def forum(world: World) -> Activity:
    """In forty days, 9:00 to 11:30, three members on the list; sign-in opens at 8:00."""
    return activity_at(world, "invited", members=("member", "cosigner", "third"))


def _ids(forum: Activity) -> list[int]:
    return list(forum.participants.order_by("pk").values_list("pk", flat=True))


def _doubts(world: World, forum: Activity, *told: SignInReport) -> list[str]:
    with clock.at(forum.ends_at):
        sign_in.take(sitting_of(forum), told, by=world.actor("organiser"))
    return [row.doubt for row in Attendance.objects.order_by("participant")]


@pytest.mark.parametrize(
    ("seconds", "doubtful"), [(299, False), (300, True), (-299, False), (-300, True)]
)
def test_a_clock_that_is_five_minutes_wrong_is_doubted(
    world: World, forum: Activity, seconds: int, doubtful: bool
) -> None:
    (doubt,) = _doubts(
        world,
        forum,
        SignInReport(_ids(forum)[0], forum.starts_at, "desk", desk="一号台", offset=seconds),
    )
    assert ("时钟" in doubt) == doubtful


@pytest.mark.parametrize(("seconds", "noted"), [(4, False), (5, True), (-4, False), (-5, True)])
def test_five_seconds_are_worth_a_note(
    world: World, forum: Activity, seconds: int, noted: bool
) -> None:
    _doubts(world, forum, SignInReport(_ids(forum)[0], forum.starts_at, "desk", offset=seconds))
    assert ("clock_off_by_seconds" in audit.history(forum).last().detail) == noted


@pytest.mark.parametrize(("apart", "moved"), [(120, False), (121, True)])
def test_two_readings_two_minutes_apart_are_one_clock(
    forum: Activity, apart: int, moved: bool
) -> None:
    """It signs at 11:30:30 by one reading, after the end; the other lies before it and counts only
    where the clock was set.
    """
    sitting = sitting_of(forum)
    with clock.at(sitting.ends_at + dt.timedelta(hours=1)):
        moment, off = sign_in.corrected(sitting, sitting.ends_at, 30, 30 - apart)
    assert moment == sitting.ends_at + dt.timedelta(seconds=30 - apart if moved else 30)
    assert off == 30 - apart


@pytest.mark.parametrize(("people", "doubtful"), [(2, True), (3, True), (4, False)])
def test_from_four_persons_on_one_network_is_the_halls(
    world: World, forum: Activity, people: int, doubtful: bool
) -> None:
    Participant(activity=forum, role="guest", name="来宾").save()
    told = [SignInReport(pk, forum.starts_at, "code", network="n1") for pk in _ids(forum)[:people]]
    assert [bool(doubt) for doubt in _doubts(world, forum, *told)] == [doubtful] * people


def test_late_is_later_than_the_fifteenth_minute_to_the_second(
    world: World, forum: Activity
) -> None:
    one, two, _three = _ids(forum)
    quarter = forum.starts_at + dt.timedelta(minutes=15)
    _doubts(
        world,
        forum,
        SignInReport(one, quarter, "desk"),
        SignInReport(two, quarter + SECOND, "desk"),
    )
    assert [row.is_late for row in Attendance.objects.order_by("participant")] == [False, True]


def test_it_opens_an_hour_before_and_closes_with_the_sitting_to_the_second(forum: Activity) -> None:
    sitting = sitting_of(forum)
    opens = forum.starts_at - dt.timedelta(hours=1)
    for moment, fits in (
        (opens - SECOND, False),
        (opens, True),
        (forum.ends_at, True),
        (forum.ends_at + SECOND, False),
    ):
        with clock.at(moment):
            if fits:
                sign_in.check_open(sitting)
            else:
                with pytest.raises(NotNow):
                    sign_in.check_open(sitting)


def test_outside_the_hours_is_doubted_to_the_second(world: World, forum: Activity) -> None:
    one, two, three = _ids(forum)
    opens = forum.starts_at - dt.timedelta(hours=1)
    found = _doubts(
        world,
        forum,
        SignInReport(one, opens - SECOND, "desk"),
        SignInReport(two, opens, "desk"),
        SignInReport(three, forum.ends_at, "desk"),
    )
    assert [bool(doubt) for doubt in found] == [True, False, False]


def test_who_leaves_at_the_very_end_left_early_and_who_leaves_as_they_come_did_not(
    world: World, forum: Activity
) -> None:
    sitting, one = sitting_of(forum), _ids(forum)[0]
    with clock.at(forum.ends_at):
        for left, taken in (
            (dt.time(9, 0), False),
            (dt.time(9, 1), True),
            (dt.time(11, 30), True),
            (dt.time(11, 31), False),
        ):
            lines = [AttendanceLine(one, True, seen=False, left_at=left)]
            if taken:
                attendance_list.enter_list(sitting, lines, by=world.actor("organiser"))
            else:
                with pytest.raises(BadInput):
                    attendance_list.enter_list(sitting, lines, by=world.actor("organiser"))


def test_the_attendance_is_confirmed_from_the_begin_of_the_last_sitting_on(
    world: World, forum: Activity
) -> None:
    with clock.at(forum.starts_at - SECOND), pytest.raises(NotNow):
        sign_in.confirm(forum, by=world.actor("organiser"))
    with clock.at(forum.starts_at):
        sign_in.confirm(forum, by=world.actor("organiser"))
    assert Activity.objects.get().attendance_confirmed_at == forum.starts_at


@pytest.mark.parametrize(
    ("off", "late"), [(-SECOND, False), (dt.timedelta(0), True), (SECOND, True)]
)
def test_leave_asked_as_it_begins_is_late(
    world: World, forum: Activity, off: dt.timedelta, late: bool
) -> None:
    mine = forum.participants.get(membership=world.members["member"])
    with clock.at(forum.starts_at + off):
        assert (
            invitations.ask_leave(
                mine, reason="illness", words="急病", by=world.actor("member")
            ).is_late
            == late
        )


def test_an_answer_and_a_withdrawal_are_in_time_to_the_end(world: World, forum: Activity) -> None:
    mine, by = forum.participants.get(membership=world.members["member"]), world.actor("member")
    leave = invitations.ask_leave(mine, reason="duty", words="下乡", by=by)
    with clock.at(forum.ends_at + SECOND):
        for refused in (
            lambda: invitations.answer(mine, True, by=by),
            lambda: step(world, leave, "withdraw", "member"),
        ):
            with pytest.raises(NotNow):
                refused()
    with clock.at(forum.ends_at):
        assert invitations.answer(mine, True, by=by).answer == "comes"
        assert step(world, leave, "withdraw", "member").state == "withdrawn"
