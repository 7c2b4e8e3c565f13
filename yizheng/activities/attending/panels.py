"""What the page of an activity shows of its people: to the office the list in numbers, to a member
their own part.
"""

from __future__ import annotations

from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from yizheng.core.access import Actor
from yizheng.core.panels import Panel

from ..models import Activity
from ..rules import organise, reads
from . import queries
from .flow import LEAVE


def people_panel(actor: Actor, activity: Activity) -> Panel | None:
    if reads(actor, activity):
        return _drawn(_("People"), "people_panel.html", _of_the_office(actor, activity))
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
    return _drawn(_("My part in it"), "own_panel.html", context)


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


def _drawn(title: str, template: str, context: dict[str, Any]) -> Panel:
    return Panel(title, mark_safe(render_to_string(f"activities/attending/{template}", context)))
