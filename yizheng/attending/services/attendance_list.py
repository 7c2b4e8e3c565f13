"""Writes of the list of a sitting kept by hand: who was there, when they came and left.

The list is what counts: whoever was signed in for another minute is struck there first.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

from yizheng.activities.enums import SignInMethod
from yizheng.activities.models import Attendance, Participant, Sitting
from yizheng.core import audit, clock
from yizheng.core.access import Actor
from yizheng.core.punctuation import join_cn
from yizheng.core.refusals import StaleState, Wrong

from ..models import Absence, SignIn
from . import absences, sign_in
from .sign_in import SAY_WHY


@dataclass(frozen=True)
class AttendanceLine:
    """One line of the list as it was handed in.

    `seen`: whether it was ticked when the page was opened. `shown`: what stood there then
    (`shown_of`); None where nobody looked at a page.
    """

    participant: int
    present: bool
    seen: bool
    came_at: dt.time | None = None
    left_at: dt.time | None = None
    shown: str | None = None
    back_at: dt.time | None = None
    """When they came back, having left at `left_at`."""

    @property
    def is_touched(self) -> bool:
        """Whether whoever handed it in changed anything of it."""
        left = f"{self.left_at:%H:%M}" if self.left_at else ""
        return (
            self.shown is None
            or self.present != self.seen
            or self.came_at is not None
            or self.back_at is not None
            or left != self.shown.rpartition("|")[2]
        )

    @property
    def is_a_tick(self) -> bool:
        """Says no more than that somebody was there: agrees with whatever else was written of their
        coming.
        """
        return self.present and not self.seen and self.came_at is None and self.left_at is None


def shown_of(attendance: Attendance | None) -> str:
    """What a list says it shows of somebody: when they came, when they left; empty for who was not
    there.
    """
    if attendance is None:
        return ""
    came, left = (
        at and timezone.localtime(at) for at in (attendance.signed_at, attendance.left_at)
    )
    return f"{came:%m-%d %H:%M:%S}|{left:%H:%M}" if left else f"{came:%m-%d %H:%M:%S}|"


def enter_list(
    sitting: Sitting, lines: Sequence[AttendanceLine], *, by: Actor, reason: str = ""
) -> int:
    """Bring attendance to what the list says; answers how many lines changed.

    What others signed in meanwhile stays.
    """
    with sign_in.kept(sitting, by):
        held = {a.participant_id: a for a in Attendance.objects.filter(sitting=sitting)}
        lines = [line for line in lines if line.is_touched]
        _check_shown(lines, held)
        new = [
            line
            for line in lines
            if line.present and _comes_otherwise(line, held.get(line.participant))
        ]
        gone = [
            line for line in lines if line.seen and not line.present and line.participant in held
        ]
        leaving = [
            line
            for line in lines
            if line.present and (line.back_at or _left(sitting, line) != _held_left(line, held))
        ]
        changed = {line.participant for line in (*new, *gone, *leaving)}
        wrong = _left_outside(sitting, leaving, held)
        if changed and sitting.activity.attendance_is_settled:
            wrong.when(not reason, SAY_WHY, "reason")
        elif gone:
            sentence = _("You took somebody off who was signed in. Say why.")
            wrong.when(not reason, sentence, "reason")
        wrong.refuse()
        if gone:
            _strike(sitting, [line.participant for line in gone], by, reason)
        _enter(sitting, new, held, by, reason)
        _leave(sitting, leaving, by, reason)
    return len(changed)


def _check_shown(lines: Sequence[AttendanceLine], held: Mapping[int, Attendance]) -> None:
    """Two lists of one sitting: what the other wrote about the same person is looked at before it
    is written over.
    """
    known = [line for line in lines if line.shown is not None and not line.is_a_tick]
    if other := [
        line.participant for line in known if line.shown != shown_of(held.get(line.participant))
    ]:
        names = join_cn(str(person) for person in _named(other))
        raise StaleState(
            _(
                "Somebody else changed the same lines since you opened this list: "
                "%(names)s. Nothing was saved. Look at these lines, then save."
            )
            % {"names": names}
        )


def _comes_otherwise(line: AttendanceLine, held: Attendance | None) -> bool:
    """Not there yet, or there at another minute than the list says.

    An empty time leaves an old one as it is.
    """
    if held is None:
        return True
    return (
        line.came_at is not None
        and timezone.localtime(held.signed_at).time().replace(second=0, microsecond=0)
        != line.came_at
    )


def _moment(sitting: Sitting, time: dt.time) -> dt.datetime:
    """On the day the sitting begins; after midnight where it goes on until then."""
    begins, ends = (timezone.localtime(each) for each in (sitting.starts_at, sitting.ends_at))
    past_midnight = begins.date() < ends.date() and time <= ends.time() < begins.time()
    day = ends.date() if past_midnight else begins.date()
    return timezone.make_aware(dt.datetime.combine(day, time))


def _left(sitting: Sitting, line: AttendanceLine) -> dt.datetime | None:
    return _moment(sitting, line.left_at) if line.left_at else None


def _held_left(line: AttendanceLine, held: dict[int, Attendance]) -> dt.datetime | None:
    return held[line.participant].left_at if line.participant in held else None


def _signed_at(sitting: Sitting, line: AttendanceLine, held: Attendance | None) -> dt.datetime:
    """When they came, as it stands once the list is taken."""
    if held is not None and not _comes_otherwise(line, held):
        return held.signed_at
    came = _moment(sitting, line.came_at) if line.came_at else sitting.starts_at
    return min(came, clock.now())


def _left_outside(
    sitting: Sitting, lines: Sequence[AttendanceLine], held: Mapping[int, Attendance]
) -> Wrong:
    """Whoever is said to have left before they came, or after it was over: each at their field."""
    outside = {
        line.participant: left
        for line in lines
        if (left := _left(sitting, line))
        and not _signed_at(sitting, line, held.get(line.participant)) < left <= sitting.ends_at
    }
    wrong = Wrong()
    for line in lines:
        came_back, left = line.back_at and _moment(sitting, line.back_at), _left(sitting, line)
        wrong.when(
            came_back and not (left and left < came_back <= sitting.ends_at),
            _("Say when they left, and a later time for their coming back, before the end."),
            f"back-{line.participant}",
        )
    for person in _named(outside):
        told = {"name": person, "time": timezone.localtime(outside[person.pk]).strftime("%H:%M")}
        sentence = _(
            "%(name)s cannot have left at %(time)s: it lies outside the time they were there."
        )
        wrong.when(True, sentence % told, f"left-{person.pk}")
    return wrong


def _named(participants: Iterable[int]) -> Iterable[Participant]:
    """To be called by name."""
    found = Participant.objects.filter(pk__in=participants)
    return found.select_related("membership__person", "person", "unit")


def _enter(
    sitting: Sitting,
    new: Sequence[AttendanceLine],
    held: dict[int, Attendance],
    by: Actor,
    reason: str,
) -> None:
    """Whoever was signed in for another minute is struck there first: the list is what counts."""
    if moved := [line.participant for line in new if line.participant in held]:
        _strike(sitting, moved, by, reason or str(_("another time on the list")))
    told = [
        sign_in.SignInReport(
            line.participant,
            _moment(sitting, line.came_at) if line.came_at else sitting.starts_at,
            SignInMethod.PAPER,
        )
        for line in new
    ]
    if told:
        sign_in.taken_in(sitting, told, by)
    if told and reason:
        audit.record(
            "attendance.corrected",
            by=by,
            of=sitting.activity,
            detail={"sitting": sitting.number, "reason": reason},
        )


def _leave(sitting: Sitting, lines: Sequence[AttendanceLine], by: Actor, reason: str) -> None:
    there = Attendance.objects.filter(
        sitting=sitting, participant__in=[line.participant for line in lines]
    )
    rows = {row.participant_id: row for row in there}
    back: list[Absence] = []
    for line in lines:
        if row := rows.get(line.participant):
            row.left_at = left = _left(sitting, line)
            if left and line.back_at:
                back.append(absences.come_back(row, left, _moment(sitting, line.back_at)))
    Absence.objects.bulk_create(back)
    Attendance.objects.bulk_update(rows.values(), ["left_at"])
    if lines:
        detail = {
            "sitting": sitting.number,
            "participants": [line.participant for line in lines],
            "reason": reason,
        }
        audit.record("attendance.left_early", by=by, of=sitting.activity, detail=detail)


def _strike(sitting: Sitting, participants: Sequence[int], by: Actor, reason: str) -> None:
    """Take receipts out of account; they stay, with who did it and why."""
    rows = list(
        SignIn.objects.filter(
            sitting=sitting, participant__in=participants, struck_because="", waits=False
        )
    )
    SignIn.objects.filter(pk__in=[row.pk for row in rows]).update(
        struck_because=reason[:200], struck_by=by.account_id
    )
    sign_in.settle(sitting, participants)
    if rows:
        sign_in.record("struck", sitting, by, rows, reason=reason)
