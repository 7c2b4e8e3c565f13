"""Outcomes of activities as objects on which leaders write and which are transferred to units."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from yizheng.core.access import Actor
from yizheng.core.refusals import NotNow
from yizheng.core.sources import Ending, Source
from yizheng.transfers.models import Transfer
from yizheng.transfers.transfer_terms import TransferTerms

from . import rules
from .enums import ActivityState, OutcomeState
from .flow import OUTCOME
from .flow.notices import tell_organiser
from .models import Outcome
from .parameters import in_force


def may_enter(actor: Actor, outcome: Outcome) -> bool:
    """Leaders write on what was sent to them, and units are given what was sent."""
    return outcome.state in OutcomeState.of("sent") and rules.organise_around.allows(actor, outcome)


def answer_days() -> int:
    """A unit to which an outcome is transferred has the shortest time the regulation gives any unit
    that answers one.
    """
    days = [form.answer_days for form in in_force().forms if form.answer_days]
    return min(days, default=0)


def transferred(transfer: Transfer, _by: Actor) -> None:
    if Outcome.objects.filter(
        pk=transfer.object_id, activity__state__in=ActivityState.of("cancelled")
    ).exists():
        raise NotNow(
            _("The activity was struck from the record; nothing of it is transferred any more.")
        )


SOURCE = Source(
    model=Outcome,
    place="outcome",
    label=pgettext_lazy("activity", "Outcome"),
    visible=rules.visible_outcomes,
    may_enter=may_enter,
    reads=rules.READ,
    office=rules.organise.code,
    handle=rules.ANSWER,
    url=OUTCOME.url,
    sheet="outcomes",
)
TERMS = TransferTerms(
    model=Outcome,
    days=answer_days,
    transferred=transferred,
    tell_office=lambda outcome: tell_organiser(outcome.activity),
    ends=(
        Ending("activity", ActivityState.of("cancelled"), lambda activity: activity.outcomes.all()),
    ),
)

PROMISES = Ending(
    "activity", ActivityState.of("cancelled"), lambda activity: activity.suggestions.all()
)
"""What units promised at an activity is void when it is struck from the record."""
