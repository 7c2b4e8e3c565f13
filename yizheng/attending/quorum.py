"""The quorum (法定人数): how many of the full roll are needed, how many are there, and how many are
missing.

It is asked at the beginning of a sitting. Who is there at a moment follows from when each came,
left and came back, to the minute; so a count says of when it is, and what is noted of a later hour
changes no earlier one. When the attendance is confirmed, the count at the beginning is kept as it
was decided.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from typing import Literal

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from yizheng.activities.enums import ParticipantRole
from yizheng.activities.flow.due_dates import form_of
from yizheng.activities.models import Activity, Attendance, Sitting
from yizheng.core import clock
from yizheng.core.day_words import day_words
from yizheng.core.punctuation import colon, sentences
from yizheng.people.models import Membership
from yizheng.people.queries import serving_on
from yizheng.people.seats import standing_on

from .models import Absence, QuorumDecision

QuorumShare = Literal["none", "half", "two_thirds"]


def needed(roll: int, share: QuorumShare) -> int:
    """过半数 is more than half; 三分之二以上 is two thirds or more."""
    if share == "half":
        return roll // 2 + 1
    return -(-2 * roll // 3) if share == "two_thirds" else 0


class CountedAt(Enum):
    """Of which moment a count is, and how it came about."""

    BEGINNING = "at the beginning"
    DECIDED = "at the beginning, as it was decided"
    RECOUNTED = "at the moment of the decision, by the list of now"
    NOW = "now"
    END = "at the end"


@dataclass(frozen=True)
class Quorum:
    """How a sitting stands at a moment. `share` none: the form has no quorum.

    `reached_at`: when so many were there for the first time, where they were not at the beginning.
    """

    share: str
    due: int
    needed: int
    present: int
    at: dt.datetime
    counted: CountedAt = CountedAt.NOW
    reached_at: dt.datetime | None = None
    decided_at: dt.datetime | None = None

    @property
    def missing(self) -> int:
        return max(0, self.needed - self.present)

    @property
    def is_met(self) -> bool:
        return self.missing == 0

    @property
    def is_asked(self) -> bool:
        return self.share != "none"

    @property
    def decides(self) -> bool:
        """Whether it says if the sitting can decide; a count of later tells only who was there."""
        return self.is_asked and self.counted in (
            CountedAt.BEGINNING,
            CountedAt.DECIDED,
            CountedAt.NOW,
        )

    @property
    def numbers(self) -> str:
        """Those the form does not ask for are left out."""
        numbers = {"due": self.due, "present": self.present, "needed": self.needed}
        if not self.is_asked:
            return _("due %(due)s, present %(present)s") % numbers
        return _("due %(due)s, present %(present)s, needed %(needed)s") % numbers

    @property
    def words(self) -> str:
        """The numbers, and of when they are."""
        return colon(self.when, self.numbers)

    @property
    def when(self) -> str:
        told = {"time": moment_words(self.at)}
        if self.counted is CountedAt.BEGINNING:
            return _("at the beginning, %(time)s") % told
        if self.counted is CountedAt.END:
            return _("at the end, %(time)s") % told
        if self.counted is CountedAt.RECOUNTED:
            return _("at %(time)s, by the list as it stands now") % told
        if self.counted is CountedAt.DECIDED and self.decided_at:
            told["decided"] = moment_words(self.decided_at)
            return _("at the beginning, %(time)s (kept on %(decided)s)") % told
        return _("now, %(time)s") % told

    @property
    def verdict(self) -> str:
        if self.is_met:
            return _("quorum reached")
        missing = _("%(n)s missing") % {"n": self.missing}
        if self.reached_at is None:
            return missing
        reached = _("reached at %(time)s") % {
            "time": timezone.localtime(self.reached_at).strftime("%H:%M")
        }
        return sentences([missing, reached])

    @property
    def tone(self) -> str:
        return "bamboo" if self.is_met else "ochre"


def moment_words(at: dt.datetime) -> str:
    """11 月 29 日 09:00"""
    local = timezone.localtime(at)
    return f"{day_words(local.date())} {local:%H:%M}"


def roll(activity: Activity, on: dt.date) -> QuerySet[Membership]:
    """Whom the form counts: all members, the Standing Committee, or the members invited."""
    form = form_of(activity)
    if form is not None and form.roll == "all":
        return serving_on(on)
    if form is not None and form.roll == "standing":
        return standing_on(on)
    invited = activity.participants.filter(role=ParticipantRole.MEMBER)
    return serving_on(on).filter(pk__in=invited.values("membership"))


# Who is there at a moment -------------------------------------------------------------------------

MINUTE = dt.timedelta(minutes=1)


@dataclass(frozen=True)
class Stay:
    """From when until when somebody was there; to the minute, as lists are written."""

    since: dt.datetime
    until: dt.datetime | None

    def holds(self, at: dt.datetime) -> bool:
        return _minute(self.since) <= _minute(at) and (
            self.until is None or _minute(at) < _minute(self.until)
        )


def _minute(at: dt.datetime) -> dt.datetime:
    return at.replace(second=0, microsecond=0)


def stays(row: Attendance, away: Iterable[Absence] = ()) -> list[Stay]:
    """Out of when they came, left and came back; who left and came back is there again."""
    found, since = [], row.signed_at
    for each in sorted(away, key=lambda absence: absence.left_at):
        found.append(Stay(since, each.left_at))
        since = each.back_at
    return [*found, Stay(since, row.left_at)]


@dataclass(frozen=True)
class SittingRoll:
    """Who of the roll was at a sitting, and when: every moment of it can be counted from this."""

    sitting: Sitting
    share: QuorumShare
    due: int
    people: Sequence[Sequence[Stay]]

    def at(self, moment: dt.datetime, counted: CountedAt = CountedAt.NOW) -> Quorum:
        present = self._present(moment)
        return Quorum(self.share, self.due, needed(self.due, self.share), present, moment, counted)

    def beginning(self) -> Quorum:
        """As it is asked; not reached then, with when it was, once that has come."""
        asked = self.at(self.sitting.starts_at, CountedAt.BEGINNING)
        return asked if asked.is_met else replace(asked, reached_at=self._reached(asked.needed))

    def _present(self, moment: dt.datetime) -> int:
        return sum(any(stay.holds(moment) for stay in person) for person in self.people)

    def _reached(self, wanted: int) -> dt.datetime | None:
        last = min(clock.now(), self.sitting.ends_at)
        arrivals = sorted({stay.since for person in self.people for stay in person})
        return next(
            (
                moment
                for moment in arrivals
                if self.sitting.starts_at < moment <= last and self._present(moment) >= wanted
            ),
            None,
        )


def roll_of(sitting: Sitting, away: Mapping[int, Sequence[Absence]] | None = None) -> SittingRoll:
    """`away`: the absences of this sitting by participant, if they are at hand."""
    if away is None:
        away = absences(sitting.activity).get(sitting.pk, {})
    on_roll = roll(sitting.activity, timezone.localdate(sitting.starts_at))
    form = form_of(sitting.activity)
    rows = Attendance.objects.filter(sitting=sitting, participant__membership__in=on_roll)
    return SittingRoll(
        sitting,
        form.quorum if form else "none",
        on_roll.count(),
        [stays(row, away.get(row.participant_id, ())) for row in rows],
    )


def absences(activity: Activity) -> dict[int, dict[int, list[Absence]]]:
    """Sitting → participant → when they were away in between."""
    found: dict[int, dict[int, list[Absence]]] = defaultdict(lambda: defaultdict(list))
    for row in Absence.objects.filter(sitting__activity=activity):
        found[row.sitting_id][row.participant_id].append(row)
    return found


def of_sitting(sitting: Sitting, at: dt.datetime | None = None) -> Quorum:
    """How many are there at that moment; now, unless another is named."""
    return roll_of(sitting).at(at or clock.now())


# What was decided, and what stands beside it ------------------------------------------------------


def of_activity(activity: Activity) -> list[tuple[Sitting, list[Quorum]]]:
    """Each sitting with its counts: the one at the beginning, and beside it the one of now, or of
    its end once it is over. Where no attendance is kept nobody knows, and nothing is counted.
    """
    if activity.no_attendance_because:
        return []
    sittings, away = list(activity.sittings.all()), absences(activity)
    decided = {
        row.sitting_id: row for row in QuorumDecision.objects.filter(sitting__activity=activity)
    }
    found = []
    for sitting in sittings:
        sitting.activity = activity
        there = roll_of(sitting, away.get(sitting.pk, {}))
        if there.people or not activity.is_imported:
            found.append((sitting, stands(there, decided.get(sitting.pk))))
    return found


def of_one(sitting: Sitting) -> list[Quorum]:
    """The counts of one sitting, as `of_activity` has them."""
    decided = QuorumDecision.objects.filter(sitting=sitting).first()
    return stands(roll_of(sitting), decided)


def stands(there: SittingRoll, decided: QuorumDecision | None) -> list[Quorum]:
    sitting, now = there.sitting, clock.now()
    if decided is None and now < sitting.starts_at:
        return [there.at(now)]
    over = now > sitting.ends_at
    later = there.at(sitting.ends_at, CountedAt.END) if over else there.at(now)
    if decided is None:
        return [there.beginning(), later]
    kept, again = _kept(decided), there.at(decided.counted_at, CountedAt.RECOUNTED)
    differs = (kept.due, kept.present) != (again.due, again.present)
    return [kept, *([again] if differs else []), later]


def _kept(decided: QuorumDecision) -> Quorum:
    return Quorum(
        decided.share,
        decided.due,
        decided.needed,
        decided.present,
        decided.counted_at,
        CountedAt.DECIDED,
        decided.reached_at,
        decided.decided_at,
    )


def decision(sitting: Sitting, at: dt.datetime) -> QuorumDecision:
    """How it stood at its beginning, to be kept from that moment on."""
    asked = roll_of(sitting).beginning()
    return QuorumDecision(
        organisation_id=sitting.organisation_id,
        sitting=sitting,
        share=asked.share,
        due=asked.due,
        needed=asked.needed,
        present=asked.present,
        counted_at=asked.at,
        reached_at=asked.reached_at,
        decided_at=at,
    )
