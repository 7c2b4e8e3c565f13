"""The quorum says of when it is: asked at the beginning, kept once the attendance is confirmed, and
whatever is noted of a later hour changes no earlier one.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

import pytest
from django.urls import reverse

from tests.activities.making import activity_at, on, sitting_of
from tests.attending.test_desk_pages import shown_in
from tests.days import ahead, first_day
from tests.grounds import standing
from tests.signing_in import browser_of
from tests.world import World
from yizheng.activities.models import Activity, Attendance, Participant, Sitting
from yizheng.attending import documents, quorum
from yizheng.attending.models import Absence, QuorumDecision
from yizheng.attending.quorum import CountedAt, Quorum, Stay
from yizheng.attending.services import attendance_list, quorum_decisions, sign_in
from yizheng.attending.services.attendance_list import AttendanceLine
from yizheng.attending.services.sign_in import SignInReport
from yizheng.core import audit, clock
from yizheng.core.access import system
from yizheng.core.refusals import BadInput
from yizheng.people.services.roster import add_member

MORE = 34


@standing
def plenary(world: World) -> Activity:
    """37 members: three of the county and 34 more; a morning from 9:00 to 12:00.

    Two thirds of 37 are 24 2/3: 25 are needed.
    """
    first = world.members["member"]
    for n in range(MORE):
        values = {"name": f"代{n + 1:02}", "sector": first.sector, "party": first.party}
        add_member(first.term, values, by=world.actor("clerk"), since=first_day())
    found = activity_at(
        world,
        "invited",
        form="plenary_meeting",
        members=("member", "cosigner", "third"),
        starts_at=on(day(), 9),
        ends_at=on(day(), 12),
    )
    listed = found.participants.values("membership")
    for member in type(first).objects.exclude(pk__in=listed):
        Participant(activity=found, membership=member).save()
    return found


def day() -> dt.date:
    return ahead(40)


def at(hour: int, minute: int = 0) -> dt.datetime:
    return on(day(), hour, minute)


def ids(found: Activity) -> list[int]:
    return list(found.participants.order_by("pk").values_list("pk", flat=True))


def come(world: World, sitting: Sitting, who: Iterable[int], moment: dt.datetime) -> None:
    told = [SignInReport(one, moment, "desk") for one in who]
    with clock.at(max(moment, at(8, 30))):
        sign_in.take(sitting, told, by=world.actor("organiser"))


def leave(
    world: World, sitting: Sitting, who: Iterable[int], time: dt.time, *, reason: str = ""
) -> None:
    lines = [AttendanceLine(one, True, seen=True, left_at=time) for one in who]
    attendance_list.enter_list(sitting, lines, by=world.actor("organiser"), reason=reason)


def said(stands: list[Quorum]) -> list[tuple[CountedAt, dt.datetime, int, int, int]]:
    return [(each.counted, each.at, each.due, each.needed, each.present) for each in stands]


def test_fourteen_who_left_later_take_no_decision_back(world: World, plenary: Activity) -> None:
    """30 of 37 were there at nine; 14 left at 11:30, which is noted after it was over."""
    sitting, people = sitting_of(plenary), ids(plenary)
    come(world, sitting, people[:30], at(8, 50))
    with clock.at(at(12, 10)):
        sign_in.confirm(plenary, by=world.actor("organiser"))
    with clock.at(at(14)):
        leave(world, sitting, people[:14], dt.time(11, 30), reason="签到员补记")
        stands = quorum.of_one(sitting)
        assert said(stands) == [
            (CountedAt.DECIDED, at(9), 37, 25, 30),
            (CountedAt.END, at(12), 37, 25, 16),
        ]
        kept, end = stands
        assert kept.is_met and kept.decides and not end.decides
        assert "09:00" in kept.words and "12:10" in kept.words and "12:00" in end.words
        page = browser_of(world, "organiser").get(f"/activities/{plenary.pk}/").content.decode()
        assert "应到 37 人，实到 30 人，法定 25 人" in page and "已达法定人数" in page
        assert "应到 37 人，实到 16 人" in page and "差 9 人" not in page
        assert f"{day().month} 月 {day().day} 日 09:00" in page


def test_the_paper_says_both_with_their_times(world: World, plenary: Activity) -> None:
    sitting, people = sitting_of(plenary), ids(plenary)
    come(world, sitting, people[:30], at(8, 50))
    with clock.at(at(12, 10)):
        sign_in.confirm(plenary, by=world.actor("organiser"))
    with clock.at(at(14)):
        leave(world, sitting, people[:14], dt.time(11, 30), reason="签到员补记")
        (_all, kept, end) = documents._stand(plenary)
    assert "09:00，确认出席时认定）：应出席37人，出席30人，法定人数25人，达到法定人数。" in kept
    assert end.endswith("12:00）：应出席37人，出席16人。")


def test_who_came_at_half_past_ten_was_not_there_at_nine(world: World, plenary: Activity) -> None:
    sitting, people = sitting_of(plenary), ids(plenary)
    come(world, sitting, people[:20], at(8, 55))
    come(world, sitting, people[20:24], at(9, 20))
    come(world, sitting, people[24:26], at(10, 30))
    with clock.at(at(11)):
        beginning, now = quorum.of_one(sitting)
        assert said([beginning, now]) == [
            (CountedAt.BEGINNING, at(9), 37, 25, 20),
            (CountedAt.NOW, at(11), 37, 25, 26),
        ]
        assert (beginning.missing, now.is_met) == (5, True)
        assert beginning.reached_at == at(10, 30)
        assert beginning.verdict == "差 5 人；10:30 达到"
    for moment, present in [(at(9, 19), 20), (at(9, 20), 24), (at(10, 29), 24), (at(10, 30), 26)]:
        assert quorum.of_sitting(sitting, moment).present == present


def test_before_it_begins_only_the_count_of_now_is_said(world: World, plenary: Activity) -> None:
    sitting, people = sitting_of(plenary), ids(plenary)
    come(world, sitting, people[:3], at(8, 40))
    with clock.at(at(8, 45)):
        assert said(quorum.of_one(sitting)) == [(CountedAt.NOW, at(8, 45), 37, 25, 3)]
    assert quorum.of_sitting(sitting, at(8, 39)).present == 0


@pytest.mark.parametrize(("second", "counts"), [(-1, True), (0, True), (59, True), (60, False)])
def test_the_beginning_is_a_minute_long(
    world: World, plenary: Activity, second: int, counts: bool
) -> None:
    """On every list they came at 9:00."""
    sitting, (one, *_rest) = sitting_of(plenary), ids(plenary)
    come(world, sitting, [one], at(9) + dt.timedelta(seconds=second))
    with clock.at(at(10)):
        assert quorum.of_one(sitting)[0].present == counts


def test_who_left_before_the_beginning_was_not_there(world: World, plenary: Activity) -> None:
    sitting, (one, two, *_rest) = sitting_of(plenary), ids(plenary)
    come(world, sitting, [one, two], at(8, 35))
    with clock.at(at(9, 30)):
        leave(world, sitting, [one], dt.time(8, 50))
        assert [each.present for each in quorum.of_one(sitting)] == [1, 1]


def test_who_left_and_came_back_is_counted_but_in_between(world: World, plenary: Activity) -> None:
    """Left at 9:30, back at 10:15; left again at 11:00 for good."""
    sitting, (one, *_rest) = sitting_of(plenary), ids(plenary)
    come(world, sitting, [one], at(8, 50))
    office = world.actor("organiser")
    with clock.at(at(11, 30)):
        line = AttendanceLine(one, True, seen=True, left_at=dt.time(9, 30), back_at=dt.time(10, 15))
        attendance_list.enter_list(sitting, [line], by=office)
        leave(world, sitting, [one], dt.time(11))
    counts = {(9, 0): 1, (9, 29): 1, (9, 30): 0, (10, 14): 0, (10, 15): 1, (10, 59): 1, (11, 0): 0}
    assert {time: quorum.of_sitting(sitting, at(*time)).present for time in counts} == counts
    away = Absence.objects.get()
    assert (away.left_at, away.back_at) == (at(9, 30), at(10, 15))
    assert Attendance.objects.get().left_at == at(11)


def test_who_signs_in_again_has_come_back(world: World, plenary: Activity) -> None:
    """At the desk and by telephone; the same receipt handed in twice changes nothing."""
    sitting, (one, *_rest) = sitting_of(plenary), ids(plenary)
    come(world, sitting, [one], at(8, 50))
    with clock.at(at(9, 40)):
        leave(world, sitting, [one], dt.time(9, 30))
    told = [SignInReport(one, at(10, 15), "desk")]
    with clock.at(at(10, 20)):
        for _time in range(2):
            sign_in.take(sitting, told, by=world.actor("organiser"))
    row = Attendance.objects.get()
    assert (row.signed_at, row.left_at, Absence.objects.count()) == (at(8, 50), None, 1)
    with clock.at(at(10, 30)):
        leave(world, sitting, [one], dt.time(10, 25))
    with clock.at(at(11)):
        held = sign_in.sign_in_by_scan(sitting, by=world.actor("member"), device="d", network="n")
    assert held.left_at is None
    assert [
        quorum.of_sitting(sitting, at(*each)).present for each in [(10, 24), (10, 26), (11,)]
    ] == [1, 0, 1]


def test_coming_back_before_having_left_is_refused(world: World, plenary: Activity) -> None:
    sitting, (one, *_rest) = sitting_of(plenary), ids(plenary)
    come(world, sitting, [one], at(8, 50))
    for left, back in [(None, (10, 0)), ((10, 0), (9, 50)), ((10, 0), (10, 0)), ((10, 0), (12, 1))]:
        line = AttendanceLine(
            one, True, seen=True, left_at=dt.time(*left) if left else None, back_at=dt.time(*back)
        )
        with clock.at(at(13)), pytest.raises(BadInput) as refused:
            attendance_list.enter_list(sitting, [line], by=world.actor("organiser"))
        assert dict(refused.value.by_field).keys() == {f"back-{one}"}
    assert not Absence.objects.exists()


def test_whoever_is_taken_off_was_not_away(world: World, plenary: Activity) -> None:
    sitting, (one, *_rest) = sitting_of(plenary), ids(plenary)
    come(world, sitting, [one], at(8, 50))
    office = world.actor("organiser")
    with clock.at(at(11)):
        back = AttendanceLine(one, True, seen=True, left_at=dt.time(9, 30), back_at=dt.time(10))
        attendance_list.enter_list(sitting, [back], by=office)
        off = AttendanceLine(one, present=False, seen=True)
        attendance_list.enter_list(sitting, [off], by=office, reason="签错人")
    assert not Absence.objects.exists() and not Attendance.objects.exists()


def test_the_list_has_a_field_for_coming_back(world: World, plenary: Activity) -> None:
    sitting, (one, *_rest) = sitting_of(plenary), ids(plenary)
    come(world, sitting, [one], at(8, 50))
    with clock.at(at(11)):
        office = browser_of(world, "organiser")
        address = reverse("attending:sheet", args=[sitting.pk])
        sent = {**shown_in(office.get(address)), "present": [one]}
        sent |= {f"left-{one}": "09:30", f"back-{one}": "10:00"}
        assert office.post(address, sent).status_code == 302
        assert "09:30 至 10:00 离场" in office.get(address).content.decode()


def test_a_list_brought_in_late_counts_until_it_is_confirmed(
    world: World, plenary: Activity
) -> None:
    """The paper list of 26 is entered in the afternoon, and says since when they were there."""
    sitting, people = sitting_of(plenary), ids(plenary)
    with clock.at(at(14)):
        assert quorum.of_one(sitting)[0].present == 0
        lines = [AttendanceLine(one, True, seen=False) for one in people[:26]]
        attendance_list.enter_list(sitting, lines, by=world.actor("organiser"))
        assert said(quorum.of_one(sitting))[0] == (CountedAt.BEGINNING, at(9), 37, 25, 26)
        sign_in.confirm(plenary, by=world.actor("organiser"))
        late = [AttendanceLine(people[30], True, seen=False)]
        attendance_list.enter_list(
            sitting, late, by=world.actor("organiser"), reason="漏签，有照片"
        )
        assert said(quorum.of_one(sitting)) == [
            (CountedAt.DECIDED, at(9), 37, 25, 26),
            (CountedAt.RECOUNTED, at(9), 37, 25, 27),
            (CountedAt.END, at(12), 37, 25, 27),
        ]


def test_a_roll_that_changes_later_leaves_the_decision(world: World, plenary: Activity) -> None:
    sitting, people = sitting_of(plenary), ids(plenary)
    come(world, sitting, people[:25], at(8, 50))
    with clock.at(at(12, 10)):
        sign_in.confirm(plenary, by=world.actor("organiser"))
    first = world.members["member"]
    for n in range(2):
        values = {"name": f"补{n}", "sector": first.sector, "party": first.party}
        add_member(first.term, values, by=world.actor("clerk"), since=first_day())
    with clock.at(at(15)):
        kept, again, _end = quorum.of_one(sitting)
    assert (kept.due, kept.needed, kept.present, kept.is_met) == (37, 25, 25, True)
    assert (again.due, again.needed) == (39, 26)


def test_a_beginning_moved_afterwards_moves_no_decision(world: World, plenary: Activity) -> None:
    """Until it is confirmed the count follows the hour; afterwards it stays with the one it had."""
    sitting, people = sitting_of(plenary), ids(plenary)
    come(world, sitting, people[:25], at(8, 50))
    come(world, sitting, people[25:30], at(9, 10))
    Sitting.objects.filter(pk=sitting.pk).update(starts_at=at(9, 15))
    sitting.refresh_from_db()
    with clock.at(at(12, 10)):
        assert said(quorum.of_one(sitting))[0] == (CountedAt.BEGINNING, at(9, 15), 37, 25, 30)
        sign_in.confirm(plenary, by=world.actor("organiser"))
        Sitting.objects.filter(pk=sitting.pk).update(starts_at=at(8, 40))
        sitting.refresh_from_db()
        assert said(quorum.of_one(sitting))[0] == (CountedAt.DECIDED, at(9, 15), 37, 25, 30)


def test_the_confirmation_is_told_once_and_says_the_numbers(
    world: World, plenary: Activity
) -> None:
    sitting, people = sitting_of(plenary), ids(plenary)
    come(world, sitting, people[:30], at(8, 50))
    with clock.at(at(12, 10)):
        for _time in range(2):
            sign_in.confirm(plenary, by=world.actor("organiser"))
    assert QuorumDecision.objects.count() == 1
    entry = audit.history(plenary).filter(action="activity.confirm_attendance").get()
    assert entry.detail["quorum"] == [{"sitting": 1, "due": 37, "needed": 25, "present": 30}]


def test_what_was_confirmed_before_is_kept_by_night(world: World, plenary: Activity) -> None:
    sitting, people = sitting_of(plenary), ids(plenary)
    come(world, sitting, people[:30], at(8, 50))
    with clock.at(at(12, 10)):
        sign_in.confirm(plenary, by=world.actor("organiser"))
        QuorumDecision.objects.all().delete()  # as it was before decisions were kept
        platform = system(world.organisation.pk)
        assert [quorum_decisions.keep_earlier(platform) for _night in range(2)] == [1, 0]
    assert QuorumDecision.objects.get().present == 30


def test_where_no_attendance_is_kept_nothing_is_counted(world: World, plenary: Activity) -> None:
    """Unknown is not nought."""
    Activity.objects.filter(pk=plenary.pk).update(no_attendance_because="会议室签到表遗失")
    plenary.refresh_from_db()
    assert quorum.of_activity(plenary) == []


def test_stays_hold_from_minute_to_minute() -> None:
    second = dt.timedelta(seconds=1)
    stay = Stay(at(9) + 40 * second, at(10) + 20 * second)
    moments = [at(9) - second, at(9), at(10) - second, at(10)]
    assert [stay.holds(moment) for moment in moments] == [False, True, True, False]
