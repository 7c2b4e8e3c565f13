"""What the steps on an activity do, besides moving it."""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from yizheng.core.access import system
from yizheng.core.flow import FLOWS, Act
from yizheng.core.refusals import BadInput

from ..enums import LeaveState, OutcomeState
from ..models import Activity, Leave
from ..sittings import set_sittings
from .common import keep_note
from .guards import OPEN_CONTRIBUTIONS

NOT_SENT = (OutcomeState.DRAFT, OutcomeState.SIGNING, OutcomeState.SIGNED)


def approve(act: Act[Activity]) -> None:
    act.obj.approved_by_words = act.data.get("approved_by") or act.by.name
    act.detail["note"] = act.obj.approved_by_words


def invite(act: Act[Activity]) -> None:
    """Invitations go out to everybody on the list; a reason stands with what comes too late."""
    act.obj.invited_at = act.at
    invited = act.obj.participants.filter(invited_at=None)
    act.detail["invited"] = invited.count()
    invited.update(invited_at=act.at)
    keep_note(act)


def send_papers(act: Act[Activity]) -> None:
    act.obj.papers_sent_on = act.today


def call(act: Act[Activity]) -> None:
    act.obj.call_until, act.obj.call_words = act.data["call_until"], act.data["call_words"]
    act.detail["until"] = act.data["call_until"]


def change(act: Act[Activity]) -> None:
    """Other times, another place; its sittings move with it, and its clock."""
    activity = act.obj
    before = {"starts_at": activity.starts_at, "ends_at": activity.ends_at, "place": activity.place}
    if act.data["ends_at"] <= act.data["starts_at"]:
        raise BadInput(_("It must end after it begins."))
    activity.starts_at, activity.ends_at = act.data["starts_at"], act.data["ends_at"]
    activity.place = act.data.get("place", activity.place)
    activity.year = timezone.localdate(activity.starts_at).year
    set_sittings(activity)
    due = FLOWS["activity"].state_of(activity).due
    activity.due_on = due(activity) if due else None
    act.detail.update(note=act.data["note"], before=before)


def hold(act: Act[Activity]) -> None:
    """Held when it ended, as far as that lies behind."""
    act.obj.held_at = min(act.obj.ends_at, act.at)


def record(act: Act[Activity]) -> None:
    act.obj.recorded_at = act.obj.recorded_at or act.at
    act.obj.minutes, act.obj.results = act.data["minutes"], act.data.get("results", "")
    keep_note(act)


def keep_no_attendance(act: Act[Activity]) -> None:
    act.obj.no_attendance_because = act.data["note"]
    keep_note(act)


def cancel(act: Act[Activity]) -> None:
    """What was recorded stays; what was still to be decided, said or sent is told that it will not be."""
    act.obj.cancelled_because = act.data["note"]
    keep_note(act)
    platform = system(act.by.organisation_id)
    for leave in Leave.objects.filter(participant__activity=act.obj, state=LeaveState.ASKED):
        FLOWS["leave"].perform("lapse", leave, by=platform, data={"note": act.obj.cancelled_because})
    for contribution in act.obj.contributions.filter(state__in=OPEN_CONTRIBUTIONS):
        FLOWS["contribution"].perform("lapse", contribution, by=platform, data={"note": act.obj.cancelled_because})
    for outcome in act.obj.outcomes.filter(state__in=NOT_SENT):
        FLOWS["outcome"].perform("lapse", outcome, by=platform, data={"note": act.obj.cancelled_because})
