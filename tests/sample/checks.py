"""What a new app gets for its enum, its table, its rules and its words, without a line outside
itself.
"""

from __future__ import annotations

from typing import Any

import pytest
from django.db import IntegrityError, transaction

from tests.sample.motions import services
from tests.sample.motions.flow import BALLOT, MOTION
from tests.sample.motions.models import Ballot, Motion
from tests.sample.motions.rules import chair
from tests.signing_in import browser_of
from tests.world import World
from yizheng.core import audit
from yizheng.core.forms import BadForm
from yizheng.core.outbox import OutboxEntry
from yizheng.core.refusals import NotAllowed, NotNow, StaleState
from yizheng.notices.notice_kinds import kinds
from yizheng.organisations.models import Role
from yizheng.portal.audit_words import words_of
from yizheng.portal.queries.todos import badges, waiting_for

MEMBERS = ("member", "cosigner", "third")


@pytest.fixture
def county(world: World) -> World:
    role = Role.objects.get(code="clerk")
    role.permissions = [*role.permissions, chair.code]
    role.save()
    return world


def voting(world: World) -> Motion:
    motion = services.move("关于设立每月议政日的动议", by=world.actor("member"))
    services.save(motion, "每月第一个周三为议政日。", by=world.actor("member"))
    return MOTION.perform("open", motion, by=world.actor("member"))


def ballot(world: World, motion: Motion, who: str) -> Ballot:
    return motion.ballots.get(membership=world.members[who])


def cast(world: World, motion: Motion, who: str, vote: str) -> Ballot:
    return BALLOT.perform(
        "cast", ballot(world, motion, who), by=world.actor(who), data={"vote": vote}
    )


def test_only_who_may_begins_it(county: World) -> None:
    assert services.move("动议", by=county.actor("member")).state == "draft"
    with pytest.raises(NotAllowed, match="Only members move"):
        services.move("动议", by=county.actor("clerk"))
    assert Motion.objects.count() == 1


def test_two_windows_and_a_stale_discard(county: World) -> None:
    motion = services.move("动议", by=county.actor("member"))
    services.save(motion, "甲", by=county.actor("member"), seen=0)
    with pytest.raises(StaleState):
        services.save(motion, "乙", by=county.actor("member"), seen=0)
    MOTION.perform("open", motion, by=county.actor("member"))
    with pytest.raises(NotNow, match="Only a draft"):
        services.discard(motion, by=county.actor("member"))
    with pytest.raises(NotNow, match="its text stays"):
        services.save(motion, "丙", by=county.actor("member"), seen=1)
    assert Motion.objects.get(pk=motion.pk).text == "甲"


def test_the_vote_stays_sealed_until_the_round_is_over(county: World) -> None:
    motion = voting(county)
    cast(county, motion, "member", "for")
    cast(county, motion, "cosigner", "for")
    own = set(BALLOT.visible_to(county.actor("member")).values_list("membership", flat=True))
    assert own == {county.members["member"].pk}
    assert not BALLOT.visible_to(county.actor("clerk")).exists()
    MOTION.perform("close", motion, by=county.actor("clerk"))
    assert Motion.objects.get(pk=motion.pk).state == "adopted"
    assert BALLOT.visible_to(county.actor("clerk")).count() == 2
    assert ballot(county, motion, "third").state == "lapsed"


def test_what_is_not_cast_ends_with_the_motion_and_can_no_longer_be_cast(county: World) -> None:
    motion = voting(county)
    stale = ballot(county, motion, "third")
    cast(county, motion, "member", "against")
    MOTION.perform("withdraw", motion, by=county.actor("member"), data={"note": "不再需要"})
    assert sorted(motion.ballots.values_list("state", flat=True)) == ["cast", "lapsed", "lapsed"]
    with pytest.raises(StaleState):
        BALLOT.perform("cast", stale, by=county.actor("third"), data={"vote": "for"})


def test_no_ballot_is_given_on_what_is_not_voted_on(county: World) -> None:
    motion = services.move("动议", by=county.actor("member"))
    with pytest.raises(NotNow, match="Nobody votes"):
        BALLOT.begin(
            Ballot(motion=motion, membership=county.members["member"]),
            "given",
            by=county.actor("clerk"),
        )
    assert not Ballot.objects.exists()


@pytest.mark.parametrize("data", [{}, {"vote": ""}, {"vote": "perhaps"}])
def test_the_door_cleans_the_form_whoever_calls(county: World, data: dict[str, str]) -> None:
    motion = voting(county)
    with pytest.raises(BadForm):
        BALLOT.perform(
            "cast", ballot(county, motion, "member"), by=county.actor("member"), data=data
        )
    assert ballot(county, motion, "member").state == "pending"


def test_its_constraints_ask_the_group(county: World) -> None:
    motion = voting(county)
    with pytest.raises(IntegrityError), transaction.atomic():
        Motion.objects.filter(pk=motion.pk).update(state="rejected")
    Motion.objects.filter(pk=motion.pk).update(state="withdrawn")


def test_it_waits_for_who_holds_the_pen_and_stands_in_the_badge(county: World) -> None:
    before = {who: badges(county.actor(who)).waiting for who in (*MEMBERS, "clerk")}
    motion = voting(county)
    assert {
        who: badges(county.actor(who)).waiting - before[who] for who in before
    } == dict.fromkeys((*MEMBERS, "clerk"), 1)
    rows = [row for group in waiting_for(county.actor("third")).groups for row in group.rows]
    assert [str(row.action.label) for row in rows if row.title == motion.title and row.action] == [
        "Vote"
    ]


def test_steps_timeline_and_bulk_come_from_the_table(county: World) -> None:
    motion = voting(county)
    clerk = browser_of(county, "clerk")
    text = clerk.get(f"/motions/{motion.pk}/").content.decode()
    assert text.splitlines() == [
        "关于设立每月议政日的动议",
        "Close the vote",
        "put to the vote",
        "moved it",
    ]
    asked = clerk.post("/steps/motion/bulk/close/", {"selected": [motion.pk]}).content.decode()
    assert f'name="seen-{motion.pk}" value="{motion.version}"' in asked
    done = clerk.post(
        "/steps/motion/bulk/close/",
        {"selected": [motion.pk], "confirmed": "1", f"seen-{motion.pk}": "0"},
    ).content.decode()
    assert "None was done" in done or "均未办理" in done
    assert Motion.objects.get(pk=motion.pk).state == "open"
    clerk.post(
        "/steps/motion/bulk/close/",
        {"selected": [motion.pk], "confirmed": "1", f"seen-{motion.pk}": str(motion.version)},
    )
    assert Motion.objects.get(pk=motion.pk).state == "rejected"
    assert browser_of(county, "officer").get(f"/motions/{motion.pk}/").status_code == 403


def test_the_step_page_shows_what_is_wrong_at_its_field(county: World) -> None:
    motion = voting(county)
    one = ballot(county, motion, "third")
    client = browser_of(county, "third")
    refused = client.post(f"/steps/ballot/{one.pk}/cast/", {"seen": one.version})
    assert refused.status_code == 422
    assert (
        client.post(
            f"/steps/ballot/{one.pk}/cast/", {"seen": one.version, "vote": "for"}
        ).status_code
        == 302
    )
    assert ballot(county, motion, "third").vote == "for"


def test_who_is_told_and_what_may_be_muted_stands_in_the_table(county: World) -> None:
    mutable = {kind.code: kind.may_mute for kind in kinds() if kind.code.startswith("motion.")}
    assert mutable == {"motion.open": False, "motion.close": True, "motion.withdraw": False}
    voting(county)
    assert [entry.may_mute for entry in OutboxEntry.objects.filter(kind="motion.open")] == [False]


def test_its_trail_has_words_and_a_draft_leaves_none_of_its_wordings(county: World) -> None:
    motion = voting(county)
    entries: list[Any] = list(audit.history(motion))
    assert [entry.action for entry in entries] == ["motion.moved", "motion.open"]
    assert [words_of(entry.action) for entry in entries] == [
        "Motion · moved it",
        "Motion · put to the vote",
    ]
