"""The quorum (法定人数): how many of the full roll are needed, how many are there, and how many are
missing.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from yizheng.activities.enums import ParticipantRole
from yizheng.activities.flow.due_dates import form_of
from yizheng.activities.models import Activity, Attendance, Sitting
from yizheng.core import clock
from yizheng.people.models import Membership
from yizheng.people.queries import serving_on
from yizheng.people.seats import standing_on

QuorumShare = Literal["none", "half", "two_thirds"]


def needed(roll: int, share: QuorumShare) -> int:
    """过半数 is more than half; 三分之二以上 is two thirds or more."""
    if share == "half":
        return roll // 2 + 1
    return -(-2 * roll // 3) if share == "two_thirds" else 0


@dataclass(frozen=True)
class Quorum:
    """How a sitting stands. `share` none: the form has no quorum."""

    share: QuorumShare
    due: int
    present: int

    @property
    def needed(self) -> int:
        return needed(self.due, self.share)

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
    def words(self) -> str:
        """The numbers; those the form does not ask for are left out."""
        numbers = {"due": self.due, "present": self.present, "needed": self.needed}
        if not self.is_asked:
            return _("due %(due)s, present %(present)s") % numbers
        return _("due %(due)s, present %(present)s, needed %(needed)s") % numbers

    @property
    def verdict(self) -> str:
        return _("quorum reached") if self.is_met else _("%(n)s missing") % {"n": self.missing}

    @property
    def tone(self) -> str:
        return "bamboo" if self.is_met else "ochre"


def roll(activity: Activity, on: dt.date) -> QuerySet[Membership]:
    """Whom the form counts: all members, the Standing Committee, or the members invited."""
    form = form_of(activity)
    if form is not None and form.roll == "all":
        return serving_on(on)
    if form is not None and form.roll == "standing":
        return standing_on(on)
    invited = activity.participants.filter(role=ParticipantRole.MEMBER)
    return serving_on(on).filter(pk__in=invited.values("membership"))


def of_sitting(sitting: Sitting, at: dt.datetime | None = None) -> Quorum:
    """Three queries. Who left early is no longer there."""
    on_roll = roll(sitting.activity, timezone.localdate(sitting.starts_at))
    form = form_of(sitting.activity)
    there = Q(left_at=None) | Q(left_at__gt=at or clock.now())
    present = Attendance.objects.filter(
        there, sitting=sitting, participant__membership__in=on_roll
    ).count()
    return Quorum(form.quorum if form else "none", on_roll.count(), present)
