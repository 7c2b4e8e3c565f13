"""Who answers an invitation, asks for leave and grants it, keeps the desk."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from yizheng.activities.parameters import Form, in_force
from yizheng.activities.rules import (
    ORGANISES,
    invited,
    is_invited,
    organise,
    organise_around,
    unit_answers,
)
from yizheng.core.access import NOTHING, Actor, Rule, is_account, office
from yizheng.organisations.rules import over_committee
from yizheng.regulations import NoRegulation

from .models import Leave

organise_leave = over_committee(organise.code, ORGANISES, "participant__activity__committee_id")
ORGANISER = "organiser"
APPROVERS = {
    ORGANISER: organise_leave,
    "secretary": office(
        "attending.leave_secretary", _("grants leave that is the secretary-general's to grant")
    ),
    "chairperson": office(
        "attending.leave_chair", _("grants leave that is the chairperson's to grant")
    ),
}
"""Who grants leave, as the regulation calls them → the rule that says who they are."""


def _forms() -> tuple[Form, ...]:
    """Of the regulation in force; none in a house that has adopted none yet."""
    try:
        return in_force().forms
    except NoRegulation:
        return ()


ask_leave = replace(invited("participant"), code="ask_leave")
answer = replace(
    is_invited | unit_answers | organise_around,
    label=_("is the person or the unit invited, or the organising office for them"),
)
"""Of a participant: who says whether they come."""


def set_asked(leave: Leave, at: dt.datetime) -> None:
    """When it was asked for, and with that who decides; a regulation that comes later changes
    nothing of it.
    """
    activity = leave.participant.activity
    leave.asked_at, leave.is_late = at, at >= activity.starts_at
    form = next((form for form in _forms() if form.code == activity.form), None)
    leave.approver = form.leave_approver if form and not leave.is_late else ORGANISER


def approver_of(leave: Leave) -> Rule:
    """Who decides: what was asked after it began needs the organiser's hand."""
    return APPROVERS[leave.approver]


def _decides(actor: Actor, leave: Leave) -> bool:
    return approver_of(leave).allows(actor, leave) and not ask_leave.allows(actor, leave)


def _decided_by(actor: Actor) -> Q:
    found = NOTHING
    for name, rule in APPROVERS.items():
        if (scope := rule.scope(actor)) != NOTHING:
            found |= scope & Q(approver=name)
    return found if found == NOTHING else found & ~ask_leave.scope(actor)


decide_leave = Rule(
    "decide_leave", _("grants leave from activities of this form"), _decides, _decided_by
)
ask_or_organise = replace(
    ask_leave | organise_leave, label=_("is the person invited, or the organising office for them")
)


def visible_leaves(actor: Actor) -> Q:
    """A reason for leave is read by who asked, who decides and the organising office, and by nobody
    else.
    """
    if actor.is_system or organise_leave.allows(actor, None):
        return Q()
    return ask_leave.scope(actor) | decide_leave.scope(actor) | organise_leave.scope(actor)


own_feed = is_account("own_feed", _("is the one whose calendar it is"), "account_id")
