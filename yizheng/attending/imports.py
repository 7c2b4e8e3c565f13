"""The sheet of attendance: a row for each person, or a column for each member with marks in it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from yizheng.activities import rules
from yizheng.activities.enums import Answer, ParticipantRole, SignInMethod
from yizheng.activities.flow.due_dates import begins_on, rules_for
from yizheng.activities.imports.lookups import ACTIVITY_COLUMNS, ActivityKey, ActivityLookup
from yizheng.activities.models import Activity, Attendance, Participant, Sitting
from yizheng.core.access import Actor
from yizheng.documents import cells
from yizheng.documents.import_preview import (
    ImportColumn,
    RowError,
    SheetPreview,
    SheetSpec,
    ValidRow,
    preview,
)
from yizheng.documents.table_files import Table, simple_title
from yizheng.documents.year_workbook import BookSheet, FileTakeover, once_each
from yizheng.organisations.models import Session
from yizheng.people.member_lookup import MemberLookup

from . import flow
from .models import Leave

CAME, LATE, EARLY, LEAVE, ABSENT = "came", "late", "early", "leave", "absent"
MARKS = {
    "出席": CAME,
    "参加": CAME,
    "到会": CAME,
    "到": CAME,
    "已到": CAME,
    "签到": CAME,
    "√": CAME,
    "✓": CAME,
    "✔": CAME,
    "1": CAME,
    "是": CAME,
    "迟到": LATE,
    "早退": EARLY,
    "请假": LEAVE,
    "假": LEAVE,
    "事假": LEAVE,
    "病假": LEAVE,
    "公假": LEAVE,
    "△": LEAVE,
    "缺席": ABSENT,
    "未到": ABSENT,
    "未参加": ABSENT,
    "缺": ABSENT,
    "否": ABSENT,
    "×": ABSENT,
    "✗": ABSENT,
    "x": ABSENT,
    "0": ABSENT,
}
ROLES = {
    "委员": ParticipantRole.MEMBER,
    "列席": ParticipantRole.OBSERVER,
    "来宾": ParticipantRole.GUEST,
    "嘉宾": ParticipantRole.GUEST,
    "特邀": ParticipantRole.GUEST,
    "工作人员": ParticipantRole.STAFF,
}
BATCH = 500


def _marked(text: str) -> str:
    """The mark in a cell, or a sentence what marks there are.

    请假（公务） is leave for a reason.
    """
    word = text.strip().lower()
    found = MARKS.get(word) or (LEAVE if "假" in word else None)
    if found is None:
        raise cells.BadCell(
            _("“%(value)s” is not understood; write 出席, 迟到, 早退, 请假 or 缺席")
            % {"value": text}
        )
    return found


class AttendanceSheet(BookSheet):
    code, label, order = "attendance", pgettext_lazy("sheet", "Attendance"), 20
    listed_at = "activities:list"

    def may(self, actor: Actor) -> bool:
        return rules.import_activities.allows(actor, None)

    def spec(self) -> SheetSpec:
        return SheetSpec(
            "出席",
            (
                *ACTIVITY_COLUMNS,
                ImportColumn(
                    key="name",
                    titles=("姓名", "委员姓名", "参加人", "出席人"),
                    required=True,
                    max_length=40,
                    example="示例甲",
                    help=str(
                        _(
                            "Or a column for each member, headed with the name, and a mark "
                            "in each row."
                        )
                    ),
                ),
                ImportColumn(
                    key="sector",
                    titles=("界别",),
                    max_length=60,
                    help=str(_("Only where two members have the same name.")),
                ),
                ImportColumn(
                    key="role",
                    titles=("身份", "参加身份"),
                    kind="choice",
                    choices=ROLES,
                    example="委员",
                ),
                ImportColumn(
                    key="mark",
                    titles=("情况", "出席情况", "参加情况", "考勤", "是否参加"),
                    parse=_marked,
                    example="出席",
                    help=str(_("出席, 迟到, 早退, 请假 or 缺席; empty: 出席.")),
                ),
                ImportColumn(key="words", titles=("请假事由", "事由", "原因"), max_length=200),
                ImportColumn(
                    key="post",
                    titles=("单位职务", "职务"),
                    max_length=80,
                    help=str(_("Of those who are not members.")),
                ),
            ),
        )

    def fits(self, table: Table) -> bool:
        return super().fits(table) and not _speaks_of(table, "形式", "类型", "活动形式", "活动类型")

    def check(
        self, table: Table, session: Session, before: Mapping[str, SheetPreview], by: Actor
    ) -> SheetPreview:
        known = _AttendanceLookup(session, before, by)
        found = (
            self._by_rows(table, known)
            if _has_names(table, self.spec())
            else self._by_columns(table, known)
        )
        return found.without(lambda values: bool(values["is_known"]))

    def _by_rows(self, table: Table, known: _AttendanceLookup) -> SheetPreview:
        found = preview(self.spec(), table, known.check)
        return replace(
            found, rows=tuple(ValidRow(row.number, known.whole(row.values)) for row in found.rows)
        )

    def _by_columns(self, table: Table, known: _AttendanceLookup) -> SheetPreview:
        """Each column headed with a name is read as a sheet of its own."""
        places = [
            place for place, title in enumerate(table.header) if known.is_name(title, table, place)
        ]
        if not places:
            return preview(self.spec(), table)  # refuses, and says which columns are missing
        parts = [self._column(table, place, known) for place in places]
        named = {table.header[place] for place in places}
        ignored = tuple(title for title in parts[0].ignored_columns if title not in named)
        return SheetPreview(
            tuple(row for part in parts for row in part.rows),
            once_each(error for part in parts for error in part.errors),
            ignored,
            table.notes,
            len(table.rows),
        )

    def _column(self, table: Table, place: int, known: _AttendanceLookup) -> SheetPreview:
        name = table.header[place]
        mark = next(column for column in self.spec().columns if column.key == "mark")
        spec = SheetSpec("出席", (*ACTIVITY_COLUMNS, replace(mark, titles=(name,))))
        part = replace(
            table, rows=tuple(row for row in table.rows if cells.as_text(row.cells[place]))
        )
        given = {"name": name, "sector": "", "role": None, "words": "", "post": ""}
        found = preview(spec, part, lambda values: _of_column(known.check({**values, **given})))
        errors = tuple(_at_name(error, name) for error in found.errors)
        return replace(
            found,
            rows=tuple(
                ValidRow(row.number, known.whole({**row.values, **given})) for row in found.rows
            ),
            errors=errors,
        )

    def take(self, rows: Sequence[ValidRow], taking: FileTakeover) -> None:
        _AttendanceWriter(taking).take(rows)


def _speaks_of(table: Table, *titles: str) -> bool:
    return bool({simple_title(title) for title in table.header} & set(titles))


def _has_names(table: Table, spec: SheetSpec) -> bool:
    names = next(column for column in spec.columns if column.key == "name")
    return _speaks_of(table, *map(simple_title, names.titles))


def _of_column(problems: Iterable[tuple[str, str]]) -> Iterable[tuple[str, str]]:
    """A bad name is a bad header: it is said at the cell of the mark."""
    for key, reason in problems:
        yield ("mark" if key in ("name", "words") else key), reason


def _at_name(error: RowError, name: str) -> RowError:
    return replace(error, value=error.value or name)


class _AttendanceLookup:
    """What the rows name, and whom the records have as having been there."""

    def __init__(self, session: Session, before: Mapping[str, SheetPreview], by: Actor) -> None:
        self.activities, self.members = ActivityLookup.of(by, before), MemberLookup.of(session)
        self.there = {
            (row["activity"], row["membership"] or row["name"])
            for row in Participant.objects.values("activity", "membership", "name")
        }
        self.seen: set[tuple[ActivityKey, Any]] = set()
        self.whom: dict[tuple[str, str], Any] = {}

    def is_name(self, title: str, table: Table, place: int) -> bool:
        """A member's name, or a column full of marks whose head must be one."""
        if title in self.members.named:
            return True
        if not title or _speaks_of_ours(title):
            return False
        said = [text for row in table.rows if (text := cells.as_text(row.cells[place]).lower())]
        return bool(said) and sum(text in MARKS for text in said) * 2 > len(said)

    def check(self, values: Mapping[str, Any]) -> Iterable[tuple[str, str]]:
        key, problem = self.activities.find(values["activity"], values["day"])
        if key is None:
            yield "activity", problem
        elif self.activities.is_live(key):
            yield "activity", _("is kept in the system; enter its attendance there")
        who, problem = self._who(values)
        if problem:
            yield "name", problem
        if key and who is not None:
            if (key, who) in self.seen:
                yield "name", _("stands in this file already for the same activity")
            self.seen.add((key, who))

    def _who(self, values: Mapping[str, Any]) -> tuple[Any, str]:
        if values["role"] not in (None, ParticipantRole.MEMBER):
            return values["name"], ""
        said = values["name"], values["sector"]
        member = self.members.find(*said)
        return (member.pk if member else None), self.members.problem(*said)

    def whole(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """A sound row with whom and what it means."""
        key, _problem = self.activities.find(values["activity"], values["day"])
        who, _problem = self._who(values)
        held = self.activities.held.get(key) if key else None
        is_known = held is not None and (held.pk, who) in self.there
        return {
            **values,
            "key": key,
            "who": who,
            "mark": values["mark"] or CAME,
            "is_known": is_known,
        }


def _speaks_of_ours(title: str) -> bool:
    return simple_title(title) in {
        simple_title(name) for column in ACTIVITY_COLUMNS for name in column.titles
    }


def _reason(words: str, day: dt.date) -> str:
    """The code of the one that is meant, of those that were in force on the day; else the last."""
    reasons = rules_for(day).leave.reasons
    meant = (reason for reason in reasons if reason.label in words or words in reason.label)
    return next(meant, reasons[-1]).code


class _AttendanceWriter:
    """Rows by the thousand: people and presences are no cases and are written in batches; what they
    were stands in the one audit entry of the file. Leave is a case of its own, and each enters its
    flow with where it came from.
    """

    def __init__(self, taking: FileTakeover) -> None:
        self.taking, self.by = taking, taking.by
        self.activities = ActivityLookup.of(None).held
        self.sittings: dict[int, list[Sitting]] = {}
        for sitting in Sitting.objects.filter(
            activity__in=[activity.pk for activity in self.activities.values()]
        ):
            self.sittings.setdefault(sitting.activity_id, []).append(sitting)

    def take(self, rows: Sequence[ValidRow]) -> None:
        for start in range(0, len(rows), BATCH):
            some = rows[start : start + BATCH]
            people = Participant.objects.bulk_create(
                [self._participant(row.values) for row in some]
            )
            pairs = list(zip(some, people, strict=True))
            Attendance.objects.bulk_create(
                [there for row, person in pairs for there in self._attendances(row.values, person)]
            )
            for row, person in pairs:
                if row.values["mark"] == LEAVE:
                    self._take_leave(row, person)
            self.taking.progress(len(some))

    def _activity(self, row: Mapping[str, Any]) -> Activity:
        return self.activities[row["key"]]

    def _participant(self, row: Mapping[str, Any]) -> Participant:
        answer = {LEAVE: Answer.CANNOT, ABSENT: Answer.NONE}.get(row["mark"], Answer.COMES)
        role = row["role"] or ParticipantRole.MEMBER
        member = role == ParticipantRole.MEMBER
        return Participant(
            organisation_id=self.by.organisation_id,
            activity=self._activity(row),
            role=role,
            answer=answer,
            membership_id=row["who"] if member else None,
            name="" if member else row["name"],
            post="" if member else row["post"],
        )

    def _attendances(self, row: Mapping[str, Any], person: Participant) -> Iterable[Attendance]:
        if row["mark"] not in (CAME, LATE, EARLY):
            return
        sittings = self.sittings.get(person.activity_id, [])
        for sitting in sittings:
            yield Attendance(
                organisation_id=self.by.organisation_id,
                sitting=sitting,
                participant=person,
                signed_at=sitting.starts_at,
                is_late=row["mark"] == LATE and sitting is sittings[0],
                method=SignInMethod.IMPORT,
                by_id=self.by.account_id,
                left_at=sitting.ends_at
                if row["mark"] == EARLY and sitting is sittings[-1]
                else None,
            )

    def _take_leave(self, row: ValidRow, person: Participant) -> None:
        """Granted then, by whom the list does not say; asked for when it began, for want of the
        day.
        """
        words = row.values["words"] or _("brought in from a list")
        activity = self._activity(row.values)
        leave = Leave(
            participant=person,
            reason=_reason(words, begins_on(activity)),
            words=words,
            asked_at=activity.starts_at,
        )
        flow.LEAVE.begin(leave, "imported", by=self.by, detail=self.taking.origin("出席", row))
