"""Writes of inviting people, of their answers and their leave."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as msgid

from yizheng.activities.enums import ActivityState, Answer, ParticipantRole
from yizheng.activities.flow import ACTIVITY
from yizheng.activities.flow.notices import values_of as activity_values
from yizheng.activities.models import Activity, Attendance, Participant
from yizheng.activities.rules import ANSWER
from yizheng.core import audit, clock, doors, outbox
from yizheng.core.access import Actor
from yizheng.core.doors import RowChange
from yizheng.core.refusals import BadInput, NotNow
from yizheng.organisations.models import Unit
from yizheng.organisations.services.units import require_open
from yizheng.people.models import Membership
from yizheng.people.queries import accounts_at_unit, serving_on

from .. import flow, rules
from ..models import Leave, SignIn

INVITED = msgid("You are invited: “%(title)s”, %(when)s, %(place)s")


# Whom ---------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class MemberSelection:
    """Which members: all, standing, or those of a sector, committee or group, or some by name."""

    who: str
    id: int | None = None
    members: tuple[int, ...] = ()


def chosen(activity: Activity, choice: MemberSelection) -> QuerySet[Membership]:
    """The members who serve on the day it begins."""
    serving = serving_on(timezone.localdate(activity.starts_at)).select_related("person", "sector")
    filters: dict[str, dict[str, object]] = {
        "all": {},
        "standing": {"is_standing": True},
        "sector": {"sector": choice.id},
        "committee": {"committee": choice.id},
        "group": {"group": choice.id},
        "members": {"pk__in": choice.members},
    }
    return serving.filter(**filters[choice.who]).order_by("sector", "pk")


@dataclass(frozen=True)
class InvitationPreview:
    """Whom a choice would add, and who of it is on the list already."""

    new: Sequence[Membership]
    there: Sequence[Membership]


def preview(activity: Activity, choice: MemberSelection) -> InvitationPreview:
    listed = set(activity.participants.values_list("membership", flat=True))
    found = list(chosen(activity, choice))
    return InvitationPreview(
        [m for m in found if m.pk not in listed], [m for m in found if m.pk in listed]
    )


# Adding and taking off ----------------------------------------------------------------------------


def add_members(
    activity: Activity, members: Iterable[Membership], *, role: str, by: Actor
) -> list[Participant]:
    """Those on the list already stay as they are.

    Once invitations are out, whoever is added is told at once.
    """
    with ACTIVITY.editing("list", activity, by=by) as edit:
        listed = set(edit.row.participants.values_list("membership", flat=True))
        return _listed(
            edit,
            [
                Participant(role=role, membership=member)
                for member in members
                if member.pk not in listed
            ],
        )


def add_unit(
    activity: Activity, unit: Unit, *, post: str = "", name: str = "", by: Actor
) -> Participant:
    with ACTIVITY.editing("list", activity, by=by) as edit:
        require_open(unit)
        if edit.row.participants.filter(unit=unit, name=name).exists():
            raise BadInput(
                _("%(unit)s is on the list already.") % {"unit": unit.short_name}, field="unit"
            )
        return _listed(
            edit, [Participant(role=ParticipantRole.UNIT, unit=unit, name=name, post=post)]
        )[0]


def add_named(
    activity: Activity, *, role: str, name: str, post: str = "", by: Actor
) -> Participant:
    """A guest, an observer (列席) or staff by name.

    Whoever has an account here is told in their inbox.
    """
    with ACTIVITY.editing("list", activity, by=by) as edit:
        if edit.row.participants.filter(name=name, post=post, role=role).exists():
            raise BadInput(_("%(name)s is on the list already.") % {"name": name}, field="name")
        return _listed(edit, [Participant(role=role, name=name, post=post)])[0]


def _listed(edit: RowChange[Activity], added: list[Participant]) -> list[Participant]:
    activity = edit.row
    for participant in added:
        participant.activity = activity
        participant.invited_at = clock.now() if activity.invited_at else None
        participant.save()
    if added:
        edit.note(people=[str(participant) for participant in added][:400])
    if activity.invited_at and activity.ends_at > clock.now():
        tell_invited(activity, added)
    return added


def tell_invited(activity: Activity, invited: Iterable[Participant]) -> None:
    accounts = [account for participant in invited for account in accounts_told(participant)]
    outbox.post(
        "activity.invite",
        INVITED,
        activity_values(activity),
        accounts,
        reverse("attending:attend", args=[activity.pk]),
    )


def accounts_told(participant: Participant) -> list[int]:
    if participant.unit_id:
        return accounts_at_unit(participant.unit_id, ANSWER)
    return flow.accounts_of_participant(participant)


def take_off(participant: Participant, *, by: Actor, seen: str | None = None) -> None:
    """Taken off by mistake is added again.

    Who signed in, answered or asked for leave stays: it is on record.
    """
    with ACTIVITY.editing("take_off", participant.activity, by=by) as edit:
        there = doors.locked(participant)
        doors.check_seen(seen, there)
        if (
            SignIn.objects.filter(participant=there).exists()
            or Attendance.objects.filter(participant=there).exists()
        ):
            raise NotNow(_("%(name)s has signed in and stays on the list.") % {"name": there})
        if there.answer != Answer.NONE or Leave.objects.filter(participant=there).exists():
            raise NotNow(
                _("%(name)s has answered already and stays on the list.") % {"name": there}
            )
        edit.note(people=[str(there)])
        there.delete()


# Answers ------------------------------------------------------------------------------------------


@transaction.atomic
def answer(
    participant: Participant, comes: bool, *, note: str = "", by: Actor, seen: str | None = None
) -> Participant:
    """One tap.

    Until it ends the answer can be changed; leave is another matter and not touched by it.
    """
    activity = doors.locked(participant.activity)
    stranger = _(
        "Only the person invited answers an invitation, or the organising office for them."
    )
    last = audit.last_change(participant)
    if last and by.account_id is not None and last.actor_id == by.account_id:
        seen = None  # Back, and the other answer: one's own last tap is no surprise
    with doors.editing(
        participant, "participant.answered", by=by, rule=rules.answer, seen=seen, stranger=stranger
    ) as edit:
        _may_be_answered(activity)
        edit.row.answer = Answer.COMES if comes else Answer.CANNOT
        edit.row.answered_at, edit.row.answer_note = clock.now(), note[:200]
        edit.note(activity=activity.title, who=str(participant))
    return participant


def _may_be_answered(activity: Activity) -> None:
    if activity.state in ActivityState.of("cancelled"):
        raise NotNow(_("The activity was cancelled; no answer is needed."))
    if not activity.invited_at:
        raise NotNow(_("Invitations are not out yet; there is nothing to answer."))
    if clock.now() > activity.ends_at:
        raise NotNow(_("The activity is over; the answer can no longer be changed."))


# Leave --------------------------------------------------------------------------------------------


@transaction.atomic
def ask_leave(participant: Participant, *, reason: str, words: str, by: Actor) -> Leave:
    """For oneself, or by the organising office for somebody who telephoned.

    Asked after it began it is marked late.
    """
    participant.activity = doors.locked(participant.activity)
    leave = Leave(participant=participant, reason=reason, words=words)
    rules.set_asked(leave, clock.now())
    return flow.LEAVE.begin(leave, "ask", by=by, detail={"note": words})
