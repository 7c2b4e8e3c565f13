"""Pages of units: the list, one unit, its name, its contacts, its end; the import from Excel."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import Prefetch, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from yizheng.core import attempts, audit, clock, panels
from yizheng.core.access import Actor, Words
from yizheng.core.doors import mark, require
from yizheng.core.form_pages import form_page, seen_in
from yizheng.core.paging import page_of
from yizheng.core.views import actor_of
from yizheng.documents.downloads import excel
from yizheng.documents.import_pages import OneSheet
from yizheng.documents.import_preview import SheetPreview, SheetSpec
from yizheng.documents.table_files import Table
from yizheng.documents.workbooks import Sheet, SheetColumn, workbook

from .. import imports, queries
from ..forms import RenameForm, UnitCloseForm, UnitContactForm, UnitFilterForm, UnitForm
from ..models import Unit, UnitContact
from ..rules import keep
from ..services import units as services
from .settings import crumbs_to


def _found(request: HttpRequest) -> tuple[UnitFilterForm, Any]:
    form = UnitFilterForm(request.GET or None)
    wanted = form.cleaned_data if form.is_valid() else {}
    rows = Unit.objects.order_by("closed_on", "pk")
    if text := wanted.get("q", "").strip():
        rows = rows.filter(
            Q(name__icontains=text)
            | Q(short_name__icontains=text)
            | Q(pk__in=Unit.objects.filter(names__name__icontains=text).values("pk"))
        )
    if wanted.get("kind"):
        rows = rows.filter(kind=wanted["kind"])
    if wanted.get("state") != "all":
        rows = rows.filter(closed_on__isnull=wanted.get("state") != "closed")
    if wanted.get("contacts"):
        covered = queries.covered()
        rows = rows.filter(covered) if wanted["contacts"] == "both" else rows.exclude(covered)
    contacts = Prefetch("contacts", queries.current_contacts(), to_attr="current")
    return form, rows.prefetch_related(contacts).select_related("merged_into")


def unit_list(request: HttpRequest) -> HttpResponse:
    require(actor_of(request), keep)
    form, found = _found(request)
    page = page_of(request, found)
    context = {
        "form": form,
        "page": page,
        "rows": [_row(unit) for unit in page],
        "params": request.GET,
        "coverage": queries.coverage(),
    }
    return render(request, "organisations/units.html", context)


def _row(unit: Any) -> dict[str, Any]:
    names = {
        contact.duty: f"{contact.name} {contact.masked_phone}".strip() for contact in unit.current
    }
    row: dict[str, Any] = {
        "id": unit.pk,
        "title": unit.name,
        "url": reverse("organisations:unit", args=[unit.pk]),
        "line": unit.short_name,
        "cells": {
            "kind": unit.get_kind_display(),
            "leader": names.get("leader", "—"),
            "officer": names.get("officer", "—"),
        },
    }
    if unit.merged_into:
        row["badge"] = {
            "text": _("merged into %(unit)s") % {"unit": unit.merged_into.short_name},
            "tone": "neutral",
        }
    elif unit.closed_on:
        row["badge"] = {"text": _("closed"), "tone": "neutral"}
    return row


def export(request: HttpRequest) -> HttpResponse:
    """The list as Excel, with the titles that the import understands; phones are whole, so it is
    logged.
    """
    actor = actor_of(request)
    require(actor, keep)
    units = list(_found(request)[1])
    head = [(_("Full name"), 16), (_("Short name"), 8), (_("Kind"), 8), *_contact_heads()]
    sheet = Sheet(
        _("Units"),
        [SheetColumn(title, width) for title, width in head],
        [_cells(unit) for unit in units],
    )
    audit.record("units.exported", by=actor, detail={"count": len(units)})
    return excel(workbook([sheet]), f"units-{clock.today():%Y%m%d}.xlsx")


def _contact_heads() -> list[tuple[str, int]]:
    return [
        (_("Leader in charge"), 6),
        (_("Leader's post"), 8),
        (_("Leader's phone"), 8),
        (_("Officer"), 6),
        (_("Officer's post"), 8),
        (_("Officer's phone"), 8),
    ]


def _cells(unit: Any) -> list[str]:
    contacts = {contact.duty: contact for contact in unit.current}
    cells = [unit.name, unit.short_name, unit.get_kind_display()]
    for duty in UnitContact.Duty.values:
        contact = contacts.get(duty)
        cells += [contact.name, contact.post, contact.phone] if contact else ["", "", ""]
    return cells


def _find(request: HttpRequest, pk: int) -> Unit:
    require(actor_of(request), keep)
    return get_object_or_404(Unit.objects.select_related("merged_into"), pk=pk)


def unit_page(request: HttpRequest, pk: int) -> HttpResponse:
    return _page(request, _find(request, pk))


@attempts.repeatable
@require_POST
@never_cache
def show_phones(request: HttpRequest, pk: int) -> HttpResponse:
    """The page with whole numbers; that somebody looked is kept."""
    unit = _find(request, pk)
    audit.record("unit.phones_read", by=actor_of(request), of=unit)
    return _page(request, unit, phones=True)


def _page(request: HttpRequest, unit: Unit, phones: bool = False) -> HttpResponse:
    actor = actor_of(request)
    contacts = list(unit.contacts.all())
    current = {contact.duty: contact for contact in contacts if contact.until is None}
    context = {
        "unit": unit,
        "phones": phones,
        "duties": [
            (duty, label, contact, panels.links("unit_contact", actor, contact) if contact else [])
            for duty, label in UnitContact.Duty.choices
            for contact in [current.get(duty)]
        ],
        "panels": panels.on("unit", actor, unit),
        "past": [contact for contact in contacts if contact.until],
        "names": [each for each in unit.names.all() if not each.holds(clock.today())],
        "absorbed": Unit.objects.filter(merged_into=unit),
        "history": list(queries.history(unit)[:20]),
    }
    return render(request, "organisations/unit.html", context)


def add_unit(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    require(actor, keep)
    return form_page(
        request,
        UnitForm(request.POST or None),
        lambda values: services.add_unit(values, by=actor),
        check=lambda values: services.wrong_in_names(Unit(), values),
        title=_("Add a unit"),
        verb=_("Add"),
        makes=True,
        crumbs=_crumbs(),
        then=_url,
        said=lambda unit: _("%(what)s is saved.") % {"what": unit},
    )


def _url(unit: Unit) -> str:
    return reverse("organisations:unit", args=[unit.pk])


def _crumbs(unit: Unit | None = None) -> list[tuple[Words, str]]:
    trail = crumbs_to(_("Units"), reverse("organisations:units"))
    return [*trail, (unit.name, _url(unit))] if unit else trail


def rename_unit(request: HttpRequest, pk: int) -> HttpResponse:
    unit = _find(request, pk)
    form = RenameForm(
        request.POST or None,
        initial={"name": unit.name, "short_name": unit.short_name, "kind": unit.kind},
    )
    return form_page(
        request,
        form,
        lambda values: services.rename_unit(
            unit, by=actor_of(request), seen=seen_in(request), **values
        ),
        check=lambda values: services.wrong_in_names(unit, values),
        title=_("Rename"),
        verb=_("Save"),
        crumbs=_crumbs(unit),
        then=_url(unit),
        said=lambda _done: _("%(what)s is saved.") % {"what": unit},
        seen=lambda: mark(unit),
    )


@require_POST
def drop_planned_name(request: HttpRequest, pk: int) -> HttpResponse:
    unit = _find(request, pk)
    services.drop_planned_name(unit, by=actor_of(request), seen=seen_in(request))
    messages.success(request, _("The planned name is taken back."))
    return redirect(_url(unit))


def close_unit(request: HttpRequest, pk: int) -> HttpResponse:
    unit = _find(request, pk)
    return form_page(
        request,
        UnitCloseForm(request.POST or None, unit=unit),
        lambda values: services.close_unit(
            unit, by=actor_of(request), seen=seen_in(request), **values
        ),
        title=_("Close or merge"),
        verb=_("Close the unit"),
        crumbs=_crumbs(unit),
        then=_url(unit),
        said=_("%(unit)s is closed; what it handled keeps its name.") % {"unit": unit},
        seen=lambda: mark(unit),
    )


def edit_contact(request: HttpRequest, pk: int, duty: str) -> HttpResponse:
    unit = _find(request, pk)
    if duty not in UnitContact.Duty.values:
        raise Http404
    current = services.contact_of(unit, duty)
    initial = (
        {name: getattr(current, name) for name in ("name", "post", "phone")} if current else {}
    )
    return form_page(
        request,
        UnitContactForm(request.POST or None, initial=initial),
        lambda values: services.set_contact(
            unit, duty, by=actor_of(request), seen=seen_in(request), **values
        ),
        title=UnitContact.Duty(duty).label,
        verb=_("Save"),
        crumbs=_crumbs(unit),
        then=_url(unit),
        said=_("The contact is saved."),
        seen=lambda: mark(services.contact_of(unit, duty) if request.method == "POST" else current),
    )


class UnitImport(OneSheet):
    address, purpose, title = "organisations:import", "units", gettext_lazy("Import units")

    def check_right(self, actor: Actor) -> None:
        require(actor, keep)

    def crumbs(self) -> list[dict[str, str]]:
        return [
            {"label": _("Settings"), "url": reverse("organisations:settings")},
            {"label": _("Units"), "url": reverse("organisations:units")},
        ]

    def spec(self) -> SheetSpec:
        return imports.SPEC

    def check_table(self, table: Table, options: Any) -> SheetPreview:
        return imports.preview_units(table)

    def take_label(self, rows: int) -> str:
        return ngettext("Take over one unit", "Take over %(num)s units", rows) % {"num": rows}

    def take(self, request: HttpRequest, table: Table, form: Any) -> HttpResponse:
        done = imports.import_units(table, by=actor_of(request))
        added = ngettext("One unit added", "%(n)d units added", done.added) % {"n": done.added}
        messages.success(request, added + _(", %(n)d brought up to date.") % {"n": done.updated})
        return redirect("organisations:units")


unit_import = UnitImport()
