"""Pages of what was transferred to units."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from yizheng.core import audit, clock, sources
from yizheng.core.access import Actor
from yizheng.core.case_display import ListColumn, actions_for, timeline
from yizheng.core.files import attached_to
from yizheng.core.paging import page_of
from yizheng.core.request_values import whole_number
from yizheng.core.sources import Source
from yizheng.core.time_left import due_of
from yizheng.core.views import actor_of, bulk_steps, find
from yizheng.documents.downloads import excel
from yizheng.instructions.models import Instruction
from yizheng.instructions.views import object_at, page_about, require_list
from yizheng.organisations.queries import calendar

from . import documents, queries, services, transfer_terms
from .flow import TRANSFER
from .forms import TransferFilterForm, TransferForm
from .models import Transfer

COLUMNS = (
    ListColumn("title", _("Title")),
    ListColumn("seals", _("Progress")),
    ListColumn("holder", _("Who holds the pen")),
    ListColumn("due", _("Time left")),
)


def begin(request: HttpRequest, place: str, pk: int) -> HttpResponse:
    """Give an object to units; `?instruction=` says because of which instruction."""
    source, obj = object_at(request, place, pk)
    if not transfer_terms.is_given(source.model):
        raise Http404
    because = _because(request, source, obj)
    form = TransferForm(
        request.POST or None,
        day=services.answer_day(source.model),
        initial={"words": because.words if because else ""},
    )
    return page_about(
        request,
        form,
        lambda values: services.transfer(
            obj, values.pop("units"), by=actor_of(request), instruction=because, **values
        ),
        about=(source, obj),
        title=_("Transfer to units"),
        verb=_("Transfer"),
        said=_("Transferred."),
        makes=lambda made: made[0],
    )


def _because(request: HttpRequest, source: Source, obj: Any) -> Instruction | None:
    wanted = request.GET.get("instruction", "")
    found = Instruction.objects.filter(content_type=source.kind, object_id=obj.pk)
    return found.filter(pk=whole_number(wanted) or 0).first()


def _transfers(request: HttpRequest, actor: Actor) -> tuple[TransferFilterForm, QuerySet[Transfer]]:
    require_list(actor)
    data = (
        request.GET
        if any(name in request.GET for name in TransferFilterForm.base_fields)
        else {"state": "open"}
    )
    form = TransferFilterForm(data, actor=actor)
    form.is_valid()
    found = queries.filtered(queries.visible_to(actor), form.cleaned_data)
    return form, queries.for_list(found)


@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    form, found = _transfers(request, actor)
    page = page_of(request, found, shown=lambda some: queries.rows(some, actor))
    context = {
        "form": form,
        "page": page,
        "count": page.paginator.count,
        "columns": COLUMNS,
        "bulk": bulk_steps(TRANSFER, actor, request.get_full_path()),
    }
    return render(request, "transfers/list.html", context)


@require_safe
def export(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    _form, found = _transfers(request, actor)
    audit.record("transfers.exported", by=actor, detail={"count": found.count()})
    return excel(documents.sheet(found), "transfers.xlsx")


@require_safe
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    actor = actor_of(request)
    found: Transfer = find(TRANSFER, pk, actor)
    source, state = sources.of(found), TRANSFER.state_of(found)
    due = due_of(found.due_on, calendar(), clock.today(), state.counted)
    pen = {
        "seals": TRANSFER.seals_of(found),
        "holder": queries.holder_of(found) or state.label,
        "holding": state.holding,
        "holder_label": gettext("How it ended") if state.ends else "",
        "due": None if state.ends else due,
        "due_label": gettext("Answer due"),
        "actions": actions_for(TRANSFER.offers(found, actor)),
    }
    context = {
        "transfer": found,
        "state": state,
        "pen": pen,
        "attachments": attached_to(found),
        "source_title": source.title(found.source),
        "source_url": source.url(found.source),
        "kind": source.label,
        "opens_lists": sources.opens_lists(actor),
        "timeline": timeline(list(audit.history(found))),
    }
    return render(request, "transfers/detail.html", context)
