"""The list of promises as offices keep it, in Excel."""

from __future__ import annotations

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from yizheng.documents.workbooks import Sheet, SheetColumn, workbook

from .flow import PROMISE
from .models import Promise


def sheet(promises: QuerySet[Promise]) -> bytes:
    columns = [
        SheetColumn(_("Number"), 12),
        SheetColumn(_("Unit"), 12),
        SheetColumn(_("What was promised"), 40),
        SheetColumn(_("Made in answer to"), 30),
        SheetColumn(_("Responsible section"), 10),
        SheetColumn(_("Made on"), 10, "date"),
        SheetColumn(_("Promised for"), 10, "date"),
        SheetColumn(_("State"), 10),
        SheetColumn(_("What was done"), 40),
        SheetColumn(_("Settled on"), 10, "date"),
        SheetColumn(_("Finding"), 30),
    ]
    rows = (
        [
            p.number,
            p.unit.short_name,
            p.text,
            p.source_label,
            p.section,
            p.made_on,
            p.promised_for,
            str(PROMISE.state_of(p).label),
            p.evidence,
            p.settled_on,
            p.finding,
        ]
        for p in promises.iterator(chunk_size=1000)
    )
    return workbook([Sheet(_("Promises"), columns, rows)])
