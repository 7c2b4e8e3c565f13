"""Writes that change no state: drafts of activities with their agenda, topics, contributions, suggestions, outcomes, measures."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as msgid

from yizheng.core import audit, clock, derived, files, outbox
from yizheng.core.access import Actor
from yizheng.core.refusals import BadInput, NotAllowed, NotNow, StaleState

from . import rules
from .deadlines import rules_for
from .enums import TAKEN_PLACE, ActivityState, Adoption, ContributionState, OutcomeState, PlanState
from .flow import ACTIVITY, CONTRIBUTION, OUTCOME, PLAN_ITEM, SUGGESTION
from .flow.common import tell_organiser, tell_unit, values_of
from .models import Activity, ActivitySuggestion, AgendaItem, Contribution, Measured, Outcome, PlanItem
from .sittings import set_sittings

FIELDS = (
    "title", "form", "programme", "plan_item", "committee", "sector", "group", "starts_at", "ends_at", "place", "venue", "learning", "is_remote",
    "is_away", "counterpart", "summary", "is_announced",
)  # fmt: skip
NOT_OVER = (ActivityState.DRAFT, ActivityState.APPROVING, ActivityState.APPROVED, ActivityState.INVITED, ActivityState.HELD)
SAID_AT = (ActivityState.INVITED, ActivityState.HELD, ActivityState.RECORDED)


def _require(allowed: bool, sentence: str) -> None:
    if not allowed:
        raise NotAllowed(sentence)


def _organises(by: Actor, activity: Activity) -> None:
    if by.is_system or rules.organise.allows(by, activity):
        return
    if by.reach(rules.organise.code).committees:
        raise NotAllowed(_("Your role reaches over the activities of your committee only: choose it as the responsible committee."))
    raise NotAllowed(_("Only whoever organises activities may do this."))


# Activities -------------------------------------------------------------------------------------------------------


@transaction.atomic
def create_activity(*, by: Actor, **values: Any) -> Activity:
    """A draft with its sittings cut from begin and end. `agenda`: (item, speaker) pairs; `units`: who takes part."""
    activity = Activity(entered_by_id=by.account_id)
    _organises(by, Activity(committee=values.get("committee")))
    _fill(activity, values)
    ACTIVITY.begin(activity, ActivityState.DRAFT, by=by, action="drafted")
    _fill_related(activity, values)
    derived.refresh(activity)
    return activity


@transaction.atomic
def save_activity(activity: Activity, *, by: Actor, seen: int | None = None, **values: Any) -> Activity:
    """Save what was typed; the version tells two open windows apart, so that neither overwrites the other unseen."""
    locked = Activity.objects.select_for_update().get(pk=activity.pk)
    _organises(by, locked)
    if locked.state != ActivityState.DRAFT:
        raise NotNow(_("It is handed in; take it back first, or change its time and place."))
    if seen is not None and seen != locked.version:
        raise StaleState(
            _("This draft was saved in another window since you opened it. What you typed here is kept on this page: compare before you save again.")
        )
    _fill(locked, values)
    _organises(by, locked)
    due = ACTIVITY.state_of(locked).due
    locked.due_on = due(locked) if due else None
    locked.version += 1
    locked.save()
    _fill_related(locked, values)
    derived.refresh(locked)
    return locked


def _fill(activity: Activity, values: Mapping[str, Any]) -> None:
    for name in FIELDS:
        if name in values:
            setattr(activity, name, values[name])
    if activity.ends_at <= activity.starts_at:
        raise BadInput(_("It must end after it begins."))
    day = timezone.localdate(activity.starts_at)
    form = rules_for(day).form(activity.form)
    if form is None:
        raise BadInput(_("The regulation in force does not know this form; choose another."))
    activity.kind, activity.year = form.kind, day.year
    # What the regulation keeps among the invited (a party group meeting) is not announced by a tick left standing.
    activity.is_announced = activity.is_announced and form.is_announced


def _fill_related(activity: Activity, values: Mapping[str, Any]) -> None:
    set_sittings(activity)
    if "units" in values:
        activity.units.set(values["units"])
    if "agenda" in values:
        _number_agenda(activity, values["agenda"])


@transaction.atomic
def set_agenda(activity: Activity, items: Iterable[tuple[str, str]], *, by: Actor) -> None:
    """The agenda can be put in order until the minutes are recorded."""
    _organises(by, activity)
    locked = Activity.objects.select_for_update().get(pk=activity.pk)
    if locked.state not in NOT_OVER:
        raise NotNow(_("Its minutes are recorded; the agenda stays as it was."))
    _number_agenda(locked, items)
    audit.record("activity.agenda", by=by, of=locked, detail={"items": locked.agenda.count()})
    derived.refresh(locked)


def _number_agenda(activity: Activity, items: Iterable[tuple[str, str]]) -> None:
    kept = [(title.strip(), speaker.strip()) for title, speaker in items if title.strip()]
    if kept == [(item.title, item.speaker) for item in activity.agenda.all()]:
        return
    activity.agenda.all().delete()
    for position, (title, speaker) in enumerate(kept, start=1):
        AgendaItem(activity=activity, position=position, title=title[:200], speaker=speaker[:60]).save()


@transaction.atomic
def discard(activity: Activity, *, by: Actor) -> None:
    """Throw a draft away that nobody approved; everything later is called off instead and kept."""
    _organises(by, activity)
    locked = Activity.objects.select_for_update().get(pk=activity.pk)
    if locked.state != ActivityState.DRAFT or locked.approved_by_words or locked.contributions.exists():
        raise NotNow(_("Only a draft that was never approved can be thrown away; call it off instead."))
    audit.record("activity.discarded", by=by, of=locked)
    files.remove_all(locked, by=by)
    locked.participants.all().delete()
    locked.delete()


# The plan ---------------------------------------------------------------------------------------------------------


def propose_topic(*, by: Actor, **values: Any) -> PlanItem:
    item = PlanItem(**values)
    if not (by.is_system or rules.plan.allows(by, item)):
        if by.reach(rules.plan.code).committees:
            raise NotAllowed(_("Your role proposes topics of your committee only: choose it as the responsible committee."))
        raise NotAllowed(_("Only whoever keeps the annual plan proposes topics."))
    return PLAN_ITEM.begin(item, PlanState.PROPOSED, by=by, action="proposed")


# What is said -----------------------------------------------------------------------------------------------------


def takes_offers(activity: Activity) -> bool:
    return (
        activity.call_until is not None
        and activity.call_until >= clock.today()
        and activity.state in (ActivityState.APPROVED, ActivityState.INVITED)
    )


@transaction.atomic
def offer_contribution(activity: Activity, *, by: Actor, **values: Any) -> Contribution:
    """A member answers a call for contributions."""
    own = min(by.membership_ids, default=None)
    _require(own is not None, _("Only members offer contributions."))
    if not takes_offers(activity):
        raise NotNow(_("Contributions are not asked for, or the day for them has passed."))
    contribution = Contribution(activity=activity, membership_id=own, entered_by_id=by.account_id, **values)
    CONTRIBUTION.begin(contribution, ContributionState.OFFERED, by=by, action="offered")
    words = msgid("A contribution was offered: “%(title)s”")
    outbox.post("contribution.offered", words, {"title": contribution.title}, tell_organiser(activity), CONTRIBUTION.url(contribution))
    return contribution


@transaction.atomic
def record_contribution(activity: Activity, *, by: Actor, **values: Any) -> Contribution:
    """The organiser enters what was given, or who is to speak: it is given once the activity has begun."""
    _organises(by, activity)
    if activity.state in (ActivityState.DRAFT, ActivityState.CANCELLED, ActivityState.CLOSED):
        raise NotNow(_("Contributions are recorded between approval and closing."))
    contribution = Contribution(activity=activity, entered_by_id=by.account_id, **values)
    if contribution.membership_id is None and not contribution.speaker_name:
        raise BadInput(_("Say who speaks: a member, or somebody by name."))
    given = activity.state in TAKEN_PLACE
    if given:
        contribution.given_on = timezone.localdate(activity.starts_at)
    state = ContributionState.GIVEN if given else ContributionState.ORAL
    return CONTRIBUTION.begin(contribution, state, by=by, action="recorded")


@transaction.atomic
def add_suggestion(activity: Activity, *, by: Actor, **values: Any) -> ActivitySuggestion:
    """Number a suggestion made there; the unit concerned is told at once."""
    _organises(by, activity)
    Activity.objects.select_for_update().get(pk=activity.pk)
    if activity.state not in SAID_AT:
        raise NotNow(_("Suggestions are recorded from the invitation until it is closed."))
    last = activity.suggestions.aggregate(last=Max("number"))["last"] or 0
    suggestion = ActivitySuggestion(activity=activity, number=last + 1, entered_by_id=by.account_id, **values)
    if suggestion.membership_id is None and not suggestion.made_by:
        raise BadInput(_("Say who made it: a member, or somebody in words."))
    SUGGESTION.begin(suggestion, Adoption.PENDING, by=by, action="noted")
    words = msgid("A suggestion made at “%(title)s” is for your unit to decide")
    outbox.post("suggestion.noted", words, values_of(activity), tell_unit(suggestion.unit_id), SUGGESTION.url(suggestion))
    return suggestion


# What comes of it -------------------------------------------------------------------------------------------------


@transaction.atomic
def draft_outcome(activity: Activity, *, by: Actor, **values: Any) -> Outcome:
    _organises(by, activity)
    if activity.state not in (ActivityState.HELD, ActivityState.RECORDED):
        raise NotNow(_("An outcome is written after the activity was held, and before it is closed."))
    outcome = Outcome(activity=activity, entered_by_id=by.account_id, **values)
    return OUTCOME.begin(outcome, OutcomeState.DRAFT, by=by, action="drafted")


@transaction.atomic
def save_outcome(outcome: Outcome, *, by: Actor, seen: int | None = None, **values: Any) -> Outcome:
    locked = Outcome.objects.select_for_update().get(pk=outcome.pk)
    _organises(by, locked.activity)
    if locked.state != OutcomeState.DRAFT:
        raise NotNow(_("It is handed in for signature; its text can be changed only when it is sent back."))
    if seen is not None and seen != locked.version:
        raise StaleState(
            _("This draft was saved in another window since you opened it. What you typed here is kept on this page: compare before you save again.")
        )
    for name, value in values.items():
        setattr(locked, name, value)
    locked.version += 1
    locked.save()
    derived.refresh(locked)
    return locked


Value = tuple[Decimal, bool, str]
"""What was measured: the number, whether it is at least that, and a note."""


@transaction.atomic
def set_measured(activity: Activity, values: Mapping[str, Value], *, by: Actor) -> None:
    """People served, things handed out: the whole list anew; a measure left out is taken off."""
    _organises(by, activity)
    locked = Activity.objects.select_for_update().get(pk=activity.pk)
    if locked.state not in TAKEN_PLACE:
        raise NotNow(_("Results are recorded when it has been held."))
    if any(value < 0 for value, _least, _note in values.values()):
        raise BadInput(_("A measured result cannot be less than nothing."))
    before = {m.measure: str(m.value) for m in locked.measured.all()}
    locked.measured.all().delete()
    for measure, (value, is_at_least, note) in values.items():
        Measured(activity=locked, measure=measure, value=value, is_at_least=is_at_least, note=note).save()
    detail = {"before": before, "after": {measure: str(value[0]) for measure, value in values.items()}}
    audit.record("activity.measured", by=by, of=locked, detail=detail)
    derived.refresh(locked)


