"""Who finds the activities in the bar."""

from __future__ import annotations

import pytest

from yizheng.activities import rules
from yizheng.core.access import Actor, Reach

AT_A_COMMITTEE = Reach(places=frozenset({("committee", 3)}))
AT_A_UNIT = Reach(places=frozenset({("unit", 3)}))


@pytest.mark.parametrize(
    ("actor", "finds"),
    [
        (Actor(1, "委员", membership_ids=frozenset({4})), True),
        (Actor(1, "机关", grants={rules.READ: Reach(everywhere=True)}), True),
        (Actor(1, "专委会", grants={rules.organise.code: AT_A_COMMITTEE}), True),
        (Actor(1, "单位", grants={rules.ANSWER: AT_A_UNIT}), True),
        (Actor(1, "管理员", grants={"accounts.manage": Reach(everywhere=True)}), False),
        (Actor(1, "某人"), False),
    ],
)
def test_members_the_office_and_those_who_answer(actor: Actor, finds: bool) -> None:
    assert rules.reads_activities(actor) is finds
