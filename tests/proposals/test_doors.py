"""What stands beside the steps: drafts, invitations, replies being written.

What somebody else changed meanwhile is seen, what fails leaves nothing behind, what was begun ends
with what it hangs on.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse

from tests.all_or_nothing import all_or_nothing
from tests.proposals.roads import AT
from tests.signing_in import browser_of
from tests.world import (
    World,
    assignment_of,
    draft,
    invite,
    proposal_at,
    released,
    speak,
    step,
    unit_step,
    with_assisting,
    write_and_send,
    write_reply,
)
from yizheng.core import audit
from yizheng.core.refusals import NotAllowed, NotNow, StaleState
from yizheng.proposals import services
from yizheng.proposals.flow import ASSIGNMENT, COSIGNATURE, PROPOSAL
from yizheng.proposals.flow.assignment_guards import suggestions_to_answer
from yizheng.proposals.models import Cosignature, Proposal, Reply, ReplyItem

pytestmark = pytest.mark.usefixtures("english")


def again(obj: Any) -> Any:
    """The same object as another window has it."""
    return type(obj).objects.get(pk=obj.pk)


def entries(obj: Any) -> list[str]:
    return list(audit.history(obj).values_list("action", flat=True))


# Somebody was quicker -----------------------------------------------------------------------------


def test_a_draft_handed_in_elsewhere_is_not_thrown_away(world: World) -> None:
    stale = draft(world)
    submitted = step(world, again(stale), "submit", "member")
    with pytest.raises(NotNow, match="Only a draft can be thrown away"):
        services.discard(stale, by=world.actor("member"))
    kept = Proposal.objects.get()
    assert (kept.state, kept.flow_number) == ("submitted", submitted.flow_number)
    assert entries(kept) == ["proposal.drafted", "proposal.submit"]


def test_a_draft_written_on_elsewhere_is_not_thrown_away_unseen(world: World) -> None:
    proposal = draft(world)
    services.save_draft(again(proposal), by=world.actor("member"), analysis="另一窗口里写的")
    with pytest.raises(StaleState, match="saved in another window"):
        services.discard(proposal, by=world.actor("member"), seen=proposal.version)
    seen = again(proposal).version
    services.discard(proposal, by=world.actor("member"), seen=seen)
    assert not Proposal.objects.exists()


def test_who_may_not_write_a_draft_does_not_throw_it_away(world: World) -> None:
    for who in ("third", "clerk", "administrator"):
        with pytest.raises(NotAllowed):
            services.discard(draft(world), by=world.actor(who))


def test_what_is_thrown_away_is_not_there_any_more(world: World) -> None:
    proposal = draft(world)
    services.discard(again(proposal), by=world.actor("member"))
    for act in (services.discard, services.save_draft):
        with pytest.raises(StaleState, match="not there any more"):
            act(proposal, by=world.actor("member"))


@pytest.mark.parametrize("ending", ["file", "not_file", "withdraw"])
def test_nobody_is_invited_to_sign_what_was_decided_elsewhere(world: World, ending: str) -> None:
    stale = proposal_at(world, "review")
    data = {"file": {}, "not_file": {"reason": "empty"}, "withdraw": {"note": "不提了"}}[ending]
    step(world, again(stale), ending, "member" if ending == "withdraw" else "reviewer", **data)
    assert stale.state == "review"
    with pytest.raises(NotNow, match="before the proposal is filed"):
        invite(world, stale, "member", "third")
    with pytest.raises(NotNow, match="before the proposal is filed"):
        COSIGNATURE.begin(
            Cosignature(proposal=stale, membership=world.members["third"]),
            "invited",
            by=world.actor("member"),
        )
    assert not Cosignature.objects.exists()


def test_nobody_signs_for_a_collective(world: World) -> None:
    proposal = draft(world, kind="party", collective_name="民盟云溪县总支")
    with pytest.raises(NotNow, match="in its own name"):
        invite(world, proposal, "member", "third")


def test_an_invitation_makes_it_joint_and_an_older_window_learns_of_it(world: World) -> None:
    proposal = draft(world)
    invite(world, proposal, "member", "cosigner")
    assert again(proposal).kind == "joint"
    with pytest.raises(StaleState):
        services.save_draft(
            proposal, by=world.actor("member"), seen=proposal.version, kind="individual"
        )
    with pytest.raises(StaleState):
        services.invite(
            proposal, [world.members["third"]], by=world.actor("member"), seen=proposal.version
        )


def test_two_officers_do_not_write_over_each_other(world: World) -> None:
    assignment = assignment_of(proposal_at(world, "accepted"))
    seen = assignment.version
    first = services.save_reply(
        assignment, by=world.actor("officer"), items={}, seen=seen, opening="甲"
    )
    with pytest.raises(StaleState, match="by a colleague"):
        services.save_reply(assignment, by=world.actor("leader"), items={}, seen=seen, opening="乙")
    assert Reply.objects.get().opening == "甲"
    services.save_reply(
        assignment, by=world.actor("leader"), items={}, seen=first.assignment.version, opening="乙"
    )
    assert Reply.objects.get().opening == "乙"


def test_one_answer_changed_is_a_change_of_the_reply(world: World) -> None:
    assignment = assignment_of(proposal_at(world, "accepted"))
    first, second = suggestions_to_answer(assignment)
    reply = services.save_reply(
        assignment, by=world.actor("officer"), items={first.pk: {"text": "甲"}}
    )
    seen = reply.assignment.version
    same = services.save_reply(
        assignment, by=world.actor("officer"), items={first.pk: {"text": "甲"}}, seen=seen
    )
    assert same.assignment.version == seen  # nothing changed: no other page is stale
    services.save_reply(
        assignment, by=world.actor("leader"), items={second.pk: {"text": "乙"}}, seen=seen
    )
    with pytest.raises(StaleState):
        services.save_reply(
            assignment, by=world.actor("officer"), items={first.pk: {"text": "丙"}}, seen=seen
        )
    assert list(ReplyItem.objects.values_list("text", flat=True)) == ["甲", "乙"]


def test_a_reply_that_a_colleague_wrote_on_is_not_sent_unseen(world: World) -> None:
    proposal = proposal_at(world, "accepted")
    speak(world, proposal)
    write_reply(world, proposal)
    assignment = assignment_of(proposal)
    services.save_reply(again(assignment), by=world.actor("leader"), items={}, opening="改过的开头")
    with pytest.raises(StaleState):
        ASSIGNMENT.perform(
            "request_sign_off", assignment, by=world.actor("officer"), seen=assignment.version
        )


def test_an_assisting_unit_writes_no_reply(world: World) -> None:
    proposal = with_assisting(world)
    helper = step(world, assignment_of(proposal, "assisting"), "accept", "assisting_officer")
    with pytest.raises(NotNow, match="opinion to the lead"):
        services.save_reply(helper, by=world.actor("assisting_officer"), items={})


def test_a_paper_is_not_taken_off_what_was_handed_in_elsewhere(world: World) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    from yizheng.core.files import Attachment, attach

    proposal = draft(world)
    paper = attach(
        SimpleUploadedFile("调研.pdf", b"%PDF-1.4\n%%EOF"),
        "调研.pdf",
        to=proposal,
        by=world.actor("member"),
    )
    client = browser_of(world, "member")
    address, seen = reverse("proposals:detach", args=[proposal.pk, paper.pk]), proposal.version
    services.save_draft(proposal, by=world.actor("member"), analysis="新写的")
    assert client.post(address, {"seen": seen}).status_code == 409
    step(world, proposal, "submit", "member")
    assert client.post(address, {}).status_code == 409
    assert Attachment.objects.count() == 1


def test_every_small_form_of_a_page_says_what_it_has_seen(world: World) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    from yizheng.core.files import attach

    proposal = draft(world)
    attach(
        SimpleUploadedFile("调研.pdf", b"%PDF-1.4\n%%EOF"),
        "调研.pdf",
        to=proposal,
        by=world.actor("member"),
    )
    services.save_draft(proposal, by=world.actor("member"), analysis="新写的")
    client = browser_of(world, "member")
    seen = f'name="seen" value="{again(proposal).version}"'
    written = client.get(reverse("proposals:edit", args=[proposal.pk])).content.decode()
    assert written.count(seen) == 3  # the draft itself, throwing it away, taking the paper off
    assert seen in client.get(reverse("proposals:invite", args=[proposal.pk])).content.decode()


def test_a_stale_discard_in_the_browser_says_why(world: World) -> None:
    proposal = draft(world)
    step(world, again(proposal), "submit", "member")
    client = browser_of(world, "member")
    answer = client.post(
        reverse("proposals:discard", args=[proposal.pk]), {"seen": proposal.version}
    )
    assert answer.status_code == 409
    assert Proposal.objects.get().flow_number


# A note beside the road ---------------------------------------------------------------------------


def test_a_side_step_is_taken_from_a_page_on_which_another_was_not_seen(world: World) -> None:
    assignment = assignment_of(proposal_at(world, "accepted"))
    seen = assignment.version
    step(world, again(assignment), "urge", "assigner", text="请抓紧")
    write_reply(world, assignment.proposal)
    noted = ASSIGNMENT.perform(
        "progress", assignment, by=world.actor("officer"), seen=seen, data={"text": "已勘测"}
    )
    assert noted.progress.count() == 1


def test_a_side_step_is_refused_when_the_matter_has_gone_on(world: World) -> None:
    assignment = assignment_of(proposal_at(world, "signing"))
    seen = assignment.version
    step(world, again(assignment), "sign_off", "leader")
    with pytest.raises(StaleState, match="reply being checked"):
        ASSIGNMENT.perform(
            "urge", assignment, by=world.actor("assigner"), seen=seen, data={"text": "请抓紧"}
        )
    assert assignment.urgings.count() == 0


# What is told of a change -------------------------------------------------------------------------


def test_of_a_draft_nobody_else_has_seen_no_wording_is_told(world: World) -> None:
    proposal = draft(world)
    services.save_draft(proposal, by=world.actor("member"), analysis="甲")
    assert entries(proposal) == ["proposal.drafted"]
    invite(world, proposal, "member", "cosigner")
    services.save_draft(proposal, by=world.actor("member"), analysis="乙")
    entry = audit.history(proposal).last()
    assert entry is not None
    assert (entry.action, entry.detail["changed"]) == ("proposal.save", {"analysis": ["甲", "乙"]})


def test_what_was_returned_is_changed_with_a_trace(world: World) -> None:
    proposal = step(world, proposal_at(world, "submitted"), "return", "clerk", note="请补充")
    services.save_draft(
        proposal, by=world.actor("member"), suggestions=["只留一条"], category="经济建设"
    )
    entry = audit.history(proposal).last()
    assert entry is not None
    before = ["优先更换石桥、北坡两村老旧支管", "在镇区建设备用水源"]
    assert entry.detail["suggestions"] == [before, ["只留一条"]]
    assert entry.detail["changed"] == {"category": ["社会建设", "经济建设"]}
    services.save_draft(proposal, by=world.actor("member"), suggestions=["只留一条"])
    assert entries(proposal).count("proposal.save") == 1


def test_of_a_telephone_only_that_it_changed_is_told(world: World) -> None:
    proposal = step(world, proposal_at(world, "submitted"), "return", "clerk", note="请补充")
    services.save_draft(
        proposal, by=world.actor("member"), contact_phone="13900000000", contact_name="沈禾"
    )
    entry = audit.history(proposal).last()
    assert entry is not None
    assert entry.detail["changed"] == {"contact_name": ["", "沈禾"], "contact_phone": None}
    signing = proposal_at(world, "signing")
    unit_step(world, signing, "return_draft", "leader", note="补充资金来源")
    services.save_reply(
        assignment_of(signing), by=world.actor("officer"), items={}, contact_phone="13900000000"
    )
    assert "13900000000" not in str([each.detail for each in audit.AuditEntry.objects.all()])


def test_savings_in_a_row_stand_once_on_the_page(world: World) -> None:
    proposal = step(world, proposal_at(world, "submitted"), "return", "clerk", note="请补充")
    for words in ("甲", "乙", "丙"):
        services.save_draft(proposal, by=world.actor("member"), analysis=words)
    client = browser_of(world, "member")
    shown = client.get(reverse("proposals:detail", args=[proposal.pk])).content.decode()
    assert entries(proposal).count("proposal.save") == 3
    assert shown.count("修改文稿") == 1


def test_of_a_reply_the_changes_are_told_since_others_have_read_it(world: World) -> None:
    proposal = proposal_at(world, "signing")
    assert "assignment.write_reply" not in entries(assignment_of(proposal))
    unit_step(world, proposal, "return_draft", "leader", note="补充资金来源")
    services.save_reply(
        assignment_of(proposal), by=world.actor("officer"), items={}, opening="来信收悉。"
    )
    entry = audit.history(assignment_of(proposal)).last()
    assert entry is not None
    assert (entry.action, entry.detail["reply"]) == (
        "assignment.write_reply",
        {"opening": ["提案收悉。", "来信收悉。"]},
    )


def test_a_draft_thrown_away_says_whose_signatures_went_with_it(world: World) -> None:
    proposal = draft(world)
    invite(world, proposal, "member", "cosigner")
    pk = proposal.pk
    services.discard(proposal, by=world.actor("member"))
    entry = audit.AuditEntry.objects.get(action="proposal.discard")
    assert (entry.object_id, entry.detail) == (pk, {"invited": ["许茉"]})


# A failure in between -----------------------------------------------------------------------------


@pytest.mark.parametrize("what", ["discard", "save", "invite", "write_reply", "grant", "withdraw"])
def test_whatever_statement_fails_nothing_has_happened(world: World, what: str) -> None:
    member = world.actor("member")
    if what == "discard":
        proposal = draft(world)
        invite(world, proposal, "member", "cosigner")
        act: Callable[[], Any] = lambda: services.discard(proposal, by=member)
    elif what == "save":
        proposal = draft(world)
        act = lambda: services.save_draft(
            proposal, by=member, analysis="乙", suggestions=["一", "二", "三"]
        )
    elif what == "invite":
        proposal = draft(world)
        act = lambda: invite(world, proposal, "member", "cosigner", "third")
    elif what == "write_reply":
        proposal = proposal_at(world, "accepted")
        act = lambda: write_reply(world, proposal)
    elif what == "grant":
        extension = AT["extension", "asked"](world)
        act = lambda: step(world, extension, "grant", "assigner")
    else:
        proposal = AT["extension", "asked"](world).assignment.proposal
        act = lambda: step(world, proposal, "withdraw", "member", note="不提了")
    assert all_or_nothing(act) > 3
    assert list(audit.verify(world.organisation.pk)) == []


def test_what_was_read_for_secrets_is_what_is_published(world: World) -> None:
    """The page says “I have read text and reply”: handled again meanwhile, nobody there has read
    the new reply.
    """
    proposal = proposal_at(world, "closed")
    seen = proposal.version
    step(world, again(proposal), "reopen", "chairperson", note="再办理")
    write_and_send(world, proposal)
    released(world, again(proposal))
    with pytest.raises(StaleState):
        PROPOSAL.perform(
            "publish", proposal, by=world.actor("clerk"), seen=seen, data={"secrecy": True}
        )
    assert again(proposal).published_at is None
