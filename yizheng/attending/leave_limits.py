"""Limits of leave: how often in a year a member had it, and how often they may.

Exempt reasons (illness, …) and cancelled activities do not count.
"""

from __future__ import annotations

import datetime as dt

from django.utils import timezone
from django.utils.translation import gettext as _

from yizheng.activities.enums import ActivityState
from yizheng.activities.flow.due_dates import begins_on
from yizheng.activities.flow.due_dates import rules_for as regulation_for
from yizheng.activities.models import Activity, Participant
from yizheng.activities.parameters import LeaveRules

from .enums import LeaveState
from .models import Leave


def rules_for(activity: Activity) -> LeaveRules:
    return regulation_for(begins_on(activity)).leave


def is_exempt(activity: Activity, reason: str) -> bool:
    return any(known.code == reason and known.is_exempt for known in rules_for(activity).reasons)


def taken(participant: Participant) -> int:
    """Leave granted to the same member for other activities of that year that counts towards the
    limit.
    """
    if not participant.membership_id:
        return 0
    activity = participant.activity
    exempt = [reason.code for reason in rules_for(activity).reasons if reason.is_exempt]
    year = timezone.localdate(activity.starts_at).year
    first, after = (
        timezone.make_aware(dt.datetime.combine(dt.date(y, 1, 1), dt.time()))
        for y in (year, year + 1)
    )
    return (
        Leave.objects.filter(
            participant__membership=participant.membership_id, state__in=LeaveState.of("granted")
        )
        .filter(
            participant__activity__starts_at__gte=first, participant__activity__starts_at__lt=after
        )
        .exclude(participant__activity__state__in=ActivityState.of("cancelled"))
        .exclude(participant__activity=activity)
        .exclude(reason__in=exempt)
        .count()
    )


def is_beyond(leave: Leave) -> bool:
    activity = leave.participant.activity
    if is_exempt(activity, leave.reason) or not leave.participant.membership_id:
        return False
    return taken(leave.participant) >= rules_for(activity).limit


def sentence(leave: Leave) -> str:
    """How it stands with the limit; empty for reasons that do not count."""
    activity = leave.participant.activity
    if is_exempt(activity, leave.reason) or not leave.participant.membership_id:
        return ""
    return standing(leave.participant, taken(leave.participant), rules_for(activity).limit)


def standing(participant: Participant, had: int, limit: int) -> str:
    words = {"name": participant, "had": had, "limit": limit}
    if had >= limit:
        return (
            _("%(name)s had leave %(had)s times this year; the regulation allows %(limit)s.")
            % words
        )
    return _("%(name)s had leave %(had)s of %(limit)s times this year.") % words
