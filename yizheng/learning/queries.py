"""Reads of learning: members and staff who were at one session at least, each counted once."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet

from yizheng.activities.enums import ContributionState
from yizheng.activities.models import Activity, Attendance, Contribution, LearningProgramme
from yizheng.activities.parameters import LEARNING
from yizheng.activities.queries import counted, visible_to, without_attendance
from yizheng.core import clock
from yizheng.core.access import Actor
from yizheng.organisations.queries import in_force_on
from yizheng.people.models import Membership, Person
from yizheng.staff.models import StaffService

from . import rules

ESSAY = "essay"


def programmes(actor: Actor, year: int) -> QuerySet[LearningProgramme]:
    """With how many sessions of each took place."""
    held = Q(sessions__in=counted_sessions(actor))
    return (
        visible_programmes(actor)
        .filter(year=year)
        .annotate(session_count=Count("sessions", filter=held))
    )


def visible_programmes(actor: Actor) -> QuerySet[LearningProgramme]:
    return LearningProgramme.objects.filter(rules.visible_programmes(actor))


def counted_sessions(actor: Actor) -> QuerySet[Activity]:
    """Activities that took place, of all years."""
    return Activity.objects.filter(rules.visible_sessions(actor)).filter(counted())


def is_session() -> Q:
    """Filter: training and study, and whatever belongs to a programme."""
    return Q(kind__in=LEARNING) | Q(learning__isnull=False)


def sessions(
    actor: Actor, year: int, programme: LearningProgramme | None = None
) -> QuerySet[Activity]:
    """Learning that took place in the year; of one programme, whatever its kind."""
    held = counted_sessions(actor).filter(year=year)
    return held.filter(learning=programme) if programme else held.filter(is_session())


def essays(
    actor: Actor, year: int, programme: LearningProgramme | None = None
) -> QuerySet[Contribution]:
    """Essays of sessions of the year, without those withdrawn or not used."""
    of_year = sessions(actor, year, programme)
    found = Contribution.objects.filter(rules.visible_essays(actor))
    found = found.filter(activity__in=of_year, kind=ESSAY)
    return found.exclude(state__in=ContributionState.of("unused"))


def learners(held: QuerySet[Activity]) -> QuerySet[Person]:
    """Who was at one sitting at least, as a member or by name."""
    came = Attendance.objects.filter(sitting__activity__in=held.order_by().values("pk"))
    return Person.objects.filter(
        Q(pk__in=came.values("participant__membership__person"))
        | Q(pk__in=came.values("participant__person"))
    )


@dataclass(frozen=True)
class LearningCoverage:
    """Of the people there are, who was reached; `missing` are those who were not."""

    total: int
    reached: int
    missing: list[Any]

    @property
    def share(self) -> float | None:
        return self.reached / self.total if self.total else None


@dataclass(frozen=True)
class CoverageByGroup:
    """`untold` sessions kept no record of who came; where that is true of all, nothing is known."""

    members: LearningCoverage
    staff: LearningCoverage
    untold: int = 0

    @property
    def is_recorded(self) -> bool:
        return not self.untold or bool(self.members.reached or self.staff.reached)

    @property
    def share(self) -> float | None:
        """Of members and staff together; who is both is counted once, as a member."""
        total = self.members.total + self.staff.total
        if not self.is_recorded:
            return None
        return (self.members.reached + self.staff.reached) / total if total else None


def coverage(
    actor: Actor, year: int, programme: LearningProgramme | None = None
) -> CoverageByGroup:
    """As of today, or as of the year's last day when it has passed."""
    day = min(clock.today(), dt.date(year, 12, 31))
    there, seen = in_force_on(day), rules.visible_learners(actor)
    reached = set(learners(sessions(actor, year, programme)).values_list("pk", flat=True))
    serving = Membership.objects.filter(seen).filter(there)
    members = list(serving.select_related("person", "sector").order_by("sector", "pk"))
    own = {member.person_id for member in members}
    staff = list(
        StaffService.objects.filter(seen)
        .filter(there)
        .exclude(person__in=own)
        .select_related("person", "post")
        .order_by("pk")
    )
    untold = without_attendance(sessions(actor, year, programme)).count()
    return CoverageByGroup(_coverage(members, reached), _coverage(staff, reached), untold)


def _coverage(people: list[Any], reached: set[int]) -> LearningCoverage:
    missing = [each for each in people if each.person_id not in reached]
    return LearningCoverage(len(people), len(people) - len(missing), missing)


def years(actor: Actor, today: dt.date) -> list[int]:
    found = set(visible_programmes(actor).order_by().values_list("year", flat=True))
    held = counted_sessions(actor).filter(is_session())
    found |= set(held.order_by().values_list("year", flat=True))
    return sorted(found | {today.year}, reverse=True)


def sessions_to(actor: Actor, programme: LearningProgramme) -> QuerySet[Activity]:
    """The sessions of a programme that the actor may see, also those to come."""
    return visible_to(actor).filter(learning=programme).order_by("starts_at")
