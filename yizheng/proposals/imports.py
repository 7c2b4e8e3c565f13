"""The import of proposals from Excel: what offices keep of a session, past or present, in columns
of any order.

A row becomes a submitted proposal, or a closed one of a past session when it says how it ended. All
or nothing.
"""

from __future__ import annotations

import datetime as dt
import itertools
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yizheng.core import audit, clock, derived_rows
from yizheng.core.access import Actor
from yizheng.core.refusals import NotAllowed
from yizheng.documents import year_workbook
from yizheng.documents.import_preview import (
    ImportColumn,
    SheetPreview,
    SheetSpec,
    ValidRow,
    preview,
)
from yizheng.documents.table_files import Table
from yizheng.organisations.models import Session, Unit
from yizheng.organisations.queries import units_by_name
from yizheng.people.member_lookup import MemberLookup

from . import rules
from .enums import COLLECTIVE_KINDS, Occasion, Part, ProposalBodyForm, ProposerKind
from .enums import ProposalState as S
from .flow import ASSIGNMENT, COSIGNATURE, PROPOSAL
from .flow.due_dates import rules_of
from .flow.effects import receipt_number
from .models import Assignment, Cosignature, Proposal, Suggestion

KINDS = {
    "委员": ProposerKind.INDIVIDUAL,
    "个人": ProposerKind.INDIVIDUAL,
    "联名": ProposerKind.JOINT,
    "党派": ProposerKind.PARTY,
    "团体": ProposerKind.BODY,
    "专委会": ProposerKind.COMMITTEE,
    "界别": ProposerKind.SECTOR,
    "小组": ProposerKind.GROUP,
    "集体": ProposerKind.BODY,
}
SUBMITTED, FILED, REPLIED = "imported", "imported_filed", "imported_closed"
ENDS = {
    "待审": SUBMITTED,
    "待立案": SUBMITTED,
    "已提交": SUBMITTED,
    "已受理": SUBMITTED,
    "立案": FILED,
    "已立案": FILED,
    "不立案": "imported_not_filed",
    "不予立案": "imported_not_filed",
    "已办复": REPLIED,
    "已办结": REPLIED,
    "办结": REPLIED,
    "撤案": "imported_withdrawn",
}
"""How the sheet says it ended → how it begins here."""


def spec() -> SheetSpec:
    given = rules_of()
    classes = {
        **{c.code: c.code for c in given.result_classes},
        **{c.label: c.code for c in given.result_classes},
    }
    reasons = {
        **{r.label: r.code for r in given.reasons_not_filed},
        **{r.code: r.code for r in given.reasons_not_filed},
    }
    return SheetSpec(
        "提案",
        (
            ImportColumn(
                key="case_number",
                titles=("提案号", "案号", "编号"),
                max_length=40,
                unique=True,
                example="〔2025〕001",
            ),
            ImportColumn(
                key="title",
                titles=("案由", "标题", "提案名称", "题目"),
                required=True,
                max_length=100,
                example="关于加快农村饮水管网改造的建议",
            ),
            ImportColumn(
                key="kind",
                titles=("提案人类别", "提案者类别", "性质", "提案者性质"),
                kind="choice",
                choices=KINDS,
                example="个人",
            ),
            ImportColumn(
                key="proposer",
                titles=("提案人", "第一提案人", "提案者"),
                required=True,
                example="沈禾",
                help="委员姓名；集体提案写集体名称",
            ),
            ImportColumn(
                key="cosigners",
                titles=("联名委员", "联名提案人", "附议人"),
                kind="list",
                example="许茉、唐蘅",
            ),
            ImportColumn(
                key="category",
                titles=("类别", "提案类别", "分类"),
                kind="choice",
                choices=list(given.categories),
                example=given.categories[0],
            ),
            ImportColumn(
                key="submitted",
                titles=("提交时间", "提交日期", "收文时间"),
                kind="date",
                example="2025-01-08",
            ),
            ImportColumn(
                key="situation",
                titles=("情况与问题", "一、情况与问题", "正文", "提案内容", "内容"),
                example="……",
            ),
            ImportColumn(key="analysis", titles=("分析", "二、分析"), example="……"),
            ImportColumn(
                key="suggestions",
                titles=("建议", "三、建议", "具体建议"),
                example="1.……\n2.……",
                help="每条建议一行，或以 1. 2. 编号",
            ),
            ImportColumn(
                key="may_publish", titles=("是否同意公开", "公开"), kind="boolean", example="是"
            ),
            ImportColumn(
                key="state",
                titles=("状态", "提案性质", "办理状态"),
                kind="choice",
                choices=ENDS,
                example="已办复",
            ),
            ImportColumn(
                key="reason", titles=("不予立案理由", "不立案理由"), kind="choice", choices=reasons
            ),
            ImportColumn(key="lead", titles=("主办单位", "承办单位"), example="县水务局"),
            ImportColumn(
                key="assisting", titles=("会办单位", "协办单位"), kind="list", example="县财政局"
            ),
            ImportColumn(
                key="result_class",
                titles=("办理结果", "结果", "类"),
                kind="choice",
                choices=classes,
                example="A",
            ),
            ImportColumn(
                key="replied",
                titles=("办理时间", "答复日期", "办复日期"),
                kind="date",
                example="2025-06-20",
            ),
            ImportColumn(
                key="filed", titles=("立案时间", "立案日期"), kind="date", example="2025-01-12"
            ),
            ImportColumn(
                key="assigned", titles=("交办时间", "交办日期"), kind="date", example="2025-02-20"
            ),
            ImportColumn(
                key="due",
                titles=("答复期限", "办理期限", "办复期限", "应答复日期"),
                kind="date",
                example="2025-05-20",
                help=str(
                    _(
                        "Without it nobody knows whether the reply came in time; "
                        "it is left out then."
                    )
                ),
            ),
        ),
    )


@dataclass
class _ProposalLookup:
    """What rows refer to by name, looked up once."""

    members: MemberLookup
    units: dict[str, Unit]
    numbers: set[str]

    @classmethod
    def of(cls, session: Session) -> _ProposalLookup:
        return cls(
            MemberLookup.of(session),
            units_by_name(),
            set(Proposal.objects.exclude(case_number="").values_list("case_number", flat=True)),
        )

    def check(self, values: Mapping[str, Any]) -> Iterable[tuple[str, str]]:
        """What is wrong with a row as a whole."""
        if "kind" in values and "proposer" in values and values["kind"] not in COLLECTIVE_KINDS:
            yield from self._check_members(values)
        for key in ("lead", "assisting"):
            for name in (
                [values[key]] if isinstance(values.get(key), str) else values.get(key) or []
            ):
                if name and name not in self.units:
                    yield key, _("There is no unit “%(name)s”.") % {"name": name}
                elif key == "assisting" and self.units[name] == self.units.get(
                    values.get("lead") or ""
                ):
                    yield key, _("“%(name)s” leads; it cannot assist as well.") % {"name": name}
        if "state" in values:
            yield from self._check_state(values)

    def _check_members(self, values: Mapping[str, Any]) -> Iterable[tuple[str, str]]:
        for key, names in (
            ("proposer", [values["proposer"]]),
            ("cosigners", values.get("cosigners") or []),
        ):
            for name in names:
                if problem := self.members.problem(name):
                    yield key, problem
                elif key == "cosigners" and name == values["proposer"]:
                    yield (
                        key,
                        _("“%(name)s” is the first proposer and does not co-sign as well.")
                        % {"name": name},
                    )

    def _check_state(self, values: Mapping[str, Any]) -> Iterable[tuple[str, str]]:
        state, number = state_of(values), values.get("case_number") or ""
        if state in S.of("reasoned") and "reason" in values and not values["reason"]:
            yield "reason", _("A proposal that was not filed needs its reason.")
        if state in S.of("numbered") and "case_number" in values and not number:
            yield "case_number", _("A filed proposal needs its number.")
        if state in S.of("unnumbered") and number:
            yield "case_number", _("Only a filed proposal has a number.")
        if number and number in self.numbers:
            yield "case_number", _("“%(number)s” is in the records already.") % {"number": number}
        if state in S.of("responded") and not values.get("lead"):
            yield "lead", _("A proposal that was replied to needs the unit that answered.")


def birth_of(values: Mapping[str, Any]) -> str:
    return values.get("state") or SUBMITTED


def state_of(values: Mapping[str, Any]) -> str:
    """The state in which a row begins."""
    return PROPOSAL.births[birth_of(values)].state


def read(table: Table, session: Session) -> SheetPreview:
    """Every error by row and column; nothing is changed."""
    return preview(spec(), table, _ProposalLookup.of(session).check, checks_bad_rows=True)


@transaction.atomic
def import_proposals(
    table: Table, *, session: Session, by: Actor, progress: Callable[[int], None] = lambda n: None
) -> list[Proposal]:
    """Apply a table without errors, all or nothing. Raises BadInput when it has any."""
    if not rules.import_proposals.allows(by, None):
        raise NotAllowed
    checked = preview(spec(), table, _ProposalLookup.of(session).check)
    checked.require_acceptable(_("The file has no rows."))
    places = itertools.count(1)
    found = _take_rows(
        checked.rows,
        year_workbook.FileTakeover("", session, by, lambda _done: progress(next(places))),
    )
    audit.record("proposals.imported", by=by, detail={"count": len(found), "session": session.pk})
    return found


def _take_rows(rows: Sequence[ValidRow], taking: year_workbook.FileTakeover) -> list[Proposal]:
    known, found = _ProposalLookup.of(taking.session), []
    for row in rows:
        found.append(
            _take(row.values, taking.session, known, taking.by, taking.origin("提案", row))
        )
        taking.progress(1)
    return found


class ProposalSheet(year_workbook.BookSheet):
    """Proposals of a past year beside its activities: they have ended, and those of the records are
    passed over.
    """

    code, label, order = "proposals", gettext_lazy("Proposals"), 60
    listed_at = "proposals:list"

    def may(self, actor: Actor) -> bool:
        return rules.import_proposals.allows(actor, None)

    def spec(self) -> SheetSpec:
        return spec()

    def check(
        self, table: Table, session: Session, before: Mapping[str, SheetPreview], by: Actor
    ) -> SheetPreview:
        known = _ProposalLookup.of(session)
        numbers, known.numbers = known.numbers, set()
        found = preview(
            self.spec(),
            table,
            lambda values: _of_the_past(known, session, values),
            checks_bad_rows=True,
        )
        unnumbered = set(
            Proposal.objects.filter(session=session, case_number="").values_list("title", flat=True)
        )
        return found.without(lambda values: _is_known(values, numbers, unnumbered))

    def take(self, rows: Sequence[ValidRow], taking: year_workbook.FileTakeover) -> None:
        _take_rows(rows, taking)


def _is_known(values: Mapping[str, Any], numbers: set[str], unnumbered: set[str]) -> bool:
    number = values["case_number"]
    return number in numbers if number else values["title"] in unnumbered


def _of_the_past(
    known: _ProposalLookup, session: Session, values: Mapping[str, Any]
) -> Iterable[tuple[str, str]]:
    yield from known.check(values)
    if (
        session.year < clock.today().year
        and "state" in values
        and not PROPOSAL.states[state_of(values)].ends
    ):
        yield "state", _("Say how it ended: 已办结, 不予立案 or 撤案.")


def _take(
    values: Mapping[str, Any],
    session: Session,
    known: _ProposalLookup,
    by: Actor,
    origin: Mapping[str, Any],
) -> Proposal:
    kind = values.get("kind") or (
        ProposerKind.JOINT if values.get("cosigners") else ProposerKind.INDIVIDUAL
    )
    collective = kind in COLLECTIVE_KINDS
    submitted, filed = values.get("submitted"), values.get("filed")
    state = state_of(values)
    proposal = Proposal(
        session=session,
        year=session.year,
        title=values["title"],
        kind=kind,
        is_imported=True,
        # Most are of the plenary: a list that does not say when one came means those.
        occasion=Occasion.ORDINARY
        if submitted and submitted > session.proposals_until
        else Occasion.PLENARY,
        proposer=None if collective else known.members.one(values["proposer"]),
        collective_name=values["proposer"] if collective else "",
        category=values.get("category") or "",
        body_form=ProposalBodyForm.PARTS,
        situation=values.get("situation") or "",
        analysis=values.get("analysis") or "",
        may_publish=values.get("may_publish") is not False,
        submitted_at=_moment(submitted),
        entered_by_id=by.account_id,
        no_publication_reason="" if values.get("may_publish") is not False else "导入时未同意公开",
        flow_number=receipt_number(session.year),
    )
    if state not in S.of("unnumbered"):
        proposal.case_number = values.get("case_number") or ""
        proposal.filed_at = _moment(filed) if proposal.case_number else None
    if state in S.of("responded"):
        proposal.result_class = values.get("result_class") or ""
        proposal.assigned_at = _moment(values.get("assigned"))
        proposal.replied_at = proposal.closed_at = _moment(values.get("replied"))
    if state in S.of("reasoned"):
        proposal.reason_not_filed = values["reason"]
    PROPOSAL.begin(proposal, birth_of(values), by=by, detail=origin)
    _take_related(proposal, values, known, by)
    derived_rows.refresh(proposal)
    return proposal


def _take_related(
    proposal: Proposal, values: Mapping[str, Any], known: _ProposalLookup, by: Actor
) -> None:
    for position, text in enumerate(split_suggestions(values.get("suggestions") or ""), start=1):
        Suggestion(proposal=proposal, position=position, text=text).save()
    if not proposal.collective_name:
        for name in dict.fromkeys(values.get("cosigners") or []):
            signature = Cosignature(
                proposal=proposal,
                membership=known.members.one(name),
                answered_at=proposal.submitted_at or clock.now(),
            )
            COSIGNATURE.begin(signature, "imported", by=by)
    if proposal.state in S.of("responded"):
        assisting = dict.fromkeys(known.units[name] for name in values.get("assisting") or [])
        lead = Part.LEAD if assisting else Part.SOLE
        _assigned(proposal, known.units[values["lead"]], lead, by, values)
        for unit in assisting:
            _assigned(proposal, unit, Part.ASSISTING, by, values)
    elif proposal.state in S.of("unassigned") and values.get("lead"):
        proposal.suggested_units.add(known.units[values["lead"]])


def _assigned(
    proposal: Proposal, unit: Unit, part: str, by: Actor, values: Mapping[str, Any]
) -> None:
    """Only the days the list says: the others are not known, and no figure rests on them."""
    assignment = Assignment(
        proposal=proposal,
        unit=unit,
        part=part,
        assigned_on=values.get("assigned"),
        reply_due_on=values.get("due") if part != Part.ASSISTING else None,
        replied_at=proposal.replied_at if part != Part.ASSISTING else None,
    )
    ASSIGNMENT.begin(assignment, "imported" if assignment.answers else "imported_assisting", by=by)


def _moment(day: dt.date | None) -> dt.datetime | None:
    """The office opens at nine; of a day that is not said there is no moment."""
    if day is None:
        return None
    return timezone.make_aware(dt.datetime.combine(day, dt.time(9, 0)))


_MARK = (
    r"(?:\d{1,2}[.、．]|[（(][一二三四五六七八九十\d]+[）)]|"
    r"[一二三四五六七八九十]、|建议[一二三四五六七八九十][:：])"
)
_BREAK = re.compile(rf"\n+|(?<=[。；;])\s*(?={_MARK})")
_NUMBER = re.compile(rf"^\s*{_MARK}\s*")


def split_suggestions(text: str) -> list[str]:
    """One a line, their own numbers taken off: `1.修路。2、补灯` → two suggestions."""
    return [clean for line in _BREAK.split(text) if (clean := _NUMBER.sub("", line).strip())]
