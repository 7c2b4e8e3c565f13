"""Contacts in Excel: how each link stands, and the days they were in touch.

What was said is never in it.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from yizheng.documents.sheets import Column, Sheet

from .models import ContactEntry
from .queries import Row


def links(rows: Sequence[Row]) -> Sheet:
    columns = [
        Column(_("Kind"), 16),
        Column(_("Who"), 8),
        Column(_("Sector"), 10),
        Column(_("Whom"), 16),
        Column(_("Since"), 10, "date"),
        Column(_("Until"), 10, "date"),
        Column(_("At least in a year"), 8, "number"),
        Column(_("Times"), 8, "number"),
        Column(_("Last time"), 10, "date"),
        Column(_("Next by"), 10, "date"),
    ]
    lines = [
        [
            r.label,
            str(r.link.member),
            r.link.member.sector.name,
            r.link.whom,
            r.link.since,
            r.link.until,
            r.stands.required,
            r.stands.count,
            r.link.last_day,
            r.stands.due_on,
        ]
        for r in rows
    ]
    return Sheet(pgettext("sheet", "Contact links"), columns, lines)


def entries(rows: Sequence[Row]) -> Sheet:
    """Of the links shown, every day of all years."""
    columns = [
        Column(_("Kind"), 16),
        Column(_("Who"), 8),
        Column(_("Whom"), 16),
        Column(_("Day"), 10, "date"),
        Column(_("How"), 8),
    ]
    by_link = {row.link.pk: row for row in rows}
    found = ContactEntry.objects.filter(link__in=by_link).order_by("day", "id")
    lines = [
        [
            (row := by_link[e.link_id]).label,
            str(row.link.member),
            row.link.whom,
            e.day,
            e.get_way_display(),
        ]
        for e in found
    ]
    return Sheet(pgettext("sheet", "Contacts made"), columns, lines)
