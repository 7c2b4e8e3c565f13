"""Who may do what with the plan, activities, and what comes of them.

When it may be done is the flows' affair.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from yizheng.core.access import NOTHING, Actor, Rule, is_member, office, permission
from yizheng.organisations.rules import COMMITTEE, UNIT, at_unit, over_committee
from yizheng.people.models import Person
from yizheng.transfers.enums import TransferState
from yizheng.transfers.models import Transfer

from .enums import ActivityState, OutcomeRecipient, OutcomeState
from .models import Activity, ActivitySuggestion, Outcome, Participant

READ = permission("activities.read", _("reads all activities of the office"))
plan = over_committee("activities.plan", _("proposes and discusses topics of the annual plan"))
ORGANISES = _("prepares, holds and records activities")
organise = over_committee("activities.organise", ORGANISES)
organise_around = over_committee(organise.code, ORGANISES, "activity__committee_id")
"""The same for what hangs on an activity: contributions, suggestions, outcomes."""
approve = office("activities.approve", _("approves activities and the annual plan"))
import_activities = office("activities.import", _("imports activities of past years"))
sign = office("activities.sign", _("signs outcomes of activities"))
unit_answers = at_unit("activities.answer", _("answers outcomes and suggestions at its unit"))
ANSWER = unit_answers.code

contributor = is_member("contributor", _("is the member who offered it"))
# What a unit has to answer is the unit's; what went elsewhere, the office's, which keeps the letter
# that came back.
office_answers = Rule(
    "office_answers",
    ORGANISES,
    lambda actor, obj: (
        organise_around.allows(actor, obj) and obj.recipient != OutcomeRecipient.UNIT
    ),
    lambda actor: ~Q(recipient=OutcomeRecipient.UNIT) & organise_around.scope(actor),
)
office_decides = Rule(
    "office_decides",
    ORGANISES,
    lambda actor, obj: organise_around.allows(actor, obj) and obj.unit_id is None,
    lambda actor: Q(unit=None) & organise_around.scope(actor),
)


# Who is invited -----------------------------------------------------------------------------------


def invited(path: str = "") -> Rule:
    """Rule: the actor is the one invited, as a member or by an account of their own; `path` leads
    to the participant.
    """
    prefix = f"{path}__" if path else ""
    member = is_member("invited", _("is the person invited"), f"{prefix}membership_id")
    named = Rule(
        "invited",
        member.label,
        lambda actor, obj: _is_named(actor, getattr(obj, path) if path else obj),
        lambda actor: (
            Q(**{f"{prefix}person__in": Person.objects.filter(accounts=actor.account_id)})
            if actor.account_id
            else NOTHING
        ),
    )
    return replace(member | named, code="invited")


def _is_named(actor: Actor, participant: Participant) -> bool:
    person = participant.person
    return (
        person is not None
        and actor.account_id is not None
        and person.accounts.filter(pk=actor.account_id).exists()
    )


is_invited = invited()


def _on_the_list(actor: Actor) -> Q:
    mine = is_invited.scope(actor)
    return (
        NOTHING
        if mine == NOTHING
        else Q(pk__in=Participant.objects.filter(mine).values("activity"))
    )


takes_part = Rule(
    "takes_part",
    _("is on the list of the activity"),
    lambda actor, activity: Participant.objects.filter(
        is_invited.scope(actor), activity=activity
    ).exists(),
    _on_the_list,
)

# Who reads ----------------------------------------------------------------------------------------

ANNOUNCED = (
    Q(invited_at__isnull=False)
    | Q(call_until__isnull=False)
    | Q(state__in=ActivityState.of("held"))
)
"""Invitations or a call for speeches went out, or it has taken place: before that it is the
office's own affair.
"""


def reads(actor: Actor, activity: Activity) -> bool:
    """Whether it is one of the office's own: of all, or of the committee over which the reader's
    role reaches.
    """
    return (
        actor.is_system
        or actor.holds(READ)
        or activity.committee_id in actor.reach(READ).at(COMMITTEE)
    )


def _own_office(actor: Actor, path: str = "committee__in") -> Q:
    """Those of the committees over which the actor's role reaches."""
    committees = actor.reach(READ).at(COMMITTEE)
    return Q(**{path: committees}) if committees else NOTHING


def visible_activities(actor: Actor) -> Q:
    """The office reads all, a committee's office its own; who takes part, and members where it is
    announced to all, once it is announced.
    """
    if actor.is_system or actor.holds(READ):
        return Q()
    seen = _concerned(actor)
    if actor.membership_ids:
        seen |= Q(is_announced=True)
    return _own_office(actor) | (NOTHING if seen == NOTHING else ANNOUNCED & seen)


def _concerned(actor: Actor) -> Q:
    """Those to which the actor is invited, in which their unit takes part, or of which it has
    something to answer.
    """
    seen = takes_part.scope(actor)
    if units := actor.reach(ANSWER).at(UNIT):
        seen |= Q(pk__in=Activity.units.through.objects.filter(unit__in=units).values("activity"))
        seen |= Q(pk__in=Participant.objects.filter(unit__in=units).values("activity"))
        seen |= Q(pk__in=ActivitySuggestion.objects.filter(unit__in=units).values("activity"))
        theirs = Q(unit__in=units) | Q(pk__in=_transferred(units))
        seen |= Q(
            pk__in=Outcome.objects.filter(theirs, state__in=OutcomeState.of("sent")).values(
                "activity"
            )
        )
    return seen


def _transferred(units: frozenset[int]) -> QuerySet[Transfer, int]:
    """Outcomes given to these units to be handled; one that was handed back is theirs no more."""
    kind = ContentType.objects.get_for_model(Outcome)
    given = Transfer.objects.filter(content_type=kind, unit__in=units)
    return given.exclude(state__in=TransferState.of("gone")).values_list("object_id", flat=True)


def is_concerned(actor: Actor, activity: Activity) -> bool:
    """Whether the actor reads it from inside: papers, minutes, what was said.

    To other members it is an announcement.
    """
    if reads(actor, activity):
        return True
    return Activity.objects.filter(visible_from_inside(actor), pk=activity.pk).exists()


def visible_from_inside(actor: Actor) -> Q:
    """Those the actor reads from inside."""
    if actor.is_system or actor.holds(READ):
        return Q()
    concerned = _concerned(actor)
    return NOTHING if concerned == NOTHING else ANNOUNCED & concerned


def may_read_files(actor: Actor, activity: Activity) -> bool:
    return Activity.objects.filter(
        visible_activities(actor), pk=activity.pk
    ).exists() and is_concerned(actor, activity)


AROUND = "activity__committee__in"


def _inside(actor: Actor, path: str = "activity__in") -> Q:
    concerned = Activity.objects.filter(
        _own_office(actor) | (ANNOUNCED & _concerned(actor))
    ).values("pk")
    return Q(**{path: concerned})


def visible_inside(actor: Actor) -> Q:
    """Who came and what was measured: to whoever reads the activity from inside."""
    return Q() if actor.is_system or actor.holds(READ) else _inside(actor)


def visible_plan(actor: Actor) -> Q:
    """The office reads topics as they are proposed, members what stands in the plan."""
    if actor.is_system or any(actor.holds(name) for name in (READ, plan.code)):
        return Q()
    committees = actor.reach(READ).at(COMMITTEE) | actor.reach(plan.code).at(COMMITTEE)
    seen = Q(committee__in=committees) if committees else NOTHING
    return seen | Q(approved_on__isnull=False) if actor.membership_ids else seen


def reads_plan(actor: Actor) -> bool:
    return visible_plan(actor) != NOTHING


def visible_contributions(actor: Actor) -> Q:
    """One's own; those of the office's affairs; what was given, to whoever was there."""
    if actor.is_system or actor.holds(READ):
        return Q()
    own = contributor.scope(actor)
    return own | _own_office(actor, AROUND) | (_inside(actor) & Q(given_on__isnull=False))


def visible_suggestions(actor: Actor) -> Q:
    if actor.is_system or actor.holds(READ):
        return Q()
    units = actor.reach(ANSWER).at(UNIT)
    return _inside(actor) | (Q(unit__in=units) if units else NOTHING)


def visible_outcomes(actor: Actor) -> Q:
    """Drafts are the office's; what was sent is read by whoever took part, and by the unit that
    answers.
    """
    if actor.is_system or actor.holds(READ):
        return Q()
    return _own_office(actor, AROUND) | (Q(state__in=OutcomeState.of("sent")) & _inside(actor))


def may_read(visible: Callable[[Actor], Q]) -> Callable[[Actor, Any], bool]:
    """Who sees an object of the table reads the papers that hang on it."""
    return lambda actor, obj: type(obj).objects.filter(visible(actor), pk=obj.pk).exists()


def reads_activities(actor: Actor) -> bool:
    """Who finds activities in the bar at the top."""
    return bool(actor.membership_ids) or any(
        actor.holds_somewhere(name) for name in (READ, organise.code, ANSWER)
    )
