"""Leave: who asks and who decides (step × state × person), how the limit counts, and who reads a
reason.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import lxml.html
import pytest
from django.utils import timezone

from tests.activities.making import activity_at, on
from tests.signing_in import SignedIn
from tests.undo import undone
from tests.world import World, step, told
from yizheng.activities.models import Participant
from yizheng.attending import leave_limits, queries, rules
from yizheng.attending.flow import LEAVE
from yizheng.attending.models import Leave
from yizheng.attending.services import invitations, sign_in
from yizheng.core import clock
from yizheng.core.access import system
from yizheng.core.refusals import BadInput, NotAllowed, NotNow
from yizheng.portal.queries.todos import waiting_for
from yizheng.regulations import services as regulations
from yizheng.regulations.models import RegulationVersion

# step | from | to | who; a members' forum: the organising office grants
TABLE = """
grant     | asked             | granted   | organiser
refuse    | asked             | refused   | organiser
withdraw  | asked granted     | withdrawn | member organiser
ask_again | refused withdrawn | asked     | member organiser
lapse     | asked             | withdrawn | —
"""
PERSONS = (
    "member",
    "cosigner",
    "third",
    "organiser",
    "secretary",
    "chairperson",
    "clerk",
    "officer",
    "auditor",
)
DATA = {"reason": "other", "words": "家中有事", "note": "说明"}


def asked(world: World, reason: str = "duty", **values: Any) -> Leave:
    found = activity_at(world, "invited", **values)
    mine = found.participants.get(membership=world.members["member"])
    return invitations.ask_leave(mine, reason=reason, words="下乡调研", by=world.actor("member"))


AT: dict[str, Callable[[World], Leave]] = {
    "asked": asked,
    "granted": lambda w: step(w, asked(w), "grant", "organiser"),
    "refused": lambda w: step(w, asked(w), "refuse", "organiser", note="重要会议"),
    "withdrawn": lambda w: step(w, asked(w), "withdraw", "member"),
}


def _after(world: World, leave: Leave, name: str, who: str) -> str:
    result = ""
    with undone():
        try:
            result = step(world, leave, name, who, **DATA).state
        except NotAllowed:
            result = "not allowed"
    return result


@pytest.mark.parametrize("line", [line for line in TABLE.splitlines() if line.strip()])
def test_each_step_by_everybody_in_every_state(world: World, line: str) -> None:
    name, sources, target, who = (part.strip() for part in line.split("|"))
    assert {str(source) for source in LEAVE.steps[name].sources} == set(sources.split())
    assert LEAVE.steps[name].automatic == (who == "—")
    if LEAVE.steps[name].automatic:  # no page offers it: it follows when the activity is called off
        return
    for state in sources.split():
        leave = AT[state](world)
        found = {person: _after(world, leave, name, person) for person in PERSONS}
        assert found == {
            person: target if person in who.split() else "not allowed" for person in PERSONS
        }


def test_the_table_is_complete() -> None:
    assert {line.split("|")[0].strip() for line in TABLE.splitlines() if line.strip()} == set(
        LEAVE.steps
    )
    assert set(AT) == {str(state) for state in LEAVE.states}


@pytest.mark.parametrize(
    ("form", "who"),
    [
        ("members_forum", "organiser"),
        ("training_class", "secretary"),
        ("plenary_meeting", "chairperson"),
    ],
)
def test_the_form_says_who_decides(world: World, form: str, who: str) -> None:
    leave = asked(world, form=form)
    deciders = {
        person for person in PERSONS if rules.decide_leave.allows(world.actor(person), leave)
    }
    assert deciders == {who}
    waiting = {
        person
        for person in PERSONS
        if Leave.objects.filter(LEAVE.waiting_for(world.actor(person))).exists()
    }
    assert waiting == {who}
    assert any("请假" in words or "asks for leave" in words for words in told(world, who))


def test_a_regulation_that_comes_later_leaves_what_was_asked_with_whom_it_was(world: World) -> None:
    leave, platform = asked(world, form="plenary_meeting"), system(world.organisation.pk)
    given = RegulationVersion.objects.get(regulation__subject="activities").parameters
    forms = [
        {**form, "leave_approver": "organiser"} if form["code"] == "plenary_meeting" else form
        for form in given["forms"]
    ]
    version = regulations.draft("activities", {**given, "forms": forms}, by=platform)
    regulations.adopt(
        version, by=platform, meeting="主席会议", on=clock.today(), in_force_from=clock.today()
    )
    assert {
        person for person in PERSONS if rules.decide_leave.allows(world.actor(person), leave)
    } == {"chairperson"}
    assert Leave.objects.filter(LEAVE.waiting_for(world.actor("chairperson"))).exists()
    assert not Leave.objects.filter(LEAVE.waiting_for(world.actor("organiser"))).exists()


def test_a_reason_that_is_no_longer_in_the_regulation_keeps_its_words(world: World) -> None:
    leave = asked(world, reason="family")
    platform = system(world.organisation.pk)
    given = RegulationVersion.objects.get(regulation__subject="activities", number=1).parameters
    given["leave"]["reasons"] = [
        each for each in given["leave"]["reasons"] if each["code"] != "family"
    ]
    version = regulations.draft("activities", given, by=platform)
    regulations.adopt(
        version,
        by=platform,
        meeting="九届主席会议第三次会议",
        on=clock.today(),
        in_force_from=clock.today(),
    )
    assert queries.reason_words(leave) == "婚丧产假"


def test_the_page_says_who_decides_and_then_how_it_ended(world: World, signed_in: SignedIn) -> None:
    leave = asked(world)
    page = f"/activities/leave/{leave.pk}/"
    assert "承办委室 · 审批请假" in _pen(signed_in("organiser").get(page).content)
    step(world, leave, "grant", "organiser")
    assert _pen(signed_in("organiser").get(page).content) == "结果 已批准"


def _pen(page: bytes) -> str:
    (fact,) = lxml.html.fromstring(page.decode()).xpath("//div[@class='pen-fact']")
    return " ".join(fact.text_content().split())


def test_what_is_asked_after_it_began_needs_the_organisers_hand(world: World) -> None:
    found = activity_at(world, "invited", form="plenary_meeting")
    mine = found.participants.get(membership=world.members["member"])
    with clock.at(found.starts_at + dt.timedelta(minutes=1)):
        leave = invitations.ask_leave(
            mine, reason="illness", words="急病", by=world.actor("member")
        )
        assert leave.is_late
        assert not rules.decide_leave.allows(world.actor("chairperson"), leave)
        assert step(world, leave, "grant", "organiser").decided_by == world.accounts["organiser"]


def _granted_on(world: World, day: dt.date, reason: str, **values: Any) -> Leave:
    found = activity_at(
        world, "invited", starts_at=on(day, 9), ends_at=on(day, 11), title=f"座谈会{day}", **values
    )
    mine = found.participants.get(membership=world.members["member"])
    leave = invitations.ask_leave(mine, reason=reason, words="有事", by=world.actor("member"))
    return step(world, leave, "grant", "organiser", note="同意")


def test_three_times_a_year_counted_by_hand(world: World) -> None:
    """In this year: two on duty, one ill (exempt), one of an activity called off; one next year.

    So two count.
    """
    today = timezone.localdate()
    this, next_year = dt.date(today.year, 12, 30), dt.date(today.year + 1, 1, 5)
    with clock.at(on(dt.date(today.year, 12, 1), 8)):
        _granted_on(world, this, "duty")
        _granted_on(world, this, "other")
        _granted_on(world, this, "illness")
        off = _granted_on(world, this, "duty").participant.activity
        step(world, off, "cancel", "organiser", note="领导出差")
        _granted_on(world, next_year, "duty")
        found = activity_at(world, "invited", starts_at=on(this, 14), ends_at=on(this, 16))
        mine = found.participants.get(membership=world.members["member"])
        assert leave_limits.taken(mine) == 2
        third = invitations.ask_leave(mine, reason="duty", words="有事", by=world.actor("member"))
        assert not leave_limits.is_beyond(third)
        step(world, third, "grant", "organiser")
        fourth = asked(world, starts_at=on(this, 18), ends_at=on(this, 20))
        assert leave_limits.is_beyond(fourth)
        with pytest.raises(BadInput, match="3"):
            step(world, fourth, "grant", "organiser")
        assert (
            step(world, fourth, "grant", "organiser", note="县委安排").decision_note == "县委安排"
        )
        ill = asked(world, "illness", starts_at=on(this, 20), ends_at=on(this, 21))
        assert not leave_limits.is_beyond(ill)


def test_three_facts_stay_apart(world: World) -> None:
    """Leave granted, the member comes all the same: the answer and the attendance are facts of
    their own.
    """
    leave = step(world, asked(world), "grant", "organiser")
    mine = leave.participant
    assert mine.answer == "none"
    invitations.answer(mine, True, by=world.actor("member"))
    assert Leave.objects.get(pk=leave.pk).state == "granted"
    assert Participant.objects.get(pk=mine.pk).answer == "comes"


def test_a_reason_is_read_by_whom_it_concerns(world: World) -> None:
    leave = asked(world, form="plenary_meeting")
    readers = {
        who for who in PERSONS if LEAVE.visible_to(world.actor(who)).filter(pk=leave.pk).exists()
    }
    assert readers == {"member", "organiser", "chairperson"}


def test_answers_and_leave_have_their_time(world: World) -> None:
    early = activity_at(world, "approved")
    mine = early.participants.get(membership=world.members["member"])
    with pytest.raises(NotNow):
        invitations.answer(mine, True, by=world.actor("member"))
    leave = asked(world)
    with pytest.raises(NotNow):
        invitations.ask_leave(
            leave.participant, reason="duty", words="再请", by=world.actor("member")
        )
    with pytest.raises(NotAllowed):
        invitations.answer(leave.participant, True, by=world.actor("cosigner"))
    with (
        clock.at(leave.participant.activity.ends_at + dt.timedelta(minutes=1)),
        pytest.raises(NotNow),
    ):
        invitations.answer(leave.participant, True, by=world.actor("member"))


def test_leave_still_asked_lapses_when_it_is_called_off(world: World) -> None:
    found = activity_at(world, "invited", form="plenary_meeting")
    leave = invitations.ask_leave(
        found.participants.get(membership=world.members["member"]),
        reason="duty",
        words="下乡",
        by=world.actor("member"),
    )
    assert waiting_for(world.actor("chairperson")).count == 1
    step(world, found, "cancel", "organiser", note="并入下月会议")
    assert waiting_for(world.actor("chairperson")).count == 0
    leave = Leave.objects.get(pk=leave.pk)
    assert LEAVE.state_of(leave).ends and leave.decision_note == "并入下月会议"
    with pytest.raises(NotNow, match="取消"):
        step(world, leave, "ask_again", "member", reason="duty", words="再请")


def test_leave_after_the_attendance_is_confirmed_is_refused_with_a_sentence(
    world: World, signed_in: SignedIn
) -> None:
    held = activity_at(world, "recorded", days=-1)
    sign_in.confirm(held, by=world.actor("organiser"))
    answer = signed_in("member").post(
        f"/activities/{held.pk}/leave/", {"reason": "illness", "words": "当天急病"}
    )
    assert answer.status_code == 409
    assert "出席情况已确认，不能再请假" in answer.content.decode()
    assert not Leave.objects.exists()


def test_nobody_decides_on_a_leave_of_their_own(world: World) -> None:
    """Also an organiser who is a member: it waits for the other organisers only."""
    leave, organiser = asked(world), world.actor("organiser")
    both = replace(organiser, membership_ids=world.actor("member").membership_ids)
    waits_for = {
        who: list(Leave.objects.filter(LEAVE.waiting_for(actor)))
        for who, actor in {"organiser": organiser, "both": both}.items()
    }
    assert waits_for == {"organiser": [leave], "both": []}
    with pytest.raises(NotAllowed):
        LEAVE.perform("grant", leave, by=both)
