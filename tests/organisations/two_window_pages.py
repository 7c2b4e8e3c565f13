"""Pages of the master data that change a row, and two values for a field of each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tests.days import ahead, today, yesterday


@dataclass(frozen=True)
class Page:
    """A form page: who keeps it, where it is, what the first and the second window type.

    A day is typed as a function that answers it. `ends`: it can be done only once.
    """

    who: str
    address: Callable[[dict[str, Any]], str]
    first: dict[str, Any]
    second: dict[str, Any]
    ends: bool = False

    def typed_first(self, rows: dict[str, Any]) -> dict[str, Any]:
        return {
            field: [rows["member"]] if value == ["{member}"] else _said(value)
            for field, value in self.first.items()
        }

    def typed_second(self) -> dict[str, Any]:
        return {field: _said(value) for field, value in self.second.items()}


def _said(value: Any) -> Any:
    return str(value()) if callable(value) else value


def _page(who: str, address: str, field: str, first: Any, second: Any, **more: Any) -> Page:
    return Page(who, lambda row: address.format(**row), {field: first}, {field: second}, **more)


PAGES = {
    "term": _page(
        "clerk", "/organisation/terms/{term}/", "ends_on", lambda: ahead(400), lambda: ahead(800)
    ),
    "session": _page("clerk", "/organisation/sessions/{session}/", "ordinal", "4", "5"),
    "sector": _page("clerk", "/organisation/sectors/{sector}/", "name", "环境", "资源"),
    "committee": _page(
        "clerk", "/organisation/committees/{committee}/", "name", "经济委员会", "农业委员会"
    ),
    "group": _page("clerk", "/organisation/groups/{group}/", "name", "第二小组", "第三小组"),
    "collective": _page(
        "clerk", "/organisation/collectives/{collective}/", "name", "民建支部", "民进支部"
    ),
    "category": _page(
        "clerk", "/organisation/venue-categories/{category}/", "name", "议事厅", "会客室"
    ),
    "role": _page("administrator", "/organisation/roles/{role}/", "name", "审查人", "初审人"),
    "unit": _page("clerk", "/organisation/units/{unit}/rename/", "name", "水利局", "水务中心"),
    "unit closed": _page(
        "clerk", "/organisation/units/{unit}/close/", "on", yesterday, today, ends=True
    ),
    "contact's phone and post": Page(
        "clerk",
        lambda row: "/organisation/units/{unit}/contact/leader/".format(**row),
        {"phone": "19900001111"},
        {"post": "副局长"},
    ),
    "contact replaced": _page(
        "clerk", "/organisation/units/{unit}/contact/leader/", "name", "石砚", "白芷"
    ),
    "contact first named": _page(
        "clerk", "/organisation/units/{unit}/contact/officer/", "name", "石砚", "白芷"
    ),
    "member's employer and post": Page(
        "clerk",
        lambda row: "/people/{member}/edit/".format(**row),
        {"employer": "县医院院长"},
        {"post": "副主席"},
    ),
    "member's phone": _page(
        "clerk", "/people/{member}/edit/", "phone", "19911110000", "19922220000"
    ),
    "member leaves": Page(
        "clerk",
        lambda row: "/people/{member}/end/".format(**row),
        {"reason": "deceased"},
        {"reason": "resigned", "record": "第十次会议"},
        ends=True,
    ),
    "role ends": _page(
        "administrator",
        "/people/accounts/{account}/roles/{grant}/end/",
        "on",
        lambda: ahead(400),
        lambda: ahead(800),
    ),
    "venue": _page("organiser", "/venues/{venue}/edit/", "place", "石桥村 2 号", "石桥村 3 号"),
    "venue closed": _page("organiser", "/venues/{venue}/close/", "on", yesterday, today, ends=True),
    "serves no longer": _page(
        "organiser",
        "/venues/{venue}/members/{venue_member}/end/",
        "on",
        yesterday,
        today,
        ends=True,
    ),
    "rota": _page("organiser", "/venues/{venue}/rota/{rota_day}/", "begins", "08:00", "08:30"),
    "wall": _page(
        "organiser", "/venues/{venue}/wall/{wall_notice}/", "title", "值守安排", "值守须知"
    ),
    "enterprise": _page("organiser", "/enterprises/{enterprise}/", "trade", "铸造", "锻造"),
    "enterprise's members": Page(
        "organiser",
        lambda row: "/enterprises/{enterprise}/".format(**row),
        {"members": ["{member}"]},
        {"trade": "锻造"},
    ),
    "enterprise closed": _page(
        "organiser", "/enterprises/{enterprise}/close/", "on", yesterday, today, ends=True
    ),
    "post": _page(
        "organiser", "/staff/posts/{staff_post}/", "paper", "云编〔2026〕1号", "云编〔2026〕2号"
    ),
    "post abolished": _page(
        "organiser", "/staff/posts/{empty_post}/end/", "on", yesterday, today, ends=True
    ),
    "leaves the office": _page(
        "organiser", "/staff/{staff}/leave/", "left", "retired", "promoted", ends=True
    ),
    "changes the post": _page(
        "organiser", "/staff/{staff}/move/", "title", "主任", "副主任", ends=True
    ),
    "contact link": _page(
        "organiser", "/contacts/{contact}/end/", "on", yesterday, today, ends=True
    ),
    "rule": _page("organiser", "/library/{rule}/edit/", "title", "履职办法", "履职规定"),
    "rule repealed": _page(
        "organiser", "/library/{rule}/repeal/", "meeting", "第十一次会议", "第十二次会议", ends=True
    ),
}
