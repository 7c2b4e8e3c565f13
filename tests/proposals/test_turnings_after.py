"""The turnings after a reply: rating, the second round, key proposals, publication, rules in force
by date.
"""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

import pytest
from django.urls import reverse

from tests.signing_in import browser_of
from tests.world import (
    World,
    adopt_rules,
    assign,
    assignment_of,
    draft,
    invite,
    later,
    morning,
    of_collective,
    platform,
    proposal_at,
    rate,
    released,
    speak,
    step,
    unit_step,
    write_and_send,
    write_reply,
)
from yizheng.core import audit, clock
from yizheng.core.refusals import NotAllowed, NotNow
from yizheng.organisations.models import Session
from yizheng.promises.models import Promise
from yizheng.proposals import public_cases, queries, services
from yizheng.proposals.flow import EVALUATION
from yizheng.proposals.forms.steps import EvaluationForm
from yizheng.proposals.models import Contact

pytestmark = pytest.mark.usefixtures("english")


# Rating and the second round ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("who", "page"),
    [("member", "detail"), ("clerk", "detail"), ("officer", "detail"), ("officer", "reply")],
)
def test_what_was_unsatisfactory_stands_before_who_handles_it_again(
    world: World, who: str, page: str
) -> None:
    proposal = proposal_at(world, "replied")
    rate(world, proposal, "member", "unsatisfied")
    of = proposal if page == "detail" else assignment_of(proposal)
    shown = browser_of(world, who).get(reverse(f"proposals:{page}", args=[of.pk]))
    assert shown.status_code == 200 and "仍然漏水" in shown.content.decode()


def test_unsatisfied_is_handled_again_with_its_own_clock_and_replaces_the_promise(
    world: World,
) -> None:
    proposal = proposal_at(world, "replied")
    rate(world, proposal, "member", "unsatisfied")
    proposal.refresh_from_db()
    assignment = assignment_of(proposal)
    assert (proposal.state, proposal.round, assignment.round) == ("handling", 2, 2)
    # thirty days, or the next working day
    assert 30 <= (assignment.reply_due_on - clock.today()).days <= 40
    assert proposal.due_on == assignment.due_on == assignment.reply_due_on
    write_reply(world, proposal)
    unit_step(world, proposal, "request_sign_off", "officer")
    released(world, proposal)
    assert sorted(Promise.objects.values_list("state", flat=True)) == ["open", "replaced"]
    assert assignment.replies.count() == 2
    rate(world, proposal, "member", "unsatisfied")
    proposal.refresh_from_db()
    assert proposal.state == "closed"  # handled again at most once


def test_the_night_concludes_a_round_whose_dates_have_passed(world: World) -> None:
    proposal = proposal_at(world, "replied")
    last = proposal.evaluations.get().due_on
    with clock.at(morning(last)):
        assert services.conclude_ratings(platform(world)) == 0
        with pytest.raises(NotNow, match="1 proposers can still rate"):
            step(world, proposal, "conclude", "clerk")
    with clock.at(morning(last + dt.timedelta(days=1))):
        assert services.conclude_ratings(platform(world)) == 1
    proposal.refresh_from_db()
    assert (proposal.state, proposal.evaluations.get().state) == ("closed", "lapsed")


def test_the_round_of_a_collective_is_concluded_by_the_night_too(world: World) -> None:
    proposal = of_collective(world)
    assert proposal.state == "submitted"  # nobody to confirm
    for name, who in (("pass_check", "clerk"), ("file", "reviewer")):
        step(world, proposal, name, who)
    assign(world, proposal)
    unit_step(world, proposal, "accept", "officer")
    write_and_send(world, proposal)
    released(world, proposal)
    proposal.refresh_from_db()
    assert (proposal.state, proposal.evaluations.count()) == ("evaluating", 0)
    with later(40):
        assert services.conclude_ratings(platform(world)) == 1
    proposal.refresh_from_db()
    assert proposal.state == "closed"


def _joint_replied(world: World) -> Any:
    proposal = draft(world)
    (invitation,) = invite(world, proposal, "member", "cosigner")
    step(world, invitation, "accept", "cosigner")
    for name, who in (("submit", "member"), ("pass_check", "clerk"), ("file", "reviewer")):
        step(world, proposal, name, who)
    assign(world, proposal)
    unit_step(world, proposal, "accept", "officer")
    write_and_send(world, proposal)
    released(world, proposal)
    proposal.refresh_from_db()
    return proposal


READERS = (
    "clerk",
    "reviewer",
    "assigner",
    "officer",
    "leader",
    "chairperson",
    "auditor",
    "cosigner",
)


def test_a_rating_is_sealed_until_the_round_is_over(world: World) -> None:
    proposal = _joint_replied(world)
    rate(world, proposal, "member", "basically")
    own = proposal.evaluations.get(membership=world.members["member"])
    for who in READERS:
        assert not EVALUATION.visible_to(world.actor(who)).filter(pk=own.pk).exists(), who
    assert EVALUATION.visible_to(world.actor("member")).get() == own
    assert "basically" not in str([entry.detail for entry in audit.history(own)])
    rate(world, proposal, "cosigner")
    proposal.refresh_from_db()
    assert proposal.state == "closed"
    for who in ("clerk", "reviewer", "assigner", "officer", "leader", "chairperson"):
        assert EVALUATION.visible_to(world.actor(who)).filter(pk=own.pk).exists(), who
    assert not EVALUATION.visible_to(world.actor("other_officer")).exists()


def test_nobody_rates_for_another(world: World) -> None:
    proposal = _joint_replied(world)
    rating = proposal.evaluations.get(membership=world.members["cosigner"])
    for who in ("member", "third", "officer", "leader", "clerk", "assigner", "administrator"):
        with pytest.raises(NotAllowed):
            EVALUATION.perform("answer", rating, by=world.actor(who), data=ALL_WELL)


ALL_WELL = {
    "q_visited": "visited",
    "q_attitude": "satisfied",
    "q_heard": "visit",
    "q_to_the_point": "yes",
    "q_result": "satisfied",
}


def test_one_tap_gives_one_opinion_throughout_and_facts_follow_the_record(world: World) -> None:
    """The unit recorded a visit.

    Without it nobody answers for the member whether they came and how they asked.
    """
    rating = proposal_at(world, "replied").evaluations.get()
    assert Contact.objects.get(assignment__proposal=rating.proposal).way == "visit"
    said = dict(EvaluationForm(obj=rating, actor=world.actor("member")).shortcuts())
    assert list(said) == ["satisfied", "basically satisfied", "not satisfied"]
    assert json.loads(said["satisfied"]) == ALL_WELL
    unsatisfied = {
        "q_visited": "visited",
        "q_attitude": "unsatisfied",
        "q_heard": "visit",
        "q_to_the_point": "no",
        "q_result": "unsatisfied",
    }
    assert json.loads(said["not satisfied"]) == unsatisfied
    Contact.objects.all().delete()
    said = dict(EvaluationForm(obj=rating, actor=world.actor("member")).shortcuts())
    assert json.loads(said["satisfied"]) == {
        "q_attitude": "satisfied",
        "q_to_the_point": "yes",
        "q_result": "satisfied",
    }


@pytest.mark.parametrize(
    ("address", "flagged"), [("10.8.0.7", True), ("10.8.0.8", False), ("", False)]
)
def test_a_rating_from_a_units_address_is_flagged(
    world: World, address: str, flagged: bool
) -> None:
    from dataclasses import replace

    proposal = proposal_at(world, "replied")
    audit.record("account.signed_in", by=replace(world.actor("officer"), address="10.8.0.7"))
    member = replace(world.actor("member"), address=address)
    rating = proposal.evaluations.get()
    assert EVALUATION.perform("answer", rating, by=member, data=ALL_WELL).address_flag is flagged


def test_not_satisfied_must_say_with_what(world: World) -> None:
    rating = proposal_at(world, "replied").evaluations.get()
    answers = {**ALL_WELL, "q_result": "unsatisfied"}
    form = EvaluationForm(answers, obj=rating, actor=world.actor("member"))
    assert "comment" in form.errors
    assert EvaluationForm(
        {**answers, "comment": "仍未通水"}, obj=rating, actor=world.actor("member")
    ).is_valid()


def test_a_chairperson_reopens_with_a_reason(world: World) -> None:
    proposal = step(world, proposal_at(world, "closed"), "reopen", "chairperson", note="承诺未兑现")
    assert (proposal.state, proposal.round, proposal.closed_at) == ("handling", 2, None)
    assert assignment_of(proposal).state == "handling"


# Key proposals ------------------------------------------------------------------------------------


def test_key_proposals_keep_to_their_share(world: World) -> None:
    adopt_rules(world, key={"largest_share": 0.5, "supervision_acts": 1})
    filed = [proposal_at(world, "filed") for _ in range(4)]
    leader = world.accounts["chairperson"].person
    for proposal in filed[:2]:
        step(world, proposal, "make_key", "reviewer", leader=leader)
    with pytest.raises(NotNow, match="50 %"):
        step(world, filed[2], "make_key", "reviewer", leader=leader)


def test_a_key_proposal_is_supervised_before_it_is_concluded(world: World) -> None:
    proposal = proposal_at(world, "replied")
    step(world, proposal, "make_key", "reviewer", leader=world.accounts["chairperson"].person)
    rate(world, proposal, "member")
    proposal.refresh_from_db()
    assert proposal.state == "evaluating"
    with pytest.raises(NotNow, match="1 recorded supervision"):
        step(world, proposal, "conclude", "clerk")
    step(
        world,
        proposal,
        "supervise",
        "chairperson",
        kind="on_site",
        held_on=clock.today(),
        leader=None,
        place="石桥村",
        participants="",
        findings="支管已更换三成",
    )
    assert step(world, proposal, "conclude", "clerk").state == "closed"


# Publication --------------------------------------------------------------------------------------


def test_no_publication_without_the_proposers_consent(world: World) -> None:
    proposal = proposal_at(world, "closed", may_publish=False, no_publication_reason="涉及村民隐私")
    with pytest.raises(NotNow, match="does not consent"):
        step(world, proposal, "publish", "clerk", secrecy=True)


def test_no_publication_against_the_unit(world: World) -> None:
    proposal = proposal_at(world, "accepted")
    speak(world, proposal)
    write_reply(world, proposal, may_publish=False, no_publication_reason="涉及管网坐标")
    unit_step(world, proposal, "request_sign_off", "officer")
    released(world, proposal)
    proposal.refresh_from_db()
    with pytest.raises(NotNow, match="A unit asks"):
        step(world, proposal, "publish", "clerk", secrecy=True)


def test_the_public_page_shows_name_and_sector_and_nothing_from_inside(
    world: World, client: Any
) -> None:
    proposal = proposal_at(world, "closed", contact_phone="13900000000")
    world.members["member"].person.phone = "13911112222"
    world.members["member"].person.save()
    address = f"/public/yunxi/{proposal.pk}/"
    assert client.get(address).status_code == 404
    step(world, proposal, "publish", "clerk", secrecy=True)
    page = client.get(address).content.decode()
    assert "沈禾（农业）" in page
    assert "对第1条建议的答复" in page
    for secret in ("13900000000", "13911112222", "当面听取意见", "何楠", "江越"):
        assert secret not in page, secret
    step(world, proposal, "unpublish", "clerk", note="有误")
    assert client.get(address).status_code == 404


def test_a_second_reply_still_being_written_is_not_public(world: World) -> None:
    proposal = proposal_at(world, "closed")
    step(world, proposal, "publish", "clerk", secrecy=True)
    step(world, proposal, "reopen", "chairperson", note="承诺未兑现")
    write_reply(world, proposal, ("not_adopted", "not_adopted"))
    proposal.refresh_from_db()
    assert [answer.outcome for answer in public_cases.case_of(proposal).answers] == [
        "done",
        "planned",
    ]
    assert [
        r.round for r in queries.shown_replies(assignment_of(proposal), world.actor("member"))
    ] == [1]


# Rules in force by date ---------------------------------------------------------------------------


def test_a_new_regulation_does_not_move_dates_already_given(world: World) -> None:
    proposal = proposal_at(world, "assigned")
    before = assignment_of(proposal)
    adopt_rules(world, deadlines={"hand_back_days": 1, "reply_months_ordinary": 1})
    unit_step(world, proposal, "accept", "officer")
    after = assignment_of(proposal)
    assert (after.hand_back_until, after.reply_due_on) == (
        before.hand_back_until,
        before.reply_due_on,
    )
    newer = assignment_of(proposal_at(world, "assigned"))
    assert newer.hand_back_until < before.hand_back_until
    assert newer.reply_due_on < before.reply_due_on


def _collecting(world: World) -> Session:
    """The session's plenary opens in ten days and takes proposals until then."""
    opens = clock.today() + dt.timedelta(days=10)
    Session.objects.filter(pk=world.session.pk).update(
        opens_on=opens, closes_on=opens, proposals_until=opens
    )
    return Session.objects.get(pk=world.session.pk)


@pytest.mark.parametrize("kind", ["sector", "group"])
def test_sectors_and_groups_propose_only_for_a_plenary(world: World, kind: str) -> None:
    proposal = draft(world, kind=kind, collective_name="农业界")
    with pytest.raises(NotNow, match="only for a plenary"):
        step(world, proposal, "submit", "member")
    _collecting(world)
    assert step(world, proposal, "submit", "member").occasion == "plenary"


def test_the_occasion_follows_the_day_of_submission(world: World) -> None:
    assert proposal_at(world, "submitted").occasion == "ordinary"
    _collecting(world)
    assert proposal_at(world, "submitted").occasion == "plenary"


def test_ordinary_proposals_have_their_own_series_where_the_regulation_says_so(
    world: World,
) -> None:
    own = {
        "case": "〔{year}〕{serial:3}",
        "case_ordinary": "平〔{year}〕{serial:3}",
        "ordinary_has_own_series": True,
    }
    adopt_rules(world, numbering=own)
    ordinary = proposal_at(world, "filed")
    _collecting(world)
    plenary = proposal_at(world, "filed")
    year = world.session.year
    assert (ordinary.case_number, plenary.case_number) == (f"平〔{year}〕001", f"〔{year}〕001")


def test_two_series_of_one_pattern_never_give_one_number_twice(world: World) -> None:
    adopt_rules(world, numbering={"ordinary_has_own_series": True})
    ordinary = proposal_at(world, "filed")
    _collecting(world)
    plenary = proposal_at(world, "filed")
    year = world.session.year
    assert (ordinary.case_number, plenary.case_number) == (f"〔{year}〕001", f"〔{year}〕002")
