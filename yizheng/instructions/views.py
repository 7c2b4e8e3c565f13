"""Pages of leaders' instructions."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from yizheng.core import audit, sources
from yizheng.core.access import Actor
from yizheng.core.doors import mark
from yizheng.core.form_pages import form_page, seen_in
from yizheng.core.missing_rows import MissingRow
from yizheng.core.navigation import links_from
from yizheng.core.paging import page_of
from yizheng.core.refusals import NotAllowed
from yizheng.core.sources import Source
from yizheng.core.views import actor_of
from yizheng.documents.downloads import excel

from . import documents, queries, rules, services
from .forms import InstructionFilterForm, InstructionForm
from .models import Instruction


def require_list(actor: Actor) -> None:
    if not sources.opens_lists(actor):
        raise NotAllowed(
            gettext(
                "This list is kept by the office and read by those who handle what is transferred."
            )
        )


def _instructions(
    request: HttpRequest, actor: Actor
) -> tuple[InstructionFilterForm, QuerySet[Instruction]]:
    require_list(actor)
    form = InstructionFilterForm(request.GET, actor=actor)
    form.is_valid()
    found = queries.filtered(queries.visible_to(actor), form.cleaned_data)
    return form, queries.with_sources(found)


@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """All instructions the reader may see, newest first."""
    actor = actor_of(request)
    form, found = _instructions(request, actor)
    page = page_of(request, found)
    lines = [queries.line(each) for each in page.object_list]
    context = {
        "form": form,
        "page": page,
        "lines": lines,
        "count": page.paginator.count,
        "links": links_from("instructions:list", actor),
    }
    return render(request, "instructions/list.html", context)


@require_safe
def export(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    _form, found = _instructions(request, actor)
    audit.record("instructions.exported", by=actor, detail={"count": found.count()})
    return excel(documents.sheet(found), "instructions.xlsx")


def object_at(request: HttpRequest, place: str, pk: int) -> tuple[Source, Any]:
    """The object on which something is to be recorded: not found elsewhere, refused without the
    right.
    """
    source, actor = sources.of_place(place), actor_of(request)
    obj = source.model.objects.filter(pk=pk).first() if source else None
    if source is None or obj is None:
        raise Http404
    if not source.sees(actor, obj) or not source.may_enter(actor, obj):
        raise NotAllowed(gettext("This is done by the office that keeps it."))
    return source, obj


def record(request: HttpRequest, place: str, pk: int) -> HttpResponse:
    """Write down what a leader wrote on an object."""
    source, obj = object_at(request, place, pk)
    return page_about(
        request,
        InstructionForm(request.POST or None, request.FILES or None),
        lambda values: services.record(obj, by=actor_of(request), **services.clean_values(values)),
        about=(source, obj),
        title=_("Record an instruction"),
        verb=_("Record"),
        said=_("The instruction was recorded."),
        makes=True,
    )


def page_about(
    request: HttpRequest,
    form: forms.Form,
    act: Callable[[dict[str, Any]], Any],
    *,
    about: tuple[Source, Any],
    **more: Any,
) -> HttpResponse:
    """The page of a form about an object, to which it goes back."""
    source, obj = about
    url, title = source.url(obj), source.title(obj)
    return form_page(
        request, form, act, crumbs=[(title, url)], then=url, page="instructions/form.html", **more
    )


def _instruction(request: HttpRequest, pk: int) -> tuple[Instruction, Source]:
    actor = actor_of(request)
    found = Instruction.objects.filter(pk=pk).select_related("content_type").first()
    if found is None:
        raise MissingRow(Instruction, pk)
    source = sources.of(found)
    if not rules.may_read(actor, found) or not source.may_enter(actor, found.source):
        raise NotAllowed(gettext("This is done by the office that keeps it."))
    return found, source


def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Put right what was written down wrong."""
    found, source = _instruction(request, pk)
    initial = {name: getattr(found, name) for name in services.FIELDS}

    def act(values: dict[str, Any]) -> Instruction:
        clean = services.clean_values(values)
        return services.change(found, by=actor_of(request), seen=seen_in(request), **clean)

    return page_about(
        request,
        InstructionForm(request.POST or None, request.FILES or None, initial=initial),
        act,
        about=(source, found.source),
        title=_("Change the instruction"),
        verb=_("Save"),
        said=_("Saved."),
        seen=lambda: mark(found),
        context={"remove_url": reverse("instructions:remove", args=[found.pk])},
    )


@require_POST
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    found, source = _instruction(request, pk)
    obj = found.source
    services.remove(found, by=actor_of(request), seen=seen_in(request))
    messages.success(request, gettext("The instruction was taken away."))
    return redirect(source.url(obj))
