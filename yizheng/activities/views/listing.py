"""The list of activities: filters in the address, steps for many at once, export."""

from __future__ import annotations

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from yizheng.core import audit, clock
from yizheng.core.access import NOTHING, Actor
from yizheng.core.case_display import ListColumn
from yizheng.core.paging import page_of
from yizheng.core.views import actor_of, bulk_steps
from yizheng.documents.downloads import excel

from .. import documents, queries, rules
from ..flow import ACTIVITY
from ..forms.filters import EVERY, ActivityFilterForm
from ..models import Activity

COLUMNS = (
    ListColumn("title", _("Activity")),
    ListColumn("committee", _("Committee")),
    ListColumn("seals", _("Progress")),
    ListColumn("holder", _("Who holds the pen")),
    ListColumn("due", _("Time left")),
)


def filters(request: HttpRequest, actor: Actor) -> ActivityFilterForm:
    """The filters in the address; without a year, the one in which we are."""
    data = request.GET.copy()
    if not any(name in data for name in ActivityFilterForm.base_fields):
        data["year"] = str(clock.today().year)
    data.setdefault("year", EVERY)
    return ActivityFilterForm(data, queries.years(actor))


def _found(form: ActivityFilterForm, actor: Actor) -> QuerySet[Activity]:
    return queries.filtered(queries.visible_to(actor), form.wanted)


@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    form = filters(request, actor)
    page = page_of(request, _found(form, actor), shown=lambda some: queries.rows(some, actor))
    context = {
        "form": form,
        "page": page,
        "count": page.paginator.count,
        "params": request.GET,
        "columns": COLUMNS,
        "bulk": bulk_steps(ACTIVITY, actor, request.get_full_path()),
        "is_filtered": bool(set(form.wanted) - {"year"}),
        "organises": rules.organise.scope(actor) != NOTHING,
        "sees_plan": rules.reads_plan(actor),
    }
    return render(request, "activities/list.html", context)


@require_safe
def export(request: HttpRequest) -> HttpResponse:
    """The list as it is filtered, whole, in Excel."""
    actor = actor_of(request)
    found = _found(filters(request, actor), actor)
    audit.record("activities.exported", by=actor, detail={"count": found.count()})
    return excel(documents.activity_sheet(found), "activities.xlsx")
