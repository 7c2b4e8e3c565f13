"""The list of instructions as offices keep it, in Excel."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from yizheng.core import sources
from yizheng.documents.sheets import Column, Sheet, workbook


def sheet(instructions: QuerySet[Any]) -> bytes:
    """Instructions, each with how many followed it."""
    columns = [
        Column(_("Given on"), 10, "date"),
        Column(_("Leader"), 10),
        Column(_("Post"), 14),
        Column(_("Level"), 10),
        Column(_("Words of the instruction"), 50),
        Column(_("Written on"), 12),
        Column(_("Number"), 14),
        Column(_("Title"), 40),
        Column(_("Units it was given to"), 10, "number"),
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
