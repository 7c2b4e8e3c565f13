"""Readers of what comes with a request outside of forms: numbers in addresses and buttons, rows of
text.

Whatever was sent, it reads or says none.
"""

from __future__ import annotations

import re

from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme

from . import clock

LONGEST = 18
"""Digits of the largest number that a column of ours holds for certain."""
_NO_TEXT = re.compile(r"[\x00\ud800-\udfff]")


def whole_number(text: str) -> int | None:
    """The number, or None where this is none: `²` counts as a digit in Unicode, and nobody has a
    row of thirty digits.
    """
    return int(text) if text.isascii() and text.isdigit() and len(text) <= LONGEST else None


def plain(text: str) -> str:
    """Without the signs that are no part of any text and that no database keeps."""
    return _NO_TEXT.sub("", text)


def texts(request: HttpRequest, name: str) -> list[str]:
    """The rows of text of this name, in their order."""
    return [plain(text) for text in request.POST.getlist(name)]


def way_on(request: HttpRequest, fallback: str) -> str:
    """Where the sender wants to go on, if that is a path of this site."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    is_ours = url_has_allowed_host_and_scheme(wanted, {request.get_host()})
    return wanted if wanted.startswith("/") and is_ours else fallback


def year_in(request: HttpRequest, *, earliest: int = 1949, latest: int = 2200) -> int:
    """The year that the address asks for; this one where it asks for none that there is."""
    asked = whole_number(request.GET.get("year", ""))
    return asked if asked and earliest <= asked <= latest else clock.today().year
