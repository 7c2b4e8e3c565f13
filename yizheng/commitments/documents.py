"""The lists of promises, instructions and transfers as offices keep them, in Excel."""

from __future__ import annotations

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from yizheng.documents.sheets import Column, Sheet, workbook

from . import sources
from .flow import COMMITMENT, TRANSFER
from .models import Commitment, Instruction, Transfer


def sheet(commitments: QuerySet[Commitment]) -> bytes:
    columns = [
        Column(_("Number"), 12),
        Column(_("Unit"), 12),
        Column(_("Promise"), 40),
        Column(_("Made in answer to"), 30),
        Column(_("Responsible section"), 10),
        Column(_("Made on"), 10, "date"),
        Column(_("Promised for"), 10, "date"),
        Column(_("State"), 10),
        Column(_("What was done"), 40),
        Column(_("Settled on"), 10, "date"),
        Column(_("Finding"), 30),
    ]
    rows = (
        [
            c.number,
            c.unit.short_name,
            c.text,
            c.source_label,
            c.section,
            c.made_on,
            c.promised_for,
            str(COMMITMENT.state_of(c).label),
            c.evidence,
            c.settled_on,
            c.finding,
        ]
        for c in commitments.iterator(chunk_size=1000)
    )
    return workbook([Sheet(_("Commitments"), columns, rows)])


def instruction_sheet(instructions: QuerySet[Instruction]) -> bytes:
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
            i.followed,  # type: ignore[attr-defined]
        ]
        for i in instructions.iterator(chunk_size=1000)
    )
    return workbook([Sheet(_("Instructions"), columns, rows)])


def transfer_sheet(transfers: QuerySet[Transfer]) -> bytes:
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
