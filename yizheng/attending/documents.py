"""Papers of attendance: the sheet to sign (签到册), the list in Excel, the poster with its code."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from yizheng.activities.enums import SignInMethod
from yizheng.activities.models import Activity, Attendance, Participant, Sitting
from yizheng.activities.queries import when
from yizheng.core.figures import NOT_RECORDED
from yizheng.documents import blocks
from yizheng.documents.official_paper import OfficialDocument
from yizheng.documents.wording import official_date
from yizheng.documents.workbooks import Sheet, SheetColumn, workbook

from . import queries
from .enums import LeaveState
from .models import Leave
from .queries import ParticipantFacts
from .quorum import CountedAt, Quorum

WIDE = 3
"""From so many sittings on the sheet lies on its side."""


def attendance_sheet(activity: Activity, *, blank: bool) -> bytes:
    """签到册. `blank`: to be signed with the pen; else what is on record."""
    sittings = list(activity.sittings.all())
    lines = queries.facts(activity)
    columns = [
        blocks.TableColumn("序号", 0.6),
        blocks.TableColumn("姓名", 1.2),
        blocks.TableColumn("界别/单位", 1.8),
        blocks.TableColumn("身份", 1),
        *(blocks.TableColumn(str(sitting), 1.6) for sitting in sittings),
        blocks.TableColumn("备注", 1.2),
    ]
    kept = queries.attendance_is_kept(activity, lines)
    rows = [
        _sheet_row(number, line, sittings, blank=blank, kept=kept)
        for number, line in enumerate(lines, start=1)
    ]
    content: list[blocks.Block] = [
        blocks.Paragraph(f"时间：{when(activity)}　　地点：{activity.place or '—'}", indent=False),
        blocks.ListTable(columns, rows),
    ]
    if not blank:
        content += [blocks.Paragraph(text, indent=False) for text in _stand(activity)]
    paper = OfficialDocument(
        title=f"{activity.title}签到册",
        content=content,
        author=activity.organisation.name,
        landscape=len(sittings) >= WIDE,
    )
    return paper.to_bytes()


def _sheet_row(
    number: int, line: ParticipantFacts, sittings: Sequence[Sitting], *, blank: bool, kept: bool
) -> list[str]:
    marks = ["" if blank else mark(line, sitting, kept=kept) for sitting in sittings]
    note = "请假" if line.is_on_leave else ""
    return [
        str(number),
        line.name,
        line.place,
        str(line.participant.get_role_display()),
        *marks,
        note,
    ]


def mark(line: ParticipantFacts, sitting: Sitting, *, kept: bool) -> str:
    """One cell: 09:02, 09:20 迟到, 09:02 早退 10:30, 请假, 缺席; nothing before the sitting is
    over. Where no attendance is kept nobody is absent; a list brought in knows of no hours.
    """
    row: Attendance | None = line.attended.get(sitting.pk)
    if row is None:
        if line.is_on_leave:
            return _("on leave")
        if sitting.ends_at >= timezone.now():
            return ""
        return _("absent") if kept else str(NOT_RECORDED)
    listed = row.method == SignInMethod.IMPORT
    parts = [
        pgettext("attendance", "came")
        if listed
        else timezone.localtime(row.signed_at).strftime("%H:%M")
    ]
    if row.is_late:
        parts.append(_("late"))
    if row.left_at and listed:
        parts.append(_("left early"))
    elif row.left_at:
        parts.append(
            _("left early %(time)s") % {"time": timezone.localtime(row.left_at).strftime("%H:%M")}
        )
    return " ".join(parts)


def _stand(activity: Activity) -> list[str]:
    lines = queries.facts(activity)
    numbers = queries.numbers(lines)
    if not queries.attendance_is_kept(activity, lines):
        return [f"应到{numbers.invited}人，请假{numbers.leave_granted}人，出席情况没有记录。"]
    told = [f"应到{numbers.invited}人，实到{numbers.attended}人，请假{numbers.leave_granted}人。"]
    if queries.has_quorum(activity):
        for sitting, stands in queries.quorums(activity):
            told += [f"{sitting}（{_moment_of(stand)}）：{_numbers(stand)}。" for stand in stands]
    return told


def _moment_of(stand: Quorum) -> str:
    """Of when the numbers are, so that a later count is not taken for the decision."""
    at = timezone.localtime(stand.at)
    time = f"{official_date(at.date())}{at:%H:%M}"
    return {
        CountedAt.BEGINNING: f"开始时，{time}",
        CountedAt.DECIDED: f"开始时，{time}，确认出席时认定",
        CountedAt.RECOUNTED: f"{time}，按现签到记录",
        CountedAt.NOW: f"截至{time}",
        CountedAt.END: f"结束时，{time}",
    }[stand.counted]


def _numbers(stand: Quorum) -> str:
    if not stand.decides:
        return f"应出席{stand.due}人，出席{stand.present}人"
    verdict = "达到法定人数" if stand.is_met else f"差{stand.missing}人"
    if stand.reached_at:
        verdict += f"，{timezone.localtime(stand.reached_at):%H:%M}达到"
    return f"应出席{stand.due}人，出席{stand.present}人，法定人数{stand.needed}人，{verdict}"


def attendance_workbook(activity: Activity) -> bytes:
    """Answer, leave and attendance beside each other, a column for each sitting."""
    sittings, lines = list(activity.sittings.all()), queries.facts(activity)
    kept = queries.attendance_is_kept(activity, lines)
    columns = [
        SheetColumn(_("Name"), 8),
        SheetColumn(_("Sector or unit"), 12),
        SheetColumn(_("Capacity"), 6),
        SheetColumn(pgettext("invitation", "Answer"), 8),
        SheetColumn(_("Leave"), 8),
        SheetColumn(_("Reason for leave"), 16),
        *(SheetColumn(str(sitting), 12) for sitting in sittings),
        SheetColumn(_("Sittings attended"), 8, "number"),
    ]
    rows = [
        [
            line.name,
            line.place,
            str(line.participant.get_role_display()),
            str(line.participant.get_answer_display()),
            str(line.leave_words),
            queries.reason_words(line.leave) if line.leave else "",
            *(mark(line, sitting, kept=kept) for sitting in sittings),
            len(line.attended) if kept else str(NOT_RECORDED),
        ]
        for line in lines
    ]
    return workbook([Sheet(_("Attendance"), columns, rows)])


def poster(activity: Activity, code: bytes) -> bytes:
    """One page for the wall: title, time, place, and the code that opens the activity's page."""
    content: list[blocks.Block] = [
        blocks.Paragraph(f"时间：{when(activity)}", align="center"),
        blocks.Paragraph(f"地点：{activity.place or '—'}", align="center"),
        blocks.Picture(code, 90, "活动页面二维码"),
        blocks.Paragraph("请用手机扫码查看活动安排并回复", align="center"),
    ]
    if activity.summary:
        content.insert(0, blocks.Paragraph(activity.summary))
    return OfficialDocument(
        title=activity.title, content=content, author=activity.organisation.name
    ).to_bytes()


def on_leave(activity: Activity) -> list[Participant]:
    """Who had leave, for the minutes."""
    granted = Leave.objects.filter(
        participant__activity=activity, state__in=LeaveState.of("granted")
    ).select_related("participant__membership__person", "participant__person", "participant__unit")
    return [leave.participant for leave in granted.order_by("participant")]
