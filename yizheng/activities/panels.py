"""Panels with activities on the pages of venues and groups."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.template.loader import render_to_string
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy as _

from yizheng.core.access import Actor, Words
from yizheng.core.panels import Panel

from .models import Activity
from .queries import counted, visible_to

SHOWN = 8


def at_venue(actor: Actor, venue: Any) -> Panel | None:
    return _panel(_("Held here"), visible_to(actor).filter(venue=venue))


def of_group(actor: Actor, group: Any) -> Panel | None:
    return _panel(_("What the group held"), visible_to(actor).filter(group=group))


def _panel(title: Words, found: QuerySet[Activity]) -> Panel | None:
    """The latest, those to come among them, and how many took place; nothing where
    there is none.
    """
    latest = list(found.order_by("-starts_at")[:SHOWN])
    if not latest:
        return None
    body = render_to_string(
        "activities/_held.html", {"activities": latest, "held": found.filter(counted()).count()}
    )
    return Panel(title, mark_safe(body))
