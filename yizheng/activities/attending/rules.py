"""Who answers an invitation, asks for leave and grants it, keeps the desk."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from yizheng.core.access import NOTHING, Actor, Rule, office, over_committee
from yizheng.regulations import NoRegulation

from ..models import Leave, Participant
from ..parameters import Form, in_force
from ..rules import ORGANISES

organise_leave = over_committee("activities.organise", ORGANISES, "participant__activity__committee_id")
ORGANISER = "organiser"
APPROVERS = {
    ORGANISER: organise_leave,
    "secretary": office("activities.leave_secretary", _("grants leave that is the secretary-general's to grant")),
    "chairperson": office("activities.leave_chair", _("grants leave that is the chairperson's to grant")),
}
"""Who grants leave, as the regulation calls them → the rule that says who they are."""


def _forms() -> tuple[Form, ...]:
    """Of the regulation in force; none in a house that has adopted none yet."""
    try:
        return in_force().forms
    except NoRegulation:
        return ()


def own(actor: Actor, prefix: str = "") -> Q:
    """Filter over participants: where the actor is the one invited."""
    mine = NOTHING
    if actor.membership_ids:
        mine |= Q(**{f"{prefix}membership__in": actor.membership_ids})
    if actor.account_id:
        mine |= Q(**{f"{prefix}person__accounts": actor.account_id})
    return mine


def is_own(actor: Actor, participant: Participant) -> bool:
    if participant.membership_id:
        return participant.membership_id in actor.membership_ids
    if participant.person is None or actor.account_id is None:
        return False
    return participant.person.accounts.filter(pk=actor.account_id).exists()


def set_asked(leave: Leave, at: dt.datetime) -> None:
    """When it was asked for, and with that who decides; a regulation that comes later changes nothing of it."""
    activity = leave.participant.activity
    leave.asked_at, leave.is_late = at, at >= activity.starts_at
    form = next((form for form in _forms() if form.code == activity.form), None)
    leave.approver = form.leave_approver if form and not leave.is_late else ORGANISER


def approver_of(leave: Leave) -> Rule:
    """Who decides: what was asked after it began needs the organiser's hand."""
    return APPROVERS[leave.approver]


def _decides(actor: Actor, leave: Leave) -> bool:
    return approver_of(leave).allows(actor, leave) and not is_own(actor, leave.participant)


def _decided_by(actor: Actor) -> Q:
    found = NOTHING
    for name, rule in APPROVERS.items():
        if (scope := rule.scope(actor)) != NOTHING:
            found |= scope & Q(approver=name)
    return found if found == NOTHING else found & ~own(actor, "participant__")


decide_leave = Rule("decide_leave", _("grants leave from activities of this form"), _decides, _decided_by)
ask_leave = Rule(
    "ask_leave", _("is the person invited"),
    lambda actor, leave: is_own(actor, leave.participant),
    lambda actor: own(actor, "participant__"),
)  # fmt: skip
ask_or_organise = Rule(
    "ask_leave|organise", _("is the person invited, or the organising office for them"),
    lambda actor, leave: ask_leave.allows(actor, leave) or organise_leave.allows(actor, leave),
    lambda actor: (organise_leave | ask_leave).scope(actor),
)  # fmt: skip


def visible_leaves(actor: Actor) -> Q:
    """A reason for leave is read by who asked, who decides and the organising office, and by nobody else."""
    if actor.is_system or organise_leave.allows(actor, None):
        return Q()
    return own(actor, "participant__") | decide_leave.scope(actor) | organise_leave.scope(actor)


def may_read_leave(actor: Actor, leave: Any) -> bool:
    return Leave.objects.filter(visible_leaves(actor), pk=leave.pk).exists()
