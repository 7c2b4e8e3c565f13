"""The list of promises as offices keep it, in Excel."""

from __future__ import annotations

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from yizheng.documents.sheets import Column, Sheet, workbook

from .flow import COMMITMENT
from .models import Commitment


def sheet(commitments: QuerySet[Commitment]) -> bytes:
    columns = [
        Column(_("Number"), 12), Column(_("Unit"), 12), Column(_("Promise"), 40), Column(_("Made in answer to"), 30),
        Column(_("Responsible section"), 10), Column(_("Made on"), 10, "date"), Column(_("Promised for"), 10, "date"),
        Column(_("State"), 10), Column(_("What was done"), 40), Column(_("Settled on"), 10, "date"),
        Column(_("Finding"), 30),
    ]  # fmt: skip
    rows = (
        [
            c.number, c.unit.short_name, c.text, c.source_label, c.section, c.made_on, c.promised_for,
            str(COMMITMENT.state_of(c).label), c.evidence, c.settled_on, c.finding,
        ]
        for c in commitments.iterator(chunk_size=1000)
    )
    return workbook([Sheet(_("Commitments"), columns, rows)])
