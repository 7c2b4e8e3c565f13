"""Pages of promises: the list, one promise, and the list in Excel."""

from __future__ import annotations

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from yizheng.core import audit, clock
from yizheng.core.access import Actor
from yizheng.core.case_display import ListColumn, actions_for, timeline
from yizheng.core.files import attached_to
from yizheng.core.paging import page_of
from yizheng.core.readable_pages import readable
from yizheng.core.views import actor_of, bulk_steps, find
from yizheng.documents.downloads import excel

from . import documents, queries
from .enums import PromiseState
from .flow import PROMISE
from .forms import PromiseFilterForm
from .models import Promise

COLUMNS = (
    ListColumn("number", _("Number")),
    ListColumn("title", _("What was promised")),
    ListColumn("seals", _("Progress")),
    ListColumn("holder", _("Who holds the pen")),
    ListColumn("due", _("Time left")),
)


def _found(request: HttpRequest, actor: Actor) -> tuple[PromiseFilterForm, QuerySet[Promise]]:
    """An unreadable filter is as good as none; without any, what is still followed."""
    data = (
        request.GET
        if any(name in request.GET for name in PromiseFilterForm.base_fields)
        else {"state": queries.FOLLOWED}
    )
    form = PromiseFilterForm(data, actor=actor)
    form.is_valid()
    return form, queries.filtered(queries.visible_to(actor), form.cleaned_data, clock.today())


@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    form, found = _found(request, actor)
    page = page_of(request, found, shown=lambda some: queries.rows(some, actor))
    context = {
        "form": form,
        "page": page,
        "count": page.paginator.count,
        "standing": queries.standing(actor),
        "units": queries.by_unit(actor),
        "columns": COLUMNS,
        "bulk": bulk_steps(PROMISE, actor, request.get_full_path()),
        "reported": PromiseState.of("claimed")[0].value,
    }
    return render(request, "promises/list.html", context)


@require_safe
def export(request: HttpRequest) -> HttpResponse:
    """The list as it is filtered, in Excel."""
    actor = actor_of(request)
    _form, found = _found(request, actor)
    audit.record("promises.exported", by=actor, detail={"count": found.count()})
    return excel(documents.sheet(found), "promises.xlsx")


@require_safe
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    actor = actor_of(request)
    promise: Promise = find(PROMISE, pk, actor)
    state = PROMISE.state_of(promise)
    pen = {
        "seals": PROMISE.seals_of(promise),
        "holder": queries.holder_of(promise) or state.label,
        "holding": state.holding,
        "due": queries.due_for(promise),
        "due_label": _("Promised for"),
        "actions": actions_for(PROMISE.offers(promise, actor)),
    }
    context = {
        "promise": promise,
        "title": PROMISE.title(promise),
        "source_url": readable(actor, promise.source_url),
        "state": state,
        "pen": pen,
        "attachments": attached_to(promise),
        "timeline": timeline(list(audit.history(promise))),
    }
    return render(request, "promises/detail.html", context)
