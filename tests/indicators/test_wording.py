"""Figures as official papers write them."""

import pytest

from yizheng.indicators import wording
from yizheng.indicators.wording import StatedFigure, percent_text


@pytest.mark.parametrize(
    "numerator, denominator, text",
    [
        (112, 128, "87.5%"),
        (48, 48, "100%"),
        (1, 3, "33.3%"),
        (2, 3, "66.7%"),
        (0, 5, "0%"),
        (0, 0, "—"),
        (9999, 10000, "99.9%"),  # not quite all is never 100%
        (1, 10000, "0.1%"),  # not quite nothing is never 0%
        (91, 100, "91%"),
        (1, 16, "6.3%"),  # 6.25 rounds up
    ],
)
def test_percentages(numerator: int, denominator: int, text: str) -> None:
    assert percent_text(numerator, denominator) == text


def stated(numerator: int, denominator: int | None = None) -> StatedFigure:
    return StatedFigure("x", "立案", "件", "", 2026, numerator, denominator)


@pytest.mark.parametrize(
    "now, before, text",
    [
        (stated(112), stated(100), "比上年增加12件"),
        (stated(99), stated(100), "比上年减少1件"),
        (stated(5), stated(5), "与上年持平"),
        (stated(9, 10), stated(17, 20), "比上年提高5个百分点"),
        (stated(7, 8), stated(8, 8), "比上年下降12.5个百分点"),
        (stated(1, 2), stated(0, 0), "上年无可比数据"),
        (stated(1, 2), stated(2, 4), "与上年持平"),
    ],
)
def test_change_against_the_year_before(now: StatedFigure, before: StatedFigure, text: str) -> None:
    assert wording.change(now, before) == text
