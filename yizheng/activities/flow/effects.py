"""Effects of the steps on an activity: what they do besides moving it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import ProtectedError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from yizheng.core.flow import Act
from yizheng.core.flow_table import keep_note
from yizheng.core.refusals import NotNow

from ..models import Activity, Attendance, Sitting
from ..sittings import half_days

SIGNED_IN = _("People have signed in already; its times can no longer change.")


def approve(act: Act[Activity]) -> None:
    act.obj.approved_by_words = act.data["approved_by"] or act.by.name
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
    """Other times, another place; its sittings move with it."""
    activity = act.obj
    before = {"starts_at": activity.starts_at, "ends_at": activity.ends_at, "place": activity.place}
    activity.starts_at, activity.ends_at = act.data["starts_at"], act.data["ends_at"]
    activity.place = act.data["place"]
    activity.year = timezone.localdate(activity.starts_at).year
    set_sittings(activity)
    act.detail.update(note=act.data["note"], before=before)


def as_it_stands(activity: Activity, _data: Mapping[str, Any]) -> str:
    """The state it is in, from which its due date is counted anew."""
    return activity.state


def hold(act: Act[Activity]) -> None:
    """Held when it ended, as far as that lies behind."""
    act.obj.held_at = min(act.obj.ends_at, act.at)


def record(act: Act[Activity]) -> None:
    act.obj.recorded_at = act.obj.recorded_at or act.at
    act.obj.minutes, act.obj.results = act.data["minutes"], act.data["results"]
    act.detail["note"] = act.data.get("note", "")


def set_sittings(activity: Activity) -> None:
    """Cut anew; sittings that somebody signed in to stay as they are.

    Raises NotNow when the times would move under them. Whatever else is on record of a sitting
    (receipts that wait or were struck) protects its row.
    """
    wanted = half_days(activity.starts_at, activity.ends_at)
    held = list(activity.sittings.all())
    if [(s.starts_at, s.ends_at) for s in held] == wanted:
        return
    if Attendance.objects.filter(sitting__activity=activity).exists():
        raise NotNow(SIGNED_IN, field="starts_at")
    try:
        activity.sittings.all().delete()
    except ProtectedError as error:
        raise NotNow(SIGNED_IN, field="starts_at") from error
    for number, (begin, end) in enumerate(wanted, start=1):
        Sitting(activity=activity, number=number, starts_at=begin, ends_at=end).save()
