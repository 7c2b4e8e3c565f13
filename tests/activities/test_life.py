"""An activity from draft to close, its turnings, who came; the plan of a year."""

from __future__ import annotations

import datetime as dt
import io
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.activities.making import (
    ROUTE,
    activity,
    activity_at,
    call_for,
    offered,
    on,
    outcome,
    planned,
    put_on_the_list,
    suggestion,
    topic,
)
from tests.signing_in import SignedIn
from tests.world import World, build, later, step, told
from yizheng.activities import queries, rules, services
from yizheng.activities.flow import ACTIVITY
from yizheng.activities.flow.due_dates import last_day_before, notice_due, terms_of
from yizheng.activities.models import Activity, Attendance, Outcome
from yizheng.activities.queries import counted
from yizheng.activities.queries import plan as plan_queries
from yizheng.activities.sittings import half_days
from yizheng.attending.services import sign_in
from yizheng.core import clock, tenancy
from yizheng.core.case_display import timeline
from yizheng.core.files import attach
from yizheng.core.refusals import BadInput, NotNow, StaleState


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
        ((0, 14, 30), (1, 11, 0), [((0, 14, 30), (0, 17, 30)), ((1, 8, 30), (1, 11, 0))]),
        ((0, 9, 0), (20, 17, 0), [((0, 9, 0), (20, 17, 0))]),
    ],
)
def test_it_is_cut_into_half_days(begin: Any, end: Any, expected: Any) -> None:
    def at(place: tuple[int, int, int]) -> dt.datetime:
        return on(MONDAY + dt.timedelta(days=place[0]), *place[1:])

    assert half_days(at(begin), at(end)) == [(at(a), at(b)) for a, b in expected]


# Times of the regulation --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("start", "days", "expected"),
    [
        # 2026-11-25 is a Wednesday; 21 and 22 are a weekend, no holidays near.
        ((2026, 11, 25), 1, (2026, 11, 24)),
        ((2026, 11, 25), 3, (2026, 11, 22)),
        ((2026, 11, 25), 5, (2026, 11, 18)),
        ((2026, 11, 25), 15, (2026, 11, 4)),
    ],
)
def test_notice_is_counted_back_in_working_days(
    world: World, start: Any, days: int, expected: Any
) -> None:
    assert last_day_before(dt.date(*start), days) == dt.date(*expected)


def test_short_notice_goes_out_with_its_reason_and_stays_marked(
    world: World, signed_in: SignedIn
) -> None:
    late = activity_at(world, "approved", form="standing_consultation", days=5)
    due = notice_due(late)
    assert due is not None and due < timezone.localdate()
    answer = signed_in("organiser").post(_step_url(late, "invite"), {"seen": late.version})
    assert answer.status_code == 422
    signed_in("organiser").post(
        _step_url(late, "invite"), {"seen": late.version, "note": "上级临时安排"}
    )
    late.refresh_from_db()
    assert late.state == "invited"
    assert [term.is_late for term in terms_of(late)][:1] == [True]
    assert any("邀请" in words or "invited" in words for words in told(world, "member"))


def _step_url(obj: Any, name: str) -> str:
    return reverse("core:step", args=[obj.flow.code, obj.pk, name])


def test_minutes_are_due_seven_working_days_after(world: World) -> None:
    held = activity_at(world, "held", days=1)
    assert held.due_on is not None and held.held_at == held.ends_at


# Turnings -----------------------------------------------------------------------------------------


def test_nobody_on_the_list_nobody_invited(world: World) -> None:
    alone = activity_at(world, "approved", members=())
    with pytest.raises(NotNow):
        step(world, alone, "invite", "organiser")
    alone.units.add(world.units["水务局"])
    assert step(world, alone, "invite", "organiser").state == "invited"
    assert any("农村供水" in words for words in told(world, "officer"))


def test_another_time_moves_the_sittings_and_is_told_to_the_invited(world: World) -> None:
    found = activity_at(world, "invited")
    day = timezone.localdate() + dt.timedelta(days=60)
    step(
        world,
        found,
        "change",
        "organiser",
        starts_at=on(day, 9),
        ends_at=on(day, 17),
        place="县图书馆",
        note="会场被占用",
    )
    found.refresh_from_db()
    assert [(s.starts_at, s.ends_at) for s in found.sittings.all()] == [
        (on(day, 9), on(day, 12)),
        (on(day, 14), on(day, 17)),
    ]
    assert found.due_on == day
    assert any("县图书馆" in words for words in told(world, "member"))
    assert not any("县图书馆" in words for words in told(world, "third"))


def test_its_times_stay_when_somebody_signed_in(world: World) -> None:
    found = activity_at(world, "invited")
    sitting, place = found.sittings.get(), found.participants.first()
    Attendance(sitting=sitting, participant=place, signed_at=clock.now(), method="desk").save()
    day = timezone.localdate() + dt.timedelta(days=60)
    with pytest.raises(NotNow):
        step(
            world,
            found,
            "change",
            "organiser",
            starts_at=on(day, 9),
            ends_at=on(day, 11),
            note="顺延",
        )
    found.refresh_from_db()
    assert found.sittings.get() == sitting


def test_it_cannot_be_held_before_it_begins(world: World) -> None:
    found = activity_at(world, "invited")
    with pytest.raises(NotNow):
        step(world, found, "hold", "organiser")


def test_two_windows_do_not_overwrite_each_other(world: World) -> None:
    found = activity(world)
    services.save_activity(found, by=world.actor("organiser"), seen=found.version, title="新题目")
    with pytest.raises(StaleState):
        services.save_activity(
            found, by=world.actor("organiser"), seen=found.version, title="旧窗口的题目"
        )
    assert Activity.objects.get(pk=found.pk).title == "新题目"


def test_it_must_end_after_it_begins(world: World) -> None:
    with pytest.raises(BadInput):
        activity(world, ends_at=on(timezone.localdate(), 8), starts_at=on(timezone.localdate(), 9))


def test_a_draft_is_thrown_away_and_what_was_approved_is_not(world: World) -> None:
    services.discard(activity(world), by=world.actor("organiser"))
    assert not Activity.objects.exists()
    approved = activity_at(world, "approved")
    taken_back = step(world, approved, "take_back", "organiser")
    with pytest.raises(NotNow):
        services.discard(taken_back, by=world.actor("organiser"))


def test_what_is_struck_from_the_record_keeps_its_records_and_counts_nowhere(world: World) -> None:
    item = planned(world)
    held = activity_at(world, "recorded", days=1, plan_item=item)
    made, draft = suggestion(world, held), outcome(world, held)
    assert plan_queries.standing_of(item, item.activities.all(), timezone.localdate()) == "held"
    step(world, held, "annul", "secretary", note="重复登记")
    held.refresh_from_db()
    assert (held.minutes, held.cancelled_because) == ("会议听取了两村情况。", "重复登记")
    assert held.held_at and held.participants.count() == 2 and held.suggestions.get() == made
    assert not Activity.objects.filter(counted()).exists()
    plan = plan_queries.plan_of(world.actor("organiser"), timezone.localdate().year)
    assert (plan.count("held"), plan.outside) == (0, [])
    assert Outcome.objects.get(pk=draft.pk).state == "dropped"


def test_a_draft_is_thrown_away_and_called_off_only_once_it_was_approved(world: World) -> None:
    """What nobody else was told of needs no calling off; what was approved leaves a trace."""
    made, by = activity(world), world.actor("organiser")
    offered_steps = {offer.step.name for offer in ACTIVITY.offers(made, by)}
    assert "cancel" not in offered_steps and ACTIVITY.may_edit("discard", made, by)
    for name, who in [
        ("submit_for_approval", "organiser"),
        ("approve", "secretary"),
        ("take_back", "organiser"),
    ]:
        made = step(world, made, name, who)
    offered_steps = {offer.step.name for offer in ACTIVITY.offers(made, by)}
    assert "cancel" in offered_steps and not ACTIVITY.may_edit("discard", made, by)
    assert step(world, made, "cancel", "organiser", note="并入下月").state == "cancelled"


def test_the_writers_are_told_when_it_is_called_off(world: World) -> None:
    called = call_for(world)
    made = offered(world, called)
    step(world, called, "cancel", "organiser", note="与换届冲突")
    made.refresh_from_db()
    assert (made.state, made.decision_note) == ("not_used", "与换届冲突")
    assert any("与换届冲突" in words for words in told(world, "member"))


# Who sees what ------------------------------------------------------------------------------------


def test_before_the_invitations_it_is_the_offices_own(world: World) -> None:
    found = activity_at(world, "approved")
    seen = {
        who: Activity.objects.filter(rules.visible_activities(world.actor(who))).count()
        for who in ("member", "third", "organiser", "officer")
    }
    assert seen == {"member": 0, "third": 0, "organiser": 1, "officer": 0}
    step(world, found, "invite", "organiser")
    seen = {
        who: Activity.objects.filter(rules.visible_activities(world.actor(who))).count()
        for who in seen
    }
    assert seen == {"member": 1, "third": 1, "organiser": 1, "officer": 0}
    assert rules.is_concerned(world.actor("member"), found) and not rules.is_concerned(
        world.actor("third"), found
    )


def test_what_is_not_announced_is_for_the_invited_only(world: World) -> None:
    found = activity_at(world, "invited", form="party_group_meeting", title="党组会议")
    assert not found.is_announced
    assert not Activity.objects.filter(rules.visible_activities(world.actor("third"))).exists()
    assert Activity.objects.filter(rules.visible_activities(world.actor("member"))).exists()


def test_another_committee_sees_nothing(world: World) -> None:
    activity_at(world, "held", days=1)
    elsewhere = build("linshan")
    with tenancy.scope(elsewhere.organisation):
        assert not Activity.objects.filter(
            rules.visible_activities(elsewhere.actor("organiser"))
        ).exists()


# The plan -----------------------------------------------------------------------------------------


def test_the_plan_of_a_year_says_how_it_goes(world: World) -> None:
    """By hand, in June: February held, March overdue, May called off and so overdue, August under
    way, October ahead, one held outside.
    """
    june = dt.date(timezone.localdate().year + 1, 6, 15)
    items = {
        month: planned(world, month=month, year=june.year, title=f"{month}月议题")
        for month in (2, 3, 5, 8, 10)
    }
    for month in (2, 5, 8):
        day = dt.date(june.year, month, 12)
        made = activity_at(
            world,
            "held" if month == 2 else "invited",
            starts_at=on(day, 9),
            ends_at=on(day, 11),
            plan_item=items[month],
        )
        if month == 5:
            step(world, made, "cancel", "organiser", note="与换届冲突")
    day = dt.date(june.year, 4, 20)
    activity_at(world, "held", title="临时座谈", starts_at=on(day, 9), ends_at=on(day, 11))
    topic(world, year=june.year, month=7, title="还没有讨论的议题")
    plan = plan_queries.plan_of(world.actor("organiser"), june.year, june)
    found = {line.item.month: line.standing for line in plan.lines}
    assert found == {2: "held", 3: "overdue", 5: "overdue", 8: "under_way", 10: "ahead"}
    assert [a.title for a in plan.outside] == ["临时座谈"]
    assert (plan.planned, [item.title for item in plan.open_items]) == (5, ["还没有讨论的议题"])
    assert [
        item.title
        for item in plan_queries.plan_of(world.actor("member"), june.year, june).open_items
    ] == []


def test_a_topic_under_way_stays_in_the_plan(world: World) -> None:
    item = planned(world)
    made = activity_at(world, "approving", plan_item=item)
    with pytest.raises(NotNow):
        step(world, item, "drop", "secretary", note="不再需要")
    step(world, made, "cancel", "organiser", note="合并举办")
    assert step(world, item, "drop", "secretary", note="不再需要").approved_on is None


def test_papers_are_sent_once_and_then_stay(world: World, signed_in: SignedIn) -> None:
    found = activity_at(world, "invited")
    with pytest.raises(NotNow):
        step(world, found, "send_papers", "organiser")
    paper = attach(
        io.BytesIO(b"%PDF-1.4\n%%EOF\n"),
        "材料.pdf",
        to=found,
        by=world.actor("organiser"),
        purpose="paper",
    )
    step(world, found, "send_papers", "organiser")
    found.refresh_from_db()
    assert found.papers_sent_on == timezone.localdate()
    assert (
        signed_in("organiser")
        .post(reverse("activities:detach", args=[found.pk, paper.pk]))
        .status_code
        == 409
    )
    codes = {
        who: signed_in(who).get(reverse("core:file", args=[paper.pk])).status_code
        for who in ("member", "third", "officer")
    }
    assert codes == {"member": 200, "third": 403, "officer": 403}


def test_who_is_added_later_stands_beside_who_was_invited(world: World) -> None:
    found = activity_at(world, "invited")
    put_on_the_list(world, found, "third")
    assert found.participants.filter(invited_at=None).count() == 1


# Who came is known before it is closed ------------------------------------------------------------


def test_it_is_not_closed_before_the_attendance_is_confirmed(world: World) -> None:
    held = activity_at(world, "recorded", days=-1)
    refusals = [
        offer.refusal
        for offer in held.flow.offers(held, world.actor("organiser"))
        if offer.step.name == "close"
    ]
    with pytest.raises(NotNow) as refused:
        step(world, held, "close", "organiser")
    assert str(refused.value) == str(refusals[0]) and "出席情况尚未确认" in str(refused.value)
    sign_in.confirm(held, by=world.actor("organiser"))
    assert step(world, held, "close", "organiser").state == "closed"


def test_it_is_not_closed_before_each_speech_is_given_or_declined(world: World) -> None:
    called = call_for(world, activity_at(world, "approved", days=20))
    speeches = [offered(world, called, who) for who in ("member", "cosigner")]
    for speech in speeches:
        step(world, speech, "take_oral", "organiser")
    with later(21):
        step(world, called, "invite", "organiser", note="临时安排")
        step(world, called, "hold", "organiser")
        step(world, called, "record", "organiser", minutes="会议听取了发言。")
        sign_in.confirm(called, by=world.actor("organiser"))
        for waiting in (2, 1):
            with pytest.raises(NotNow, match=f"还有 {waiting} 篇"):
                step(world, called, "close", "organiser")
            step(world, speeches[waiting - 1], "give", "organiser")
        assert step(world, called, "close", "organiser").state == "closed"


def test_or_the_organiser_says_why_no_attendance_is_kept(world: World) -> None:
    held = activity_at(world, "held", days=-1, form="cultural_activity", title="书画展")
    held = step(world, held, "keep_no_attendance", "organiser", note="面向群众开放，随到随看")
    held = step(world, held, "record", "organiser", minutes="展出两周。")
    assert step(world, held, "close", "organiser").state == "closed"
    assert held.no_attendance_because == "面向群众开放，随到随看"


def test_where_somebody_signed_in_the_attendance_is_confirmed_and_not_denied(world: World) -> None:
    held = activity_at(world, "held", days=-1)
    sitting = held.sittings.get()
    one, two = held.participants.order_by("pk")
    sign_in.take(
        sitting,
        [sign_in.SignInReport(one.pk, sitting.starts_at, "desk")],
        by=world.actor("organiser"),
    )
    with pytest.raises(NotNow):
        step(world, held, "keep_no_attendance", "organiser", note="没有名单")
    open_to_all = activity_at(world, "held", days=-1, title="书画展", members=("third",))
    step(world, open_to_all, "keep_no_attendance", "organiser", note="面向群众")
    late = sign_in.SignInReport(open_to_all.participants.get().pk, sitting.starts_at, "desk")
    merged = sign_in.take(open_to_all.sittings.get(), [late], by=world.actor("organiser"))
    assert (merged.new, merged.waiting) == (0, 1)
    assert two.attendances.count() == 0


def test_what_a_list_of_a_past_year_brought_in_needs_no_confirmation(world: World) -> None:
    held = activity_at(world, "recorded", days=-1)
    Activity.objects.filter(pk=held.pk).update(is_imported=True)
    held.refresh_from_db()
    assert step(world, held, "close", "organiser").state == "closed"


def test_the_story_says_of_which_outcome_it_tells(world: World) -> None:
    held = activity_at(world, "held", days=-1)
    report = outcome(world, held)
    step(world, report, "request_signature", "organiser")
    entries = timeline(queries.history(held), about=queries.names_in(held))
    told_of = [(str(entry.title), entry.about) for entry in entries[:3]]
    name = "成果《关于农村供水的专报》"
    assert told_of == [("报请签发", name), ("开始起草", name), ("已举办", "")]
