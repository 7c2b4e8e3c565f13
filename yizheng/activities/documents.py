"""Papers of activities in the official layout (notice, minutes, outcome), and lists in Excel."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from yizheng.core import clock
from yizheng.core.files import attached_to
from yizheng.documents.blocks import Block, Heading, ListTable, Paragraph, TableColumn
from yizheng.documents.official_paper import OfficialDocument, RedHead
from yizheng.documents.plain_text import read_text
from yizheng.documents.wording import official_date, quoted
from yizheng.documents.workbooks import Sheet, SheetColumn, workbook
from yizheng.organisations.queries import name_on

from .enums import OutcomeRecipient, ParticipantRole
from .flow import ACTIVITY, PLAN_ITEM
from .flow.due_dates import begins_on
from .flow.guards import PAPER
from .models import Activity, Outcome, Participant
from .queries import label_of, measured_of
from .queries.plan import PlanLine, YearPlan

# Lists speak the reader's language; papers leave the house in Chinese whatever language the page
# was read in.


# Excel --------------------------------------------------------------------------------------------


def activity_sheet(activities: QuerySet[Activity]) -> bytes:
    columns = [
        SheetColumn(_("Activity"), 40),
        SheetColumn(_("Kind"), 10),
        SheetColumn(_("Form"), 14),
        SheetColumn(_("Begins"), 12, "date"),
        SheetColumn(_("Ends"), 12, "date"),
        SheetColumn(pgettext("activity", "Place"), 20),
        SheetColumn(_("Committee"), 14),
        SheetColumn(_("Topic of the plan"), 24),
        SheetColumn(_("State"), 14),
        SheetColumn(_("Approved by"), 20),
        SheetColumn(_("Results"), 40),
        SheetColumn(_("Measured results"), 30),
    ]
    found = activities.select_related("committee", "plan_item").prefetch_related("measured")
    return workbook(
        [Sheet(_("Activities"), columns, (_line(a) for a in found.iterator(chunk_size=500)))]
    )


def _times(activity: Activity) -> list[dt.date]:
    """Of one brought in from a list the days: it knows of no hours."""
    both = [timezone.localtime(activity.starts_at), timezone.localtime(activity.ends_at)]
    return [at.date() for at in both] if activity.is_imported else list(both)


def _line(activity: Activity) -> list[object]:
    return [
        activity.title,
        label_of("kinds", activity.kind),
        label_of("forms", activity.form),
        *_times(activity),
        activity.place,
        activity.committee.name if activity.committee else "",
        activity.plan_item.title if activity.plan_item else _("outside the plan"),
        str(ACTIVITY.state_of(activity).label),
        activity.approved_by_words,
        activity.results,
        "；".join(f"{label} {words}" for label, words in measured_of(activity)),
    ]


def plan_sheets(plan: YearPlan) -> bytes:
    """The plan with its progress; topics not in it, and what was held outside it, on sheets of
    their own.
    """
    planned = [
        SheetColumn(_("Month"), 6, "number"),
        SheetColumn(_("Topic"), 40),
        SheetColumn(_("Form"), 14),
        SheetColumn(_("Responsible committee"), 14),
        SheetColumn(_("Approved by"), 20),
        SheetColumn(_("Approved on"), 10, "date"),
        SheetColumn(_("State"), 10),
        SheetColumn(_("Activities on it"), 40),
    ]
    outside = [
        SheetColumn(_("Begins"), 10, "date"),
        SheetColumn(_("Activity"), 40),
        SheetColumn(_("Form"), 14),
        SheetColumn(_("Committee"), 14),
    ]
    open_columns = [
        SheetColumn(_("Month"), 6, "number"),
        SheetColumn(_("Topic"), 40),
        SheetColumn(_("Form"), 14),
        SheetColumn(_("State"), 12),
    ]
    return workbook(
        [
            Sheet(_("Plan"), planned, (_plan_line(line) for line in plan.lines)),
            Sheet(
                _("Outside the plan"),
                outside,
                (
                    [
                        timezone.localdate(a.starts_at),
                        a.title,
                        label_of("forms", a.form),
                        a.committee.name if a.committee else "",
                    ]
                    for a in plan.outside
                ),
            ),
            Sheet(
                _("Topics not in the plan"),
                open_columns,
                (
                    [
                        item.month,
                        item.title,
                        label_of("forms", item.form),
                        str(PLAN_ITEM.state_of(item).label),
                    ]
                    for item in (*plan.open_items, *plan.dropped)
                ),
            ),
        ]
    )


def _plan_line(line: PlanLine) -> list[object]:
    item = line.item
    return [
        item.month,
        item.title,
        line.form,
        item.committee.name if item.committee else "",
        item.approved_by_meeting,
        item.approved_on,
        str(line.words),
        "；".join(f"{begins_on(a).isoformat()} {a.title}" for a in line.activities),
    ]


# Word ---------------------------------------------------------------------------------------------


def _moment(activity: Activity) -> str:
    """2026年12月3日（星期四）上午9:00"""
    local = timezone.localtime(activity.starts_at)
    half = "上午" if local.hour < 12 else "下午" if local.hour < 18 else "晚上"
    weekday = "一二三四五六日"[local.weekday()]
    return f"{official_date(local.date())}（星期{weekday}）{half}{local:%H:%M}"


def _until(activity: Activity) -> str:
    begin, end = timezone.localtime(activity.starts_at), timezone.localtime(activity.ends_at)
    if begin.date() == end.date():
        return f"至{end:%H:%M}"
    return f"至{official_date(end.date())}"


def _place(activity: Activity) -> str:
    return activity.place or ("远程" if activity.is_remote else "")


def _run_in(heading: str, text: str) -> Block:
    return Heading(1, heading, run_in=text)


def notice(activity: Activity) -> bytes:
    """会议通知"""
    organisation = activity.organisation
    papers = list(attached_to(activity, PAPER).values_list("name", flat=True))
    content: list[Block] = [
        Paragraph(
            f"定于{official_date(begins_on(activity))}举行{quoted(activity.title)}。"
            "现将有关事项通知如下。"
        ),
        Heading(1, "时间"),
        Paragraph(f"{_moment(activity)}{_until(activity)}。"),
        Heading(1, "地点"),
        Paragraph(f"{_place(activity)}。"),
    ]
    if activity.summary.strip():
        content += [Heading(1, "内容"), *read_text(activity.summary)]
    if agenda := _agenda(activity):
        content += [Heading(1, "议程"), *agenda]
    if people := _invited(activity):
        content += [Heading(1, "参加人员"), Paragraph(people)]
    content += [
        Heading(1, "有关要求"),
        Paragraph("请按时参加。因故不能参加的，请登录平台或向我办请假，说明理由。"),
    ]
    return OfficialDocument(
        title=f"关于举行{activity.title}的通知",
        addressee="各有关委员、单位",
        content=content,
        author=organisation.name,
        signatories=[f"{organisation.name}办公室"],
        attachments=papers,
        day=clock.day_of(activity.invited_at) or clock.today(),
    ).to_bytes()


def _agenda(activity: Activity) -> list[Block]:
    items = activity.agenda.all()
    return [
        Paragraph(f"{item.position}.{item.title}{f'（{item.speaker}）' if item.speaker else ''}")
        for item in items
    ]


def _names(people: Iterable[Participant]) -> str:
    return "、".join(str(person) for person in people)


def _people(activity: Activity) -> list[Participant]:
    found = activity.participants.select_related(
        "membership__person", "person", "unit"
    ).prefetch_related("attendances")
    return list(found)


def _invited(activity: Activity) -> str:
    people = _people(activity)
    units = [name_on(unit, begins_on(activity)).short_name for unit in activity.units.all()]
    members = [p for p in people if p.role == ParticipantRole.MEMBER]
    others = [p for p in people if p.role != ParticipantRole.MEMBER]
    parts = [
        _names(members),
        f"列席：{_names(others)}" if others else "",
        f"参加单位：{'、'.join(units)}" if units else "",
    ]
    return "；".join(filter(None, parts)) + "。" if any(parts) else ""


def minutes(activity: Activity) -> bytes:
    """会议纪要: when, where, who was there, what was said, what was suggested, what came of it."""
    organisation, form = activity.organisation, label_of("forms", activity.form)
    content: list[Block] = [
        _run_in("时间", f"{_moment(activity)}{_until(activity)}"),
        _run_in("地点", _place(activity)),
        *_roll(activity),
    ]
    if agenda := _agenda(activity):
        content += [Heading(1, "议程"), *agenda]
    content += [Heading(1, "纪要"), *read_text(activity.minutes)]
    content += _suggestions(activity)
    if activity.results.strip():
        content += [Heading(1, "结果"), *read_text(activity.results)]
    if measured := measured_of(activity):
        content.append(Paragraph("；".join(f"{label}{words}" for label, words in measured) + "。"))
    content = [_colon(block) for block in content]
    head = RedHead(
        mark=f"{organisation.short_name}{form}纪要", number=official_date(begins_on(activity))
    )
    day = clock.day_of(activity.recorded_at)
    return OfficialDocument(
        title=activity.title,
        content=content,
        author=organisation.name,
        head=head,
        issuer=f"{organisation.name}办公室",
        day=day,
        copies=[],
    ).to_bytes()


def _colon(block: Block) -> Block:
    if isinstance(block, Heading) and block.run_in and isinstance(block.text, str):
        return Heading(block.level, f"{block.text}：", run_in=block.run_in)
    return block


ROLL: list[tuple[str, Callable[[Activity], Iterable[Participant]]]] = []
"""Further lines of the roll; the app above that keeps such a fact names it at start-up."""


def _roll(activity: Activity) -> list[Block]:
    """Who was there, and what is known of the others."""
    people = _people(activity)
    present = [p for p in people if p.attendances.all()]
    members = [p for p in present if p.role == ParticipantRole.MEMBER]
    others = [p for p in present if p.role != ParticipantRole.MEMBER]
    further = [(label, list(who(activity))) for label, who in ROLL]
    lines = [("出席", members), ("列席", others), *further]
    return [_run_in(label, _names(who)) for label, who in lines if who]


def _suggestions(activity: Activity) -> list[Block]:
    found = list(activity.suggestions.select_related("membership__person", "unit"))
    if not found:
        return []
    columns = [
        TableColumn("序号", 1),
        TableColumn("意见建议", 6, "left"),
        TableColumn("提出人", 2),
        TableColumn("涉及单位", 2),
    ]
    rows = [
        [
            str(s.number),
            s.text,
            str(s.membership or s.made_by),
            s.unit.short_name if s.unit else "—",
        ]
        for s in found
    ]
    return [Heading(1, "意见建议"), ListTable(columns, rows)]


ADDRESSEES: Mapping[str, str] = {
    OutcomeRecipient.PARTY_COMMITTEE: "中共{region}委",
    OutcomeRecipient.GOVERNMENT: "{region}人民政府",
    OutcomeRecipient.ABOVE: "{above}",
}


def addressee_of(outcome: Outcome) -> str:
    organisation = outcome.organisation
    if outcome.recipient == OutcomeRecipient.UNIT:
        return name_on(outcome.unit, day_of(outcome)).name if outcome.unit else ""
    above = organisation.parent.name if organisation.parent else "上级政协"
    return ADDRESSEES[outcome.recipient].format(region=organisation.region, above=above)


def day_of(outcome: Outcome) -> dt.date | None:
    """The day the paper bears, once it has one."""
    return outcome.sent_on or clock.day_of(outcome.signed_at)


def outcome_paper(outcome: Outcome) -> bytes:
    """建议案、调研报告、专报: with the red head; the signer stands on what is sent upwards."""
    organisation, activity = outcome.organisation, outcome.activity
    signer = outcome.signed_by if outcome.recipient != OutcomeRecipient.UNIT else ""
    head = RedHead(mark=f"{organisation.name}文件", number=outcome.number, signer=signer)
    day = day_of(outcome)
    others = [unit for unit in activity.units.all() if unit.pk != outcome.unit_id]
    return OfficialDocument(
        title=outcome.title,
        content=read_text(outcome.text),
        author=organisation.name,
        head=head,
        addressee=addressee_of(outcome),
        signatories=[organisation.name],
        day=day,
        issuer=f"{organisation.name}办公室",
        copies=[name_on(unit, day).name for unit in others],
    ).to_bytes()


PAPERS: Mapping[str, tuple[str, Callable[[Activity], bytes]]] = {
    "notice": ("通知", notice),
    "minutes": ("纪要", minutes),
}
