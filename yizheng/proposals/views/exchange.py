"""Import from Excel in two steps: a preview with every error, then all or nothing."""

from __future__ import annotations

import base64
import hashlib
from typing import Any

from django import forms
from django.contrib import messages
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from yizheng.core.refusals import BadInput, NotAllowed, Refusal
from yizheng.core.tenancy import current
from yizheng.core.views import actor_of
from yizheng.documents import intake_sheets
from yizheng.documents.intake import Preview, read_sheet
from yizheng.documents.sniffing import UnreadableTable
from yizheng.documents.tables import Table
from yizheng.organisations.models import Session

from .. import imports

EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SHOWN = 200
LARGEST = 3 * 1024 * 1024


class UploadForm(forms.Form):
    session = forms.ModelChoiceField(label=_("Session"), queryset=Session.everywhere.none(), empty_label=None)
    file = forms.FileField(label=_("Excel or CSV file"), widget=forms.FileInput(attrs={"accept": ".xlsx,.csv,.txt"}))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["session"].queryset = Session.objects.select_related("term")  # type: ignore[attr-defined]


def _check_right(request: HttpRequest) -> None:
    if not actor_of(request).holds("proposals.import"):
        raise NotAllowed


def template(request: HttpRequest) -> HttpResponse:
    _check_right(request)
    return _excel(gettext("Proposals to import") + ".xlsx", intake_sheets.template(imports.spec()))


def _excel(name: str, content: bytes) -> HttpResponse:
    response = HttpResponse(content, content_type=EXCEL)
    response["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    return response


def upload(request: HttpRequest) -> HttpResponse:
    """One address for the three steps: choose, look at the preview, apply. The file travels signed in the page."""
    _check_right(request)
    form = UploadForm(request.POST or None, request.FILES or None)
    context: dict[str, Any] = {"form": form}
    try:
        if "kept" in request.POST:
            return _second_step(request)
        if request.method == "POST" and form.is_valid():
            context.update(_first_step(form))
    except (Refusal, UnreadableTable) as refused:
        form.add_error(None, str(refused))
    return render(request, "proposals/import.html", context, status=422 if form.errors else 200)


def _first_step(form: UploadForm) -> dict[str, Any]:
    file, session = form.cleaned_data["file"], form.cleaned_data["session"]
    content = file.read(LARGEST + 1)
    if len(content) > LARGEST:
        raise BadInput(gettext("The file is larger than %(n)s MB; split it.") % {"n": LARGEST // 1024**2})
    table = _table(file.name, content)
    found: Preview = imports.read(table, session)
    kept = signing.dumps(
        {"name": file.name, "session": session.pk, "organisation": current(),
         "content": base64.b64encode(content).decode(), "digest": hashlib.sha256(content).hexdigest()},
        salt="import", compress=True,
    )  # fmt: skip
    return {
        "preview": found, "kept": kept, "name": file.name, "session": session, "errors": found.errors[:SHOWN],
        "more": max(0, len(found.errors) - SHOWN), "sample": [row.values for row in found.rows[:10]],
    }  # fmt: skip


def _table(name: str, content: bytes) -> Table:
    return read_sheet(imports.spec(), name, content)


def _second_step(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    try:
        kept = signing.loads(request.POST["kept"], salt="import", max_age=3600)
    except signing.BadSignature as error:
        raise BadInput(gettext("The preview is too old or was changed; choose the file again.")) from error
    if kept["organisation"] != actor.organisation_id:
        raise NotAllowed
    content = base64.b64decode(kept["content"])
    table = _table(kept["name"], content)
    session = Session.objects.get(pk=kept["session"])
    if "errors" in request.POST:
        return _excel(gettext("To be put right") + ".xlsx", intake_sheets.error_workbook(imports.read(table, session), table))
    found = imports.import_proposals(table, session=session, by=actor)
    messages.success(request, gettext("%(n)s proposals were imported.") % {"n": len(found)})
    return redirect("proposals:list")
