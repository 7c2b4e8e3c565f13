"""The list of transfers as offices keep it, in Excel."""

from __future__ import annotations

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from yizheng.core import sources
from yizheng.documents.sheets import Column, Sheet, workbook

from .flow import TRANSFER
from .models import Transfer


def sheet(transfers: QuerySet[Transfer]) -> bytes:
    columns = [
        Column(_("Title"), 40),
        Column(_("Unit"), 12),
        Column(_("What is asked of them"), 30),
        Column(_("Transferred on"), 10, "date"),
        Column(_("Answer due"), 10, "date"),
        Column(_("State"), 12),
        Column(_("Result"), 12),
        Column(_("Answer"), 50),
        Column(_("Answered on"), 10, "date"),
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
