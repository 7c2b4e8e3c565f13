"""Pages of visits of the public: noted at a venue, the list, one visit."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from yizheng.core import attempts, audit, clock
from yizheng.core.access import NOTHING, Actor
from yizheng.core.case_display import ListColumn, actions_for, timeline
from yizheng.core.form_pages import form_page
from yizheng.core.paging import page_of
from yizheng.core.readable_pages import readable
from yizheng.core.refusals import NotAllowed
from yizheng.core.views import actor_of
from yizheng.core.views import find as find_case
from yizheng.documents.downloads import excel

from .. import case_rows, documents, forms, queries, rules, services
from ..flow import VISIT
from ..models import Visit
from .venues import find as find_venue

COLUMNS = (
    ListColumn("title", gettext_lazy("What was raised")),
    ListColumn("day", gettext_lazy("Day"), "date"),
    ListColumn("visitor", gettext_lazy("Who came")),
    ListColumn("seals", gettext_lazy("Progress")),
    ListColumn("holder", gettext_lazy("Who holds the pen")),
)


def _reader(request: HttpRequest) -> Actor:
    actor = actor_of(request)
    if rules.visible_visits(actor) == NOTHING:
        raise NotAllowed(_("What visitors raised is read by the office and at the venue."))
    return actor


def _found(request: HttpRequest, actor: Actor) -> tuple[forms.VisitFilterForm, Any]:
    venues = queries.visible_to(actor).order_by("pk")
    form = forms.VisitFilterForm(
        request.GET or None, venues=venues, years=queries.visit_years(actor)
    )
    return form, queries.filtered_visits(
        queries.visits_visible_to(actor), form.cleaned_data if form.is_valid() else {}
    )


@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    actor = _reader(request)
    form, found = _found(request, actor)
    page = page_of(request, found)
    context = {
        "form": form,
        "page": page,
        "rows": case_rows.rows(list(page), actor),
        "params": request.GET,
        "columns": COLUMNS,
    }
    return render(request, "venues/visits.html", context)


@require_safe
def export(request: HttpRequest) -> HttpResponse:
    """The list as it is filtered, in Excel, without names of visitors."""
    actor = _reader(request)
    found = _found(request, actor)[1]
    audit.record("visits.exported", by=actor, detail={"count": found.count()})
    return excel(documents.visit_sheet(found), f"visits-{clock.today():%Y%m%d}.xlsx")


def add_visit(request: HttpRequest, pk: int) -> HttpResponse:
    actor, venue = find_venue(request, pk)
    if not rules.may_record(actor, venue):
        raise NotAllowed(rules.NOTERS_ONLY)
    form = forms.VisitForm(request.POST or None, venue=venue, actor=actor)
    crumbs = [
        (_("Venues"), reverse("venues:list")),
        (venue.name, reverse("venues:venue", args=[pk])),
    ]
    return form_page(
        request,
        form,
        lambda values: services.record_visit(venue, values, by=actor),
        check=lambda values: services.wrong_in_visit(venue, values, actor),
        makes=True,
        title=_("Note a visit"),
        verb=_("Save"),
        crumbs=crumbs,
        then=VISIT.url,
        said=_("The visit is noted."),
    )


@require_safe
def visit_page(request: HttpRequest, pk: int) -> HttpResponse:
    actor = actor_of(request)
    return _page(request, actor, find_case(VISIT, pk, actor))


@attempts.repeatable
@require_POST
@never_cache
def show_visitor(request: HttpRequest, pk: int) -> HttpResponse:
    """The page with name and phone of the visitor; that somebody looked is kept."""
    actor = actor_of(request)
    visit: Visit = find_case(VISIT, pk, actor)
    services.reveal_visitor(visit, by=actor)
    return _page(request, actor, visit, whole=True)


def _page(request: HttpRequest, actor: Actor, visit: Visit, whole: bool = False) -> HttpResponse:
    state = VISIT.state_of(visit)
    pen = {
        "seals": VISIT.seals_of(visit),
        "holder": case_rows.holder_of(visit) or state.label,
        "holding": state.holding,
        "actions": actions_for(VISIT.offers(visit, actor)),
    }
    context = {
        "visit": visit,
        "handed_url": readable(actor, visit.handed_url),
        "state": state,
        "pen": pen,
        "whole": whole,
        "handles": rules.handler.allows(actor, visit),
        "timeline": timeline(list(audit.history(visit))),
    }
    return render(request, "venues/visit.html", context)
