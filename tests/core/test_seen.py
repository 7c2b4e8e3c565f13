"""What a page had seen of its rows, held against how they stand now."""

from __future__ import annotations

import pytest

from tests.world import World, draft
from yizheng.core import doors
from yizheng.core.refusals import StaleState


def test_the_version_is_that_of_the_first_row(world: World) -> None:
    first, second = draft(world, title="甲"), draft(world, title="乙")
    second.version = first.version + 5
    doors.check_seen(first.version, first, second)
    with pytest.raises(StaleState):
        doors.check_seen(second.version, first, second)


def test_several_rows_are_seen_together(world: World) -> None:
    first, second = draft(world, title="甲"), draft(world, title="乙")
    seen = doors.mark(first, second)
    doors.check_seen(seen, first, second)
    second.version += 1
    with pytest.raises(StaleState):
        doors.check_seen(seen, first, second)


def test_nothing_seen_is_nothing_to_hold_it_against(world: World) -> None:
    doors.check_seen(None, draft(world))


def test_who_changed_it_is_told_where_that_is_on_record(world: World) -> None:
    row = draft(world)
    with pytest.raises(StaleState, match="沈禾"):
        doors.check_seen(row.version + 1, row)
    with pytest.raises(StaleState) as refused:
        doors.check_seen(row.version + 1, row, told=False)
    assert "沈禾" not in str(refused.value)
