"""The life of a suggestion made at an activity: whoever it concerns decides, and what is promised
by a day is followed.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop as msgid
from django.utils.translation import pgettext_lazy

from yizheng.core.flow import Act, Birth, Edit, Ends, Flow, State, Step, Tell
from yizheng.core.flow_table import keep_note
from yizheng.core.punctuation import shortened
from yizheng.core.time_left import DayCount
from yizheng.organisations.services.units import require_open
from yizheng.people.queries import accounts_of
from yizheng.promises import services as promises

from .. import rules
from ..enums import ActivityState
from ..enums import SuggestionState as S
from ..models import ActivitySuggestion
from . import guards
from .activity import MERGED, STRANGER
from .due_dates import answer_due, begins_on, rules_for
from .notices import activity_url, tell_organiser, tell_unit


def decided_state(_suggestion: ActivitySuggestion, data: Mapping[str, Any]) -> str:
    return str(data["adoption"])


def decide(act: Act[ActivitySuggestion]) -> None:
    """Adopted or not, and why; adopted with a day it becomes a promise of the unit."""
    suggestion, data = act.obj, act.data
    suggestion.answer = data["answer"]
    suggestion.planned_for = data["planned_for"]
    suggestion.decided_on = act.today
    act.detail.update(
        note=shortened(suggestion.answer),
        adoption=data["adoption"],
        planned_for=suggestion.planned_for,
    )
    _promise(act)


def _promise(act: Act[ActivitySuggestion]) -> None:
    suggestion = act.obj
    if suggestion.unit is None:
        return
    if suggestion.planned_for is None:
        promises.replace_open(suggestion, suggestion.unit, by=act.by)
        return
    promises.promise(
        source=suggestion,
        unit=suggestion.unit,
        text=suggestion.answer or suggestion.text,
        section="",
        promised_for=suggestion.planned_for,
        pattern=rules_for(act.today).promise_number,
        by=act.by,
        on=act.today,
        source_label=str(suggestion.activity),
        source_url=activity_url(suggestion.activity),
    )


def _pass_on(act: Act[ActivitySuggestion]) -> None:
    require_open(act.data["unit"])
    act.obj.unit, act.obj.given_on = act.data["unit"], act.today
    act.detail["unit"] = str(act.obj.unit)


def _reopen(act: Act[ActivitySuggestion]) -> None:
    act.obj.decided_on = None
    keep_note(act)


def _due(suggestion: ActivitySuggestion) -> dt.date | None:
    """Counted from the day it was made, or was given to the unit that has it now."""
    return answer_due(suggestion.activity, suggestion.given_on or begins_on(suggestion.activity))


def _tell_its_unit(suggestion: ActivitySuggestion) -> Iterable[int]:
    return tell_unit(suggestion.unit_id)


SEALS = (
    ("提", pgettext_lazy("seal", "suggestion")),
    ("答", pgettext_lazy("seal", "decision of the unit")),
)
FORMS = "yizheng.activities.forms.steps."
TO_DECIDE = msgid("A suggestion made at “%(title)s” is for your unit to decide")
DECIDER = rules.unit_answers | rules.organise_around

SUGGESTION = Flow(
    "activity_suggestion",
    _("Suggestion"),
    ActivitySuggestion,
    states={
        S.PENDING: State(
            S.PENDING.label,
            rules.unit_answers | rules.office_decides,
            _("decides on it"),
            done=1,
            now=1,
            due=_due,
            counted=DayCount.CALENDAR,
        ),
        S.ADOPTED: State(S.ADOPTED.label, done=2, ends=True),
        S.PARTLY: State(S.PARTLY.label, done=2, ends=True),
        S.NOT_ADOPTED: State(S.NOT_ADOPTED.label, done=2, ends=True),
        S.LAPSED: State(S.LAPSED.label, done=1, ends=True),
    },
    births=[
        Birth[ActivitySuggestion](
            "noted",
            pgettext_lazy("suggestion", "noted"),
            S.PENDING,
            rule=rules.organise_around,
            stranger=STRANGER,
            guards=(guards.has_suggestions,),
            tell=(Tell(_tell_its_unit, TO_DECIDE),),
        ),
        *(
            Birth[ActivitySuggestion](
                f"imported_{state}",
                _("brought in from a list"),
                state,
                rule=rules.import_activities,
            )
            for state in S.of("decided")
        ),
    ],
    steps=[
        Step[ActivitySuggestion](
            "decide",
            _("Decide on the suggestion"),
            _("decided"),
            frozenset({S.PENDING}),
            DECIDER,
            target=decided_state,
            form=f"{FORMS}DecideForm",
            effect=decide,
            primary=True,
            tell=(
                Tell(
                    lambda s: accounts_of([s.membership_id]) if s.membership_id else [],
                    msgid("Your suggestion at “%(title)s” was decided on"),
                ),
                Tell(
                    lambda s: tell_organiser(s.activity),
                    msgid("Suggestion %(number)s of “%(title)s” was decided on"),
                    may_mute=True,
                ),
            ),
        ),
        Step[ActivitySuggestion](
            "pass_on",
            _("Give it to a unit"),
            _("given to a unit"),
            frozenset({S.PENDING}),
            rules.organise_around,
            target=S.PENDING,
            form=f"{FORMS}PassOnForm",
            effect=_pass_on,
            tell=(Tell(_tell_its_unit, TO_DECIDE),),
        ),
        Step[ActivitySuggestion](
            "reopen",
            _("Decide again"),
            _("to be decided anew"),
            frozenset({S.ADOPTED, S.PARTLY, S.NOT_ADOPTED}),
            rules.organise_around,
            target=S.PENDING,
            guards=(guards.is_not_over,),
            form=f"{FORMS}ActivityNoteForm",
            effect=_reopen,
            tell=(Tell(_tell_its_unit, TO_DECIDE),),
        ),
        Step[ActivitySuggestion](
            "lapse",
            _("Lapse"),
            _("lapsed with the activity"),
            frozenset({S.PENDING}),
            rules.organise_around,
            target=S.LAPSED,
            effect=keep_note,
            automatic=True,
            tell=(
                Tell(
                    _tell_its_unit,
                    msgid(
                        "A suggestion made at “%(title)s” is no longer for your unit to "
                        "decide: the activity was cancelled"
                    ),
                ),
            ),
        ),
    ],
    edits=[
        Edit[ActivitySuggestion](
            "inherited",
            MERGED,
            frozenset({S.PENDING}),
            rules.organise_around,
            _("It was decided on."),
            traced=False,
        )
    ],
    ends=[
        Ends(
            "activity",
            frozenset(ActivityState.of("cancelled")),
            "lapse",
            lambda activity: activity.suggestions.all(),
        )
    ],
    under=lambda s: s.activity,
    due_with=("activity",),
    seals=SEALS,
    url=lambda s: reverse("activities:suggestion", args=[s.pk]),
    visible=rules.visible_suggestions,
    values=lambda s: {"title": s.activity.title, "number": s.number},
)
