"""The numbers in the shell: the words of their query are kept for an actor, never what
it answered.
"""

from __future__ import annotations

import datetime as dt
import json
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.opinions.roads import at
from tests.world import World, later, proposal_at
from yizheng import opinions
from yizheng.core import clock, tenancy
from yizheng.core.access import Reach, system
from yizheng.portal.queries.todos import _KEPT, _question, badges, waiting_for
from yizheng.regulations import services as regulations

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _nothing_is_kept_from_another_test() -> None:
    """Tests are rolled back, so that another county has the same numbers; real ones never have."""
    _KEPT.clear()


EVERYBODY = (
    "clerk",
    "member",
    "officer",
    "leader",
    "chairperson",
    "organiser",
    "secretary",
    "editor",
    "reporter",
)


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
    without = replace(
        clerk,
        grants={code: reach for code, reach in clerk.grants.items() if code != "proposals.check"},
    )
    elsewhere = replace(
        clerk, grants={**clerk.grants, "proposals.check": Reach(places=frozenset({("unit", 1)}))}
    )
    with tenancy.scope(world.organisation):
        sql = [_question(each)[1].sql for each in (clerk, without, elsewhere)]
        assert sql[0] != sql[1] == sql[2]


def test_a_new_matter_is_counted_at_once(world: World) -> None:
    clerk = world.actor("clerk")
    with tenancy.scope(world.organisation):
        before = badges(clerk).waiting
        proposal_at(world, "submitted")
        assert badges(clerk).waiting == before + 1


def adopt(world: World, in_force_from: dt.date, **changes: object) -> None:
    """Another version of the regulation on public-opinion information, adopted today."""
    platform = system(world.organisation.pk)
    parameters = (
        json.loads(Path(opinions.__file__).with_name("regulation.json").read_text(encoding="utf-8"))
        | changes
    )
    version = regulations.draft("opinions", parameters, by=platform)
    regulations.adopt(
        version,
        by=platform,
        meeting="九届主席会议第二次会议",
        on=clock.today(),
        in_force_from=in_force_from,
    )


@pytest.mark.parametrize("request_of_its_own", [False, True])
def test_the_badge_follows_the_regulation_at_once(world: World, request_of_its_own: bool) -> None:
    """Two pieces wait for the editors, one of them for a circulation list that names nobody."""
    editor = world.actor("editor")
    at(world, "submitted")
    at(world, "submitted", secrecy="listed")
    assert badges(editor).waiting == 2
    adopt(world, clock.today(), editors_read_listed=False)
    with tenancy.scope(world.organisation) if request_of_its_own else nullcontext():
        assert badges(editor).waiting == 1
        assert waiting_for(editor).count == 1


def test_the_badge_follows_the_day_on_which_the_regulation_comes_into_force(world: World) -> None:
    editor = world.actor("editor")
    at(world, "submitted", secrecy="listed")
    adopt(world, clock.today() + dt.timedelta(days=2), editors_read_listed=False)
    counts = []
    for days in (0, 1, 2, 3):
        with later(days):
            counts.append(badges(editor).waiting)
    assert counts == [1, 1, 0, 0]
