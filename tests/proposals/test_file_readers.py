"""Papers of a proposal: open to whom it is both visible and a matter of their own."""

from __future__ import annotations

from tests.world import World, draft, proposal_at
from yizheng.proposals.models import Proposal
from yizheng.proposals.rules import is_concerned, may_read_files, visible_proposals


def _sees(world: World, who: str, proposal: Proposal) -> bool:
    return Proposal.objects.filter(visible_proposals(world.actor(who)), pk=proposal.pk).exists()


def test_the_office_reads_no_papers_of_a_draft_it_does_not_see(world: World) -> None:
    proposal = draft(world)
    clerk = world.actor("clerk")
    assert is_concerned(clerk, proposal) and not _sees(world, "clerk", proposal)
    assert not may_read_files(clerk, proposal)


def test_publication_opens_the_text_and_not_the_papers(world: World) -> None:
    proposal = proposal_at(world, "closed")
    proposal.flow.perform("publish", proposal, by=world.actor("clerk"), data={"secrecy": True})
    third = world.actor("third")
    assert _sees(world, "third", proposal) and not is_concerned(third, proposal)
    assert not may_read_files(third, proposal)


def test_its_proposer_and_the_office_read_them(world: World) -> None:
    proposal = proposal_at(world, "filed")
    assert may_read_files(world.actor("member"), proposal)
    assert may_read_files(world.actor("clerk"), proposal)
