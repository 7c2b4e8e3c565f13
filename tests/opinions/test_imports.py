"""Opinions of past years out of Excel: in their final state, nothing twice, nobody told."""

from __future__ import annotations

from typing import Any

import pytest

from tests.activities.test_imports import brought_in, errors, workbook
from tests.world import World
from yizheng.notices import services as notices
from yizheng.notices.models import Notice
from yizheng.opinions.models import Dispatch, Issue, Opinion

HEAD = (
    "编号",
    "标题",
    "反映人",
    "反映人类别",
    "单位职务",
    "联名委员",
    "报送日期",
    "采用情况",
    "未采用理由",
    "期号",
    "省级采用",
    "市级采用",
)
USED = (
    "",
    "村口路灯夜间不亮",
    "沈禾",
    "",
    "",
    "许茉",
    "2025-03-18",
    "采用",
    "",
    "第3期",
    "省政协（综合）",
    "市政协",
)
UNUSED = (
    "",
    "集市停车难",
    "示例乙",
    "非委员",
    "石桥村村民",
    "",
    "2025-04-02",
    "未采用",
    "内容空泛",
    "",
    "",
    "",
)


def test_opinions_come_with_their_writers_issue_and_adoptions(world: World) -> None:
    assert brought_in(world, workbook(社情民意=(HEAD, USED, UNUSED)), "editor") == {
        "opinions": (2, 0)
    }
    used = Opinion.objects.get(title="村口路灯夜间不亮")
    unused = Opinion.objects.get(title="集市停车难")
    assert (used.year, str(used.reporter), [str(c.membership) for c in used.cowriters.all()]) == (
        2025,
        "沈禾",
        ["许茉"],
    )
    assert (used.issue_item.issue.number, Issue.objects.count()) == ("第3期", 1)
    assert {(d.level, d.adoption, d.recipient) for d in Dispatch.objects.all()} == {
        ("province", "combined", "省政协（综合）"),
        ("city", "single", "市政协"),
    }
    assert (unused.reporter_kind, unused.reporter_identity, unused.reason_not_used) == (
        "non_member",
        "石桥村村民",
        "empty",
    )


def test_what_is_brought_in_asks_nobody_and_tells_nobody(world: World) -> None:
    brought_in(world, workbook(社情民意=(HEAD, USED, UNUSED)), "editor")
    notices.deliver_pending()
    assert not Notice.objects.exists()
    for found in (*Opinion.objects.all(), *Dispatch.objects.all(), *Issue.objects.all()):
        assert found.flow.state_of(found).holder is None and found.due_on is None


def test_again_makes_nothing_twice(world: World) -> None:
    brought_in(world, workbook(社情民意=(HEAD, USED, UNUSED)), "editor")
    assert brought_in(world, workbook(社情民意=(HEAD, USED, UNUSED)), "editor") == {
        "opinions": (0, 2)
    }
    assert (Opinion.objects.count(), Dispatch.objects.count()) == (2, 2)


@pytest.mark.parametrize(
    ("cells", "column"),
    [
        ({"反映人": "查无此人"}, "反映人"),
        ({"联名委员": "沈禾"}, "联名委员"),
        ({"采用情况": "未采用", "期号": "", "省级采用": "", "市级采用": ""}, "未采用理由"),
        ({"报送日期": "2099-01-01"}, "报送日期"),
        ({"反映人类别": "非委员", "反映人": "示例丙"}, "单位职务"),
        ({"采用情况": "也许"}, "采用情况"),
    ],
)
def test_wrong_cells_are_named(world: World, cells: dict[str, Any], column: str) -> None:
    row = tuple(cells.get(title, cell) for title, cell in zip(HEAD, USED, strict=True))
    assert errors(world, workbook(社情民意=(HEAD, row))) == [("社情民意", 2, column)]
