"""Figures in the words of official Chinese papers.

The words are Chinese whatever language a reader's screen has.
"""

from __future__ import annotations

from contextlib import AbstractContextManager
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from django.utils import translation

from yizheng.core.figures import Number, Standing

from .queries import Figure, label_of, sign_of

NOTHING = "—"
"""Where there is nothing to divide by: no promise was due."""
NOT_RECORDED = "没有记录"
NOT_RECORDED_BEFORE = "上年没有记录"
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
    standing: Standing = Standing.COUNTED
    unknown: int = 0

    @property
    def is_recorded(self) -> bool:
        return self.standing is not Standing.NOT_RECORDED

    @property
    def is_rate(self) -> bool:
        return self.denominator is not None

    @property
    def share(self) -> Decimal | None:
        """The exact rate; None for a count, and where there is nothing to divide by."""
        if not self.is_recorded:
            return None
        return Decimal(self.numerator) / self.denominator if self.denominator else None

    @property
    def text(self) -> str:
        if not self.is_recorded:
            return NOT_RECORDED
        if self.denominator is None:
            return f"{self.numerator}{self.unit}{self._more}"
        return f"{percent_text(self.numerator, self.denominator)}{self._more}"

    @property
    def plain(self) -> str:
        """Without its unit; a rate is never without."""
        if self.denominator is not None or not self.is_recorded:
            return self.text
        return f"{self.numerator}{self._more}"

    @property
    def basis(self) -> str:
        """On how many a rate rests, and how many it leaves out."""
        if self.denominator is None or not (self.is_recorded or self.unknown):
            return ""
        left_out = f"，另有{self.unknown}条没有记录" if self.unknown else ""
        return f"{self.numerator}/{self.denominator}{left_out}"

    @property
    def rests_on(self) -> str:
        """Said behind a rate in a sentence, where it leaves something out."""
        if not self.unknown or self.share is None:
            return ""
        return f"（以有记录的{self.denominator}条计，另有{self.unknown}条没有记录）"

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
            standing=figure.standing,
            unknown=figure.unknown,
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
    """比上年增加12件; of a rate in points of percent.

    Nothing is compared with what is not recorded.
    """
    if not now.is_recorded:
        return NOT_RECORDED
    if not before.is_recorded:
        return NOT_RECORDED_BEFORE
    if now.is_rate:
        return _change_of_rate(now, before)
    difference = now.numerator - before.numerator
    about = "约" if now.at_least or before.at_least else ""
    if not difference:
        return f"与上年{'大致' if about else ''}持平"
    return f"比上年{'增加' if difference > 0 else '减少'}{about}{abs(difference)}{now.unit}"


def _change_of_rate(now: StatedFigure, before: StatedFigure) -> str:
    if now.share is None or before.share is None:
        return "上年无可比数据"
    points = ((now.share - before.share) * 100).quantize(Decimal("0.1"), ROUND_HALF_UP)
    about = "约" if now.at_least or before.at_least else ""
    if not points:
        return f"与上年{'大致' if about else ''}持平"
    way = "提高" if points > 0 else "下降"
    return f"比上年{way}{about}{abs(points).normalize():f}个百分点"
