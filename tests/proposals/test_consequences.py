"""What ends with a proposal, whom it tells, what its forms require, who is found by a right, what
the night does.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.proposals.roads import AT, data_for, prepared
from tests.world import (
    World,
    adopt_rules,
    assign,
    draft,
    invite,
    later,
    merged_pair,
    of_collective,
    platform,
    proposal_at,
    released,
    speak,
    step,
    told,
    unit_step,
    with_assisting,
    write_and_send,
    write_reply,
)
from yizheng.core import audit, clock
from yizheng.core.flow import FLOWS
from yizheng.core.forms import BadForm
from yizheng.core.refusals import BadInput, NotNow, StaleState
from yizheng.notices import services as notices
from yizheng.notices.models import Notice
from yizheng.notices.notice_kinds import kinds
from yizheng.organisations.models import Role, RoleGrant
from yizheng.organisations.services import founding
from yizheng.proposals import queries, services
from yizheng.proposals.enums import ProposalState
from yizheng.proposals.flow import COSIGNATURE, EVALUATION, EXTENSION, PROPOSAL
from yizheng.proposals.forms.filters import STAGES
from yizheng.proposals.models import Cosignature, Proposal
from yizheng.search import queries as search

pytestmark = pytest.mark.usefixtures("english")


def again(obj: Any) -> Any:
    """The same object as another window has it."""
    return type(obj).objects.get(pk=obj.pk)


def entries(obj: Any) -> list[str]:
    return list(audit.history(obj).values_list("action", flat=True))


# What ends with what it hangs on ------------------------------------------------------------------

ENDINGS: dict[str, Callable[[World, Any], Any]] = {
    "filed": lambda w, p: step(w, p, "file", "reviewer"),
    "not filed": lambda w, p: step(w, p, "not_file", "reviewer", reason="empty"),
    "converted": lambda w, p: step(w, p, "convert", "reviewer", consent_how="电话同意"),
    "withdrawn": lambda w, p: step(w, p, "withdraw", "member", note="不提了"),
    "merged": lambda w, p: step(w, proposal_at(w, "review"), "merge", "reviewer", others=[p]),
    "others merged into it": lambda w, p: step(
        w, p, "merge", "reviewer", others=[proposal_at(w, "review")]
    ),
}


@pytest.mark.parametrize("how", ENDINGS)
def test_an_invitation_ends_with_the_proposal_and_is_not_accepted_afterwards(
    world: World, how: str
) -> None:
    proposal = proposal_at(world, "review")
    open_one, signed = invite(world, proposal, "member", "cosigner", "third")
    step(world, signed, "accept", "third")
    ENDINGS[how](world, again(proposal))
    assert (again(open_one).state, again(signed).state) == ("lapsed", "accepted")
    with pytest.raises(StaleState):
        COSIGNATURE.perform("accept", open_one, by=world.actor("cosigner"), seen=open_one.version)
    assert not Cosignature.objects.filter(COSIGNATURE.waiting_for(world.actor("cosigner"))).exists()


def test_an_invitation_stands_while_the_proposal_comes_back_for_revision(world: World) -> None:
    proposal = proposal_at(world, "submitted")
    (invitation,) = invite(world, proposal, "member", "cosigner")
    step(world, proposal, "return", "clerk", note="请补充")
    assert again(invitation).state == "invited"
    assert step(world, invitation, "accept", "cosigner").state == "accepted"


def test_what_is_disowned_takes_its_invitations_along(world: World) -> None:
    proposal = draft(world, "clerk", proposer=world.members["member"])
    (invitation,) = invite(world, proposal, "clerk", "cosigner")
    step(world, proposal, "submit", "clerk")
    step(world, proposal, "disown", "member")
    assert again(invitation).state == "lapsed"


@pytest.mark.parametrize("how", ["withdrawn", "released", "handed on"])
def test_more_time_asked_for_ends_with_the_part(world: World, how: str) -> None:
    extension = AT["extension", "asked"](world)
    proposal = extension.assignment.proposal
    if how == "withdrawn":
        step(world, proposal, "withdraw", "member", note="不提了")
    elif how == "released":
        write_and_send(world, proposal)
        assert again(extension).state == "asked"  # it may come back yet
        released(world, proposal)
    else:
        unit = world.units["教育局"]
        unit_step(world, proposal, "hand_back", "officer", reason="属教育系统", unit=unit)
        assert again(extension).state == "asked"
        step(world, extension.assignment, "grant_hand_back", "assigner", unit=unit)
    assert again(extension).state == "lapsed"
    with pytest.raises(StaleState):
        EXTENSION.perform("grant", extension, by=world.actor("assigner"))


def test_a_rating_ends_with_its_round_and_is_not_given_afterwards(world: World) -> None:
    rating = AT["evaluation", "pending"](world)
    with later(40):
        step(world, rating.proposal, "conclude", "clerk")
        with pytest.raises(StaleState):
            EVALUATION.perform(
                "answer",
                rating,
                by=world.actor("member"),
                data=data_for(world, "evaluation", "answer", rating),
            )
    assert (again(rating).state, again(rating).opened_at is not None) == ("lapsed", True)


def test_all_parts_end_when_the_proposal_is_withdrawn(world: World) -> None:
    proposal = with_assisting(world)
    step(world, proposal, "withdraw", "member", note="不提了")
    assert set(proposal.assignments.values_list("state", flat=True)) == {"cancelled"}
    for who in ("officer", "assisting_officer"):
        assert told(world, who)[-1].endswith("was withdrawn by its proposer")


# Notices ------------------------------------------------------------------------------------------

GOOD_TO_KNOW = {
    "proposal.file",
    "proposal.merge",
    "proposal.conclude",
    "assignment.countersign",
    "cosignature.accept",
}
OURS = ("proposal", "cosignature", "assignment", "evaluation", "extension")


def test_only_what_is_good_to_know_and_nothing_more_may_be_muted() -> None:
    ours = [kind for kind in kinds() if kind.code.split(".")[0] in OURS]
    assert {kind.code for kind in ours if kind.may_mute} == GOOD_TO_KNOW
    assert {"assignment.sent", "cosignature.invited", "assignment.urge", "extension.refuse"} <= {
        kind.code for kind in ours
    }


def test_a_unit_that_muted_everything_is_told_what_it_must_do(world: World) -> None:
    for who in ("officer", "cosigner", "assigner", "member"):
        notices.mute_only(world.actor(who), {kind.code for kind in kinds()})
    proposal = draft(world)
    (invitation,) = invite(world, proposal, "member", "cosigner")
    step(world, invitation, "accept", "cosigner")
    for name, who in (("submit", "member"), ("pass_check", "clerk"), ("file", "reviewer")):
        step(world, proposal, name, who)
    assign_to = {"how": "at_once", "plan": [(world.units["水务局"], "sole", [])]}
    step(world, proposal, "assign", "assigner", **assign_to)
    unit_step(world, proposal, "urge", "assigner", text="请抓紧")
    notices.deliver_pending()
    received = {
        who: set(Notice.objects.filter(account=world.accounts[who]).values_list("kind", flat=True))
        for who in ("officer", "cosigner", "assigner", "member")
    }
    assert received["officer"] == {"assignment.sent", "assignment.urge"}
    assert received["cosigner"] == {"cosignature.invited", "proposal.submit", "proposal.assign"}
    assert received["assigner"] == {
        "proposal.file"
    }  # to be assigned: that sentence of the kind is work
    assert received["member"] == {"proposal.assign"}


# The form's rule ----------------------------------------------------------------------------------

NEED_WORDS = (
    "proposal.return",
    "proposal.not_file",
    "proposal.merge",
    "proposal.convert",
    "proposal.pass_on",
    "proposal.withdraw",
    "proposal.assign",
    "proposal.reopen",
    "proposal.make_key",
    "proposal.unmake_key",
    "proposal.supervise",
    "proposal.publish",
    "proposal.unpublish",
    "assignment.grant_hand_back",
    "assignment.refuse_hand_back",
    "assignment.contact",
    "assignment.progress",
    "assignment.ask_extension",
    "assignment.hand_back",
    "assignment.countersign",
    "assignment.return_draft",
    "assignment.send_back",
    "evaluation.answer",
    "extension.refuse",
)


@pytest.mark.parametrize("code", NEED_WORDS)
def test_what_the_form_requires_the_door_requires_whoever_calls(world: World, code: str) -> None:
    from tests.proposals.test_flow_table import LINES

    flow, _dot, name = code.partition(".")
    (line,) = [line for line in LINES if (line.flow, line.step) == (flow, name)]
    state = (
        "closed"
        if name in ("publish", "unpublish", "supervise", "reopen")
        else sorted(line.sources)[-1]
    )
    obj = prepared(world, line, AT[flow, state](world))
    before = type(obj).objects.filter(pk=obj.pk).values().get()
    with pytest.raises(BadForm):
        FLOWS[flow].perform(name, obj, by=world.actor(sorted(line.who)[0]))
    assert type(obj).objects.filter(pk=obj.pk).values().get() == before


def test_nothing_is_published_that_nobody_has_read_for_secrets(world: World) -> None:
    proposal = proposal_at(world, "closed")
    for data in ({}, {"secrecy": ""}, {"secrecy": False}):
        with pytest.raises(BadForm, match="no secrets"):
            step(world, proposal, "publish", "clerk", **data)
    assert again(proposal).secrecy_checked_at is again(proposal).published_at is None
    assert step(world, proposal, "publish", "clerk", secrecy=True).secrecy_checked_at


def test_a_reply_not_to_be_published_says_why(world: World) -> None:
    proposal = proposal_at(world, "accepted")
    speak(world, proposal)
    write_reply(world, proposal, may_publish=False)
    with pytest.raises(NotNow, match="why the reply should not be published"):
        unit_step(world, proposal, "request_sign_off", "officer")


@pytest.mark.parametrize(("number", "taken"), [(3, True), (4, False)])
def test_no_more_suggestions_than_the_regulation_gives(
    world: World, number: int, taken: bool
) -> None:
    adopt_rules(world, suggestions_at_most=3)
    texts = [f"第{n}条" for n in range(number)]
    if taken:
        assert draft(world, suggestions=texts).suggestions.count() == 3
        return
    with pytest.raises(BadInput, match="At most 3"):
        draft(world, suggestions=texts)
    assert not Proposal.objects.exists()
    proposal = draft(world)
    with pytest.raises(BadInput, match="At most 3"):
        services.save_draft(proposal, by=world.actor("member"), suggestions=texts)
    assert proposal.suggestions.count() == 2


# Roles are data -----------------------------------------------------------------------------------


def test_who_leads_key_proposals_holds_that_right_today_whatever_the_role_is_called(
    world: World,
) -> None:
    chair, reviewer = (world.accounts[who].person for who in ("chairperson", "reviewer"))
    assert list(queries.leaders()) == [chair]
    Role.objects.filter(code="chairperson").update(
        code="leader-of-the-house", name="主席会议组成人员"
    )
    assert list(queries.leaders()) == [chair]
    own = Role.objects.create(
        organisation=world.organisation,
        code="own",
        name="领衔人",
        permissions=["proposals.lead_key"],
    )
    founding.grant(world.accounts["reviewer"].pk, own.code, since=clock.today())
    assert set(queries.leaders()) == {chair, reviewer}
    RoleGrant.objects.filter(role__code="leader-of-the-house").update(until=clock.today())
    assert set(queries.leaders()) == {chair, reviewer}  # to the end of the day
    with later(1):
        assert list(queries.leaders()) == [reviewer]
        proposal = proposal_at(world, "filed")
        with pytest.raises(BadForm):
            step(world, proposal, "make_key", "reviewer", leader=chair)
        assert step(world, proposal, "make_key", "reviewer", leader=reviewer).key_leader == reviewer


# The night ----------------------------------------------------------------------------------------


def test_the_night_passes_over_what_somebody_just_answered(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The member accepts while the night has already read the list."""
    first, second = invite(world, draft(world), "member", "cosigner", "third")
    perform = COSIGNATURE.perform

    def quicker(name: str, obj: Any, **data: Any) -> Any:
        if obj.pk == first.pk:
            perform("accept", again(obj), by=world.actor("cosigner"))
        return perform(name, obj, **data)

    monkeypatch.setattr(COSIGNATURE, "perform", quicker)
    with later(8):
        assert services.lapse_invitations(platform(world)) == 1
    assert (again(first).state, again(second).state) == ("accepted", "lapsed")


# Tables -------------------------------------------------------------------------------------------


def test_every_state_stands_in_one_stage_of_the_list() -> None:
    groups = [group for _label, group in STAGES.values()]
    assert [
        state
        for state in ProposalState
        if sum(state in ProposalState.of(group) for group in groups) != 1
    ] == []


def test_a_merged_one_keeps_the_signatures_it_had(world: World) -> None:
    _main, other = merged_pair(world, cosigned=True)
    assert list(other.cosignatures.values_list("state", flat=True)) == ["accepted"]
    assert PROPOSAL.state_of(other).ends


def test_what_is_imported_is_found_by_its_suggestions(world: World) -> None:
    from tests.proposals.test_imports import HEAD, excel, taken

    row = (
        "",
        "关于增设公交站点的建议",
        "沈禾",
        "",
        "社会建设",
        "待审",
        "",
        "",
        "",
        "在城东增设三处站点",
    )
    (proposal,) = taken(world, excel(HEAD, row))
    assert [hit.obj for hit in search.find(world.actor("clerk"), "三处站点").hits] == [proposal]


def test_only_who_may_rate_is_asked_to(world: World) -> None:
    """The clerk who entered a party's proposal is told that it was replied to, and no more."""
    proposal = of_collective(world)
    step(world, proposal, "pass_check", "clerk")
    step(world, proposal, "file", "reviewer")
    assign(world, proposal)
    unit_step(world, proposal, "accept", "officer")
    write_and_send(world, proposal)
    released(world, proposal)
    said = told(world, "clerk")
    assert any(text.endswith("” was replied to") for text in said)
    assert not any("please rate it" in text for text in said)
    proposal_at(world, "replied")
    assert told(world, "member")[-1].endswith("please rate it")
