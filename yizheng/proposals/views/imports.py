"""Pages of the import from Excel in two steps: a preview with every error, then all or nothing."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from yizheng.core.access import Actor
from yizheng.core.refusals import NotAllowed
from yizheng.core.views import actor_of
from yizheng.documents.import_pages import OneSheet
from yizheng.documents.import_preview import SheetPreview, SheetSpec
from yizheng.documents.table_files import Table
from yizheng.organisations.models import Session
from yizheng.organisations.session_imports import OfSession

from .. import imports, rules


class ProposalImport(OfSession, OneSheet):
    """`options` is the session whose proposals they are."""

    address = "proposals:import"
    joint = "-"
    purpose = "proposals"
    title = gettext_lazy("Import proposals")

    def check_right(self, actor: Actor) -> None:
        if not rules.import_proposals.allows(actor, None):
            raise NotAllowed

    def crumbs(self) -> list[dict[str, str]]:
        return [{"label": _("Proposals"), "url": reverse("proposals:list")}]

    def spec(self) -> SheetSpec:
        return imports.spec()

    def check_table(self, table: Table, options: Session) -> SheetPreview:
        return imports.read(table, options)

    def take_label(self, rows: int) -> str:
        return ngettext("Take over one proposal", "Take over %(num)s proposals", rows) % {
            "num": rows
        }

    def take(self, request: HttpRequest, table: Table, form: Any) -> HttpResponse:
        found = imports.import_proposals(table, session=self.options(request), by=actor_of(request))
        messages.success(request, _("%(n)s proposals were imported.") % {"n": len(found)})
        return redirect("proposals:list")


proposal_import = ProposalImport()
