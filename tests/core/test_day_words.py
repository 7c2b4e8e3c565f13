"""Days in words: with the year where it is not the present one."""

from __future__ import annotations

import datetime as dt

from django.utils import translation

from tests.world import morning
from yizheng.core import clock
from yizheng.core.day_words import day_words


def test_a_day_is_written_in_the_language_of_the_page() -> None:
    march, before = dt.date(2026, 3, 18), dt.date(2019, 3, 8)
    with clock.at(morning(dt.date(2026, 6, 1))):
        assert day_words(march) == "3 月 18 日"
        assert day_words(march, full=True) == "2026 年 3 月 18 日"
        assert day_words(before) == "2019 年 3 月 8 日"
        with translation.override("en"):
            assert [day_words(march), day_words(before)] == ["18 Mar", "8 Mar 2019"]
