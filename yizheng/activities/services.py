"""Writes beside the steps: drafts of activities with their agenda, topics, contributions,
suggestions, outcomes, measures.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from yizheng.core import derived_rows, doors, files
from yizheng.core.access import Actor
from yizheng.core.doors import RowChange
from yizheng.core.files import attached_to
from yizheng.core.refusals import BadInput, NotNow, Wrong
from yizheng.organisations.services.units import require_open

from . import rules
from .enums import ActivityState
from .flow import ACTIVITY, CONTRIBUTION, OUTCOME, PLAN_ITEM, SUGGESTION
from .flow.activity import STRANGER
from .flow.due_dates import begins_on, rules_for
from .flow.effects import set_sittings
from .flow.guards import PAPER, topic_stands
from .models import (
    Activity,
    ActivitySuggestion,
    AgendaItem,
    Contribution,
    MeasuredResult,
    Outcome,
    PlanItem,
)

FIELDS = (
    "title",
    "form",
    "programme",
    "plan_item",
    "committee",
    "sector",
    "group",
    "starts_at",
    "ends_at",
    "place",
    "venue",
    "learning",
    "is_remote",
    "is_away",
    "counterpart",
    "summary",
    "is_announced",
)


# Activities ---------------------------------------------------------------------------------------


@transaction.atomic
def create_activity(*, by: Actor, **values: Any) -> Activity:
    """A draft with its sittings cut from begin and end.

    `agenda`: (item, speaker) pairs; `units`: who takes part.
    """
    activity = Activity(entered_by_id=by.account_id)
    _fill(activity, values)
    ACTIVITY.begin(activity, "drafted", by=by)
    _fill_related(RowChange(activity), values)
    derived_rows.refresh(activity)
    return activity


def save_activity(
    activity: Activity, *, by: Actor, seen: int | None = None, **values: Any
) -> Activity:
    """Save what was typed; it must be the actor's to organise before and after."""
    with ACTIVITY.editing("save", activity, by=by, seen=seen) as edit:
        _fill(edit.row, values)
        doors.require(by, rules.organise, edit.row, STRANGER)
        if reason := topic_stands(edit.row):
            raise NotNow(reason)
        _fill_related(edit, values)
    return edit.row


def _fill(activity: Activity, values: Mapping[str, Any]) -> None:
    for name in FIELDS:
        if name in values:
            setattr(activity, name, values[name])
    wrong_in_activity({name: getattr(activity, name) for name in FIELDS}).refuse()
    day = timezone.localdate(activity.starts_at)
    form = rules_for(day).form(activity.form)
    assert form is not None
    activity.kind, activity.year = form.kind, day.year
    # What the regulation keeps among the invited (a party group meeting) is not announced by a tick
    # left standing.
    activity.is_announced = activity.is_announced and form.is_announced


def wrong_in_activity(values: Mapping[str, Any]) -> Wrong:
    """Also where only some of the values could be read."""
    begin, end, wrong = values.get("starts_at"), values.get("ends_at"), Wrong()
    wrong.when(begin and end and end <= begin, _("It must end after it begins."), "ends_at")
    if begin and "form" in values:
        unknown = rules_for(timezone.localdate(begin)).form(values["form"]) is None
        sentence = _("The regulation in force does not know this form; choose another.")
        wrong.when(unknown, sentence, "form")
    return wrong


def _fill_related(edit: RowChange[Activity], values: Mapping[str, Any]) -> None:
    activity = edit.row
    set_sittings(activity)
    if "units" in values and set(units := list(values["units"])) != set(activity.units.all()):
        activity.units.set(units)
        edit.note(units=[unit.short_name for unit in units])
    if "agenda" in values:
        _number_agenda(edit, values["agenda"])


def set_agenda(
    activity: Activity, items: Iterable[tuple[str, str]], *, by: Actor, seen: int | None = None
) -> None:
    """The agenda can be put in order until the minutes are recorded."""
    with ACTIVITY.editing("agenda", activity, by=by, seen=seen) as edit:
        _number_agenda(edit, items)


def _number_agenda(edit: RowChange[Activity], items: Iterable[tuple[str, str]]) -> None:
    kept = [
        (title.strip()[:200], speaker.strip()[:60]) for title, speaker in items if title.strip()
    ]
    before = [(item.title, item.speaker) for item in edit.row.agenda.all()]
    if kept == before:
        return
    edit.row.agenda.all().delete()
    for position, (title, speaker) in enumerate(kept, start=1):
        AgendaItem(activity=edit.row, position=position, title=title, speaker=speaker).save()
    edit.note(agenda=[[title for title, _speaker in items][:20] for items in (before, kept)])


def take_paper_off(activity: Activity, file: int, *, by: Actor, seen: int | None = None) -> str:
    """Its name; empty where somebody else took it off already."""
    with ACTIVITY.editing("take_paper_off", activity, by=by, seen=seen) as edit:
        paper = attached_to(edit.row, PAPER).filter(pk=file).first()
        if paper is None:
            return ""
        files.remove(paper, by=by)
        edit.note(paper=paper.name)
    return paper.name


def discard(activity: Activity, *, by: Actor, seen: int | None = None) -> None:
    """Throw a draft away that nobody approved; everything later is called off instead and kept."""
    with ACTIVITY.editing("discard", activity, by=by, seen=seen):
        pass


# The plan -----------------------------------------------------------------------------------------


def propose_topic(*, by: Actor, **values: Any) -> PlanItem:
    return PLAN_ITEM.begin(PlanItem(**values), "proposed", by=by)


# What is said -------------------------------------------------------------------------------------


def offer_contribution(activity: Activity, *, by: Actor, **values: Any) -> Contribution:
    """A member answers a call for contributions."""
    own = min(by.membership_ids, default=None)
    contribution = Contribution(
        activity=activity, membership_id=own, entered_by_id=by.account_id, **values
    )
    return CONTRIBUTION.begin(contribution, "offered", by=by)


@transaction.atomic
def record_contribution(activity: Activity, *, by: Actor, **values: Any) -> Contribution:
    """The organiser enters what was given, or who is to speak: it is given once the activity was
    held.
    """
    held = doors.locked(activity)
    contribution = Contribution(activity=held, entered_by_id=by.account_id, **values)
    if contribution.membership_id is None and not contribution.speaker_name:
        raise BadInput(_("Say who speaks: a member, or somebody by name."), field="membership")
    if held.state in ActivityState.of("held"):
        contribution.given_on = begins_on(held)
    return CONTRIBUTION.begin(
        contribution, "recorded_given" if contribution.given_on else "recorded", by=by
    )


@transaction.atomic
def add_suggestion(activity: Activity, *, by: Actor, **values: Any) -> ActivitySuggestion:
    """Number a suggestion made there; the unit concerned is told at once."""
    at = doors.locked(activity)
    last = at.suggestions.aggregate(last=Max("number"))["last"] or 0
    suggestion = ActivitySuggestion(
        activity=at, number=last + 1, entered_by_id=by.account_id, **values
    )
    if suggestion.unit:
        require_open(suggestion.unit)
    if suggestion.membership_id is None and not suggestion.made_by:
        raise BadInput(_("Say who made it: a member, or somebody in words."), field="membership")
    return SUGGESTION.begin(suggestion, "noted", by=by)


# What comes of it ---------------------------------------------------------------------------------


def draft_outcome(activity: Activity, *, by: Actor, **values: Any) -> Outcome:
    return OUTCOME.begin(
        Outcome(activity=activity, entered_by_id=by.account_id, **values), "drafted", by=by
    )


def save_outcome(outcome: Outcome, *, by: Actor, seen: int | None = None, **values: Any) -> Outcome:
    with OUTCOME.editing("save", outcome, by=by, seen=seen) as edit:
        for name, value in values.items():
            setattr(edit.row, name, value)
    return edit.row


Value = tuple[Decimal, bool, str]
"""What was measured: the number, whether it is at least that, and a note."""


def set_measured(
    activity: Activity, values: Mapping[str, Value], *, by: Actor, seen: int | None = None
) -> None:
    """People served, things handed out: the whole list anew; a measure left out is taken off."""
    with ACTIVITY.editing("measured", activity, by=by, seen=seen) as edit:
        if any(value < 0 for value, _least, _note in values.values()):
            raise BadInput(_("A measured result cannot be less than nothing."))
        before = {m.measure: str(m.value) for m in edit.row.measured.all()}
        edit.row.measured.all().delete()
        for measure, (value, is_at_least, note) in values.items():
            MeasuredResult(
                activity=edit.row, measure=measure, value=value, is_at_least=is_at_least, note=note
            ).save()
        edit.note(
            before=before, after={measure: str(value[0]) for measure, value in values.items()}
        )
