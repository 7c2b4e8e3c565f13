"""Pages of an import in two steps: hand in a file, see what it would do, take all of it over or
nothing.

The file waits on the shelf between the steps. An app says what its sheets are and what taking them
over means; the pages, the template and the user's own file with its errors marked are the same for
all.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from yizheng.core import attempts
from yizheng.core.access import Actor
from yizheng.core.forms import OneFile, tell
from yizheng.core.refusals import BadInput, Refusal
from yizheng.core.views import actor_of
from yizheng.documents.table_files import LIMITS

from . import import_workbooks, waiting_files
from .downloads import excel
from .import_preview import CheckedSheet, SheetPreview, SheetSpec, read_sheet
from .table_files import Table

SHOWN_ERRORS, SHOWN_ROWS = 200, 20
GONE = gettext_lazy("The file is no longer here. Hand it in once more.")
ANOTHER = gettext_lazy(
    "Another file was handed in since you looked at this one. Look at what it would do first."
)


class UploadForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("Excel or CSV file"), widget=OneFile(".xlsx,.csv,.txt", LIMITS.bytes)
    )

    def asked(self) -> dict[str, Any]:
        """What the address of the preview carries on."""
        return {}


class TwoSteps:
    """What an app fills in: the names, `check_right`, `specs`, `check`, `take_over`; `address`
    leads to the first step.
    """

    address: ClassVar[str]
    joint: ClassVar[str] = "_"
    purpose: ClassVar[str]
    title: Any = ""
    intro: Any = ""
    upload_form: ClassVar[type[UploadForm]] = UploadForm
    page: ClassVar[str] = "documents/import.html"
    preview_page: ClassVar[str] = "documents/import_preview.html"

    # what an app says

    def check_right(self, actor: Actor) -> None:
        raise NotImplementedError

    def specs(self, options: Any = None) -> Sequence[SheetSpec]:
        raise NotImplementedError

    def options(self, request: HttpRequest) -> Any:
        """What the address of the preview says besides the file."""

    def check(self, name: str, content: bytes, options: Any, by: Actor) -> Sequence[CheckedSheet]:
        raise NotImplementedError

    def take_over(
        self, request: HttpRequest, waiting: tuple[str, bytes], form: Any
    ) -> HttpResponse:
        """Take all of the file over, and answer where to go.

        Raises Refusal, and then nothing was taken.
        """
        raise NotImplementedError

    def apply_form(self, request: HttpRequest) -> forms.Form | None:
        """What is asked before the file is taken over."""

    def take_label(self, rows: int) -> str:
        return ngettext("Take over one row", "Take over %(num)s rows", rows) % {"num": rows}

    def crumbs(self) -> list[dict[str, str]]:
        return []

    def not_yet(self, request: HttpRequest) -> HttpResponse | None:
        """Where to go first when something is missing that an import needs."""

    def context_of(self, request: HttpRequest) -> dict[str, Any]:
        """What else the first page shows."""
        return {}

    def more(self, request: HttpRequest, checked: Sequence[CheckedSheet]) -> dict[str, Any]:
        """What else the page of the preview shows."""
        return {}

    # the four pages

    def urls(self, route: str) -> list[URLPattern]:
        name = self.address.rpartition(":")[2]
        pages = {"preview": self.preview, "template": self.template, "errors": self.errors}
        below = [
            path(f"{route}{page}/", view, name=f"{name}{self.joint}{page}")
            for page, view in pages.items()
        ]
        return [path(route, self.choose, name=name), *below]

    @attempts.repeatable
    def choose(self, request: HttpRequest) -> HttpResponse:
        self.check_right(actor_of(request))
        if elsewhere := self.not_yet(request):
            return elsewhere
        form = self.upload_form(request.POST or None, request.FILES or None)
        if request.method == "POST" and form.is_valid():
            try:
                return self._put(request, form)
            except BadInput as refused:
                tell(refused, form, at="file")
        context = {
            "form": form,
            "specs": self.specs(),
            "back": self.crumbs(),
            "title": self.title,
            "intro": self.intro,
            "template_url": self._url("template"),
            **self.context_of(request),
        }
        return render(request, self.page, context, status=422 if form.errors else 200)

    def preview(self, request: HttpRequest) -> HttpResponse:
        self.check_right(actor_of(request))
        waiting = waiting_files.get(request, self.purpose)
        if waiting is None:
            return redirect(self.address)
        form, refusal = self.apply_form(request), ""
        if request.method == "POST":
            try:
                self._same_as_seen(request, waiting[1])
                if form is None or form.is_valid():
                    done = self.take_over(request, waiting, form)
                    waiting_files.clear(request, self.purpose)
                    return done
            except Refusal as refused:
                refusal = str(refused)
        checked = self.check(*waiting, self.options(request), actor_of(request))
        context = {**self._shown(request, waiting, checked), "form": form, "refusal": refusal}
        wrong = refusal or (form is not None and form.errors)
        return render(request, self.preview_page, context, status=422 if wrong else 200)

    def template(self, request: HttpRequest) -> HttpResponse:
        self.check_right(actor_of(request))
        return excel(import_workbooks.template(*self.specs()), f"{self.title}.xlsx")

    def errors(self, request: HttpRequest) -> HttpResponse:
        """The user's own sheets back, with their errors marked."""
        self.check_right(actor_of(request))
        waiting = waiting_files.get(request, self.purpose)
        if waiting is None:
            raise Http404
        checked = self.check(*waiting, self.options(request), actor_of(request))
        content = import_workbooks.error_book([(each.preview, each.table) for each in checked])
        return excel(content, _("%(title)s, to be put right") % {"title": self.title} + ".xlsx")

    def _put(self, request: HttpRequest, form: UploadForm) -> HttpResponse:
        waiting_files.put(request, self.purpose, form.cleaned_data["file"])
        waiting = waiting_files.get(request, self.purpose)
        if waiting is None:
            raise BadInput(GONE)
        asked = form.asked()
        self.check(*waiting, self.options_of(asked), actor_of(request))
        query = "&".join(f"{key}={value}" for key, value in asked.items())
        return redirect(self._url("preview") + (f"?{query}" if query else ""))

    def options_of(self, asked: Mapping[str, Any]) -> Any:
        """`options` before there is an address that carries them."""
        return None

    def _same_as_seen(self, request: HttpRequest, content: bytes) -> None:
        """Two windows share one shelf: what is taken over is what was looked at."""
        if request.POST.get("seen", digest := digest_of(content)) != digest:
            raise BadInput(ANOTHER)

    def _url(self, page: str) -> str:
        return reverse(f"{self.address}{self.joint}{page}")

    def _shown(
        self, request: HttpRequest, waiting: tuple[str, bytes], checked: Sequence[CheckedSheet]
    ) -> dict[str, Any]:
        query = f"?{request.GET.urlencode()}" if request.GET else ""
        rows = sum(len(each.preview.rows) for each in checked)
        here = {"label": str(self.title), "url": reverse(self.address)}
        return {
            "title": self.title,
            "name": waiting[0],
            "seen": digest_of(waiting[1]),
            "checked": checked,
            "rows": rows,
            "total": sum(each.preview.total for each in checked),
            "wrong": sum(each.preview.bad_rows for each in checked),
            "sound": rows and all(not each.preview.errors for each in checked),
            "most": SHOWN_ERRORS,
            "sample": SHOWN_ROWS,
            "take_label": self.take_label(rows),
            "back": [*self.crumbs(), here],
            "again_url": reverse(self.address),
            "errors_url": self._url("errors") + query,
            **self.more(request, checked),
        }


class OneSheet(TwoSteps):
    """An import of one sheet: `spec`, `check_table` and `take` say it all."""

    def spec(self) -> SheetSpec:
        raise NotImplementedError

    def check_table(self, table: Table, options: Any) -> SheetPreview:
        raise NotImplementedError

    def take(self, request: HttpRequest, table: Table, form: Any) -> HttpResponse:
        raise NotImplementedError

    def specs(self, options: Any = None) -> Sequence[SheetSpec]:
        return [self.spec()]

    def check(self, name: str, content: bytes, options: Any, by: Actor) -> Sequence[CheckedSheet]:
        spec = self.spec()
        table = read_sheet(spec, name, content)
        return [CheckedSheet(spec, table, self.check_table(table, options))]

    def take_over(
        self, request: HttpRequest, waiting: tuple[str, bytes], form: Any
    ) -> HttpResponse:
        return self.take(request, read_sheet(self.spec(), *waiting), form)


def digest_of(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
