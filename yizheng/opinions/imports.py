"""Opinions of past years out of Excel: who wrote them, in which issue they stood, who adopted them
at which level.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from yizheng.core import clock
from yizheng.core.access import Actor
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
from yizheng.people.member_lookup import MemberLookup

from . import parameters, rules, services
from .enums import Adoption, OpinionLevel, ReporterKind

KINDS = {
    "委员": ReporterKind.MEMBER,
    "党派": ReporterKind.COLLECTIVE,
    "团体": ReporterKind.COLLECTIVE,
    "集体": ReporterKind.COLLECTIVE,
    "专委会": ReporterKind.COLLECTIVE,
    "联络员": ReporterKind.LIAISON,
    "特邀信息员": ReporterKind.INVITED,
    "非委员": ReporterKind.NON_MEMBER,
    "群众": ReporterKind.NON_MEMBER,
}
USES = {
    "采用": True,
    "已采用": True,
    "编发": True,
    "是": True,
    "未采用": False,
    "不采用": False,
    "否": False,
}
LEVELS = {
    OpinionLevel.COUNTY: "县级",
    OpinionLevel.CITY: "市级",
    OpinionLevel.PROVINCE: "省级",
    OpinionLevel.NATION: "全国",
}
HOW = {"综合": Adoption.COMBINED, "转": Adoption.PASSED_ON}


class OpinionSheet(BookSheet):
    code, label, order = "opinions", pgettext_lazy("sheet", "Public opinion"), 50
    listed_at = "opinions:list"

    def may(self, actor: Actor) -> bool:
        return rules.import_opinions.allows(actor, None)

    def spec(self) -> SheetSpec:
        now = parameters.in_force(clock.today())
        reasons = {reason.label: reason.code for reason in now.reasons_not_used}
        journals = [journal.label for journal in now.journals]
        return SheetSpec(
            "社情民意",
            (
                ImportColumn(
                    key="number",
                    titles=("编号", "信息编号", "收文号"),
                    max_length=40,
                    unique=True,
                    example="2025-0001",
                ),
                ImportColumn(
                    key="title",
                    titles=("标题", "信息标题", "题目", "信息题目"),
                    required=True,
                    max_length=100,
                    example="村口路灯夜间不亮",
                ),
                ImportColumn(
                    key="reporter",
                    titles=("反映人", "作者", "第一作者", "报送人"),
                    required=True,
                    max_length=60,
                    example="示例甲",
                ),
                ImportColumn(
                    key="kind",
                    titles=("反映人类别", "作者类别", "身份"),
                    kind="choice",
                    choices=KINDS,
                    example="委员",
                ),
                ImportColumn(
                    key="identity",
                    titles=("单位职务", "反映人单位"),
                    max_length=80,
                    help=str(_("Needed of those who are not members.")),
                ),
                ImportColumn(
                    key="cowriters", titles=("联名委员", "合作者", "其他作者"), kind="list"
                ),
                ImportColumn(
                    key="category",
                    titles=("类别", "分类"),
                    kind="choice",
                    choices=list(now.categories),
                ),
                ImportColumn(
                    key="day",
                    titles=("报送日期", "提交日期", "收文日期", "日期"),
                    kind="date",
                    required=True,
                    example="2025-03-18",
                ),
                ImportColumn(key="text", titles=("正文", "内容", "主要内容"), max_length=20000),
                ImportColumn(
                    key="used",
                    titles=("采用情况", "是否采用"),
                    kind="choice",
                    choices=USES,
                    required=True,
                    example="采用",
                ),
                ImportColumn(
                    key="reason",
                    titles=("未采用理由", "不采用理由"),
                    kind="choice",
                    choices=reasons,
                ),
                ImportColumn(
                    key="journal",
                    titles=("刊物",),
                    kind="choice",
                    choices=journals,
                    example=journals[0],
                ),
                ImportColumn(
                    key="issue", titles=("期号", "编发期号"), max_length=40, example="第1期"
                ),
                ImportColumn(key="issued", titles=("编发日期", "刊发日期"), kind="date"),
                *(_adopted_column(level, word) for level, word in LEVELS.items()),
                ImportColumn(key="adopted_on", titles=("采用日期",), kind="date"),
            ),
        )

    def check(
        self, table: Table, session: Session, before: Mapping[str, SheetPreview], by: Actor
    ) -> SheetPreview:
        known = _OpinionLookup(session)
        found = preview(self.spec(), table, known.check)
        return found.without(lambda values: services.is_known(known.past(values)))

    def take(self, rows: Sequence[ValidRow], taking: FileTakeover) -> None:
        known = _OpinionLookup(taking.session)
        for row in rows:
            services.record_past(
                known.past(row.values), by=taking.by, origin=taking.origin("社情民意", row)
            )
            taking.progress(1)


def _adopted_column(level: str, word: str) -> ImportColumn:
    return ImportColumn(
        key=f"adopted:{level}",
        titles=(f"{word}采用", f"{word}采用单位", f"{word}采用情况"),
        max_length=60,
        help=str(
            _(
                "By whom, such as 市政协; with 综合 or 转 where it was part of a combined "
                "piece or passed on."
            )
        ),
    )


class _OpinionLookup:
    """Members of the term by name, and what was said earlier in the file."""

    def __init__(self, session: Session) -> None:
        self.members = MemberLookup.of(session)
        self.seen: set[tuple[int, str, str]] = set()

    def check(self, values: Mapping[str, Any]) -> Iterable[tuple[str, str]]:
        same = (values["day"].year, values["title"], values["reporter"])
        if not values["number"] and same in self.seen:
            yield "title", _("stands in this file already; give both their numbers")
        self.seen.add(same)
        yield from self._check_people(values)
        yield from _check_use(values)
        yield from days_to_come(values, "day", "issued", "adopted_on")

    def _check_people(self, values: Mapping[str, Any]) -> Iterable[tuple[str, str]]:
        is_member = values["kind"] in (None, ReporterKind.MEMBER)
        names = [("reporter", values["reporter"])] if is_member else []
        for key, name in [*names, *(("cowriters", name) for name in values["cowriters"])]:
            if problem := self.members.problem(name):
                yield key, problem
            elif key == "cowriters" and is_member and name == values["reporter"]:
                yield key, _("“%(name)s” is the first writer already.") % {"name": name}
        if (
            values["kind"] in (ReporterKind.NON_MEMBER, ReporterKind.INVITED)
            and not values["identity"]
        ):
            yield "identity", _("Who is no member is recorded with employer and post.")

    def past(self, values: Mapping[str, Any]) -> services.PastOpinion:
        day = values["day"]
        return services.PastOpinion(
            title=values["title"],
            year=day.year,
            reporter=self._reporter(values),
            text=values["text"],
            number=values["number"],
            category=values["category"] or "",
            submitted_on=day,
            used=values["used"],
            reason_not_used=values["reason"] or "",
            journal=values["journal"] or "",
            issue_number=values["issue"],
            issued_on=values["issued"],
            cowriters=self.members.all_of(values["cowriters"]),
            adoptions=_adoptions(values, values["adopted_on"]),
        )

    def _reporter(self, values: Mapping[str, Any]) -> services.Reporter:
        kind = values["kind"] or ReporterKind.MEMBER
        if kind != ReporterKind.MEMBER:
            return services.Reporter(kind, values["reporter"], identity=values["identity"])
        member = self.members.one(values["reporter"])
        return services.Reporter(
            kind, member.person.name, member, values["identity"] or member.sector.name
        )


def _check_use(values: Mapping[str, Any]) -> Iterable[tuple[str, str]]:
    if values["used"]:
        return
    if not values["reason"]:
        yield "reason", _("An opinion that was not used needs its reason.")
    for key in ("issue", *(f"adopted:{level}" for level in LEVELS)):
        if values[key]:
            yield key, _("It was not used; what stands here says it was.")


def _adoptions(
    values: Mapping[str, Any], day: dt.date | None
) -> list[tuple[str, str, str, dt.date | None]]:
    found = []
    for level in LEVELS:
        if said := values[f"adopted:{level}"]:
            how = next(
                (adoption for word, adoption in HOW.items() if word in said), Adoption.SINGLE
            )
            found.append((str(level), str(how), said, day))
    return found
