"""Each turning of the road, told as the people on it would tell it."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from tests.signing_in import browser_of
from tests.world import (
    World,
    assign,
    assignment_of,
    draft,
    entered_by_office,
    in_parts,
    invite,
    later,
    merged_pair,
    morning,
    platform,
    proposal_at,
    rate,
    released,
    step,
    told,
    unit_step,
    with_assisting,
    write_and_send,
)
from yizheng.core import audit, clock
from yizheng.core.day_words import day_words
from yizheng.core.refusals import BadInput, NotAllowed, NotNow, StaleState
from yizheng.proposals import services
from yizheng.proposals.flow import ASSIGNMENT, COSIGNATURE, PROPOSAL
from yizheng.proposals.flow.assignment_guards import suggestions_to_answer
from yizheng.proposals.flow.effects import tell_confirming
from yizheng.proposals.forms.steps import ExtensionForm, NotFileForm
from yizheng.proposals.models import Evaluation, Extension, Proposal

pytestmark = pytest.mark.usefixtures("english")


# Co-signing ---------------------------------------------------------------------------------------


def test_who_accepts_signs_who_declines_does_not_and_silence_lapses(world: World) -> None:
    proposal = draft(world)
    yes, no = invite(world, proposal, "member", "cosigner", "third")
    step(world, yes, "accept", "cosigner")
    step(world, no, "decline", "third")
    assert told(world, "member")[-2:] == [
        f"A member co-signed “{proposal.title}”",
        f"A member declined to co-sign “{proposal.title}”",
    ]
    with later(8):
        assert services.lapse_invitations(platform(world)) == 0
    assert sorted(proposal.cosignatures.values_list("state", flat=True)) == ["accepted", "declined"]


def test_an_invitation_lapses_the_night_after_its_seven_days(world: World) -> None:
    (invitation,) = invite(world, draft(world), "member", "cosigner")
    with later(7):
        assert services.lapse_invitations(platform(world)) == 0
    with later(8):
        assert services.lapse_invitations(platform(world)) == 1
        with pytest.raises(StaleState):
            COSIGNATURE.perform("accept", invitation, by=world.actor("cosigner"))


def test_filing_ends_the_signing_and_says_whether_it_was_joint(world: World) -> None:
    proposal = draft(world)
    invite(world, proposal, "member", "cosigner")
    step(world, proposal, "submit", "member")
    step(world, proposal, "pass_check", "clerk")
    step(world, proposal, "file", "reviewer")
    proposal.refresh_from_db()
    assert proposal.kind == "individual"
    assert proposal.cosignatures.get().state == "lapsed"
    with pytest.raises(NotNow):
        invite(world, proposal, "member", "third")


def test_only_the_first_proposer_invites_and_nobody_twice(world: World) -> None:
    proposal = draft(world)
    assert len(invite(world, proposal, "member", "cosigner", "member")) == 1
    assert invite(world, proposal, "member", "cosigner") == []
    with pytest.raises(NotAllowed):
        invite(world, proposal, "cosigner", "third")


# On a member's behalf -----------------------------------------------------------------------------


def test_what_the_office_entered_counts_when_the_member_confirms(world: World) -> None:
    proposal = entered_by_office(world)
    assert (proposal.state, proposal.flow_number, proposal.submitted_at) == ("confirming", "", None)
    assert (
        told(world, "member")[-1]
        == f"The office entered “{proposal.title}” for you: please confirm it"
    )
    confirmed = step(world, proposal, "confirm", "member")
    assert confirmed.state == "submitted"
    assert confirmed.flow_number == f"{world.session.year}-0001"


def test_what_the_member_does_not_know_of_is_withdrawn_and_the_clerk_is_told(world: World) -> None:
    proposal = step(world, entered_by_office(world), "disown", "member", note="非本人所提")
    assert proposal.state == "withdrawn"
    assert told(world, "clerk")[-1] == f"The member did not confirm “{proposal.title}”"


def test_a_member_may_not_enter_for_another(world: World) -> None:
    with pytest.raises(NotAllowed):
        draft(world, "member", proposer=world.members["third"])
    with pytest.raises(NotAllowed):
        draft(world, "officer")


# Review -------------------------------------------------------------------------------------------


def test_returned_revised_and_handed_in_again_under_its_first_number(world: World) -> None:
    proposal = proposal_at(world, "submitted")
    first_number = proposal.flow_number
    proposal = step(world, proposal, "return", "clerk", note="请补充漏损率的出处")
    assert told(world, "member")[-1] == f"“{proposal.title}” came back for revision"
    services.save_draft(
        proposal, by=world.actor("member"), situation="据县水务局统计，漏损率为18%。"
    )
    again = step(world, proposal, "submit", "member")
    assert (again.state, again.flow_number) == ("submitted", first_number)
    assert "18%" in again.situation


def test_an_open_window_does_not_overwrite_what_another_saved(world: World) -> None:
    proposal = draft(world)
    seen = proposal.version
    services.save_draft(proposal, by=world.actor("member"), seen=seen, analysis="甲")
    with pytest.raises(StaleState):
        services.save_draft(proposal, by=world.actor("member"), seen=seen, analysis="乙")
    assert Proposal.objects.get().analysis == "甲"


@pytest.mark.parametrize(
    ("missing", "sentence"),
    [
        ({"title": ""}, "subject"),
        ({"category": ""}, "category is still missing"),
        ({"category": "一九八五年的类别"}, "regulation in force does not know this category"),
        ({"situation": ""}, "text is still missing"),
        ({"suggestions": []}, "At least one numbered suggestion"),
        ({"may_publish": False}, "why the proposal should not be published"),
    ],
)
def test_a_half_written_proposal_is_not_handed_in(
    world: World, missing: dict[str, Any], sentence: str
) -> None:
    proposal = draft(world, **missing)
    with pytest.raises(NotNow, match=sentence):
        step(world, proposal, "submit", "member")


def test_not_filed_needs_a_reason_of_the_regulation_and_the_proposer_reads_its_sentence(
    world: World,
) -> None:
    proposal = proposal_at(world, "review")
    form = NotFileForm({"reason": "because"}, obj=proposal, actor=world.actor("reviewer"))
    assert "reason" in form.errors
    decided = step(world, proposal, "not_file", "reviewer", reason="private")
    assert decided.decision_note == "属于为本人或亲属解决个人问题，请通过信访等渠道反映。"
    assert decided.case_number == ""
    assert told(world, "member")[-1].startswith(f"“{decided.title}” was not filed")


def test_converted_keeps_how_the_proposer_agreed(world: World) -> None:
    proposal = step(
        world, proposal_at(world, "review"), "convert", "reviewer", consent_how="3月3日电话同意"
    )
    assert proposal.state == "converted"
    assert audit.history(proposal).last().detail["consent"] == "3月3日电话同意"


def test_merged_proposals_keep_their_proposers_and_numbers(world: World) -> None:
    main, other = merged_pair(world)
    year = world.session.year
    assert (main.case_number, other.case_number) == (f"〔{year}〕001", f"〔{year}〕002")
    assert (main.state, other.state, other.merged_into) == ("filed", "merged", main)
    with pytest.raises(NotNow, match="handled together"):
        step(world, main, "withdraw", "member", note="不提了")


def test_merged_ones_are_answered_together_and_rated_by_each(world: World) -> None:
    main, other = merged_pair(world, cosigned=True)
    assign(world, main)
    unit_step(world, main, "accept", "officer")
    asked = [suggestion.text for suggestion in suggestions_to_answer(assignment_of(main))]
    assert asked == [*(s.text for s in main.suggestions.all()), "为北坡村修建蓄水池"]
    write_and_send(world, main)
    released(world, main)
    raters = Evaluation.objects.values_list("membership__person__name", flat=True)
    assert sorted(raters) == sorted(["沈禾", "唐蘅", "许茉"])
    for who in ("third", "cosigner"):
        assert PROPOSAL.visible_to(world.actor(who)).filter(pk=main.pk).exists(), who
    for who in ("member", "third", "cosigner"):
        rate(world, main, who)
    main.refresh_from_db()
    assert main.state == "closed"


# Withdrawing --------------------------------------------------------------------------------------


def test_withdrawn_while_handled_frees_the_unit(world: World) -> None:
    proposal = proposal_at(world, "accepted")
    step(world, proposal, "withdraw", "member", note="问题已解决")
    assert proposal.assignments.get().state == "cancelled"
    assert (
        told(world, "officer")[-1]
        == f"{proposal.case_number} “{proposal.title}” was withdrawn by its proposer"
    )
    with pytest.raises(StaleState):
        ASSIGNMENT.perform("accept", proposal.assignments.get(), by=world.actor("officer"))


def test_not_withdrawn_once_a_reply_is_out(world: World) -> None:
    proposal = in_parts(world)
    assignment = proposal.assignments.get(unit=world.units["水务局"])
    _reply_of_own_part(world, assignment, "officer", "leader")
    with pytest.raises(NotNow, match="already out"):
        step(world, proposal, "withdraw", "member", note="不提了")


# Assigning and handing back -----------------------------------------------------------------------


def _reply_of_own_part(
    world: World, assignment: Any, officer: str, leader: str, outcome: str = "done"
) -> None:
    by = world.actor(officer)
    if assignment.state == "sent":
        ASSIGNMENT.perform("accept", assignment, by=by)
    seen = {"way": "visit", "on": clock.today(), "with_whom": "沈禾", "note": "听取意见"}
    ASSIGNMENT.perform("contact", assignment, by=by, data=seen)
    assignment.refresh_from_db()
    (suggestion,) = suggestions_to_answer(assignment)
    items = {suggestion.pk: {"outcome": outcome, "text": "已落实"}}
    services.save_reply(
        assignment, by=by, items=items, result_class="A" if outcome == "done" else "C"
    )
    ASSIGNMENT.perform("request_sign_off", assignment, by=by)
    ASSIGNMENT.perform("sign_off", assignment, by=world.actor(leader))
    ASSIGNMENT.perform("release", assignment, by=world.actor("clerk"))


def test_each_its_own_part_and_the_last_reply_opens_the_rating(world: World) -> None:
    from yizheng.organisations.services import founding

    proposal = in_parts(world)
    founding.grant(
        world.accounts["other_officer"].pk,
        "unit-leader",
        since=clock.today(),
        place=world.units["教育局"],
    )
    water = proposal.assignments.get(unit=world.units["水务局"])
    school = proposal.assignments.get(unit=world.units["教育局"])
    assert [s.position for s in suggestions_to_answer(water)] == [1]
    assert [s.position for s in suggestions_to_answer(school)] == [2]
    _reply_of_own_part(world, water, "officer", "leader")
    proposal.refresh_from_db()
    assert proposal.state == "handling"
    _reply_of_own_part(world, school, "other_officer", "other_officer", outcome="not_adopted")
    proposal.refresh_from_db()
    assert (proposal.state, proposal.result_class) == (
        "evaluating",
        "C",
    )  # the less favourable of A and C


def test_handed_back_in_time_and_granted_the_other_unit_has_it_with_fresh_days(
    world: World,
) -> None:
    proposal = proposal_at(world, "assigned")
    old = assignment_of(proposal)
    with clock.at(morning(old.hand_back_until)):
        unit_step(
            world, proposal, "hand_back", "officer", reason="属教育系统", unit=world.units["教育局"]
        )
        step(world, old, "grant_hand_back", "assigner", unit=world.units["教育局"])
    new = assignment_of(proposal)
    assert (new.unit.short_name, new.part, new.assigned_on) == (
        "教育局",
        "sole",
        old.hand_back_until,
    )
    assert new.hand_back_until > old.hand_back_until
    assert not PROPOSAL.visible_to(world.actor("officer")).filter(pk=proposal.pk).exists()
    assert PROPOSAL.visible_to(world.actor("other_officer")).filter(pk=proposal.pk).exists()


def test_a_hand_back_a_day_late_is_refused_with_its_date(world: World) -> None:
    proposal = proposal_at(world, "assigned")
    last = assignment_of(proposal).hand_back_until
    with (
        clock.at(morning(last + dt.timedelta(days=1))),
        pytest.raises(NotNow, match=day_words(last)),
    ):
        unit_step(
            world, proposal, "hand_back", "officer", reason="属教育系统", unit=world.units["教育局"]
        )
    assert assignment_of(proposal).state == "sent"


def test_a_refused_hand_back_stays_and_is_not_asked_twice(world: World) -> None:
    proposal = proposal_at(world, "accepted")
    wish = {"reason": "属教育系统", "unit": world.units["教育局"]}
    unit_step(world, proposal, "hand_back", "officer", **wish)
    back = unit_step(world, proposal, "refuse_hand_back", "assigner", note="属你单位职责")
    assert back.state == "handling"
    with pytest.raises(NotNow, match="once already"):
        unit_step(world, proposal, "hand_back", "officer", **wish)


def test_no_unit_passes_a_case_on_by_itself(world: World) -> None:
    proposal = proposal_at(world, "accepted")
    assignment = assignment_of(proposal)
    for who in ("officer", "leader", "other_officer"):
        with pytest.raises((NotAllowed, StaleState)):
            step(world, assignment, "grant_hand_back", who, unit=world.units["教育局"])
        with pytest.raises((NotAllowed, StaleState)):
            step(
                world,
                proposal,
                "assign",
                who,
                how="at_once",
                plan=[(world.units["教育局"], "sole", [])],
            )


# Assisting ----------------------------------------------------------------------------------------


def test_the_lead_waits_for_its_assisting_unit(world: World) -> None:
    proposal = with_assisting(world)
    with pytest.raises(NotNow, match="财政局"):
        write_and_send(world, proposal)
    step(
        world,
        assignment_of(proposal, "assisting"),
        "countersign",
        "assisting_officer",
        opinion="资金已列预算",
    )
    unit_step(world, proposal, "request_sign_off", "officer")
    released(world, proposal)
    assert assignment_of(proposal, "lead").replies.get().missing_countersigns == ""


def test_an_assisting_unit_that_lets_its_time_run_out_is_named_in_the_reply(world: World) -> None:
    proposal = with_assisting(world)
    last = assignment_of(proposal, "assisting").reply_due_on
    with clock.at(morning(last)), pytest.raises(NotNow, match=day_words(last)):
        write_and_send(world, proposal)
    with clock.at(morning(last + dt.timedelta(days=1))):
        unit_step(world, proposal, "request_sign_off", "officer")
        released(world, proposal)
    assert assignment_of(proposal, "lead").replies.get().missing_countersigns == "财政局"
    assert assignment_of(proposal, "assisting").state == "lapsed"


def test_an_undecided_hand_back_of_an_assisting_unit_lapses_with_the_reply(world: World) -> None:
    proposal = with_assisting(world)
    helper = assignment_of(proposal, "assisting")
    step(
        world,
        helper,
        "hand_back",
        "assisting_officer",
        reason="不涉资金",
        unit=world.units["教育局"],
    )
    with later(40):
        write_and_send(world, proposal)
        released(world, proposal)
    helper.refresh_from_db()
    assert helper.state == "lapsed"


# Time ---------------------------------------------------------------------------------------------


def test_more_time_within_the_six_months_of_the_regulation(world: World) -> None:
    proposal = proposal_at(world, "accepted")
    assignment = assignment_of(proposal)
    until = assignment.reply_due_on + dt.timedelta(days=30)
    step(world, assignment, "ask_extension", "officer", until=until, reason="需要勘测")
    with pytest.raises(NotNow, match="asked already"):
        step(world, assignment, "ask_extension", "officer", until=until, reason="需要勘测")
    step(world, Extension.objects.get(), "grant", "assigner")
    assignment.refresh_from_db()
    proposal.refresh_from_db()
    assert assignment.reply_due_on == assignment.due_on == proposal.due_on == until


@pytest.mark.parametrize("days", [0, 200])
def test_an_extension_must_be_later_than_now_and_within_the_ceiling(
    world: World, days: int
) -> None:
    assignment = assignment_of(proposal_at(world, "accepted"))
    until = assignment.reply_due_on + dt.timedelta(days=days)
    form = ExtensionForm(
        {"until": until, "reason": "需要勘测"}, obj=assignment, actor=world.actor("officer")
    )
    assert "until" in form.errors
    if days:
        with pytest.raises(BadInput):
            step(world, assignment, "ask_extension", "officer", until=until, reason="需要勘测")
    assert not Extension.objects.exists()


def test_many_are_urged_at_once_and_the_one_that_replied_is_told_apart(world: World) -> None:
    open_one = assignment_of(proposal_at(world, "accepted"))
    answered = assignment_of(proposal_at(world, "replied"))
    client = browser_of(world, "assigner")
    page = client.post(
        "/steps/assignment/bulk/urge/",
        {"selected": [open_one.pk, answered.pk], "confirmed": "1", "text": "请按期答复"},
    )
    assert page.status_code == 200
    assert (open_one.urgings.count(), answered.urgings.count()) == (1, 0)
    assert told(world, "officer")[-1].startswith("You are urged to answer")
    refused = page.content.decode()
    assert answered.proposal.case_number in refused
    assert str(ASSIGNMENT.states["replied"].label) in refused or "已答复" in refused


def test_only_what_waits_for_its_proposer_is_told_to_them(world: World) -> None:
    proposer = world.members["member"]
    told = {
        state: list(tell_confirming(Proposal(state=state, proposer=proposer)))
        for state in ("confirming", "submitted")
    }
    assert told == {"confirming": [world.accounts["member"].pk], "submitted": []}
    assert list(tell_confirming(Proposal(state="confirming"))) == []
