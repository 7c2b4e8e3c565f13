"""Days in words: with the year where it is not the present one."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

from django.utils import translation

import yizheng
from tests.world import morning
from yizheng.core import clock
from yizheng.core.day_words import day_words, month_words


def test_a_day_is_written_in_the_language_of_the_page() -> None:
    march, before = dt.date(2026, 3, 18), dt.date(2019, 3, 8)
    with clock.at(morning(dt.date(2026, 6, 1))):
        assert day_words(march) == "3 月 18 日"
        assert day_words(march, full=True) == "2026 年 3 月 18 日"
        assert day_words(before) == "2019 年 3 月 8 日"
        with translation.override("en"):
            assert [day_words(march), day_words(before)] == ["18 Mar", "8 Mar 2019"]


def test_a_month_of_a_year() -> None:
    with translation.override("zh-hans"):
        assert month_words(2026, 12) == "2026 年 12 月"
    with translation.override("en"):
        assert month_words(2026, 12) == "Dec 2026"


def test_before_and_from_a_day_are_written_onto_it() -> None:
    """12 月 30 日前答复, 1 月 1 日起: never with a space after the day."""
    catalogues = Path(yizheng.__file__).parent.glob("*/locale/zh_Hans/LC_MESSAGES/django.po")
    apart = re.compile(r"^msgstr.*%\(day\)s [前起]", re.M)
    found = {path.parts[-5]: apart.findall(path.read_text("utf-8")) for path in catalogues}
    assert {app: texts for app, texts in found.items() if texts} == {}
