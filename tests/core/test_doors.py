"""What the doors keep of a change: each field with what stood in it and what stands there now."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.world import World, draft
from yizheng.core import doors
from yizheng.proposals.models import Proposal

pytestmark = pytest.mark.usefixtures("english")


def test_each_kind_of_value_is_kept_as_a_reader_understands_it(world: World) -> None:
    proposal = draft(world, title="旧标题", analysis="短", may_publish=True)
    before = doors.snapshot(proposal)
    proposal.title, proposal.may_publish = "新标题", False
    proposal.proposer = world.members["cosigner"]
    found = doors.differences(proposal, before)
    assert found == {
        "title": ["旧标题", "新标题"],
        "may_publish": [True, False],
        "proposer": ["沈禾", "许茉"],
    }


def test_what_stands_nowhere_is_none_on_either_side(world: World) -> None:
    proposal = draft(world)
    proposal.proposer = None
    before = doors.snapshot(proposal)
    proposal.proposer = world.members["member"]
    assert doors.differences(proposal, before) == {"proposer": [None, "沈禾"]}
    before = doors.snapshot(proposal)
    proposal.proposer = None
    assert doors.differences(proposal, before) == {"proposer": ["沈禾", None]}


@pytest.mark.parametrize(("length", "kept"), [(200, "长" * 200), (201, "长" * 199 + "…")])
def test_a_long_text_is_cut_and_seen_to_go_on(length: int, kept: str) -> None:
    column = Proposal._meta.get_field("analysis")
    assert doors.in_words(column, "长" * length) == kept


def test_a_day_is_kept_as_it_is_written_everywhere() -> None:
    column = Proposal._meta.get_field("due_on")
    assert doors.in_words(column, dt.date(2026, 3, 18)) == "2026-03-18"
