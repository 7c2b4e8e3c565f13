"""The numbers in the shell: the words of their query are kept for an actor, never what it answered."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.world import World, proposal_at
from yizheng.core import tenancy
from yizheng.core.access import Reach
from yizheng.portal.waiting import _KEPT, _question, badges, waiting_for

pytestmark = pytest.mark.django_db
EVERYBODY = ("clerk", "member", "officer", "leader", "chairperson", "organiser", "secretary", "editor", "reporter")


@pytest.mark.parametrize("who", EVERYBODY)
def test_what_a_person_waits_for_is_told_from_their_rights_alone(world: World, who: str) -> None:
    actor = world.actor(who)
    with tenancy.scope(world.organisation):
        waiting_for(actor)  # content types are known from here on
        _KEPT.clear()
        with CaptureQueriesContext(connection) as asked:
            _question(actor)
    assert len(asked) == 0


def test_another_right_is_another_question(world: World) -> None:
    clerk = world.actor("clerk")
    without = replace(clerk, grants={code: reach for code, reach in clerk.grants.items() if code != "proposals.check"})
    elsewhere = replace(clerk, grants={**clerk.grants, "proposals.check": Reach(units=frozenset({1}))})
    with tenancy.scope(world.organisation):
        assert len({_question(each) for each in (clerk, without, elsewhere)}) >= 2
        assert _question(clerk) != _question(without)
        assert _question(elsewhere) == _question(without)


def test_a_new_matter_is_counted_at_once(world: World) -> None:
    clerk = world.actor("clerk")
    with tenancy.scope(world.organisation):
        before = badges(clerk).waiting
        proposal_at(world, "submitted")
        assert badges(clerk).waiting == before + 1
