"""Inviting people, their answers, and their leave."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as msgid

from yizheng.core import audit, clock, outbox
from yizheng.core.access import Actor
from yizheng.core.refusals import BadInput, NotAllowed, NotNow
from yizheng.organisations.models import Unit
from yizheng.people.models import Membership
from yizheng.people.queries import accounts_at_unit

from ..enums import ActivityState, Answer, LeaveState, ParticipantRole
from ..flow.common import values_of as activity_values
from ..models import Activity, Attendance, Leave, Participant
from ..rules import ANSWER, organise
from . import flow, quorum, rules

INVITED = msgid("You are invited: “%(title)s”, %(when)s, %(place)s")


# Whom -------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Choice:
    """Which members: all, standing, or those of a sector, committee or group, or some by name."""

    who: str
    id: int | None = None
    members: tuple[int, ...] = ()


def chosen(activity: Activity, choice: Choice) -> QuerySet[Membership]:
    """The members who serve on the day it begins."""
    serving = quorum.serving(timezone.localdate(activity.starts_at)).select_related("person", "sector")
    filters: dict[str, dict[str, object]] = {
        "all": {}, "standing": {"is_standing": True}, "sector": {"sector": choice.id}, "committee": {"committee": choice.id},
        "group": {"group": choice.id}, "members": {"pk__in": choice.members},
    }  # fmt: skip
    return serving.filter(**filters[choice.who]).order_by("sector", "pk")


@dataclass(frozen=True)
class Preview:
    """Whom a choice would add, and who of it is on the list already."""

    new: Sequence[Membership]
    there: Sequence[Membership]


def preview(activity: Activity, choice: Choice) -> Preview:
    listed = set(activity.participants.values_list("membership", flat=True))
    found = list(chosen(activity, choice))
    return Preview([m for m in found if m.pk not in listed], [m for m in found if m.pk in listed])


# Adding and taking off --------------------------------------------------------------------------------------------


def _organiser(activity: Activity, by: Actor) -> None:
    if not organise.allows(by, activity):
        raise NotAllowed
    if activity.state == ActivityState.CANCELLED:
        raise NotNow(_("The activity was cancelled; nobody can be invited to it any more."))


def add_members(activity: Activity, members: Iterable[Membership], *, role: str, by: Actor) -> list[Participant]:
    """Those on the list already stay as they are. Once invitations are out, whoever is added is told at once."""
    _organiser(activity, by)
    with transaction.atomic():
        Activity.objects.select_for_update().get(pk=activity.pk)
        listed = set(activity.participants.values_list("membership", flat=True))
        added = [_listed(activity, Participant(role=role, membership=m)) for m in members if m.pk not in listed]
        _said(activity, added, by)
    return added


def add_unit(activity: Activity, unit: Unit, *, post: str = "", name: str = "", by: Actor) -> Participant:
    _organiser(activity, by)
    if activity.participants.filter(unit=unit, name=name).exists():
        raise BadInput(_("%(unit)s is on the list already.") % {"unit": unit.short_name})
    with transaction.atomic():
        added = _listed(activity, Participant(role=ParticipantRole.UNIT, unit=unit, name=name, post=post))
        _said(activity, [added], by)
    return added


def add_named(activity: Activity, *, role: str, name: str, post: str = "", by: Actor) -> Participant:
    """A guest, an observer (列席) or staff by name. Whoever has an account here is told in their inbox."""
    _organiser(activity, by)
    if activity.participants.filter(name=name, post=post, role=role).exists():
        raise BadInput(_("%(name)s is on the list already.") % {"name": name})
    with transaction.atomic():
        added = _listed(activity, Participant(role=role, name=name, post=post))
        _said(activity, [added], by)
    return added


def _listed(activity: Activity, participant: Participant) -> Participant:
    participant.activity = activity
    participant.invited_at = clock.now() if activity.invited_at else None
    participant.save()
    return participant


def _said(activity: Activity, added: Sequence[Participant], by: Actor) -> None:
    if added:
        audit.record("participants.added", by=by, of=activity, detail={"people": [str(p) for p in added][:400]})
    if activity.invited_at and activity.ends_at > clock.now():
        tell_invited(activity, added)


def tell_invited(activity: Activity, invited: Iterable[Participant]) -> None:
    accounts = [account for participant in invited for account in accounts_told(participant)]
    outbox.post("activity.invited", INVITED, activity_values(activity), accounts, reverse("activities:attend", args=[activity.pk]))


def accounts_told(participant: Participant) -> list[int]:
    if participant.unit_id:
        return accounts_at_unit(participant.unit_id, ANSWER)
    return flow.accounts_of_participant(participant)


@transaction.atomic
def take_off(participant: Participant, *, by: Actor) -> None:
    """Taken off by mistake is added again. Who signed in, answered or asked for leave stays: it is on record."""
    activity = participant.activity
    _organiser(activity, by)
    if Attendance.objects.filter(participant=participant).exists():
        raise NotNow(_("%(name)s has signed in and stays on the list.") % {"name": participant})
    if participant.answer != Answer.NONE or Leave.objects.filter(participant=participant).exists():
        raise NotNow(_("%(name)s has answered already and stays on the list.") % {"name": participant})
    audit.record("participants.taken_off", by=by, of=activity, detail={"people": [str(participant)]})
    participant.delete()


# Answers ----------------------------------------------------------------------------------------------------------


@transaction.atomic
def answer(participant: Participant, comes: bool, *, note: str = "", by: Actor) -> Participant:
    """One tap. Until it ends the answer can be changed; leave is another matter and not touched by it."""
    activity = participant.activity
    if not (rules.is_own(by, participant) or answers_for_unit(by, participant) or organise.allows(by, activity)):
        raise NotAllowed(_("Only the person invited answers an invitation, or the organising office for them."))
    if not activity.invited_at:
        raise NotNow(_("Invitations are not out yet; there is nothing to answer."))
    if activity.state == ActivityState.CANCELLED:
        raise NotNow(_("The activity was cancelled; no answer is needed."))
    if clock.now() > activity.ends_at:
        raise NotNow(_("The activity is over; the answer can no longer be changed."))
    participant.answer = Answer.COMES if comes else Answer.CANNOT
    participant.answered_at, participant.answer_note = clock.now(), note[:200]
    participant.save(update_fields=["answer", "answered_at", "answer_note"])
    audit.record("participant.answered", by=by, of=activity, detail={"who": str(participant), "answer": participant.answer})
    return participant


def answers_for_unit(actor: Actor, participant: Participant) -> bool:
    return participant.unit_id is not None and participant.unit_id in actor.reach(ANSWER).units


# Leave ------------------------------------------------------------------------------------------------------------


def ask_leave(participant: Participant, *, reason: str, words: str, by: Actor) -> Leave:
    """For oneself, or by the organising office for somebody who telephoned. Asked after it began it is marked late."""
    activity = participant.activity
    if not (rules.is_own(by, participant) or organise.allows(by, activity)):
        raise NotAllowed(_("Only the person invited asks for leave, or the organising office for them."))
    _may_be_asked(activity)
    if Leave.objects.filter(participant=participant).exists():
        raise NotNow(_("Leave was asked for already. Look at how it stands."))
    leave = Leave(participant=participant, reason=reason, words=words)
    rules.set_asked(leave, clock.now())
    with transaction.atomic():
        flow.LEAVE.begin(leave, LeaveState.ASKED, by=by, action="ask", detail={"note": words})
        told = [account for account in flow.tell_approver(leave) if account != by.account_id]
        outbox.post("leave.ask", flow.ASKED, flow.values_of(leave), told, flow.LEAVE.url(leave))
    return leave


def _may_be_asked(activity: Activity) -> None:
    if activity.state == ActivityState.CANCELLED:
        raise NotNow(_("The activity was cancelled; no leave is needed."))
    if not activity.invited_at:
        raise NotNow(_("Invitations are not out yet; there is nothing to answer."))
    if activity.attendance_confirmed_at:
        raise NotNow(_("The attendance is confirmed; leave can no longer be asked for."))
