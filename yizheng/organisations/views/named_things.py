"""Pages of lists of named things: committees, and what higher floors keep in the same way."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from yizheng.core.doors import mark, require
from yizheng.core.form_pages import form_page, pressed, seen_in
from yizheng.core.views import actor_of

from ..named_kinds import KINDS, NamedColumn, NamedKind
from ..rules import keep
from ..services import settings
from .settings import crumbs_to, saved


def _kind(code: str) -> NamedKind:
    if code not in KINDS:
        raise Http404
    return KINDS[code]


def named_list(request: HttpRequest, kind: str) -> HttpResponse:
    actor = actor_of(request)
    require(actor, keep)
    shown = _kind(kind)
    open_columns = {column for column in shown.columns if column.read_by(actor)}
    context = {"kind": shown, "rows": [_row(shown, row, open_columns) for row in shown.rows()]}
    return render(request, "organisations/named.html", context)


def _row(kind: NamedKind, row: Any, open_columns: set[NamedColumn]) -> dict[str, Any]:
    values = [(column, column.value(row)) for column in kind.columns]
    return {
        "row": row,
        "cells": [
            (column.label, value, column.url(row) if value and column in open_columns else "")
            for column, value in values
        ],
        "removable": not any(value for column, value in values if column.counts),
    }


def edit_named(request: HttpRequest, kind: str, pk: int = 0) -> HttpResponse:
    actor = actor_of(request)
    require(actor, keep)
    kept, address = _kind(kind), reverse("organisations:named", args=[kind])
    row = get_object_or_404(kept.model.objects.all(), pk=pk) if pk else kept.model()
    form = kept.form()(request.POST or None, row=row)
    if pk:
        form.initial = {name: getattr(row, name) for name in form.fields}
    return form_page(
        request,
        form,
        lambda values: settings.save_named(row, values, by=actor, seen=seen_in(request)),
        check=lambda values: settings.wrong_in_named(row, values),
        title=row.name if pk else kept.add,
        verb=_("Save"),
        crumbs=crumbs_to(kept.title, address),
        then=address,
        said=lambda _done: saved(row),
        seen=lambda: mark(row),
        makes=None if pk else lambda _done: row,
    )


@require_POST
def remove_named(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    actor = actor_of(request)
    require(actor, keep)
    row = get_object_or_404(_kind(kind).model.objects.all(), pk=pk)
    return pressed(
        request,
        lambda: settings.remove_named(row, by=actor, seen=seen_in(request)),
        said=_("“%(name)s” is removed.") % {"name": row.name},
        then=reverse("organisations:named", args=[kind]),
    )
