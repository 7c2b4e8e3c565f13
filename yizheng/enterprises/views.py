"""Pages of enterprises: the list, one enterprise and who of it is a member."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext, pgettext_lazy
from django.views.decorators.http import require_safe

from yizheng.core import audit, clock
from yizheng.core.access import Actor
from yizheng.core.case_display import ListColumn
from yizheng.core.doors import mark, require
from yizheng.core.form_pages import form_page, seen_in
from yizheng.core.paging import page_of
from yizheng.core.punctuation import join_cn
from yizheng.core.refusals import NotAllowed
from yizheng.core.views import actor_of
from yizheng.documents.downloads import excel
from yizheng.documents.workbooks import Sheet, SheetColumn, workbook
from yizheng.organisations.rules import keep

from . import forms, queries, rules, services
from .models import Enterprise


def _reader(request: HttpRequest) -> Actor:
    actor = actor_of(request)
    if not rules.may_read(actor):
        raise NotAllowed(_("Enterprises are open to members and to the office."))
    return actor


def _found(request: HttpRequest, actor: Actor) -> tuple[forms.EnterpriseFilterForm, Any]:
    form, today = forms.EnterpriseFilterForm(request.GET or None, actor=actor), clock.today()
    found = queries.filtered(
        queries.visible_to(actor), form.cleaned_data if form.is_valid() else {}, today
    )
    return form, queries.for_list(found, today)


@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    actor = _reader(request)
    form, found = _found(request, actor)
    page = page_of(request, found)
    keeps = keep.allows(actor, None)
    context = {
        "form": form,
        "page": page,
        "rows": [_row(each, keeps) for each in page],
        "params": request.GET,
        "keeps": keeps,
        "share": queries.share(actor),
        "columns": [
            ListColumn("title", _("Enterprise")),
            ListColumn("town", _("Town")),
            ListColumn("trade", _("Trade")),
            ListColumn("members", _("Members")),
        ],
    }
    return render(request, "enterprises/list.html", context)


def _row(enterprise: Any, keeps: bool) -> dict[str, Any]:
    since, until = enterprise.above_scale_since, enterprise.above_scale_until
    above = since is not None and clock.holds(clock.today(), since, until)
    names = join_cn(place.membership for place in enterprise.serving)
    row: dict[str, Any] = {
        "id": enterprise.pk,
        "title": enterprise.name,
        "url": reverse("enterprises:edit", args=[enterprise.pk])
        if keeps
        else f"{reverse('enterprises:list')}?q={enterprise.name}",
        "cells": {
            "town": town(enterprise) or "—",
            "trade": enterprise.trade or "—",
            "members": names or "—",
        },
    }
    if enterprise.closed_on:
        row["badge"] = {"text": pgettext_lazy("enterprise", "closed"), "tone": "neutral"}
    elif above:
        row["badge"] = {"text": _("above scale"), "tone": "indigo"}
    return row


def town(enterprise: Any) -> str:
    return enterprise.unit.short_name if enterprise.unit else ""


@require_safe
def export(request: HttpRequest) -> HttpResponse:
    actor = _reader(request)
    found = list(_found(request, actor)[1])
    columns = [
        SheetColumn(pgettext("of an enterprise", "Name"), 20),
        SheetColumn(_("Town"), 8),
        SheetColumn(_("Trade"), 10),
        SheetColumn(_("Above scale since"), 10, "date"),
        SheetColumn(_("Above scale until"), 10, "date"),
        SheetColumn(pgettext("enterprise", "Closed on"), 10, "date"),
        SheetColumn(_("Members"), 20),
    ]
    lines = [
        [
            e.name,
            town(e),
            e.trade,
            e.above_scale_since,
            e.above_scale_until,
            e.closed_on,
            join_cn(p.membership for p in e.serving),
        ]
        for e in found
    ]
    audit.record("enterprises.exported", by=actor, detail={"count": len(lines)})
    return excel(
        workbook([Sheet(_("Enterprises"), columns, lines)]),
        f"enterprises-{clock.today():%Y%m%d}.xlsx",
    )


def edit(request: HttpRequest, pk: int = 0) -> HttpResponse:
    actor = actor_of(request)
    require(actor, keep)
    row = get_object_or_404(queries.visible_to(actor), pk=pk) if pk else Enterprise()
    initial = {name: getattr(row, name) for name in services.FIELDS} if pk else {}
    if pk:
        initial["members"] = list(row.people.values_list("membership_id", flat=True))
    form = forms.EnterpriseForm(request.POST or None, enterprise=row, initial=initial)
    return form_page(
        request,
        form,
        lambda values: services.save(
            row, values, list(values["members"]), by=actor, seen=seen_in(request)
        ),
        check=lambda values: services.wrong_in(row, values),
        seen=lambda: mark(row),
        makes=not pk,
        title=row.name if pk else _("Add an enterprise"),
        verb=_("Save"),
        crumbs=[(_("Enterprises"), reverse("enterprises:list"))],
        then=reverse("enterprises:list"),
        said=lambda saved: _("%(what)s is saved.") % {"what": saved},
        page="enterprises/form.html",
        context={"enterprise": row},
    )


def close(request: HttpRequest, pk: int) -> HttpResponse:
    actor = actor_of(request)
    require(actor, keep)
    row = get_object_or_404(queries.visible_to(actor), pk=pk)
    return form_page(
        request,
        forms.EnterpriseCloseForm(request.POST or None),
        lambda values: services.close(row, by=actor, seen=seen_in(request), **values),
        seen=lambda: mark(row),
        title=_("%(name)s is no longer there") % {"name": row.name},
        verb=_("Save"),
        crumbs=[(_("Enterprises"), reverse("enterprises:list"))],
        then=reverse("enterprises:list"),
        said=_("%(what)s is saved.") % {"what": row},
    )
