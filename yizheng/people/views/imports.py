"""Pages of the roster's import: hand in a file, see what it would do, take it over."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from yizheng.core.access import Actor
from yizheng.core.doors import require
from yizheng.core.views import actor_of
from yizheng.documents.import_pages import OneSheet
from yizheng.documents.import_preview import CheckedSheet, SheetPreview, SheetSpec
from yizheng.documents.table_files import Table
from yizheng.organisations.models import Term

from .. import imports, password_slips
from ..forms.imports import RosterForm
from ..rules import keep_roster
from .slips import slip


class RosterImport(OneSheet):
    """`options` is whether sectors, committees and groups that are missing are to be made."""

    address, purpose, title = "people:import", "roster", gettext_lazy("Import the roster")
    preview_page = "people/import_preview.html"

    def check_right(self, actor: Actor) -> None:
        require(actor, keep_roster)

    def crumbs(self) -> list[dict[str, str]]:
        return [{"label": _("Members"), "url": reverse("people:members")}]

    def not_yet(self, request: HttpRequest) -> HttpResponse | None:
        if Term.objects.exists():
            return None
        messages.warning(request, _("Add the term first: members belong to one."))
        return redirect("organisations:terms")

    def spec(self) -> SheetSpec:
        return imports.SPEC

    def options(self, request: HttpRequest) -> bool:
        return "create_missing" in (request.POST or request.GET)

    def options_of(self, asked: Mapping[str, Any]) -> bool:
        return False

    def check_table(self, table: Table, options: bool) -> SheetPreview:
        return imports.preview_roster(table, create_missing=options)

    def apply_form(self, request: HttpRequest) -> forms.Form:
        return RosterForm(request.POST or None, initial={"create_missing": self.options(request)})

    def more(self, request: HttpRequest, checked: Sequence[CheckedSheet]) -> dict[str, Any]:
        return {
            "missing": imports.missing_places(checked[0].table),
            "create": self.options(request),
        }

    def take_label(self, rows: int) -> str:
        return ngettext("Take over one member", "Take over %(num)s members", rows) % {"num": rows}

    def take(self, request: HttpRequest, table: Table, form: Any) -> HttpResponse:
        done = imports.import_roster(table, by=actor_of(request), **form.cleaned_data)
        added = ngettext("One member added", "%(n)d members added", done.added) % {"n": done.added}
        others = _(", %(updated)d brought up to date, %(unchanged)d as they were.")
        messages.success(
            request, added + others % {"updated": done.updated, "unchanged": done.unchanged}
        )
        if not done.opened:
            return redirect("people:members")
        password_slips.keep(request, [slip(opened, place) for opened, place in done.opened])
        return redirect("people:slips")


roster_import = RosterImport()
