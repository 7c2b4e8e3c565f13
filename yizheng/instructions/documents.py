"""The list of instructions as offices keep it, in Excel."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from yizheng.core import sources
from yizheng.documents.workbooks import Sheet, SheetColumn, workbook


def sheet(instructions: QuerySet[Any]) -> bytes:
    """Instructions, each with how many followed it."""
    columns = [
        SheetColumn(_("Given on"), 10, "date"),
        SheetColumn(_("Leader"), 10),
        SheetColumn(_("Post"), 14),
        SheetColumn(_("Level"), 10),
        SheetColumn(_("Words of the instruction"), 50),
        SheetColumn(_("Written on"), 12),
        SheetColumn(_("Number"), 14),
        SheetColumn(_("Title"), 40),
        SheetColumn(_("Units it was given to"), 10, "number"),
    ]
    rows = (
        [
            i.given_on,
            i.leader,
            i.post,
            i.get_level_display(),
            i.words,
            str(sources.of(i).label),
            getattr(i.source, sources.of(i).names[0]),
            sources.of(i).title(i.source),
            i.followed,
        ]
        for i in instructions.iterator(chunk_size=1000)
    )
    return workbook([Sheet(_("Instructions"), columns, rows)])
