"""The list of transfers as offices keep it, in Excel."""

from __future__ import annotations

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from yizheng.core import sources
from yizheng.documents.workbooks import Sheet, SheetColumn, workbook

from .flow import TRANSFER
from .models import Transfer


def sheet(transfers: QuerySet[Transfer]) -> bytes:
    columns = [
        SheetColumn(_("Title"), 40),
        SheetColumn(_("Unit"), 12),
        SheetColumn(_("What is asked of them"), 30),
        SheetColumn(_("Transferred on"), 10, "date"),
        SheetColumn(_("Answer due"), 10, "date"),
        SheetColumn(_("State"), 12),
        SheetColumn(_("Result"), 12),
        SheetColumn(_("Answer"), 50),
        SheetColumn(_("Answered on"), 10, "date"),
    ]
    rows = (
        [
            sources.of(t).title(t.source),
            t.unit.short_name,
            t.words,
            t.sent_on,
            t.answer_due_on,
            str(TRANSFER.state_of(t).label),
            t.get_result_display(),
            t.answer,
            t.answered_on,
        ]
        for t in transfers.iterator(chunk_size=1000)
    )
    return workbook([Sheet(_("Transfers"), columns, rows)])
