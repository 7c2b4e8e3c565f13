"""The panel on a member's home page: with whom they should be in touch next."""

from __future__ import annotations

from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy as _

from yizheng.core import clock
from yizheng.core.access import Actor
from yizheng.core.panels import Panel
from yizheng.regulations import NoRegulation

from .models import ContactLink
from .parameters import in_force
from .queries import in_year, rows, still_due

SHOWN = 3


def next_contacts(actor: Actor, _home: Any) -> Panel | None:
    """The three most urgent of their own; nothing for whoever keeps no contact or has kept them
    all.
    """
    if not actor.membership_ids:
        return None
    today = clock.today()
    own = ContactLink.objects.filter(
        still_due(today), member__in=actor.membership_ids, since__lte=today
    )
    links = list(in_year(own.select_related("member__person", "to_member__person"), today.year))
    try:
        due = (
            [
                row
                for row in rows(links, in_force(today), today.year, today)
                if row.stands.level != "reached"
            ]
            if links
            else []
        )
    except NoRegulation:
        return None
    if not due:
        return None
    return Panel(
        _("In touch with"),
        mark_safe(
            render_to_string("contacts/_home.html", {"rows": due[:SHOWN], "more": len(due) - SHOWN})
        ),
    )
