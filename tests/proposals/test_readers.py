"""Who opens the pages of proposals, and what they read there."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.proposals.pages import page
from tests.signing_in import SignedIn, browser_of
from tests.world import (
    World,
    assign,
    assignment_of,
    build,
    draft,
    proposal_at,
    rate,
    speak,
    unit_step,
    write_reply,
)
from yizheng.core import tenancy
from yizheng.proposals import services
from yizheng.proposals.flow import ASSIGNMENT, COSIGNATURE, PROPOSAL
from yizheng.proposals.models import Reply

# Who gets in --------------------------------------------------------------------------------------

INSIDE = {"member": 200, "clerk": 200, "reviewer": 200, "chairperson": 200}
OPEN_TO = {
    # A draft is its author's alone; before filing the office reads it; then the assigner; then the
    # unit.
    "draft": {
        "member": 200,
        "clerk": 403,
        "reviewer": 403,
        "chairperson": 403,
        "assigner": 403,
        "officer": 403,
        "third": 403,
    },
    "submitted": {**INSIDE, "assigner": 403, "officer": 403, "third": 403},
    "filed": {**INSIDE, "assigner": 200, "officer": 403, "third": 403},
    "accepted": {
        **INSIDE,
        "assigner": 200,
        "officer": 200,
        "leader": 200,
        "other_officer": 403,
        "third": 403,
    },
    "replied": {
        **INSIDE,
        "assigner": 200,
        "officer": 200,
        "leader": 200,
        "assisting_officer": 403,
        "third": 403,
    },
}


@pytest.mark.parametrize("stop", OPEN_TO)
def test_a_proposal_is_open_to_those_it_concerns_at_that_time(
    world: World, signed_in: SignedIn, stop: str
) -> None:
    url = reverse("proposals:detail", args=[proposal_at(world, stop).pk])
    assert {who: signed_in(who).get(url).status_code for who in OPEN_TO[stop]} == OPEN_TO[stop]


def test_another_committees_proposal_does_not_exist(world: World) -> None:
    pk = proposal_at(world, "replied").pk
    other = build("beihe")
    client = browser_of(other, "clerk")
    with tenancy.scope(other.organisation):
        assert client.get(reverse("proposals:detail", args=[pk])).status_code == 404
        assert client.get(reverse("proposals:paper", args=[pk, "registration"])).status_code == 404
        assert (
            client.get(reverse("core:step", args=["proposal", pk, "conclude"])).status_code == 404
        )


def test_a_stranger_is_sent_to_the_sign_in(world: World) -> None:
    response = Client().get(reverse("proposals:list"))
    assert response.status_code == 302
    assert reverse("account_login") in response["Location"]


@pytest.mark.parametrize(
    "name, allowed, refused",
    [
        ("proposals:new", ("member", "clerk"), ("officer", "assigner", "reviewer")),
        ("proposals:import", ("clerk",), ("member", "reviewer", "officer", "assigner")),
        ("proposals:import-template", ("clerk",), ("member", "officer")),
        ("proposals:list", ("member", "clerk", "officer", "assigner", "chairperson"), ()),
    ],
)
def test_who_opens_the_pages(
    world: World, signed_in: SignedIn, name: str, allowed: tuple[str, ...], refused: tuple[str, ...]
) -> None:
    found = {who: signed_in(who).get(reverse(name)).status_code for who in (*allowed, *refused)}
    assert found == {**dict.fromkeys(allowed, 200), **dict.fromkeys(refused, 403)}


def test_only_the_officer_of_the_answering_unit_writes_its_reply(
    world: World, signed_in: SignedIn
) -> None:
    url = reverse("proposals:reply", args=[assignment_of(proposal_at(world, "accepted")).pk])
    found = {
        who: signed_in(who).get(url).status_code
        for who in ("officer", "other_officer", "member", "clerk")
    }
    assert found == {"officer": 200, "other_officer": 403, "member": 403, "clerk": 403}


def test_only_the_first_proposer_invites(world: World, signed_in: SignedIn) -> None:
    proposal = proposal_at(world, "submitted")
    url = reverse("proposals:invite", args=[proposal.pk])
    assert {who: signed_in(who).get(url).status_code for who in ("member", "clerk", "third")} == {
        "member": 200,
        "clerk": 403,
        "third": 403,
    }
    cosigner = world.members["cosigner"]
    signed_in("member").post(url, {"members": [cosigner.pk]})
    assert proposal.cosignatures.get().membership == cosigner
    assert "许茉" in page(signed_in("member"), "proposals:detail", proposal.pk)


def test_publication_opens_the_matter_but_not_what_is_kept_inside(
    world: World, signed_in: SignedIn
) -> None:
    proposal = proposal_at(world, "closed", contact_phone="19900001234", contact_name="沈禾")
    PROPOSAL.perform("publish", proposal, by=world.actor("clerk"), data={"secrecy": True})
    shown = page(signed_in("third"), "proposals:detail", proposal.pk)
    assert "对第1条建议的答复" in shown
    assert "当面听取意见" not in shown
    assert "19900001234" not in shown
    assert (
        signed_in("third")
        .get(reverse("proposals:paper", args=[proposal.pk, "registration"]))
        .status_code
        == 403
    )


def test_proposers_do_not_read_what_office_and_units_write_to_each_other(
    world: World, signed_in: SignedIn
) -> None:
    proposal = proposal_at(world, "filed")
    assign(world, proposal, "水务局", ("财政局",))
    assisting = assignment_of(proposal, "assisting")
    ASSIGNMENT.perform(
        "urge", assisting, by=world.actor("assigner"), data={"text": "务必本周内会签"}
    )
    ASSIGNMENT.perform(
        "countersign",
        assisting,
        by=world.actor("assisting_officer"),
        data={"opinion": "资金暂有缺口"},
    )
    assert "务必本周内会签" in page(signed_in("clerk"), "proposals:detail", proposal.pk)
    assert "资金暂有缺口" in page(signed_in("officer"), "proposals:detail", proposal.pk)
    shown = page(signed_in("member"), "proposals:detail", proposal.pk)
    assert "务必本周内会签" not in shown
    assert "资金暂有缺口" not in shown


def test_a_reply_is_read_by_its_proposer_only_after_release(
    world: World, signed_in: SignedIn
) -> None:
    proposal = proposal_at(world, "checking")
    letter = reverse("proposals:letter", args=[Reply.objects.get().pk])
    assert "对第1条建议的答复" not in page(signed_in("member"), "proposals:detail", proposal.pk)
    assert "对第1条建议的答复" in page(signed_in("clerk"), "proposals:detail", proposal.pk)
    assert (
        signed_in("member").get(letter).status_code,
        signed_in("clerk").get(letter).status_code,
    ) == (403, 200)
    unit_step(world, proposal, "release", "clerk")
    shown = page(signed_in("member"), "proposals:detail", proposal.pk)
    assert "对第1条建议的答复" in shown
    assert f"C-{timezone.localdate().year}-001" in shown  # the planned one became a promise
    assert signed_in("member").get(letter).status_code == 200


def test_ratings_stay_sealed_until_all_are_in(world: World, signed_in: SignedIn) -> None:
    proposal = draft(world)
    [invitation] = services.invite(proposal, [world.members["cosigner"]], by=world.actor("member"))
    COSIGNATURE.perform("accept", invitation, by=world.actor("cosigner"))
    for step, who in (("submit", "member"), ("pass_check", "clerk"), ("file", "reviewer")):
        PROPOSAL.perform(step, proposal, by=world.actor(who))
    assign(world, proposal)
    unit_step(world, proposal, "accept", "officer")
    speak(world, proposal)
    write_reply(world, proposal)
    for step, who in (
        ("request_sign_off", "officer"),
        ("sign_off", "leader"),
        ("release", "clerk"),
    ):
        unit_step(world, proposal, step, who)
    rate(world, proposal, "member", "basically")
    before = page(signed_in("clerk"), "proposals:detail", proposal.pk)
    assert "2 人中 1 人已评价" in before
    assert "基本满意" not in before
    assert "基本满意" in page(signed_in("member"), "proposals:detail", proposal.pk)  # one's own
    rate(world, proposal, "cosigner")
    assert "基本满意" in page(signed_in("clerk"), "proposals:detail", proposal.pk)


def test_a_merged_proposals_member_reads_the_answer_on_both_pages(
    world: World, signed_in: SignedIn
) -> None:
    main = proposal_at(world, "review")
    other = draft(world, "third", title="关于备用水源的建议", suggestions=["选址"])
    PROPOSAL.perform("submit", other, by=world.actor("third"))
    PROPOSAL.perform("pass_check", other, by=world.actor("clerk"))
    PROPOSAL.perform("merge", main, by=world.actor("reviewer"), data={"others": [other]})
    assign(world, main)
    unit_step(world, main, "accept", "officer")
    speak(world, main)
    write_reply(world, main, ("done",))
    for step, who in (
        ("request_sign_off", "officer"),
        ("sign_off", "leader"),
        ("release", "clerk"),
    ):
        unit_step(world, main, step, who)
    for pk in (main.pk, other.pk):
        assert "对第1条建议的答复" in page(signed_in("third"), "proposals:detail", pk)
