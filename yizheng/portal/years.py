"""Bringing in past years: one workbook with the sheets of a year, previewed and taken over together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from yizheng.core.access import Actor
from yizheng.core.audit import AuditEntry
from yizheng.core.refusals import NotAllowed, NotNow
from yizheng.core.views import actor_of
from yizheng.documents import book, shelf
from yizheng.documents.importing import TwoSteps, UploadForm
from yizheng.documents.intake import Checked, SheetSpec
from yizheng.organisations.models import Session

DONE = 20


def may_bring_in(actor: Actor) -> bool:
    return bool(book.sheets_for(actor))


class YearUploadForm(UploadForm):
    session = forms.ModelChoiceField(
        label=gettext_lazy("Session of the year"), queryset=Session.everywhere.none(), empty_label=None,
        help_text=gettext_lazy("Members are looked up in its term."),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["session"].queryset = Session.objects.select_related("term")  # type: ignore[attr-defined]

    def asked(self) -> dict[str, Any]:
        return {"session": self.cleaned_data["session"].pk}


class YearImport(TwoSteps):
    """`options` is the session whose year it is."""

    address, joint, purpose, title = "years", "-", "years", gettext_lazy("Bring in past years")
    intro = gettext_lazy(
        "One workbook holds a whole year, a sheet for each kind of record; leave out the sheets you do not have. "
        "What is brought in is closed: it counts in figures and asks nobody to do anything. What is in the records already is passed over."
    )
    upload_form = YearUploadForm
    page = "portal/years.html"
    preview_page = "portal/years_preview.html"

    def check_right(self, actor: Actor) -> None:
        if not may_bring_in(actor):
            raise NotAllowed(_("This is for whoever imports activities, opinions or proposals; none of your roles does."))

    def not_yet(self, request: HttpRequest) -> HttpResponse | None:
        if Session.objects.exists():
            return None
        words = _("Add the session of the year first: members and proposals belong to one.")
        if not actor_of(request).holds("organisations.keep"):
            raise NotNow(words)
        messages.warning(request, words)
        return redirect("organisations:terms")

    def specs(self, options: Any = None) -> Sequence[SheetSpec]:
        return [sheet.spec() for sheet in sorted(book.BOOK, key=lambda sheet: sheet.order)]

    def options(self, request: HttpRequest) -> Session:
        return self.options_of(request.GET)

    def options_of(self, asked: Mapping[str, Any]) -> Session:
        chosen = str(asked.get("session", ""))
        session = Session.objects.filter(pk=int(chosen)).first() if chosen.isdigit() else None
        if session is None:
            raise Http404
        return session

    def check(self, name: str, content: bytes, options: Session) -> Sequence[Checked]:
        found, _strays = book.read(name, content, options)
        return [each.checked for each in found]

    def context_of(self, request: HttpRequest) -> dict[str, Any]:
        return {"done": _done(actor_of(request))}

    def more(self, request: HttpRequest, checked: Sequence[Checked]) -> dict[str, Any]:
        name, content = shelf.get(request, self.purpose) or ("", b"")
        _found, strays = book.read(name, content, self.options(request))
        return {"strays": strays, "known": sum(each.preview.known for each in checked)}

    def take_label(self, rows: int) -> str:
        return ngettext("Bring in one row", "Bring in %(num)s rows", rows) % {"num": rows}

    def apply(self, request: HttpRequest, checked: Sequence[Checked], form: Any) -> HttpResponse:
        name, content = shelf.get(request, self.purpose) or ("", b"")
        made = book.take(name, content, self.options(request), by=actor_of(request))
        added, known = sum(taken.added for taken in made.values()), sum(taken.known for taken in made.values())
        messages.success(
            request, _("Brought in: %(added)d rows; %(known)d were in the records already.") % {"added": added, "known": known}
        )
        return redirect("years")


def _done(actor: Actor) -> list[dict[str, Any]]:
    """What earlier files made, out of the audit chain."""
    labels = {sheet.code: str(sheet.label) for sheet in book.BOOK}
    entries = AuditEntry.objects.filter(organisation_id=actor.organisation_id, action="year.imported").order_by("-id")[:DONE]
    return [
        {
            "at": entry.at, "by": entry.actor_name, "file": entry.detail["file"], "session": entry.detail["session"],
            "made": [
                {"label": labels.get(code, code), "added": count, "known": entry.detail["known"].get(code, 0)}
                for code, count in entry.detail["added"].items()
            ],
        }
        for entry in entries
    ]  # fmt: skip


year_import = YearImport()
