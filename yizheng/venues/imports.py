"""Venues out of Excel: one row each, with who serves there.

Those known by name are left as they are.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from yizheng.core import clock
from yizheng.core.access import Actor
from yizheng.documents.cells import BadCell
from yizheng.documents.import_preview import (
    ImportColumn,
    SheetPreview,
    SheetSpec,
    ValidRow,
    days_to_come,
    preview,
)
from yizheng.documents.table_files import Table
from yizheng.documents.year_workbook import BookSheet, FileTakeover
from yizheng.organisations.models import Session
from yizheng.organisations.queries import units_by_name
from yizheng.people.member_lookup import MemberLookup
from yizheng.people.models import Sector

from . import services
from .enums import VenueKind
from .models import Venue, VenueCategory
from .rules import keep

KINDS = {
    "区域": VenueKind.REGIONAL,
    "属地": VenueKind.REGIONAL,
    "界别": VenueKind.SECTOR,
    "个人": VenueKind.INDIVIDUAL,
    "区域型": VenueKind.REGIONAL,
    "界别型": VenueKind.SECTOR,
    "个人型": VenueKind.INDIVIDUAL,
}
STARS = {
    "一星": 1,
    "二星": 2,
    "三星": 3,
    "四星": 4,
    "五星": 5,
    "1": 1,
    "2": 2,
    "3": 3,
    "4": 4,
    "5": 5,
}
LARGEST = 1_000_000


def _area(text: str) -> Decimal:
    try:
        area = Decimal(text.replace("平方米", "").replace("㎡", "").replace(",", "").strip())
    except InvalidOperation as error:
        raise BadCell(_("“%(value)s” is not an area in square metres") % {"value": text}) from error
    if not 0 < area < LARGEST:
        raise BadCell(_("“%(value)s” is not an area in square metres") % {"value": text})
    return area.quantize(Decimal("0.1"))


class VenueSheet(BookSheet):
    code, label, order = "venues", pgettext_lazy("sheet", "Venues"), 70
    listed_at = "venues:list"

    def may(self, actor: Actor) -> bool:
        return keep.allows(actor, None)

    def spec(self) -> SheetSpec:
        categories = list(VenueCategory.objects.values_list("name", flat=True))
        return SheetSpec(
            "场所",
            (
                ImportColumn(
                    key="name",
                    titles=("场所名称", "名称", "工作室名称"),
                    required=True,
                    unique=True,
                    max_length=60,
                    example="示例委员工作室",
                ),
                ImportColumn(
                    key="category",
                    titles=("场所类别", "类别"),
                    kind="choice",
                    choices=categories,
                    required=True,
                    example=categories[0] if categories else "",
                ),
                ImportColumn(key="kind", titles=("性质", "类型"), kind="choice", choices=KINDS),
                ImportColumn(
                    key="sector",
                    titles=("界别", "所属界别"),
                    kind="choice",
                    choices=list(Sector.objects.values_list("name", flat=True)),
                ),
                ImportColumn(key="unit", titles=("乡镇", "所在乡镇", "乡镇街道"), max_length=60),
                ImportColumn(
                    key="place",
                    titles=("地址", "地点", "详细地址"),
                    required=True,
                    max_length=100,
                    example="青石镇示例村 1 号",
                ),
                ImportColumn(
                    key="area",
                    titles=("面积", "面积（平方米）", "建筑面积"),
                    parse=_area,
                    example="80",
                ),
                ImportColumn(key="phone", titles=("电话", "联系电话"), kind="phone"),
                ImportColumn(key="stars", titles=("星级",), kind="choice", choices=STARS),
                ImportColumn(key="label", titles=("荣誉", "称号"), max_length=40),
                ImportColumn(key="about", titles=("简介", "功能"), max_length=2000),
                ImportColumn(
                    key="opened_on",
                    titles=("启用日期", "建成日期", "成立日期", "挂牌日期"),
                    kind="date",
                    required=True,
                    example="2023-05-10",
                ),
                ImportColumn(key="host", titles=("负责人", "领办委员"), kind="list"),
                ImportColumn(
                    key="members",
                    titles=("值守委员", "进驻委员", "委员"),
                    kind="list",
                    help=str(_("Who serves there today.")),
                ),
            ),
        )

    def check(
        self, table: Table, session: Session, before: Mapping[str, SheetPreview], by: Actor
    ) -> SheetPreview:
        found = preview(self.spec(), table, _VenueLookup(session).check)
        there = set(Venue.objects.values_list("name", flat=True))
        return found.without(lambda values: values["name"] in there)

    def take(self, rows: Sequence[ValidRow], taking: FileTakeover) -> None:
        known = _VenueLookup(taking.session)
        for row in rows:
            _take(row.values, known, taking.by)
            taking.progress(1)


class _VenueLookup:
    def __init__(self, session: Session) -> None:
        self.members = MemberLookup.of(session, on=clock.today())
        self.units = units_by_name()

    def check(self, values: Mapping[str, Any]) -> Iterable[tuple[str, str]]:
        if values["unit"] and values["unit"] not in self.units:
            yield "unit", _("There is no unit “%(name)s”.") % {"name": values["unit"]}
        yield from days_to_come(values, "opened_on")
        for key in ("host", "members"):
            for name in values[key]:
                if problem := self.members.problem(name):
                    yield key, problem


def _take(values: Mapping[str, Any], known: _VenueLookup, by: Actor) -> None:
    fields = {
        name: values[name] for name in ("name", "place", "label", "about", "opened_on", "area")
    }
    venue = services.save_venue(
        Venue(),
        {
            **fields,
            "category": VenueCategory.objects.get(name=values["category"]),
            "kind": values["kind"] or VenueKind.REGIONAL,
            "sector": Sector.objects.filter(name=values["sector"]).first()
            if values["sector"]
            else None,
            "unit": known.units.get(values["unit"]),
            "phone": values["phone"] or "",
            "stars": values["stars"] or 0,
        },
        by=by,
    )
    hosts = dict.fromkeys(values["host"])
    for names, is_host in (
        (hosts, True),
        ([name for name in dict.fromkeys(values["members"]) if name not in hosts], False),
    ):
        for member in known.members.all_of(names):
            since = max(venue.opened_on, member.since)
            services.add_members(venue, [member], by=by, since=since, is_host=is_host)
