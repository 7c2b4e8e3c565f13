"""Imports of one session: which it is, is chosen beside the file."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from django.http import Http404, HttpRequest

from yizheng.core.request_values import whole_number
from yizheng.documents.import_pages import UploadForm

from .forms import SessionUploadForm
from .models import Session


class OfSession:
    """The session is what an import (`documents/import_pages.py`) calls its options."""

    upload_form: ClassVar[type[UploadForm]] = SessionUploadForm

    def options(self, request: HttpRequest) -> Session:
        return self.options_of(request.GET)

    def options_of(self, asked: Mapping[str, Any]) -> Session:
        number = whole_number(str(asked.get("session", ""))) or 0
        session = Session.objects.filter(pk=number).first()
        if session is None:
            raise Http404
        return session
