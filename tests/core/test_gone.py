"""What a page shows may be gone altogether by the time somebody acts on it: a refusal says so."""

from __future__ import annotations

import pytest

from tests.world import World, draft, invite
from yizheng.core import clock
from yizheng.core.refusals import StaleState
from yizheng.organisations.models import Role, RoleGrant
from yizheng.people import services as people
from yizheng.proposals import services
from yizheng.proposals.flow import COSIGNATURE
from yizheng.proposals.models import Cosignature


def test_an_invitation_whose_draft_was_thrown_away(world: World) -> None:
    proposal = draft(world)
    (invitation,) = invite(world, proposal, "member", "cosigner")
    alone = Cosignature.objects.get(pk=invitation.pk)  # knows its proposal by number only
    services.discard(proposal, by=world.actor("member"))
    for stale in (invitation, alone):
        with pytest.raises(StaleState):
            COSIGNATURE.perform("accept", stale, by=world.actor("cosigner"))


def test_inviting_to_a_draft_that_was_thrown_away(world: World) -> None:
    proposal = draft(world)
    services.discard(proposal, by=world.actor("member"))
    proposal_elsewhere = type(proposal)(pk=9_999_999, organisation=world.organisation)
    with pytest.raises(StaleState):
        COSIGNATURE.begin(Cosignature(proposal=proposal_elsewhere, membership=world.members["cosigner"]), "invited", by=world.actor("member"))


def test_a_role_that_was_taken_back_altogether(world: World) -> None:
    administrator = world.actor("administrator")
    grant = people.give_role(world.accounts["third"], Role.objects.get(code="clerk"), by=administrator, since=clock.today())
    stale = RoleGrant.objects.get(pk=grant.pk)
    people.end_role(grant, by=administrator, on=clock.today())
    with pytest.raises(StaleState):
        people.end_role(stale, by=administrator, on=clock.today())
