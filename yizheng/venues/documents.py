"""Lists of venues and visits in Excel. Visitors' names and phones are never in it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from yizheng.core.punctuation import join_cn
from yizheng.documents.workbooks import Sheet, SheetColumn, workbook

from .models import Visit


def venue_sheet(venues: Iterable[Any]) -> bytes:
    columns = [
        SheetColumn(pgettext("of a venue", "Name"), 16),
        SheetColumn(_("Category"), 10),
        SheetColumn(pgettext("of a venue", "Kind"), 8),
        SheetColumn(_("Sector"), 8),
        SheetColumn(_("Town"), 8),
        SheetColumn(_("Address"), 20),
        SheetColumn(_("Area, m²"), 8, "number"),
        SheetColumn(_("Stars"), 6, "number"),
        SheetColumn(_("Honour"), 14),
        SheetColumn(_("Opened on"), 10, "date"),
        SheetColumn(_("Closed on"), 10, "date"),
        SheetColumn(_("Members who serve"), 8, "number"),
        SheetColumn(pgettext("of a venue", "In charge"), 10),
        SheetColumn(_("Who serves"), 30),
    ]
    rows = (
        [
            v.name,
            v.category.name,
            v.get_kind_display(),
            v.sector.name if v.sector else "",
            v.unit.short_name if v.unit else "",
            v.place,
            v.area,
            v.stars or "",
            v.label,
            v.opened_on,
            v.closed_on,
            len(v.serving),
            join_cn(place for place in v.serving if place.is_host),
            join_cn(v.serving),
        ]
        for v in venues
    )
    return workbook([Sheet(_("Venues"), columns, rows)])


def visit_sheet(visits: Iterable[Visit]) -> bytes:
    columns = [
        SheetColumn(_("Day"), 10, "date"),
        SheetColumn(_("Venue"), 14),
        SheetColumn(_("Received by"), 8),
        SheetColumn(_("Who came"), 14),
        SheetColumn(_("What was raised"), 40),
        SheetColumn(_("State"), 8),
        SheetColumn(pgettext("visit", "What was answered"), 30),
        SheetColumn(pgettext("visit", "Settled on"), 10, "date"),
        SheetColumn(_("Became"), 24),
    ]
    rows = (
        [
            v.day,
            v.venue.name,
            str(v.served_by or ""),
            v.visitor,
            v.raised,
            str(v.flow.state_of(v).label),
            v.answer,
            v.settled_on,
            v.handed_label,
        ]
        for v in visits
    )
    return workbook([Sheet(_("Visits"), columns, rows)])
