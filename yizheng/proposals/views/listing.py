"""The list of proposals, with filters that live in its address; the export is the same query."""

from __future__ import annotations

import datetime as dt
from itertools import islice
from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from yizheng.core import clock, paging
from yizheng.core.access import Actor
from yizheng.core.case_display import CaseRow, ListColumn
from yizheng.core.paging import page_of
from yizheng.core.views import actor_of, bulk_steps
from yizheng.documents.downloads import excel
from yizheng.documents.workbooks import Sheet, SheetColumn, workbook
from yizheng.organisations.queries import calendar, current_among, sessions
from yizheng.people.seats import with_sector

from .. import rules
from ..case_rows import for_list, rows
from ..enums import AssignmentState, ProposalState
from ..flow import PROPOSAL
from ..forms.filters import EVERY, STAGES, ProposalFilterForm
from ..models import Assignment, Proposal
from ..queries import DAY_OF_IT, visible_to

COLUMNS = (
    ListColumn("number", _("Number")),
    ListColumn("title", _("Subject")),
    ListColumn("proposer", _("Proposer")),
    ListColumn("kind", _("Kind of proposer")),
    ListColumn("category", _("Category")),
    ListColumn("units", _("Units")),
    ListColumn("submitted", _("Submitted"), "date"),
    ListColumn("class", _("Class"), "state"),
    ListColumn("seals", _("Progress")),
    ListColumn("holder", _("Who holds the pen")),
    ListColumn("due", _("Time left")),
)
NARROWING = ("q", "stage", "category", "kind", "unit", "time")
DEFAULT_COLUMNS = ("number", "title", "seals", "holder", "due")


def filtered(
    proposals: QuerySet[Proposal], form: ProposalFilterForm, today: dt.date
) -> QuerySet[Proposal]:
    """What the filters leave; an unreadable filter is as good as none."""
    form.is_valid()
    wanted = {name: value for name, value in form.cleaned_data.items() if value}
    if wanted.get("session", EVERY) != EVERY:
        proposals = proposals.filter(session=int(wanted["session"]))
    if "stage" in wanted:
        proposals = proposals.filter(state__in=ProposalState.of(STAGES[wanted["stage"]][1]))
    for name in ("category", "kind"):
        if name in wanted:
            proposals = proposals.filter(**{name: wanted[name]})
    if "unit" in wanted:
        given = Assignment.objects.filter(unit=int(wanted["unit"])).exclude(
            state__in=AssignmentState.of("passed")
        )
        proposals = proposals.filter(pk__in=given.values("proposal"))
    if "time" in wanted:
        proposals = proposals.filter(_time(wanted["time"], today))
    if "q" in wanted:
        words = wanted["q"].strip()
        proposals = proposals.filter(
            Q(title__icontains=words)
            | Q(case_number__icontains=words)
            | Q(proposer__person__name=words)
            | Q(collective_name__icontains=words)
        )
    return proposals


def _time(name: str, today: dt.date) -> Q:
    still_open = Q(state__in=PROPOSAL.open_states)
    if name == "overdue":
        return still_open & Q(due_on__lt=today)
    if name == "soon":
        return still_open & Q(due_on__range=(today, today + dt.timedelta(days=7)))
    return Q(is_key=True)


def _filters(request: HttpRequest) -> ProposalFilterForm:
    """The filters in the address; without any, the session whose year of work it is."""
    data, held = request.GET.copy(), sessions()
    if not any(name in data for name in ProposalFilterForm.base_fields) and (
        session := current_among(held, clock.today())
    ):
        data["session"] = str(session.pk)
    data.setdefault("session", EVERY)
    return ProposalFilterForm(data, held)


def listing(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    form = _filters(request)
    found = filtered(visible_to(actor), form, clock.today())
    page = page_of(request, found, shown=lambda some: rows(for_list(some), actor))
    asked = request.GET.getlist("columns")
    chosen = [column.key for column in COLUMNS if column.key in asked] or list(DEFAULT_COLUMNS)
    context = {
        "form": form,
        "page": page,
        "count": page.paginator.count,
        "params": request.GET,
        "available": COLUMNS,
        "chosen": chosen,
        "columns": [column for column in COLUMNS if column.key in chosen],
        "bulk": bulk_steps(PROPOSAL, actor, request.get_full_path()),
        "is_filtered": any(form.cleaned_data.get(f) for f in NARROWING),
        "sees_assignments": rules.reads_assignments(actor),
        "may_write": may_write(actor),
        "may_import": rules.import_proposals.allows(actor, None),
    }
    return render(request, "proposals/list.html", context)


def may_write(actor: Actor) -> bool:
    return bool(actor.membership_ids) or rules.enter.allows(actor, None)


def export(request: HttpRequest) -> HttpResponse:
    """The list as it is filtered, whole, in Excel."""
    actor = actor_of(request)
    found = filtered(visible_to(actor), _filters(request), clock.today())
    columns = [
        SheetColumn(gettext("Receipt number"), 12),
        SheetColumn(gettext("Case number"), 14),
        SheetColumn(gettext("Subject"), 44),
        SheetColumn(gettext("Kind of proposer"), 10),
        SheetColumn(gettext("Proposer"), 14),
        SheetColumn(gettext("Sector"), 12),
        SheetColumn(gettext("Category"), 14),
        SheetColumn(gettext("Submitted"), 12, "date"),
        SheetColumn(gettext("State"), 14),
        SheetColumn(gettext("Units"), 24),
        SheetColumn(gettext("Class"), 8),
        SheetColumn(gettext("Due"), 12, "date"),
    ]
    every = for_list(with_sector(found, DAY_OF_IT, "proposer")).iterator(500)
    days = calendar()
    lines = (
        _exported(proposal, row)
        for some in iter(lambda: list(islice(every, paging.SIZE)), [])
        for proposal, row in zip(some, rows(some, actor, days), strict=True)
    )
    content = workbook([Sheet(gettext("Proposals"), columns, lines)])
    return excel(content, "proposals.xlsx")


def _exported(proposal: Any, row: CaseRow) -> list[object]:
    cells = row.cells
    return [
        proposal.flow_number,
        proposal.case_number,
        proposal.title,
        cells["kind"],
        cells["proposer"],
        proposal.sector_then or "",
        proposal.category,
        cells["submitted"],
        str(cells["state"]),
        cells["units"],
        proposal.result_class,
        proposal.due_on,
    ]
