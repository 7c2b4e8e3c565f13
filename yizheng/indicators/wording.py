"""Figures in the words of official Chinese papers.

The words are Chinese whatever language a reader's screen has.
"""

from __future__ import annotations

from contextlib import AbstractContextManager
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from django.utils import translation

from yizheng.core.figures import Number

from .queries import Figure, label_of, sign_of

NOTHING = "—"
OFFICIAL = "zh-hans"


@dataclass(frozen=True)
class StatedFigure:
    """A figure with its words, as a paper states it: of today, or as it was frozen."""

    code: str
    title: str
    unit: str
    definition: str
    year: int
    numerator: Number
    denominator: int | None = None
    breakdown: str = ""
    breakdown_title: str = ""
    key: str = ""
    label: str = ""
    url: str = ""
    at_least: bool = False

    @property
    def is_rate(self) -> bool:
        return self.denominator is not None

    @property
    def share(self) -> Decimal | None:
        """The exact rate; None for a count, and where there is nothing to divide by."""
        return Decimal(self.numerator) / self.denominator if self.denominator else None

    @property
    def text(self) -> str:
        if self.denominator is None:
            return f"{self.numerator}{self.unit}{self._more}"
        return percent_text(self.numerator, self.denominator)

    @property
    def plain(self) -> str:
        """Without its unit; a rate is never without."""
        return f"{self.numerator}{self._more}" if self.denominator is None else self.text

    @property
    def _more(self) -> str:
        return "以上" if self.at_least and self.numerator else ""


def official() -> AbstractContextManager[None]:
    return translation.override(OFFICIAL)


def state(figure: Figure) -> StatedFigure:
    """The figure in official Chinese."""
    one = figure.wanted
    with official():
        return StatedFigure(
            code=one.indicator.code,
            title=str(one.indicator.title),
            unit=sign_of(one),
            definition=str(one.indicator.definition),
            year=one.period.last,
            numerator=figure.numerator,
            denominator=figure.denominator,
            breakdown=one.breakdown.code if one.breakdown else "",
            breakdown_title=str(one.breakdown.title) if one.breakdown else "",
            key=one.key,
            label=str(figure.label or label_of(one)),
            url=figure.url,
            at_least=figure.at_least,
        )


def percent_text(numerator: Number, denominator: Number | None, digits: int = 1) -> str:
    """87.5%; 100% only when it is all, 0% only when it is nothing."""
    if not denominator:
        return NOTHING
    step = Decimal(1).scaleb(-digits)
    share = (Decimal(numerator) * 100 / denominator).quantize(step, ROUND_HALF_UP)
    if share >= 100 and numerator < denominator:
        share = 100 - step
    if not share and numerator:
        share = step
    return f"{share.normalize():f}%"


def change(now: StatedFigure, before: StatedFigure) -> str:
    """比上年增加12件; of a rate in points of percent."""
    if now.is_rate:
        return _change_of_rate(now, before)
    difference = now.numerator - before.numerator
    if not difference:
        return "与上年持平"
    about = "约" if now.at_least or before.at_least else ""
    return f"比上年{'增加' if difference > 0 else '减少'}{about}{abs(difference)}{now.unit}"


def _change_of_rate(now: StatedFigure, before: StatedFigure) -> str:
    if now.share is None or before.share is None:
        return "上年无可比数据"
    points = ((now.share - before.share) * 100).quantize(Decimal("0.1"), ROUND_HALF_UP)
    if not points:
        return "与上年持平"
    return f"比上年{'提高' if points > 0 else '下降'}{abs(points).normalize():f}个百分点"
