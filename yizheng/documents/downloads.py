"""Answers that the browser saves as a file under a name."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.http import content_disposition_header

EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PDF = "application/pdf"


def attachment(content: bytes | str, name: str, content_type: str) -> HttpResponse:
    """The name may be in any script: browsers are told it in both ways they understand."""
    header = content_disposition_header(True, name) or "attachment"
    return HttpResponse(content, content_type=content_type, headers={"Content-Disposition": header})


def excel(content: bytes, name: str) -> HttpResponse:
    return attachment(content, name, EXCEL)


def word(content: bytes, name: str) -> HttpResponse:
    return attachment(content, name, WORD)


def pdf(content: bytes, name: str) -> HttpResponse:
    return attachment(content, name, PDF)
