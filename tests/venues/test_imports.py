"""Venues out of Excel, with who serves there; nobody and nothing twice."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from tests.activities.test_imports import brought_in, errors, workbook
from tests.world import World
from yizheng.core import clock
from yizheng.people.member_lookup import MemberLookup
from yizheng.venues.models import Venue

HEAD = ("场所名称", "类别", "乡镇", "地址", "面积", "星级", "启用日期", "负责人", "值守委员")
STUDIO = (
    "石桥委员工作室",
    "委员工作室",
    "水务局",
    "石桥村 1 号",
    "80平方米",
    "四星",
    "2026-02-01",
    "沈禾",
    "沈禾、许茉",
)


def test_a_venue_comes_with_who_serves_there(world: World) -> None:
    assert brought_in(world, workbook(场所=(HEAD, STUDIO))) == {"venues": (1, 0)}
    venue = Venue.objects.get()
    assert (venue.category.sort, venue.area, venue.stars, venue.unit) == (
        "studio",
        Decimal("80.0"),
        4,
        world.units["水务局"],
    )
    assert {(str(m), m.is_host) for m in venue.members.all()} == {("沈禾", True), ("许茉", False)}
    assert brought_in(world, workbook(场所=(HEAD, STUDIO))) == {"venues": (0, 1)}
    assert venue.members.count() == 2


def test_wrong_cells_are_named(world: World) -> None:
    wrong = ("乙", "茶馆", "水务局", "某处", "很大", "六星", "2026-02-01", "", "")
    assert errors(world, workbook(场所=(HEAD, wrong))) == [
        ("场所", 2, "类别"),
        ("场所", 2, "面积"),
        ("场所", 2, "星级"),
    ]
    unknown = ("乙", "委员工作室", "火星局", "某处", "", "", "2099-02-01", "", "查无此人")
    assert errors(world, workbook(场所=(HEAD, unknown))) == [
        ("场所", 2, "乡镇"),
        ("场所", 2, "启用日期"),
        ("场所", 2, "值守委员"),
    ]


def test_who_is_no_member_any_more_is_told_so(world: World) -> None:
    """Not that there is no such member in the term."""
    gone = world.members["third"]
    gone.until = clock.today() - dt.timedelta(days=1)
    gone.save()
    known = MemberLookup.of(world.session, on=clock.today())
    assert known.problem("唐蘅") == "“唐蘅”现在不是委员。"
    assert known.problem("无此人") == "本届没有委员“无此人”。"
    assert known.problem("沈禾") == ""
    assert MemberLookup.of(world.session).problem("唐蘅") == ""
