"""Answers that are files."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.http import content_disposition_header

from yizheng.documents.file_names import safe_name

EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PDF = "application/pdf"


def _file(content: bytes | str, name: str, content_type: str, *, saved: bool) -> HttpResponse:
    """The name may be in any script: browsers are told it in both ways they understand."""
    header = content_disposition_header(saved, safe_name(name)) or "attachment"
    return HttpResponse(content, content_type=content_type, headers={"Content-Disposition": header})


def attachment(content: bytes | str, name: str, content_type: str) -> HttpResponse:
    """What the browser saves, under a name every system accepts."""
    return _file(content, name, content_type, saved=True)


def inline(content: bytes | str, name: str, content_type: str) -> HttpResponse:
    """What is read where it is asked for, and has a name if it is saved all the same."""
    return _file(content, name, content_type, saved=False)


def excel(content: bytes, name: str) -> HttpResponse:
    return attachment(content, name, EXCEL)


def word(content: bytes, name: str) -> HttpResponse:
    return attachment(content, name, WORD)


def pdf(content: bytes, name: str) -> HttpResponse:
    return attachment(content, name, PDF)
