"""What comes from elsewhere begins as a proposal."""

from __future__ import annotations

from tests.venues.making import serving, venue, visit
from tests.world import World
from yizheng.proposals.models import Proposal
from yizheng.venues.flow import VISIT


def test_a_visit_becomes_a_draft_of_the_members_proposal(world: World) -> None:
    place = venue(world)
    serving(place, world, "member")
    row = visit(world, place)
    VISIT.perform(
        "hand_on",
        row,
        by=world.actor("member"),
        data={"to": "proposal", "title": "关于维修村口路灯的建议"},
    )
    found = Proposal.objects.get()
    assert (found.title, found.proposer) == ("关于维修村口路灯的建议", world.members["member"])
    assert "村口路灯坏了三盏" in found.situation and "丁某某" not in found.situation
    row.refresh_from_db()
    assert row.handed_url == found.flow.url(found)
