"""The list of opinions with its export, the tracking record and the yearly circular; filters live
in the address.
"""

from __future__ import annotations

from typing import Any

from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from yizheng.core import audit, clock
from yizheng.core.access import Actor
from yizheng.core.case_display import ListColumn
from yizheng.core.paging import page_of
from yizheng.core.refusals import NotAllowed
from yizheng.core.views import actor_of, bulk_steps
from yizheng.documents.downloads import excel

from .. import documents, queries, rules
from ..enums import Adoption, OpinionLevel
from ..flow import DISPATCH, OPINION
from ..forms.filters import CircularFilterForm, OpinionFilterForm
from ..models import Dispatch, IssueItem, Opinion

COLUMNS = (
    ListColumn("number", _("Receipt number")),
    ListColumn("title", _("Title")),
    ListColumn("kind", _("Kind of reporter")),
    ListColumn("category", _("Category")),
    ListColumn("state", _("State"), "state"),
    ListColumn("seals", _("Progress")),
    ListColumn("holder", _("Who holds the pen")),
    ListColumn("due", _("Time left")),
)
DEFAULT_COLUMNS = ("number", "title", "seals", "holder", "due")


def _found(request: HttpRequest, actor: Actor) -> tuple[OpinionFilterForm, QuerySet[Opinion]]:
    form = OpinionFilterForm(request.GET, actor=actor)
    form.is_valid()
    return form, queries.filtered(queries.visible_to(actor), form.cleaned_data, clock.today())


@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    form, found = _found(request, actor)
    page = page_of(request, queries.for_list(found), shown=lambda some: queries.rows(some, actor))
    asked = request.GET.getlist("columns")
    chosen = [column.key for column in COLUMNS if column.key in asked] or list(DEFAULT_COLUMNS)
    context = {
        "form": form,
        "page": page,
        "count": page.paginator.count,
        "chosen": chosen,
        "bulk": bulk_steps(OPINION, actor, request.get_full_path()),
        "available": COLUMNS,
        "is_inside": rules.is_inside(actor),
        "columns": [column for column in COLUMNS if column.key in chosen],
        "may_write": rules.may_write(actor),
    }
    return render(request, "opinions/list.html", context)


@require_safe
def export(request: HttpRequest) -> HttpResponse:
    """The list as it is filtered, whole, in Excel; where a piece went stands there for those who
    may read that.
    """
    actor = actor_of(request)
    _form, found = _found(request, actor)
    sent = Dispatch.objects.filter(rules.visible_dispatches(actor))
    items = IssueItem.everywhere.select_related("issue")
    full = queries.for_list(found).prefetch_related(
        Prefetch("dispatches", queryset=sent), Prefetch("issue_item", queryset=items)
    )
    audit.record("opinions.exported", by=actor, detail={"count": found.count()})
    return excel(documents.sheet(full.iterator(500)), "opinions.xlsx")


def _require_inside(actor: Actor) -> None:
    if not rules.is_inside(actor):
        raise NotAllowed(gettext("This is read by the office."))


@require_safe
def tracking(request: HttpRequest) -> HttpResponse:
    """Where everything was sent and what became of it there, by level, in Excel."""
    actor = actor_of(request)
    _require_inside(actor)
    _form, found = _found(request, actor)
    sent = (
        DISPATCH.visible_to(actor)
        .filter(opinion__in=found.values("pk"))
        .select_related("opinion")
        .order_by("opinion", "id")
    )
    audit.record("opinions.exported", by=actor, detail={"count": sent.count()})
    return excel(documents.tracking_sheet(sent.iterator(500)), "tracking.xlsx")


def _circular(request: HttpRequest) -> tuple[CircularFilterForm, int, Any]:
    actor = actor_of(request)
    _require_inside(actor)
    form = CircularFilterForm(request.GET, actor=actor)
    year, by = form.wanted()
    return form, year, queries.circular(actor, year, by)


@require_safe
def circular(request: HttpRequest) -> HttpResponse:
    """通报: who wrote how many in a year, and what was adopted and instructed on at each level."""
    form, year, (tallies, total) = _circular(request)
    levels = [(level, OpinionLevel(level).label) for level in queries.UPPER_LEVELS]
    context = {
        "form": form,
        "year": year,
        "tallies": tallies,
        "total": total,
        "levels": levels,
        "kinds": Adoption.choices,
        "every_level": OpinionLevel.choices,
    }
    return render(request, "opinions/circular.html", context)


@require_safe
def circular_export(request: HttpRequest) -> HttpResponse:
    _form, year, (tallies, total) = _circular(request)
    audit.record("opinions.exported", by=actor_of(request), detail={"circular": year})
    return excel(documents.circular_sheet(tallies, total), "circular.xlsx")
