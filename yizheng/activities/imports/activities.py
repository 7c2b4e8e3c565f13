"""The sheet of activities: one row each, with what was measured in columns of its own."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
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
    preview,
)
from yizheng.documents.table_files import Table
from yizheng.documents.year_workbook import BookSheet, FileTakeover
from yizheng.organisations.models import Committee, Session
from yizheng.people.models import Group, Sector

from .. import rules
from ..flow import ACTIVITY
from ..flow.effects import set_sittings
from ..models import Activity, MeasuredResult
from ..parameters import ActivityMeasure, ActivityParameters, in_force
from ..sittings import moment
from .lookups import key_of

HoursOfDay = tuple[dt.time, dt.time]
MORNING, AFTERNOON = (dt.time(9, 0), dt.time(12, 0)), (dt.time(14, 30), dt.time(17, 30))
DAY, EVENING = (dt.time(9, 0), dt.time(17, 30)), (dt.time(19, 0), dt.time(21, 0))
PARTS: dict[str, HoursOfDay] = {
    "上午": MORNING,
    "下午": AFTERNOON,
    "全天": DAY,
    "一天": DAY,
    "晚上": EVENING,
    "半天": MORNING,
}
PLACES: dict[str, Any] = {"committee": Committee, "sector": Sector, "group": Group}
NUMBER = re.compile(
    r"^(?:约|近)?(\d[\d,，]*(?:\.\d{1,2})?)\s*(余|多|\+|以上)?\s*\D{0,4}?(余|多|以上)?$"
)


def measured(text: str) -> tuple[Decimal, bool]:
    """The number, and whether it is at least that: 300余人次, 1,200, 2.5."""
    found = NUMBER.match(text)
    if found is None:
        raise BadCell(_("“%(value)s” is not a number") % {"value": text})
    value = Decimal(found[1].replace(",", "").replace("，", ""))
    return value, bool(found[2] or found[3])


def _forms(rules_now: ActivityParameters) -> dict[str, str]:
    """Forms by their names; the name of a kind stands for its first form."""
    kinds = {
        kind.label: forms[0].code
        for kind in rules_now.kinds
        if (forms := rules_now.forms_of(kind.code))
    }
    return {**kinds, **{form.label: form.code for form in rules_now.forms}}


def _measure_column(measure: ActivityMeasure) -> ImportColumn:
    titles = (
        measure.label,
        f"{measure.label}（{measure.unit}）",
        f"{measure.label}{measure.unit}",
        f"{measure.label}数",
    )
    return ImportColumn(
        key=f"measure:{measure.code}",
        titles=titles,
        parse=measured,
        help=str(_("A number; “300余” counts as at least 300.")),
    )


class ActivitySheet(BookSheet):
    code, label, order = "activities", pgettext_lazy("sheet", "Activities"), 10
    listed_at = "activities:list"

    def may(self, actor: Actor) -> bool:
        return rules.import_activities.allows(actor, None)

    def spec(self) -> SheetSpec:
        now = in_force(clock.today())
        names = {
            key: list(model.objects.values_list("name", flat=True)) for key, model in PLACES.items()
        }
        programmes = {programme.label: programme.code for programme in now.programmes}
        return SheetSpec(
            "活动",
            (
                ImportColumn(
                    key="day",
                    titles=("日期", "活动日期", "开始日期", "时间", "活动时间"),
                    kind="date",
                    required=True,
                    example="2025-03-18",
                ),
                ImportColumn(
                    key="until",
                    titles=("结束日期", "截止日期"),
                    kind="date",
                    help=str(_("Only where it lasted several days.")),
                ),
                ImportColumn(
                    key="part",
                    titles=("时段", "上午下午"),
                    kind="choice",
                    choices=PARTS,
                    example="上午",
                ),
                ImportColumn(
                    key="title",
                    titles=("活动名称", "名称", "活动主题", "主题", "会议名称", "标题"),
                    required=True,
                    max_length=100,
                    example="农村饮水安全专题调研",
                ),
                ImportColumn(
                    key="form",
                    titles=("形式", "活动形式", "类型", "活动类型", "类别"),
                    kind="choice",
                    choices=_forms(now),
                    required=True,
                    example="专题调研",
                ),
                ImportColumn(
                    key="programme",
                    titles=("项目", "活动项目", "品牌"),
                    kind="choice",
                    choices=programmes,
                ),
                ImportColumn(
                    key="place",
                    titles=("地点", "活动地点", "会议地点"),
                    max_length=100,
                    example="青石镇",
                ),
                ImportColumn(
                    key="committee",
                    titles=("专委会", "牵头专委会", "责任专委会", "承办专委会"),
                    kind="choice",
                    choices=names["committee"],
                ),
                ImportColumn(
                    key="sector", titles=("界别",), kind="choice", choices=names["sector"]
                ),
                ImportColumn(
                    key="group", titles=("小组", "委员小组"), kind="choice", choices=names["group"]
                ),
                ImportColumn(
                    key="counterpart", titles=("来访单位", "接待单位", "外地政协"), max_length=100
                ),
                ImportColumn(key="is_remote", titles=("线上", "远程"), kind="boolean"),
                ImportColumn(key="summary", titles=("内容", "活动内容", "简介"), max_length=4000),
                ImportColumn(key="results", titles=("成效", "活动成效", "结果"), max_length=4000),
                *(_measure_column(measure) for measure in now.measures),
            ),
        )

    def check(
        self, table: Table, session: Session, before: Mapping[str, SheetPreview], by: Actor
    ) -> SheetPreview:
        found = preview(self.spec(), table, _RowCheck().check)
        # Also those the importer does not see: nothing comes twice.
        held = {key_of(activity) for activity in Activity.objects.all()}
        return found.without(lambda values: (values["title"], values["day"]) in held)

    def take(self, rows: Sequence[ValidRow], taking: FileTakeover) -> None:
        now = in_force(clock.today())
        for row in rows:
            _take(row.values, now, taking.by, taking.origin("活动", row))
            taking.progress(1)


class _RowCheck:
    """What is wrong with a row as a whole."""

    def __init__(self) -> None:
        self.seen: set[tuple[str, dt.date]] = set()

    def check(self, values: Mapping[str, Any]) -> Iterable[tuple[str, str]]:
        title, day, until = values["title"], values["day"], values["until"]
        if (title, day) in self.seen:
            yield "title", _("stands in this file already for the same day")
        self.seen.add((title, day))
        if day > clock.today():
            yield "day", _("has not been held yet; plan it in the system instead")
        if until and until < day:
            yield "until", _("lies before the first day")
        if until and until > clock.today():
            yield "until", _("is not over yet; keep it in the system instead")


def _times(values: Mapping[str, Any]) -> tuple[dt.datetime, dt.datetime]:
    day, until = values["day"], values["until"] or values["day"]
    begin, end = values["part"] or (MORNING if until == day else DAY)
    return moment(day, begin), moment(until, end)


def _take(
    values: Mapping[str, Any], now: ActivityParameters, by: Actor, origin: Mapping[str, Any]
) -> None:
    form = now.form(values["form"])
    assert form is not None
    starts_at, ends_at = _times(values)
    activity = Activity(
        title=values["title"],
        form=form.code,
        kind=form.kind,
        programme=values["programme"] or "",
        year=values["day"].year,
        starts_at=starts_at,
        ends_at=ends_at,
        place=values["place"],
        counterpart=values["counterpart"],
        is_remote=bool(values["is_remote"]),
        summary=values["summary"],
        results=values["results"],
        entered_by_id=by.account_id,
        held_at=starts_at,
        recorded_at=ends_at,
        is_imported=True,
        **{
            key: model.objects.get(name=values[key]) for key, model in PLACES.items() if values[key]
        },
    )
    ACTIVITY.begin(activity, "imported", by=by, detail=origin)
    set_sittings(activity)
    for measure in now.measures:
        if given := values[f"measure:{measure.code}"]:
            MeasuredResult(
                activity=activity, measure=measure.code, value=given[0], is_at_least=given[1]
            ).save()
