"""A page of a list, as the address asks for it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django.core.paginator import Page, Paginator
from django.http import HttpRequest

from yizheng.core.request_values import whole_number

SIZE = 50
"""Rows of a table. A list whose entries are taller, or only looked through, has a size of its own
and says why there (notices, the public site, the audit chain).
"""


def page_of(
    request: HttpRequest,
    rows: Any,
    size: int = SIZE,
    shown: Callable[[Any], Sequence[Any]] | None = None,
) -> Page[Any]:
    """Which rows `?page=` asks for: a number or `last`. What is no number is the first page, what
    lies beyond the end the last. `shown` makes of the records of this page what stands on it.
    """
    pages = Paginator(rows, size)
    asked, last = request.GET.get("page", ""), pages.num_pages
    number = last if asked == "last" else min(whole_number(asked) or 1, last)
    page = pages.page(number)
    return page if shown is None else Page(shown(page.object_list), number, pages)
