"""Writes on the annual report, and the check of texts against the records."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from yizheng.core import clock, doors, tenancy
from yizheng.core.access import Actor
from yizheng.core.refusals import BadInput
from yizheng.organisations.models import Organisation

from . import frozen_figures, outline, report_content, rules
from .documents import paper
from .enums import ReportState
from .flow import REPORT
from .models import Report


def default_title(organisation: Organisation, year: int) -> str:
    return f"{organisation.short_name}{year}年度工作情况"


@transaction.atomic
def begin_report(organisation: Organisation, year: int, *, by: Actor) -> Report:
    """The draft of that year's report, begun from the usual outline when there is none yet.

    Two who begin it at once get the same.
    """
    doors.require(by, rules.report, Report())
    Organisation.objects.select_for_update(no_key=True).get(pk=organisation.pk)
    draft = Report.objects.filter(year=year, state__in=ReportState.of("private")).first()
    if draft is not None:
        return draft
    report_content.fields_of(organisation, year, clock.today())
    latest = Report.objects.filter(year=year).first()
    report = Report(
        year=year,
        title=default_title(organisation, year),
        outline=latest.outline if latest else outline.DEFAULT,
    )
    return REPORT.begin(report, "begun", by=by)


def save_outline(report: Report, *, by: Actor, title: str, text: str, seen: int | None) -> Report:
    """Raises BadOutline naming each placeholder that is wrong, StaleState when somebody saved in
    between.
    """
    with REPORT.editing("edit", report, by=by, seen=seen) as edit:
        if not title.strip():
            raise BadInput(_("The title is missing."), field="title")
        outline.parse(text)
        edit.row.title, edit.row.outline = title.strip()[:100], text
    return edit.row


def fill(
    report: Report, text: str | None = None
) -> tuple[
    list[report_content.ReportLine | report_content.Plate],
    report_content.FigureBook,
    dict[str, str],
]:
    """The report's text with its figures: of today, or as they were when it was frozen."""
    paragraphs = outline.parse(report.outline if text is None else text)
    if report.is_frozen:
        figures, fields = frozen_figures.book_of(report), report.fields
    else:
        figures = report_content.today(paragraphs, report.year)
        fields = report_content.fields_of(report.organisation, report.year, clock.today())
    return report_content.fill(paragraphs, figures, fields), figures, fields


def report_paper(report: Report, address: str = "") -> bytes:
    """The report as Word; of a frozen one always the same bytes."""
    lines, figures, fields = fill(report)
    day = timezone.localdate(report.frozen_at)
    return paper(
        report.title, lines, figures, fields, day=day, draft=not report.is_frozen, address=address
    )


def report(organisation: Organisation, year: int, address: str = "") -> bytes:
    """The report of that year as Word: the newest report written for it, else the usual outline.

    Raises NotNow with a sentence when the organisation has no session of that year.
    """
    with tenancy.scope(organisation):
        latest = Report.objects.filter(year=year).first()
        unsaved = Report(
            organisation=organisation,
            year=year,
            outline=outline.DEFAULT,
            title=default_title(organisation, year),
        )
        return report_paper(latest or unsaved, address)
