"""Where a step taken in the browser leads to, and what its page says where it cannot be taken."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from tests.filling import Browser
from tests.world import World, draft, invite, proposal_at


@pytest.mark.parametrize(("answer", "leads"), [("accept", "case"), ("decline", "home")])
def test_who_declines_to_co_sign_is_not_led_to_a_page_that_is_closed_now(world: World, answer: str, leads: str) -> None:
    proposal = draft(world)
    (invitation,) = invite(world, proposal, "member", "cosigner")
    client = Client()
    client.force_login(world.accounts["cosigner"], backend="yizheng.people.backends.NameOrPhoneBackend")
    taken = client.post(
        reverse("core:step", args=["cosignature", invitation.pk, answer]), {"seen": invitation.version}, follow=True
    )
    assert taken.status_code == 200
    assert taken.redirect_chain[-1][0] == (f"/proposals/{proposal.pk}/" if leads == "case" else "/")


def test_a_step_that_is_not_possible_and_asks_nothing_is_a_sentence_and_the_way_back(world: World) -> None:
    proposal = proposal_at(world, "filed")
    page = Browser(world, "member").get(f"/steps/proposal/{proposal.pk}/submit/")
    assert page.words("notice-warning")
    assert page.tree.xpath("//form[contains(@class, 'step')]") == []
    assert page.tree.xpath(f"//main//a[@href='/proposals/{proposal.pk}/' and contains(@class, 'btn')]")
