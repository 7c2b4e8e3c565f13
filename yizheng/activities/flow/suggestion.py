"""A suggestion made at an activity: whoever it concerns decides, and what is promised by a day is followed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop as msgid
from django.utils.translation import pgettext_lazy

from yizheng.commitments import services as commitments
from yizheng.core.flow import Act, Flow, State, Step, Tell
from yizheng.core.refusals import BadInput
from yizheng.people.queries import accounts_of

from .. import rules
from ..deadlines import answer_due, begins_on, rules_for
from ..enums import Adoption as S
from ..models import ActivitySuggestion
from .common import activity_url, keep_note, tell_organiser, tell_unit

ADOPTED = (S.ADOPTED, S.PARTLY)


def decided_state(_suggestion: ActivitySuggestion, data: Mapping[str, Any]) -> str:
    return str(data["adoption"])


def decide(act: Act[ActivitySuggestion]) -> None:
    """Adopted or not, and why; adopted with a day it becomes a promise of the unit."""
    suggestion, data = act.obj, act.data
    adoption, planned_for = data["adoption"], data.get("planned_for")
    if not data.get("answer", "").strip() and adoption != S.ADOPTED:
        raise BadInput(_("Say why it is not adopted, or which part is."))
    if planned_for and (suggestion.unit is None or adoption not in ADOPTED):
        raise BadInput(_("Only the unit concerned can promise a day, and only for what is adopted."))
    suggestion.answer, suggestion.planned_for, suggestion.decided_on = data.get("answer", ""), planned_for, act.today
    act.detail.update(note=suggestion.answer[:200], adoption=adoption, planned_for=planned_for)
    _promise(act)


def _promise(act: Act[ActivitySuggestion]) -> None:
    suggestion = act.obj
    if suggestion.unit is None:
        return
    if suggestion.planned_for is None:
        commitments.replace_open(suggestion, suggestion.unit, by=act.by)
        return
    commitments.promise(
        source=suggestion, unit=suggestion.unit, text=suggestion.answer or suggestion.text, section="",
        promised_for=suggestion.planned_for, pattern=rules_for(act.today).commitment_number, by=act.by, on=act.today,
        source_label=str(suggestion.activity), source_url=activity_url(suggestion.activity),
    )  # fmt: skip


def _pass_on(act: Act[ActivitySuggestion]) -> None:
    act.obj.unit = act.data["unit"]
    act.obj.due_on = answer_due(act.obj.activity, act.today)
    act.detail["unit"] = str(act.obj.unit)


def _reopen(act: Act[ActivitySuggestion]) -> None:
    act.obj.decided_on = None
    keep_note(act)


def _asked_on(suggestion: ActivitySuggestion) -> Any:
    return answer_due(suggestion.activity, begins_on(suggestion.activity))


SEALS = (("提", pgettext_lazy("seal", "suggestion made")), ("答", pgettext_lazy("seal", "decision of the unit")))
FORMS = "yizheng.activities.forms."
DECIDER = rules.unit_answers | rules.organise_around

SUGGESTION = Flow(
    "activity_suggestion", _("Suggestion"), ActivitySuggestion,
    states={
        S.PENDING: State(S.PENDING.label, rules.unit_answers | rules.office_decides, _("decides on it"), done=1, now=1, due=_asked_on),
        S.ADOPTED: State(S.ADOPTED.label, done=2, ends=True),
        S.PARTLY: State(S.PARTLY.label, done=2, ends=True),
        S.NOT_ADOPTED: State(S.NOT_ADOPTED.label, done=2, ends=True),
    },
    steps=[
        Step[ActivitySuggestion](
            "decide", _("Decide on the suggestion"), _("decided"), frozenset({S.PENDING}), DECIDER, target=decided_state,
            form=f"{FORMS}DecideForm", effect=decide, primary=True,
            tell=(Tell(lambda s: accounts_of([s.membership_id]) if s.membership_id else [],
                       msgid("Your suggestion at “%(title)s” was decided on")),
                  Tell(lambda s: tell_organiser(s.activity), msgid("Suggestion %(number)s of “%(title)s” was decided on"))),
        ),
        Step[ActivitySuggestion](
            "pass_on", _("Give it to a unit"), _("given to a unit"), frozenset({S.PENDING}), rules.organise_around,
            form=f"{FORMS}PassOnForm", effect=_pass_on,
            tell=(Tell(lambda s: tell_unit(s.unit_id), msgid("A suggestion made at “%(title)s” is for your unit to decide")),),
        ),
        Step[ActivitySuggestion](
            "reopen", _("Decide anew"), _("to be decided anew"), frozenset({S.ADOPTED, S.PARTLY, S.NOT_ADOPTED}),
            rules.organise_around, target=S.PENDING, form=f"{FORMS}NoteForm", effect=_reopen,
            tell=(Tell(lambda s: tell_unit(s.unit_id), msgid("A suggestion made at “%(title)s” is for your unit to decide")),),
        ),
    ],
    seals=SEALS, url=lambda s: reverse("activities:suggestion", args=[s.pk]), visible=rules.visible_suggestions,
    values=lambda s: {"title": s.activity.title, "number": s.number},
)  # fmt: skip
