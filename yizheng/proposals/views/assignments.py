"""The list of assignments: which unit has what, how long is left, and steps for many at once
(accept, urge, sign off).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.db.models import F, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from yizheng.core import clock
from yizheng.core.access import Actor
from yizheng.core.case_display import CaseRow, ListColumn, bulk_steps_of
from yizheng.core.day_words import day_words
from yizheng.core.paging import page_of
from yizheng.core.refusals import NotAllowed
from yizheng.core.time_left import due_of
from yizheng.core.views import actor_of, bulk_steps
from yizheng.documents.downloads import excel
from yizheng.documents.workbooks import Sheet, SheetColumn, workbook
from yizheng.organisations.queries import calendar

from .. import rules
from ..case_rows import day_or_untold
from ..enums import AssignmentState
from ..flow import ASSIGNMENT, PROPOSAL
from ..forms.filters import AssignmentFilterForm
from ..models import Assignment

COLUMNS = (
    ListColumn("number", _("Number")),
    ListColumn("title", _("Subject")),
    ListColumn("unit", _("Unit")),
    ListColumn("part", _("Part"), "state"),
    ListColumn("state", _("State"), "state"),
    ListColumn("due", _("Time left")),
)


def _filtered(
    found: QuerySet[Assignment], form: AssignmentFilterForm, today: dt.date
) -> QuerySet[Assignment]:
    form.is_valid()
    wanted = {name: value for name, value in form.cleaned_data.items() if value}
    if "unit" in wanted:
        found = found.filter(unit=int(wanted["unit"]))
    if "part" in wanted:
        found = found.filter(part=wanted["part"])
    if "state" in wanted:
        states = ASSIGNMENT.open_states if wanted["state"] == "open" else [wanted["state"]]
        found = found.filter(state__in=states)
    return found.filter(_time(wanted.get("time", ""), today))


def _time(name: str, today: dt.date) -> Q:
    still_open = Q(state__in=ASSIGNMENT.open_states)
    if name == "overdue":
        return still_open & Q(due_on__lt=today)
    if name == "soon":
        return still_open & Q(due_on__range=(today, today + dt.timedelta(days=7)))
    if name == "late":
        return Q(replied_at__date__gt=F("reply_due_on"))
    return Q()


def _found(request: HttpRequest, actor: Actor) -> tuple[AssignmentFilterForm, QuerySet[Assignment]]:
    if not rules.reads_assignments(actor):
        raise NotAllowed(gettext("Assignments are open to the office and to the units."))
    form = AssignmentFilterForm({"state": "open", **request.GET.dict()})
    visible = ASSIGNMENT.visible_to(actor).select_related("proposal", "unit")
    return form, _filtered(visible, form, clock.today()).order_by("due_on", "-id")


def _rows(found: Iterable[Assignment], actor: Actor) -> list[CaseRow]:
    days, today = calendar(), clock.today()
    rows = []
    for assignment in found:
        state = ASSIGNMENT.state_of(assignment)
        cells = {
            "unit": assignment.unit.short_name,
            "part": assignment.get_part_display(),
            "state": state.label,
        }
        due = None if state.ends else due_of(assignment.due_on, days, today, state.counted)
        if due and due.date != assignment.reply_due_on:
            due = due.of(state.label)
        rows.append(
            CaseRow(
                id=assignment.pk,
                number=assignment.proposal.case_number,
                title=assignment.proposal.title,
                url=PROPOSAL.url(assignment.proposal),
                line=_due_line(assignment),
                due=due,
                bulk=bulk_steps_of(assignment),
                cells=cells,
            )
        )
    return rows


def _due_line(assignment: Assignment) -> str:
    if assignment.reply_due_on is None:
        return gettext("day the reply was due: not recorded")
    return gettext("reply due %(day)s") % {"day": day_words(assignment.reply_due_on)}


def listing(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    form, found = _found(request, actor)
    page = page_of(request, found)
    context = {
        "form": form,
        "page": page,
        "rows": _rows(page.object_list, actor),
        "count": page.paginator.count,
        "params": request.GET,
        "columns": COLUMNS,
        "bulk": bulk_steps(ASSIGNMENT, actor, request.get_full_path()),
    }
    return render(request, "proposals/assignments.html", context)


def export(request: HttpRequest) -> HttpResponse:
    """The list as it is filtered, whole, in Excel."""
    actor = actor_of(request)
    _form, found = _found(request, actor)
    columns = [
        SheetColumn(gettext("Number"), 14),
        SheetColumn(gettext("Subject"), 44),
        SheetColumn(gettext("Unit"), 14),
        SheetColumn(gettext("Part"), 8),
        SheetColumn(gettext("State"), 14),
        SheetColumn(gettext("Assigned"), 12, "date"),
        SheetColumn(gettext("Reply due"), 12, "date"),
        SheetColumn(gettext("Replied"), 12, "date"),
    ]
    lines = (
        [
            a.proposal.case_number,
            a.proposal.title,
            a.unit.short_name,
            a.get_part_display(),
            str(ASSIGNMENT.state_of(a).label),
            day_or_untold(a.assigned_on),
            day_or_untold(a.reply_due_on),
            day_or_untold(a.replied_at, a.state in AssignmentState.of("responded")),
        ]
        for a in found.iterator(500)
    )
    content = workbook([Sheet(gettext("Assignments"), columns, lines)])
    return excel(content, "assignments.xlsx")
