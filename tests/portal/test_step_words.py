"""Every step of every flow, as far as somebody is offered it in a county where something stands in
nearly every state: its page, what it tells, and what the auditor reads of it are words.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests import answer_words, full_county
from tests.signing_in import browser_for
from tests.world import World
from yizheng.core.audit import AuditEntry
from yizheng.core.flow import FLOWS
from yizheng.core.flow_table import Offer
from yizheng.notices import services as notices
from yizheng.notices.models import Notice
from yizheng.organisations.models import Role
from yizheng.portal.audit_words import words_of


def offered(world: World) -> Iterator[tuple[str, Offer]]:
    """Each step once, and who is offered it."""
    seen = set()
    for code, flow in FLOWS.items():
        for obj in flow.model.objects.all():
            for who in world.accounts:
                for offer in flow.offers(obj, world.actor(who)):
                    if (code, offer.step.name) not in seen:
                        seen.add((code, offer.step.name))
                        yield who, offer


@pytest.fixture
def browsers(world: World) -> dict[str, Client]:
    Role.objects.update(needs_second_factor=False)
    found = {}
    for who, account in world.accounts.items():
        found[who] = browser_for(account)
    return found


def test_steps_notices_and_the_audit_chain_are_read_in_words(
    world: World, browsers: dict[str, Client]
) -> None:
    full_county.fill(world)
    notices.deliver_pending()
    wrong: dict[str, Any] = {}
    asked = list(offered(world))
    for who, offer in asked:
        address = reverse("core:step", args=[offer.obj.flow.code, offer.obj.pk, offer.step.name])
        answer = browsers[who].get(address)
        assert answer.status_code == 200, (address, who)
        found = answer_words.no_chinese([*answer_words.words_of(answer), str(offer.refusal or "")])
        if found := [*found, *answer_words.twice(answer.content)]:
            wrong[address] = found
    assert wrong == {}, wrong
    assert len(asked) > 70
    assert answer_words.no_chinese(notice.text for notice in Notice.objects.all()) == []
    entries = AuditEntry.objects.filter(organisation=world.organisation)
    assert answer_words.no_chinese(words_of(entry.action) for entry in entries) == []
    assert answer_words.no_chinese(entry.object_label for entry in entries) == []
    for who, browser in browsers.items():
        for page in ("/", reverse("notices:inbox"), reverse("notices:preferences")):
            assert answer_words.no_chinese(answer_words.words_of(browser.get(page))) == [], (
                who,
                page,
            )
