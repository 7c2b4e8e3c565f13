"""Who administers and who works do so at once: neither waits for what the other holds."""

from __future__ import annotations

import time

from django.db import transaction

from tests.together import at_once
from tests.world import World
from yizheng.core import audit
from yizheng.people import services as people
from yizheng.proposals import services as proposals


def test_an_account_is_switched_off_while_somebody_writes(open_county: World) -> None:
    """The one holds the organisation's row and comes for the chain; the other holds the chain and, at its commit, shares the
    organisation's key."""
    administrator, member = open_county.actor("administrator"), open_county.actor("member")

    def switches_off() -> None:
        with transaction.atomic(), audit.together():
            people.set_active(open_county.accounts["reporter"], False, by=administrator)
            time.sleep(0.5)

    def writes() -> None:
        time.sleep(0.2)
        with transaction.atomic(), audit.together():
            proposals.create_draft(by=member, title="关于供水的建议", suggestions=["换管"])

    assert at_once(open_county, switches_off, writes) == [None, None]
