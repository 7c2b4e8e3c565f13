"""The import of the roster: hand in a file, see what it would do, take it over."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from yizheng.core.refusals import BadInput, NotNow
from yizheng.core.views import actor_of
from yizheng.documents import intake, intake_sheets, shelf
from yizheng.documents.tables import Table
from yizheng.organisations.forms import UploadForm
from yizheng.organisations.models import Term

from .. import imports, once
from ..forms.imports import RosterForm
from ..rules import keep_roster, require
from .slips import XLSX, slip

PURPOSE = "roster"


def upload(request: HttpRequest) -> HttpResponse:
    require(actor_of(request), keep_roster)
    if not Term.objects.exists():
        messages.warning(request, _("Add the term first: members belong to one."))
        return redirect("organisations:terms")
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            shelf.put(request, PURPOSE, form.cleaned_data["file"])
            imports.preview_roster(_table(request))
        except BadInput as refused:
            form.add_error("file", str(refused))
        else:
            return redirect("people:import_preview")
    context = {
        "form": form, "columns": imports.SPEC.columns, "back": _crumbs()[:1],
        "template_url": reverse("people:import_template"),
    }  # fmt: skip
    return render(request, "people/import.html", context, status=422 if form.is_bound and form.errors else 200)


def _crumbs() -> list[dict[str, str]]:
    return [
        {"label": _("Members"), "url": reverse("people:members")},
        {"label": _("Import the roster"), "url": reverse("people:import")},
    ]


def _table(request: HttpRequest) -> Table:
    waiting = shelf.get(request, PURPOSE)
    if waiting is None:
        raise BadInput(_("The file is no longer here. Hand it in once more."))
    return intake.read_sheet(imports.SPEC, *waiting)


def preview(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    require(actor, keep_roster)
    if shelf.get(request, PURPOSE) is None:
        return redirect("people:import")
    table = _table(request)
    form = RosterForm(request.POST or None)
    create = "create_missing" in (request.POST or request.GET)
    if request.method == "POST" and form.is_valid():
        try:
            done = imports.import_roster(table, by=actor, **form.cleaned_data)
        except (BadInput, NotNow) as refused:
            form.add_error(None, str(refused))
        else:
            shelf.clear(request, PURPOSE)
            return _after(request, done)
    found = imports.preview_roster(table, create_missing=create)
    context = {
        "form": form, "found": found, "missing": imports.missing_places(table), "create": create,
        "errors": found.errors[:200], "shown": found.rows[:20], "columns": imports.SPEC.columns,
        "back": _crumbs(), "again_url": reverse("people:import"), "errors_url": reverse("people:import_errors"),
    }  # fmt: skip
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "people/import_preview.html", context, status=status)


def _after(request: HttpRequest, done: imports.Imported) -> HttpResponse:
    messages.success(
        request,
        ngettext("One member added", "%(n)d members added", done.added) % {"n": done.added}
        + _(", %(updated)d brought up to date, %(unchanged)d as they were.")
        % {"updated": done.updated, "unchanged": done.unchanged},
    )
    if done.opened:
        once.keep(request, [slip(opened, place) for opened, place in done.opened])
        return redirect("people:slips")
    return redirect("people:members")


def template(request: HttpRequest) -> HttpResponse:
    require(actor_of(request), keep_roster)
    return _excel(intake_sheets.template(imports.SPEC), "roster.xlsx")


def errors(request: HttpRequest) -> HttpResponse:
    """The user's own sheet back, with its errors marked."""
    require(actor_of(request), keep_roster)
    if shelf.get(request, PURPOSE) is None:
        raise Http404
    table = _table(request)
    return _excel(intake_sheets.error_workbook(imports.preview_roster(table), table), "roster-errors.xlsx")


def _excel(content: bytes, name: str) -> HttpResponse:
    return HttpResponse(content, content_type=XLSX, headers={"Content-Disposition": f'attachment; filename="{name}"'})
