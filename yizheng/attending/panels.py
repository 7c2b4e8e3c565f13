"""Panels with people on the page of an activity: to the office the list in numbers, to a member
their own part.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from yizheng.activities.models import Activity
from yizheng.activities.rules import organise, reads
from yizheng.core.access import Actor
from yizheng.core.case_display import Action
from yizheng.core.panels import Panel

from . import queries
from .flow import LEAVE


def people_panel(actor: Actor, activity: Activity) -> Panel | None:
    confirm = _confirm(activity) if organise.allows(actor, activity) else []
    if reads(actor, activity):
        context = _of_the_office(actor, activity)
        return _drawn(_("People"), "people_panel.html", context, confirm)
    mine = queries.own_participation(activity, actor)
    if mine is None:
        return None
    leave = getattr(mine, "leave", None)
    context = {
        "activity": activity,
        "mine": mine,
        "leave": leave,
        "leave_state": LEAVE.state_of(leave) if leave else None,
        "attended": list(mine.attendances.select_related("sitting")),
    }
    return _drawn(_("My part in it"), "own_panel.html", context, confirm)


def _confirm(activity: Activity) -> list[Action]:
    """From the page of the activity, back to it."""
    if not queries.may_confirm(activity):
        return []
    return [
        Action(
            _("Confirm the attendance"),
            reverse("attending:confirm-attendance", args=[activity.pk]),
            "post",
            {"next": reverse("activities:detail", args=[activity.pk])},
            confirm=_("Are all lists in? Later changes need a reason."),
        )
    ]


def _of_the_office(actor: Actor, activity: Activity) -> dict[str, Any]:
    lines = queries.facts(activity)
    shows_quorum = queries.has_quorum(activity)
    return {
        "activity": activity,
        "lines": lines,
        "numbers": queries.numbers(lines),
        "organises": organise.allows(actor, activity),
        "quorums": queries.quorums(activity) if shows_quorum else [],
        "sitting": queries.next_sitting(activity) or activity.sittings.last(),
        "sittings": list(activity.sittings.all()),
    }


def _drawn(title: str, template: str, context: dict[str, Any], actions: Sequence[Action]) -> Panel:
    return Panel(title, mark_safe(render_to_string(f"attending/{template}", context)), actions)
