"""Activities and their outcomes in the full-text search: the announcement, and what is read from
inside only.

Who takes part changes often, and activities are few: the audience says only what is out and what is
not, the rule of visibility says the rest.
"""

from __future__ import annotations

import datetime as dt

from django.utils.translation import gettext_lazy as _

from yizheng.core.access import Actor
from yizheng.core.search_registry import Searchable

from . import queries, rules
from .enums import ActivityState, OutcomeState
from .flow import ACTIVITY, OUTCOME
from .models import Activity, Outcome


def text_of(activity: Activity) -> str:
    """What every member reads who may see it at all; the first line is the title."""
    lines = [
        activity.title,
        activity.summary,
        *(f"{item.title} {item.speaker}".strip() for item in activity.agenda.all()),
        queries.label_of("forms", activity.form),
        activity.place,
        activity.counterpart,
        str(activity.committee or ""),
    ]
    return "\n".join(line for line in lines if line)


def inside_text(activity: Activity) -> str:
    """With minutes and results: for the office and whoever takes part."""
    inside = [part for part in (activity.minutes, activity.results) if part]
    return "\n".join([text_of(activity), *inside]) if inside else ""


def audience(activity: Activity) -> set[str]:
    here = activity.organisation_id
    announced = (
        activity.invited_at is not None
        or activity.call_until is not None
        or activity.state in ActivityState.of("held")
    )
    return {f"r{here}", f"s{here}"} if announced else {f"r{here}"}


def seers(actor: Actor) -> list[str]:
    here = actor.organisation_id
    return [f"r{here}"] if actor.is_system or actor.holds(rules.READ) else [f"s{here}"]


def _since(activity: Activity) -> dt.datetime:
    return min(activity.starts_at, activity.state_since)


def outcome_text(outcome: Outcome) -> str:
    lines = [
        f"{outcome.number} {outcome.title}".strip(),
        outcome.text,
        outcome.answer,
        outcome.effect,
        outcome.activity.title,
        queries.label_of("outcomes", outcome.kind),
    ]
    return "\n".join(line for line in lines if line)


def outcome_audience(outcome: Outcome) -> set[str]:
    here = outcome.organisation_id
    return {f"r{here}", f"s{here}"} if outcome.state in OutcomeState.of("sent") else {f"r{here}"}


def numbered(query: str) -> list[int]:
    return list(
        Outcome.objects.filter(number=query.strip())
        .exclude(number="")
        .order_by()
        .values_list("pk", flat=True)
    )


SEARCHABLES = (
    Searchable(
        "a",
        ACTIVITY,
        _("Activities"),
        text_of,
        audience,
        seers,
        rules.visible_activities,
        line=queries.when,
        since=_since,
        related={Activity: lambda activity: (activity,)},
        prepare=lambda found: found.select_related("committee").prefetch_related("agenda"),
        opens=rules.reads_activities,
    ),
    Searchable(
        "i",
        ACTIVITY,
        _("Activities"),
        inside_text,
        audience,
        seers,
        rules.visible_from_inside,
        line=queries.when,
        since=_since,
        related={Activity: lambda activity: (activity,)},
        prepare=lambda found: found.select_related("committee").prefetch_related("agenda"),
        opens=rules.reads_activities,
    ),
    Searchable(
        "t",
        OUTCOME,
        _("Outcomes of activities"),
        outcome_text,
        outcome_audience,
        seers,
        rules.visible_outcomes,
        number=lambda outcome: outcome.number,
        line=lambda outcome: outcome.activity.title,
        related={Outcome: lambda outcome: (outcome,)},
        prepare=lambda found: found.select_related("activity"),
        for_list=lambda found: found.select_related("activity"),
        numbered=numbered,
        opens=rules.reads_activities,
    ),
)
