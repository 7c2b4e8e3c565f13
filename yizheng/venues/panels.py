"""The panel with venues on a member's home page."""

from __future__ import annotations

from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy as _

from yizheng.core import clock
from yizheng.core.access import Actor
from yizheng.core.panels import Panel

from .queries import next_days, venues_of


def on_duty(actor: Actor, _home: Any) -> Panel | None:
    """On a member's home page: the next days on the rota. Nothing for whoever serves nowhere."""
    if not actor.membership_ids:
        return None
    today = clock.today()
    venues, days = venues_of(actor.membership_ids, today), next_days(actor.membership_ids, today)
    if not venues and not days:
        return None
    return Panel(
        _("On duty next"),
        mark_safe(render_to_string("venues/_duty.html", {"venues": venues, "days": days})),
    )
