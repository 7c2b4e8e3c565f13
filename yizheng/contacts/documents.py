"""Lists of contacts in Excel: how each link stands, and the days they were in touch.

What was said is never in it.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from yizheng.documents.workbooks import Sheet, SheetColumn

from .models import ContactEntry
from .queries import LinkRow


def links(rows: Sequence[LinkRow]) -> Sheet:
    columns = [
        SheetColumn(_("Kind"), 16),
        SheetColumn(_("Who"), 8),
        SheetColumn(_("Sector"), 10),
        SheetColumn(_("Whom"), 16),
        SheetColumn(_("Since"), 10, "date"),
        SheetColumn(_("Until"), 10, "date"),
        SheetColumn(_("At least in a year"), 8, "number"),
        SheetColumn(_("Times"), 8, "number"),
        SheetColumn(_("Last time"), 10, "date"),
        SheetColumn(_("Next by"), 10, "date"),
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


def entries(rows: Sequence[LinkRow]) -> Sheet:
    """Of the links shown, every day of all years."""
    columns = [
        SheetColumn(_("Kind"), 16),
        SheetColumn(_("Who"), 8),
        SheetColumn(_("Whom"), 16),
        SheetColumn(_("Day"), 10, "date"),
        SheetColumn(_("How"), 8),
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
