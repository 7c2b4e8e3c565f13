"""What a page shows may be gone altogether by the time somebody acts on it: a refusal says so."""

from __future__ import annotations

import lxml.html
import pytest
from django.urls import reverse
from django.utils import timezone

from tests.signing_in import browser_of
from tests.world import World, build, draft, invite
from yizheng.core import clock, tenancy
from yizheng.core.refusals import StaleState
from yizheng.organisations.models import Role, RoleGrant
from yizheng.organisations.services import settings
from yizheng.people.models import Sector
from yizheng.people.services import accounts as people
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
        COSIGNATURE.begin(
            Cosignature(proposal=proposal_elsewhere, membership=world.members["cosigner"]),
            "invited",
            by=world.actor("member"),
        )


def test_a_role_that_was_taken_back_altogether(world: World) -> None:
    administrator = world.actor("administrator")
    grant = people.give_role(
        world.accounts["third"],
        Role.objects.get(code="clerk"),
        by=administrator,
        since=clock.today(),
    )
    stale = RoleGrant.objects.get(pk=grant.pk)
    people.end_role(grant, by=administrator, on=clock.today())
    with pytest.raises(StaleState):
        people.end_role(stale, by=administrator, on=clock.today())


# In the browser -----------------------------------------------------------------------------------


def test_a_draft_thrown_away_in_another_window(world: World) -> None:
    proposal, own = draft(world), browser_of(world, "member")
    services.discard(proposal, by=world.actor("member"))
    sent = {
        "seen": "1",
        "title": "写了很久的标题",
        "analysis": "写了很久的分析",
        "kind": "individual",
        "attempt": "x",
        "submit": "1",
    }
    for name in ("edit", "autosave", "discard"):
        answer = own.post(reverse(f"proposals:{name}", args=[proposal.pk]), sent)
        text = answer.content.decode()
        assert answer.status_code == 410 and "错误编号" in text
        assert (
            world.accounts["member"].person.name in text and f"{timezone.localtime():%m-%d}" in text
        )
        assert lxml.html.fromstring(text).xpath("//*[@data-typed]//textarea/text()") == [
            "\n写了很久的标题",
            "\n写了很久的分析",
        ]
    assert own.get(reverse("proposals:edit", args=[proposal.pk])).status_code == 404, (
        "nobody sent anything"
    )
    told = own.post(
        reverse("proposals:autosave", args=[proposal.pk]),
        sent,
        headers={"Accept": "application/json"},
    )
    assert (told.status_code, "已不存在" in told.json()["message"]) == (410, True)


def test_who_never_wrote_on_it_does_not_hear_whose_it_was(world: World) -> None:
    proposal = draft(world)
    services.discard(proposal, by=world.actor("member"))
    text = (
        browser_of(world, "third")
        .post(reverse("proposals:edit", args=[proposal.pk]), {"seen": "1"})
        .content.decode()
    )
    assert (
        "已不存在" in text
        and world.accounts["member"].person.name not in text
        and proposal.title not in text
    )


def test_a_row_of_master_data_removed_in_another_window(world: World) -> None:
    sector = Sector(name="体育")
    settings.save_named(sector, {"name": "体育"}, by=world.actor("clerk"))
    pk, seen = sector.pk, sector.seen
    settings.remove_named(sector, by=world.actor("clerk"))
    answer = browser_of(world, "clerk").post(
        f"/organisation/sectors/{pk}/", {"seen": seen, "name": "体育界"}
    )
    text = answer.content.decode()
    assert (
        answer.status_code == 410
        and "体育" in text
        and world.accounts["clerk"].person.name in text
        and "体育界" in text
    )


def test_what_is_another_organisations_is_not_found_as_what_never_was(world: World) -> None:
    elsewhere, stranger = build("linshan"), browser_of(world, "member")
    with tenancy.scope(elsewhere.organisation):
        proposal = draft(elsewhere)
    answers = [
        stranger.post(reverse("proposals:edit", args=[pk]), {"seen": "1"})
        for pk in (proposal.pk, 9_999_999)
    ]
    with tenancy.scope(elsewhere.organisation):
        services.discard(proposal, by=elsewhere.actor("member"))
    answers.append(stranger.post(reverse("proposals:edit", args=[proposal.pk]), {"seen": "1"}))
    assert {answer.status_code for answer in answers} == {404}
    assert all("没有找到这一项" in answer.content.decode() for answer in answers)
