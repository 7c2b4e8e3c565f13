"""The sets of records that the figures of activities count, each for a period, in the organisation
in scope.
"""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import TruncDate

from yizheng.core.figures import Period, Records
from yizheng.organisations.models import Unit
from yizheng.people.seats import of_nonparty

from .. import queries
from ..enums import (
    ActivityState,
    ContributionState,
    OutcomeAdoption,
    OutcomeRecipient,
    OutcomeState,
    ParticipantRole,
    SuggestionState,
)
from ..models import (
    Activity,
    ActivitySuggestion,
    Attendance,
    Contribution,
    MeasuredResult,
    Outcome,
    Participant,
)
from ..queries import counted

TAKEN = (OutcomeAdoption.ADOPTED, OutcomeAdoption.PARTLY)
BEGAN = TruncDate("activity__starts_at")


def activities(period: Period) -> QuerySet[Activity]:
    return Activity.objects.filter(counted(), year__range=(period.first, period.last))


def of_kind(*kinds: str) -> Records:
    return lambda period: activities(period).filter(kind__in=kinds)


def _of_them(model: type[Any], period: Period, *kinds: str) -> QuerySet[Any]:
    """What hangs on the activities of the period (of these kinds)."""
    held = activities(period).filter(kind__in=kinds) if kinds else activities(period)
    found: QuerySet[Any] = model.objects.filter(activity__in=held.order_by().values("pk"))
    return found


# Who came -----------------------------------------------------------------------------------------


def attendances(period: Period, *kinds: str) -> QuerySet[Participant]:
    """Somebody who came to an activity, once for each activity however many sittings it had."""
    came = Attendance.objects.filter(participant=OuterRef("pk"))
    found: QuerySet[Participant] = _of_them(Participant, period, *kinds).filter(Exists(came))
    return found


def of_members(period: Period) -> QuerySet[Participant]:
    return attendances(period).filter(membership__isnull=False)


def of_nonparty_members(period: Period) -> QuerySet[Participant]:
    return of_nonparty(of_members(period), BEGAN, "membership")


def of_staff(period: Period) -> QuerySet[Participant]:
    return attendances(period).filter(role=ParticipantRole.STAFF)


def without_attendance(period: Period, *kinds: str) -> QuerySet[Activity]:
    """They took place, and nothing tells who came."""
    held = activities(period).filter(kind__in=kinds) if kinds else activities(period)
    return queries.without_attendance(held)


def trainings_without_attendance(period: Period) -> QuerySet[Activity]:
    return without_attendance(period, "training")


def trained(period: Period) -> QuerySet[Participant]:
    return attendances(period, "training")


def units_consulted(period: Period) -> QuerySet[Unit]:
    held = activities(period).filter(kind="consultation").order_by().values("pk")
    named = Activity.units.through.objects.filter(activity__in=held).values("unit")
    came = attendances(period, "consultation").filter(unit__isnull=False).order_by().values("unit")
    return Unit.objects.filter(Q(pk__in=named) | Q(pk__in=came))


# What was said and what came of it ----------------------------------------------------------------


def contributions(period: Period) -> QuerySet[Contribution]:
    found: QuerySet[Contribution] = _of_them(Contribution, period).filter(
        state__in=ContributionState.of("given")
    )
    return found


def plenary_speeches(period: Period) -> QuerySet[Contribution]:
    """Of members; a unit's report has no member behind it."""
    return contributions(period).filter(kind="plenary_speech", membership__isnull=False)


def nonparty_speeches(period: Period) -> QuerySet[Contribution]:
    return of_nonparty(plenary_speeches(period), BEGAN, "membership")


def suggestions(period: Period) -> QuerySet[ActivitySuggestion]:
    return _of_them(ActivitySuggestion, period)


def suggestions_adopted(period: Period) -> QuerySet[ActivitySuggestion]:
    return suggestions(period).filter(state__in=SuggestionState.of("adopted"))


def outcomes(period: Period) -> QuerySet[Outcome]:
    sent = Outcome.objects.filter(state__in=OutcomeState.of("sent"), sent_on__range=period.days)
    return sent.exclude(activity__state__in=ActivityState.of("cancelled"))


def outcomes_above(period: Period) -> QuerySet[Outcome]:
    return outcomes(period).filter(recipient=OutcomeRecipient.ABOVE)


_UNANSWERED = Q(adoption=OutcomeAdoption.PENDING, activity__is_imported=True)


def outcomes_unanswered(period: Period) -> QuerySet[Outcome]:
    """A list brought in does not say what was answered; of ours we know that nothing was, yet."""
    return outcomes(period).filter(_UNANSWERED)


def outcomes_judged(period: Period) -> QuerySet[Outcome]:
    return outcomes(period).exclude(_UNANSWERED)


def outcomes_adopted(period: Period) -> QuerySet[Outcome]:
    return outcomes(period).filter(adoption__in=TAKEN)


def results(period: Period) -> QuerySet[MeasuredResult]:
    return _of_them(MeasuredResult, period)


def measured(measure: str) -> Records:
    return lambda period: results(period).filter(measure=measure)
