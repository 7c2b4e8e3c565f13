"""Records of activities that go over when a unit is merged: what it still has to answer, and
invitations to what has not begun.
"""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from yizheng.core import clock
from yizheng.organisations.models import Unit
from yizheng.organisations.unit_mergers import Legacy

from .flow import ACTIVITY, OUTCOME, SUGGESTION
from .models import Activity, ActivitySuggestion, Outcome, Participant


def _coming() -> QuerySet[Activity]:
    return Activity.objects.filter(
        state__in=ACTIVITY.open_states, held_at=None, starts_at__gt=clock.now()
    )


def _swap(activity: Activity, unit: Unit, into: Unit) -> None:
    activity.units.remove(unit)
    activity.units.add(into)


def _suggestions(unit: Unit) -> QuerySet[Any]:
    return ActivitySuggestion.objects.filter(unit=unit, state__in=SUGGESTION.open_states)


LEGACIES = [
    Legacy("activity_suggestion", _("suggestions to be decided"), _suggestions),
    Legacy(
        "outcome",
        _("outcomes to be answered"),
        lambda unit: Outcome.objects.filter(unit=unit, state__in=OUTCOME.open_states),
    ),
    Legacy(
        "activity",
        _("activities to come"),
        lambda unit: _coming().filter(units=unit),
        _swap,
        waits=False,
    ),
    Legacy(
        "participant",
        _("invitations"),
        lambda unit: Participant.objects.filter(unit=unit, activity__in=_coming()),
        waits=False,
    ),
]
