"""Days as they are written in sentences and on pages."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache

from django.utils import dateformat, translation
from django.utils.translation import pgettext

from . import clock


def day_words(day: dt.date, *, full: bool = False) -> str:
    """3 月 18 日; with the year when it is not this one, or when asked for."""
    return _written(day, full or day.year != clock.today().year, translation.get_language())


@lru_cache(maxsize=4096)
def _written(day: dt.date, with_year: bool, _language: str | None) -> str:
    if with_year:
        return dateformat.format(day, pgettext("date format", "j M Y"))
    return dateformat.format(day, pgettext("date format", "j M"))


def month_words(year: int, month: int) -> str:
    """2026 年 12 月"""
    return dateformat.format(dt.date(year, month, 1), pgettext("date format", "M Y"))
