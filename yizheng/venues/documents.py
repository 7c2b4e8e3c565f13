"""Venues and visits in Excel. Visitors' names and phones are never in it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from yizheng.documents.sheets import Column, Sheet, workbook

from .models import Visit


def venue_sheet(venues: Iterable[Any]) -> bytes:
    columns = [
        Column(pgettext("of a venue", "Name"), 16),
        Column(_("Category"), 10),
        Column(pgettext("of a venue", "Kind"), 8),
        Column(_("Sector"), 8),
        Column(_("Town"), 8),
        Column(_("Address"), 20),
        Column(_("Area, m²"), 8, "number"),
        Column(_("Stars"), 6, "number"),
        Column(_("Honour"), 14),
        Column(_("Opened on"), 10, "date"),
        Column(_("Closed on"), 10, "date"),
        Column(_("Members who serve"), 8, "number"),
        Column(pgettext("of a venue", "In charge"), 10),
        Column(_("Who serves"), 30),
    ]
    comma = pgettext("enumeration", ", ")
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
            comma.join(str(place) for place in v.serving if place.is_host),
            comma.join(str(place) for place in v.serving),
        ]
        for v in venues
    )
    return workbook([Sheet(_("Venues"), columns, rows)])


def visit_sheet(visits: Iterable[Visit]) -> bytes:
    columns = [
        Column(_("Day"), 10, "date"),
        Column(_("Venue"), 14),
        Column(_("Received by"), 8),
        Column(_("Who came"), 14),
        Column(_("What was raised"), 40),
        Column(_("State"), 8),
        Column(pgettext("visit", "What was answered"), 30),
        Column(pgettext("visit", "Settled on"), 10, "date"),
        Column(_("Became"), 24),
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
