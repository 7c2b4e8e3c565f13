"""Pages on which a past year is brought in: one workbook with the sheets of a year, previewed and
taken over together.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path, reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_safe

from yizheng.core.access import Actor
from yizheng.core.audit import AuditEntry
from yizheng.core.jobs import Job
from yizheng.core.refusals import NotAllowed
from yizheng.core.request_values import whole_number
from yizheng.core.views import actor_of
from yizheng.documents import year_workbook
from yizheng.documents.import_pages import TwoSteps
from yizheng.documents.import_preview import CheckedSheet, SheetSpec
from yizheng.organisations.models import Session
from yizheng.organisations.rules import keep
from yizheng.organisations.session_imports import OfSession

from .. import past_year_job
from ..forms import YearUploadForm

DONE = 20


def may_bring_in(actor: Actor) -> bool:
    return bool(year_workbook.sheets_for(actor))


class _CheckedSheets(list[CheckedSheet]):
    """The sheets of a file, and the names of those that are none of ours."""

    def __init__(self, sheets: Sequence[CheckedSheet], strays: Sequence[str]) -> None:
        super().__init__(sheets)
        self.strays = strays


class YearImport(OfSession, TwoSteps):
    """`options` is the session whose year it is."""

    address, joint, purpose, title = "years", "-", "years", gettext_lazy("Bring in past years")
    intro = gettext_lazy(
        "One workbook holds a whole year, a sheet for each kind of record; leave out the "
        "sheets you do not have. "
        "What is brought in is closed: it counts in figures and asks nobody to do anything. "
        "What is in the records already is passed over."
    )
    upload_form = YearUploadForm
    page = "portal/years.html"
    preview_page = "portal/years_preview.html"

    def check_right(self, actor: Actor) -> None:
        if not may_bring_in(actor):
            raise NotAllowed(
                _(
                    "This is for whoever imports activities, opinions or proposals; none of "
                    "your roles does."
                )
            )

    def not_yet(self, request: HttpRequest) -> HttpResponse | None:
        if Session.objects.exists():
            return None
        words = _("Add the session of the year first: members and proposals belong to one.")
        messages.warning(request, words)
        return redirect("organisations:terms" if keep.allows(actor_of(request), None) else "/")

    def specs(self, options: Any = None) -> Sequence[SheetSpec]:
        return [sheet.spec() for sheet in sorted(year_workbook.BOOK, key=lambda sheet: sheet.order)]

    def check(
        self, name: str, content: bytes, options: Session, by: Actor
    ) -> Sequence[CheckedSheet]:
        opened = year_workbook.opened(name, content)
        return _CheckedSheets([each.checked for each in opened.check(options, by)], opened.strays)

    def context_of(self, request: HttpRequest) -> dict[str, Any]:
        return {"done": _done(actor_of(request)), "under_way": past_year_job.under_way()}

    def more(self, request: HttpRequest, checked: Sequence[CheckedSheet]) -> dict[str, Any]:
        strays = checked.strays if isinstance(checked, _CheckedSheets) else ()
        return {"strays": strays, "known": sum(each.preview.known for each in checked)}

    def take_label(self, rows: int) -> str:
        return ngettext("Bring in one row", "Bring in %(num)s rows", rows) % {"num": rows}

    def take_over(
        self, request: HttpRequest, waiting: tuple[str, bytes], form: Any
    ) -> HttpResponse:
        """Thousands of rows take their time: the worker brings them in, and a page tells how far it
        has come.
        """
        session, rows = self.options(request), request.POST.get("rows", "")
        job = past_year_job.begin(
            *waiting, session, by=actor_of(request), rows=whole_number(rows) or 0
        )
        return redirect("years-job", job.pk)

    # how it gets on

    def urls(self, route: str) -> list[URLPattern]:
        job = f"{route}work/<int:pk>/"
        return [
            *super().urls(route),
            path(job, self.job, name="years-job"),
            path(f"{job}progress/", self.progress, name="years-progress"),
        ]

    def _job(self, request: HttpRequest, pk: int) -> Job:
        self.check_right(actor_of(request))
        return get_object_or_404(
            Job.objects.filter(kind=past_year_job.KIND).select_related("account__person"), pk=pk
        )

    @method_decorator(require_safe)
    def job(self, request: HttpRequest, pk: int) -> HttpResponse:
        job = self._job(request, pk)
        context = {
            "job": job,
            "made": past_year_job.made(job),
            "title": self.title,
            "back": reverse("years"),
        }
        return render(request, "portal/years_job.html", context)

    @method_decorator(require_safe)
    def progress(self, request: HttpRequest, pk: int) -> JsonResponse:
        job = self._job(request, pk)
        done, total = job.done, max(job.total, 1)
        text = (
            _("%(n)s of %(all)s rows") % {"n": done, "all": job.total}
            if done
            else job.get_state_display()
        )
        answer = {"value": done, "total": total, "text": text, "done": job.is_over}
        return JsonResponse(
            {**answer, "url": reverse("years-job", args=[job.pk])} if job.is_over else answer
        )


def _done(actor: Actor) -> list[dict[str, Any]]:
    """What earlier files made, out of the audit chain."""
    labels = {sheet.code: str(sheet.label) for sheet in year_workbook.BOOK}
    entries = AuditEntry.objects.filter(
        organisation_id=actor.organisation_id, action="year.imported"
    ).order_by("-id")[:DONE]
    return [
        {
            "at": entry.at,
            "by": entry.actor_name,
            "file": entry.detail["file"],
            "session": entry.detail["session"],
            "made": [
                {
                    "label": labels.get(code, code),
                    "added": count,
                    "known": entry.detail["known"].get(code, 0),
                }
                for code, count in entry.detail["added"].items()
            ],
        }
        for entry in entries
    ]


year_import = YearImport()
