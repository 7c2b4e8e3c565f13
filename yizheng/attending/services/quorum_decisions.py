"""Writes on the quorum as it was decided: kept with the confirmation of the attendance."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from yizheng.activities.flow import ACTIVITY
from yizheng.activities.models import Activity
from yizheng.core import clock
from yizheng.core.access import Actor
from yizheng.core.refusals import NotNow

from .. import quorum
from ..models import QuorumDecision


def keep(activity: Activity) -> list[dict[str, Any]]:
    """How each sitting stood at its beginning, from now on as it was decided; answers what the
    trail says of it.
    """
    decided = QuorumDecision.objects.filter(sitting__activity=activity).values("sitting")
    sittings = activity.sittings.exclude(pk__in=decided).select_related("activity")
    kept = [
        quorum.decision(sitting, activity.attendance_confirmed_at or clock.now())
        for sitting in sittings
    ]
    QuorumDecision.objects.bulk_create(kept)
    return [
        {
            "sitting": row.sitting.number,
            "due": row.due,
            "needed": row.needed,
            "present": row.present,
        }
        for row in kept
        if row.share != "none"
    ]


def keep_earlier(by: Actor) -> int:
    """Attendance that was confirmed before its quorum was kept: kept now, as it can be counted."""
    waiting = Activity.objects.filter(
        attendance_confirmed_at__isnull=False,
        sittings__isnull=False,
        sittings__quorum_decision=None,
    )
    changed = 0
    for activity in waiting.distinct():
        # what was struck from the record needs none
        with suppress(NotNow), ACTIVITY.editing("keep_attendance", activity, by=by) as edit:
            if kept := keep(edit.row):
                edit.note(quorum=kept)
            changed += 1
    return changed
