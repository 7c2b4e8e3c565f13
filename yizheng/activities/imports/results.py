"""The sheets of what came of activities: suggestions made there, and outcomes that were sent on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db.models import Max
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
from yizheng.organisations.queries import units_by_name
from yizheng.people.member_lookup import MemberLookup

from .. import rules
from ..enums import OutcomeAdoption, OutcomeRecipient
from ..flow import OUTCOME, SUGGESTION
from ..models import ActivitySuggestion, Outcome
from ..parameters import in_force
from .lookups import ACTIVITY_COLUMNS, ActivityLookup

ADOPTIONS = {
    "已采纳": OutcomeAdoption.ADOPTED,
    "采纳": OutcomeAdoption.ADOPTED,
    "部分采纳": OutcomeAdoption.PARTLY,
    "未采纳": OutcomeAdoption.NOT_ADOPTED,
    "不采纳": OutcomeAdoption.NOT_ADOPTED,
}
RECIPIENTS = {
    "县委": OutcomeRecipient.PARTY_COMMITTEE,
    "党委": OutcomeRecipient.PARTY_COMMITTEE,
    "市委": OutcomeRecipient.PARTY_COMMITTEE,
    "区委": OutcomeRecipient.PARTY_COMMITTEE,
    "县政府": OutcomeRecipient.GOVERNMENT,
    "政府": OutcomeRecipient.GOVERNMENT,
    "市政府": OutcomeRecipient.GOVERNMENT,
    "区政府": OutcomeRecipient.GOVERNMENT,
    "上级政协": OutcomeRecipient.ABOVE,
    "市政协": OutcomeRecipient.ABOVE,
    "省政协": OutcomeRecipient.ABOVE,
    "部门": OutcomeRecipient.UNIT,
    "单位": OutcomeRecipient.UNIT,
}


class _ResultSheet(BookSheet):
    def may(self, actor: Actor) -> bool:
        return rules.import_activities.allows(actor, None)


class _RowReferences:
    """The activity and the unit a row names."""

    def __init__(
        self, session: Session, before: Mapping[str, SheetPreview], by: Actor | None
    ) -> None:
        self.activities = ActivityLookup.of(by, before)
        self.members = MemberLookup.of(session)
        self.units = units_by_name()

    def check(self, values: Mapping[str, Any]) -> Iterable[tuple[str, str]]:
        key, problem = self.activities.find(values["activity"], values["day"])
        if key is None:
            yield "activity", problem
        elif self.activities.is_live(key):
            yield "activity", _("is kept in the system; enter it there")
        if values["unit"] and values["unit"] not in self.units:
            yield "unit", _("There is no unit “%(name)s”.") % {"name": values["unit"]}

    def held(self, values: Mapping[str, Any]) -> int | None:
        """The activity's key in the records, if it is there already."""
        key, _problem = self.activities.find(values["activity"], values["day"])
        activity = self.activities.held.get(key) if key else None
        return activity.pk if activity else None


class SuggestionSheet(_ResultSheet):
    code, label, order = "suggestions", pgettext_lazy("sheet", "Suggestions"), 30
    listed_at = "activities:list"

    def spec(self) -> SheetSpec:
        return SheetSpec(
            "活动建议",
            (
                *ACTIVITY_COLUMNS,
                ImportColumn(
                    key="text",
                    titles=("建议", "建议内容", "意见建议"),
                    required=True,
                    max_length=2000,
                    example="把管网改造列入明年计划",
                ),
                ImportColumn(
                    key="made_by",
                    titles=("提出人", "建议人", "提出者"),
                    required=True,
                    max_length=60,
                    example="示例甲",
                ),
                ImportColumn(
                    key="unit", titles=("涉及单位", "办理单位", "承办单位"), max_length=60
                ),
                ImportColumn(
                    key="adoption",
                    titles=("采纳情况", "是否采纳", "采纳"),
                    kind="choice",
                    choices=ADOPTIONS,
                    required=True,
                    example="已采纳",
                ),
                ImportColumn(key="answer", titles=("办理情况", "答复", "理由"), max_length=4000),
                ImportColumn(key="decided", titles=("答复日期", "办理日期"), kind="date"),
            ),
        )

    def check(
        self, table: Table, session: Session, before: Mapping[str, SheetPreview], by: Actor
    ) -> SheetPreview:
        named = _RowReferences(session, before, by)

        def check(values: Mapping[str, Any]) -> Iterable[tuple[str, str]]:
            yield from named.check(values)
            if values["adoption"] == OutcomeAdoption.NOT_ADOPTED and not values["answer"]:
                yield "answer", _("A suggestion that was not adopted needs its reason.")

        found = preview(self.spec(), table, check)
        made = set(ActivitySuggestion.objects.values_list("activity", "text"))
        return found.without(lambda values: (named.held(values), values["text"]) in made)

    def take(self, rows: Sequence[ValidRow], taking: FileTakeover) -> None:
        named = _RowReferences(taking.session, {}, None)
        for row in rows:
            self._take(row.values, named, taking.by, taking.origin("活动建议", row))
            taking.progress(1)

    def _take(
        self, values: Mapping[str, Any], named: _RowReferences, by: Actor, origin: Mapping[str, Any]
    ) -> None:
        key, _problem = named.activities.find(values["activity"], values["day"])
        assert key is not None
        activity = named.activities.held[key]
        member = named.members.find(values["made_by"])
        last = activity.suggestions.aggregate(last=Max("number"))["last"] or 0
        suggestion = ActivitySuggestion(
            activity=activity,
            number=last + 1,
            text=values["text"],
            membership=member,
            made_by="" if member else values["made_by"],
            unit=named.units.get(values["unit"]),
            answer=values["answer"],
            entered_by_id=by.account_id,
            decided_on=values["decided"],
        )
        SUGGESTION.begin(suggestion, f"imported_{values['adoption']}", by=by, detail=origin)


class OutcomeSheet(_ResultSheet):
    code, label, order = "outcomes", pgettext_lazy("sheet", "Outcomes"), 40
    listed_at = "activities:list"

    def spec(self) -> SheetSpec:
        kinds = {kind.label: kind.code for kind in in_force(clock.today()).outcomes}
        return SheetSpec(
            "活动成果",
            (
                *ACTIVITY_COLUMNS,
                ImportColumn(
                    key="number",
                    titles=("文号", "编号", "成果编号"),
                    required=True,
                    unique=True,
                    max_length=40,
                    example="调研报告〔2025〕1号",
                ),
                ImportColumn(
                    key="kind",
                    titles=("成果形式", "成果类型", "种类", "文种"),
                    kind="choice",
                    choices=kinds,
                    required=True,
                    example=next(iter(kinds)),
                ),
                ImportColumn(
                    key="title",
                    titles=("标题", "成果名称", "题目"),
                    required=True,
                    max_length=100,
                    example="关于农村饮水安全的调研报告",
                ),
                ImportColumn(
                    key="recipient",
                    titles=("报送对象", "报送", "主送"),
                    kind="choice",
                    choices=RECIPIENTS,
                    required=True,
                    example="县委",
                ),
                ImportColumn(key="unit", titles=("主送单位", "办理单位"), max_length=60),
                ImportColumn(
                    key="sent",
                    titles=("报送日期", "报送时间"),
                    kind="date",
                    required=True,
                    example="2025-04-10",
                ),
                ImportColumn(key="text", titles=("正文", "内容摘要", "主要内容"), max_length=20000),
                ImportColumn(
                    key="adoption",
                    titles=("采纳情况", "是否采纳", "采纳"),
                    kind="choice",
                    choices=ADOPTIONS,
                ),
                ImportColumn(key="answer", titles=("答复", "反馈", "办理情况"), max_length=4000),
                ImportColumn(key="answered", titles=("答复日期", "反馈日期"), kind="date"),
                ImportColumn(key="effect", titles=("成效", "转化情况"), max_length=4000),
            ),
        )

    def check(
        self, table: Table, session: Session, before: Mapping[str, SheetPreview], by: Actor
    ) -> SheetPreview:
        named = _RowReferences(session, before, by)

        def check(values: Mapping[str, Any]) -> Iterable[tuple[str, str]]:
            yield from named.check(values)
            if values["recipient"] == OutcomeRecipient.UNIT and not values["unit"]:
                yield "unit", _("Name the unit it is sent to.")
            yield from days_to_come(values, "sent")
            if values["answered"] and values["answered"] < values["sent"]:
                yield "answered", _("The answer cannot be older than what it answers.")

        found = preview(self.spec(), table, check)
        numbers = set(Outcome.objects.exclude(number="").values_list("number", flat=True))
        return found.without(lambda values: values["number"] in numbers)

    def take(self, rows: Sequence[ValidRow], taking: FileTakeover) -> None:
        named = _RowReferences(taking.session, {}, None)
        for row in rows:
            values = row.values
            key, _problem = named.activities.find(values["activity"], values["day"])
            assert key is not None
            outcome = Outcome(
                activity=named.activities.held[key],
                kind=values["kind"],
                number=values["number"],
                title=values["title"],
                text=values["text"],
                recipient=values["recipient"],
                unit=named.units.get(values["unit"]),
                sent_on=values["sent"],
                answer=values["answer"],
                answered_on=values["answered"],
                adoption=values["adoption"] or OutcomeAdoption.PENDING,
                effect=values["effect"],
                entered_by_id=taking.by.account_id,
            )
            OUTCOME.begin(outcome, "imported", by=taking.by, detail=taking.origin("活动成果", row))
            taking.progress(1)
