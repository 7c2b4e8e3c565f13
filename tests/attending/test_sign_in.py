"""Signing in: two desks, telephones and the paper list, in any order; photographs; clocks;
corrections afterwards.
"""

from __future__ import annotations

import datetime as dt
import itertools
import uuid
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.activities.making import activity_at, on, sitting_of
from tests.days import ahead
from tests.grounds import standing
from tests.undo import undone
from tests.world import World
from yizheng.activities.models import Activity, Attendance, Sitting
from yizheng.attending import quorum, sign_in_codes
from yizheng.attending.models import SignIn
from yizheng.attending.services import attendance_list, sign_in
from yizheng.attending.services.attendance_list import AttendanceLine
from yizheng.attending.services.sign_in import SignInReport
from yizheng.core import audit, clock
from yizheng.core.refusals import BadInput, NotAllowed, NotNow


def day() -> dt.date:
    """When activities of the tests take place."""
    return ahead(40)


def nine() -> dt.datetime:
    return on(day(), 9)


@standing
def forum(world: World) -> Activity:
    """A forum tomorrow forty days, 9:00 to 11:30, with three members on the list."""
    return activity_at(world, "invited", members=("member", "cosigner", "third"))


def _ids(forum: Activity) -> list[int]:
    return list(forum.participants.order_by("pk").values_list("pk", flat=True))


def _minutes(n: float) -> dt.datetime:
    return nine() + dt.timedelta(minutes=n)


def _state(sitting: Sitting) -> list[tuple[Any, ...]]:
    rows = Attendance.objects.filter(sitting=sitting).order_by("participant")
    return [
        (a.participant_id, a.signed_at, a.is_late, a.method, a.device, a.receipt, a.doubt)
        for a in rows
    ]


# Merging ------------------------------------------------------------------------------------------


def test_two_desks_sign_in_the_same_person_once_with_the_earlier_time(
    world: World, forum: Activity
) -> None:
    sitting, (one, *_rest) = sitting_of(forum), _ids(forum)
    with clock.at(_minutes(60)):
        sign_in.take(
            sitting,
            [SignInReport(one, _minutes(20), "desk", desk="二号台")],
            by=world.actor("organiser"),
        )
        assert Attendance.objects.get().is_late
        sign_in.take(
            sitting,
            [SignInReport(one, _minutes(-5), "own_code", desk="一号台")],
            by=world.actor("organiser"),
        )
    held = Attendance.objects.get()
    assert (held.signed_at, held.is_late, held.device, held.method) == (
        _minutes(-5),
        False,
        "一号台",
        "own_code",
    )
    assert SignIn.objects.count() == 2


def test_a_batch_sent_twice_is_taken_once(world: World, forum: Activity) -> None:
    sitting, (one, two, _three) = sitting_of(forum), _ids(forum)
    told = [
        SignInReport(one, _minutes(1), "desk"),
        SignInReport(two, _minutes(2), "desk"),
        SignInReport(999_999, _minutes(3), "desk"),
    ]
    with clock.at(_minutes(60)):
        first = sign_in.take(sitting, told, by=world.actor("organiser"))
        again = sign_in.take(sitting, told, by=world.actor("organiser"))
    assert (first.new, first.known, first.strange) == (2, 0, 1)
    assert (again.new, again.known, again.strange) == (0, 2, 1)
    assert Attendance.objects.count() == 2


def test_a_desk_that_hands_in_three_asks_no_more_than_with_one(
    world: World, forum: Activity
) -> None:
    """Once for who is not there yet, once where an earlier receipt moves who is."""
    sitting, people, office = sitting_of(forum), _ids(forum), world.actor("organiser")

    def asked(who: list[int], minute: int) -> int:
        told = [SignInReport(one, _minutes(minute), "desk") for one in who]
        with CaptureQueriesContext(connection) as made:
            sign_in.take(sitting, told, by=office)
        return len(made)

    sign_in.late_from(sitting)  # the regulation is remembered by then
    with clock.at(_minutes(60)):
        one, moved, all_three, moved_too = [
            asked(people[:1], 20),
            asked(people[:1], 19),
            asked(people[1:], 20),
            asked(people, 18),
        ]
        assert {a.signed_at for a in Attendance.objects.all()} == {_minutes(18)}
    assert (one, moved) == (all_three, moved_too)


def test_a_list_on_which_three_left_early_asks_no_more_than_with_one(
    world: World, forum: Activity
) -> None:
    sitting, people, office = sitting_of(forum), _ids(forum), world.actor("organiser")
    asked = []
    with clock.at(_minutes(140)):
        for hour, who in ((10, people[:1]), (11, people)):
            told = [SignInReport(one, _minutes(1), "desk") for one in who]
            sign_in.take(sitting, told, by=office)
            lines = [
                AttendanceLine(one, present=True, seen=True, left_at=dt.time(hour)) for one in who
            ]
            with CaptureQueriesContext(connection) as made:
                assert attendance_list.enter_list(sitting, lines, by=office) == len(who)
            asked.append(len(made))
    assert asked[0] == asked[1]
    assert {a.left_at for a in Attendance.objects.all()} == {on(day(), 11)}


@given(
    batches=st.lists(
        st.lists(
            st.tuples(
                st.integers(0, 2), st.integers(-90, 200), st.sampled_from(["own_code", "desk"])
            ),
            max_size=5,
        ),
        min_size=2,
        max_size=4,
    ),
    order=st.randoms(use_true_random=False),
)
@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_desks_merged_in_any_order_come_to_the_same(
    world: World, forum: Activity, batches: list[list[tuple[int, int, str]]], order: Any
) -> None:
    sitting, people = sitting_of(forum), _ids(forum)
    told = [
        [
            SignInReport(people[who], _minutes(at), how, uuid.UUID(int=100 * n + k + 1), f"{n}号台")
            for k, (who, at, how) in enumerate(batch)
        ]
        for n, batch in enumerate(batches)
    ]
    found = []
    for _round in range(2):
        with undone(), clock.at(_minutes(240)):
            for batch in told:
                sign_in.take(sitting, batch, by=world.actor("organiser"))
            found.append(_state(sitting))
        order.shuffle(told)
        for batch in told:
            order.shuffle(batch)
    assert found[0] == found[1]
    earliest = {
        people[who]: min(at for w, at, _h in itertools.chain(*batches) if w == who)
        for who, _at, _h in itertools.chain(*batches)
    }
    assert {row[0]: row[1] for row in found[0]} == {
        who: _minutes(at) for who, at in earliest.items()
    }


# The screen's code --------------------------------------------------------------------------------


def _code(sitting: Sitting, at: dt.datetime) -> tuple[int, str]:
    window = sign_in_codes.window_at(at, 30)
    return window, sign_in_codes.screen_code(
        sign_in_codes.screen_key(sitting.activity.sign_in_key, sitting.pk), window
    )


def test_a_photographed_code_is_worth_nothing_a_minute_later(forum: Activity) -> None:
    sitting = sitting_of(forum)
    shown = _code(sitting, nine())
    with clock.at(nine()):
        sign_in.check_scan(sitting, *shown)
    with clock.at(nine() + dt.timedelta(seconds=61)), pytest.raises(BadInput):
        sign_in.check_scan(sitting, *shown)


def test_sign_in_opens_an_hour_before_and_ends_with_the_sitting(forum: Activity) -> None:
    sitting = sitting_of(forum)
    for minutes, fits in ((-61, False), (-59, True), (149, True), (151, False)):
        with clock.at(_minutes(minutes)):
            if fits:
                sign_in.check_scan(sitting, *_code(sitting, clock.now()))
            else:
                with pytest.raises(NotNow):
                    sign_in.check_scan(sitting, *_code(sitting, clock.now()))


def test_one_telephone_that_signs_in_two_is_looked_at(world: World, forum: Activity) -> None:
    sitting = sitting_of(forum)
    with clock.at(_minutes(-5)):
        first = sign_in.sign_in_by_scan(
            sitting, by=world.actor("member"), device="d1", network="n1"
        )
        assert first.doubt == ""
        second = sign_in.sign_in_by_scan(
            sitting, by=world.actor("cosigner"), device="d1", network="n2"
        )
        third = sign_in.sign_in_by_scan(sitting, by=world.actor("third"), device="d3", network="n3")
    first.refresh_from_db()
    assert "许茉" in first.doubt
    assert "沈禾" in second.doubt
    assert third.doubt == ""


def test_a_second_scan_changes_nothing_and_strangers_are_refused(
    world: World, forum: Activity
) -> None:
    sitting = sitting_of(forum)
    with clock.at(_minutes(-5)):
        sign_in.sign_in_by_scan(sitting, by=world.actor("member"), device="d1", network="n1")
    with clock.at(_minutes(30)):
        again = sign_in.sign_in_by_scan(
            sitting, by=world.actor("member"), device="d1", network="n1"
        )
        with pytest.raises(NotAllowed):
            sign_in.sign_in_by_scan(sitting, by=world.actor("officer"), device="d2", network="n2")
    assert (again.signed_at, again.is_late) == (_minutes(-5), False)
    assert SignIn.objects.count() == 1


def test_late_is_later_than_a_quarter_of_an_hour(world: World, forum: Activity) -> None:
    sitting, (one, two, _three) = sitting_of(forum), _ids(forum)
    with clock.at(_minutes(60)):
        sign_in.take(
            sitting,
            [SignInReport(one, _minutes(15), "desk"), SignInReport(two, _minutes(15.1), "desk")],
            by=world.actor("organiser"),
        )
    assert [a.is_late for a in Attendance.objects.order_by("participant")] == [False, True]


# By hand, and afterwards --------------------------------------------------------------------------


def test_the_list_does_not_undo_what_another_desk_did_meanwhile(
    world: World, forum: Activity
) -> None:
    sitting, (one, two, three) = sitting_of(forum), _ids(forum)
    with clock.at(_minutes(60)):
        sign_in.take(
            sitting, [SignInReport(one, _minutes(-5), "desk")], by=world.actor("organiser")
        )
        lines = [
            AttendanceLine(one, False, seen=False),
            AttendanceLine(two, True, seen=False),
            AttendanceLine(three, True, seen=False, came_at=dt.time(9, 20)),
        ]
        assert attendance_list.enter_list(sitting, lines, by=world.actor("organiser")) == 2
    assert [(a.participant_id, a.is_late) for a in Attendance.objects.order_by("participant")] == [
        (one, False),
        (two, False),
        (three, True),
    ]


def test_taking_somebody_off_needs_a_reason_and_leaves_the_receipt(
    world: World, forum: Activity
) -> None:
    sitting, (one, *_rest) = sitting_of(forum), _ids(forum)
    off = [AttendanceLine(one, False, seen=True)]
    with clock.at(_minutes(60)):
        sign_in.take(
            sitting, [SignInReport(one, _minutes(-5), "desk")], by=world.actor("organiser")
        )
        with pytest.raises(BadInput):
            attendance_list.enter_list(sitting, off, by=world.actor("organiser"))
        attendance_list.enter_list(sitting, off, by=world.actor("organiser"), reason="点错了人")
    assert not Attendance.objects.exists()
    assert SignIn.objects.get().struck_because == "点错了人"


def test_leaving_early(world: World, forum: Activity) -> None:
    sitting, (one, *_rest) = sitting_of(forum), _ids(forum)
    with clock.at(_minutes(200)):
        attendance_list.enter_list(
            sitting,
            [AttendanceLine(one, True, seen=False, left_at=dt.time(10, 30))],
            by=world.actor("organiser"),
        )
        assert Attendance.objects.get().left_at == _minutes(90)
        with pytest.raises(BadInput):
            attendance_list.enter_list(
                sitting,
                [AttendanceLine(one, True, seen=True, left_at=dt.time(8, 0))],
                by=world.actor("organiser"),
            )


def test_after_the_confirmation_changes_need_a_reason_and_late_receipts_wait(
    world: World, forum: Activity
) -> None:
    sitting, (one, two, _three) = sitting_of(forum), _ids(forum)
    organiser = world.actor("organiser")
    with clock.at(_minutes(-10)), pytest.raises(NotNow):
        sign_in.confirm(forum, by=organiser)
    with clock.at(_minutes(200)):
        sign_in.take(sitting, [SignInReport(one, _minutes(-5), "desk")], by=organiser)
        sign_in.confirm(forum, by=organiser)
        merged = sign_in.take(sitting, [SignInReport(two, _minutes(1), "desk")], by=organiser)
        assert (merged.new, merged.waiting) == (0, 1)
        assert Attendance.objects.count() == 1
        with pytest.raises(BadInput):
            attendance_list.enter_list(
                sitting, [AttendanceLine(two, True, seen=False)], by=organiser
            )
        (row,) = sign_in.waiting(forum)
        with pytest.raises(BadInput):
            sign_in.decide_waiting(row, takes=True, reason=" ", by=organiser)
        sign_in.decide_waiting(row, takes=True, reason="二号台离线，晚到", by=organiser)
    assert Attendance.objects.get(participant=two).signed_at == _minutes(1)
    assert audit.history(forum).last().detail["reason"] == "二号台离线，晚到"


def test_doubts_are_settled_before_the_confirmation(world: World, forum: Activity) -> None:
    sitting = sitting_of(forum)
    with clock.at(_minutes(-5)):
        for who in ("member", "cosigner"):
            sign_in.sign_in_by_scan(sitting, by=world.actor(who), device="d1", network="")
    with clock.at(_minutes(200)):
        with pytest.raises(NotNow):
            sign_in.confirm(forum, by=world.actor("organiser"))
        for row in Attendance.objects.all():
            sign_in.settle_doubt(row, by=world.actor("organiser"))
        sign_in.confirm(forum, by=world.actor("organiser"))
    forum.refresh_from_db()
    assert forum.attendance_confirmed_at == _minutes(200)


# Quorum -------------------------------------------------------------------------------------------


def test_quorum_counts_the_full_roll_of_the_day(world: World) -> None:
    """Three members serve, one resigned; two thirds of three are two.

    Observers and guests do not count.
    """
    plenary = activity_at(world, "invited", form="plenary_meeting", members=("member", "cosigner"))
    sitting, (one, two) = sitting_of(plenary), _ids(plenary)
    with clock.at(_minutes(60)):
        assert (
            quorum.of_sitting(sitting).due,
            quorum.of_sitting(sitting).needed,
            quorum.of_sitting(sitting).missing,
        ) == (3, 2, 2)
        sign_in.take(
            sitting,
            [SignInReport(one, nine(), "desk"), SignInReport(two, nine(), "desk")],
            by=world.actor("organiser"),
        )
        assert quorum.of_sitting(sitting).is_met
        Attendance.objects.filter(participant=two).update(left_at=_minutes(30))
        assert quorum.of_sitting(sitting).missing == 1
    gone = world.members["third"]
    gone.until = day() - dt.timedelta(days=1)
    gone.save()
    with clock.at(_minutes(60)):
        assert quorum.of_sitting(sitting).due == 2
