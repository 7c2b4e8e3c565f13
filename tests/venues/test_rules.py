"""Who reads what of the venues: each right by itself, and none."""

from __future__ import annotations

import pytest

from yizheng.core.access import Actor, Reach, system
from yizheng.venues import rules

EVERYWHERE = Reach(everywhere=True)
AT_ONE = Reach(places=frozenset({(rules.VENUE, 7)}))


@pytest.mark.parametrize(
    ("permission", "reach", "reads"),
    [
        (rules.READ, EVERYWHERE, True),
        (rules.keep.code, EVERYWHERE, True),
        (rules.READ, AT_ONE, False),
        (rules.keeper.code, AT_ONE, False),
        ("activities.read", EVERYWHERE, False),
    ],
)
def test_all_is_read_with_either_right_over_the_whole(
    permission: str, reach: Reach, reads: bool
) -> None:
    assert rules.reads_all(Actor(1, "某人", grants={permission: reach})) is reads


def test_the_platform_itself_reads_all() -> None:
    assert rules.reads_all(system(1))
    assert not rules.reads_all(Actor(1, "某人"))
