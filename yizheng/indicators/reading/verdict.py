"""The verdict on each figure of a text, compared with the figures from the records."""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Literal, Protocol

from yizheng.core.sayings import BreakdownPart

from .percentages import percent, stands_for
from .results import Arithmetic, Mention, TextPeriod, TextReading

TextVerdict = Literal["agrees", "differs", "unknown", "unreadable"]
_NEAR = Fraction(9, 10)  # how much of the printed number 近 and 约 must reach


@dataclass(frozen=True)
class OurFigure:
    """A figure from the records.

    A rate carries what it was worked out from, and `value` in percent.
    """

    value: Decimal
    unit: str
    numerator: int | Decimal | None
    denominator: int | Decimal | None
    url: str
    title: str
    at_least: bool = False

    def exact(self, unit: str) -> Fraction | None:
        """In the unit asked for (yuan also in ten thousands); None where ours
        cannot be said in it.
        """
        if unit != "%":
            scale = 10_000 if unit == f"万{self.unit}" else 1
            return Fraction(self.value) / scale if self.unit != "%" else None
        if self.numerator is not None and self.denominator:
            return percent(self.numerator, self.denominator)
        return Fraction(self.value) if self.unit == "%" else None


class FigureSource(Protocol):
    def value(
        self, indicator: str, period: TextPeriod | None, breakdown: BreakdownPart | None
    ) -> OurFigure | None: ...


@dataclass(frozen=True)
class MentionVerdict:
    mention: Mention
    verdict: TextVerdict
    ours: OurFigure | None


def judge(reading: TextReading, figures: FigureSource) -> tuple[MentionVerdict, ...]:
    return tuple(_judged(mention, figures) for mention in reading.mentions)


def _judged(mention: Mention, figures: FigureSource) -> MentionVerdict:
    """Words that may mean several figures agree when any of them does; the first is
    the one shown.
    """
    if mention.unreadable or mention.value is None:
        return MentionVerdict(mention, "unreadable", None)
    if mention.indicator is None:
        return MentionVerdict(mention, "unknown", None)
    meanings = ((mention.indicator, mention.breakdown), *mention.others)
    found = [
        _compared(mention, figures.value(code, mention.period, breakdown))
        for code, breakdown in meanings
    ]
    return min(found, key=lambda judged: _FIRST[judged.verdict, judged.ours is None])


_FIRST: dict[tuple[TextVerdict, bool], int] = {
    ("agrees", False): 0,
    ("unknown", False): 1,
    ("differs", False): 2,
    ("unknown", True): 3,
}


def _compared(mention: Mention, ours: OurFigure | None) -> MentionVerdict:
    exact = ours.exact(mention.unit) if ours else None
    if ours is None or exact is None:
        return MentionVerdict(mention, "unknown", None)
    if agrees(mention, exact):
        return MentionVerdict(mention, "agrees", ours)
    open_question = mention.narrowed or (ours.at_least and _reach(mention) > exact)
    return MentionVerdict(mention, "unknown" if open_question else "differs", ours)


def _reach(mention: Mention) -> Fraction:
    """The greatest number the printed words are true of; where ours is "at least" so many, it may
    be that.
    """
    assert mention.value is not None
    printed = Fraction(mention.upper or mention.value)
    match mention.approx:
        case "余" | "多":
            return printed + _step(mention.value)
        case "以上" | "超":
            return printed * 10**9
        case "约":
            return printed * (2 - _NEAR)
    return printed


def agrees(mention: Mention, ours: Fraction) -> bool:
    """Whether the printed words are true of our exact figure."""
    assert mention.value is not None
    printed = Fraction(mention.value)
    if mention.upper is not None:
        return printed <= ours <= Fraction(mention.upper)
    match mention.approx:
        case "":
            return stands_for(mention.value, ours) if mention.unit == "%" else ours == printed
        case "余" | "多":
            return printed <= ours < printed + _step(mention.value)
        case "以上" | "超":
            return ours >= printed
        case "近":
            return printed * _NEAR <= ours < printed
        case "约":
            return abs(ours - printed) <= printed * (1 - _NEAR)
        case "不足":
            return ours < printed
    return ours <= printed  # 以下


def _step(value: Decimal) -> Fraction:
    """The place of the last digit that is not zero: 200余 stays below 300, 1500余 below 1600."""
    number = Fraction(value)
    step = Fraction(1)
    while number and number % (step * 10) == 0:
        step *= 10
    return step


def to_json(
    file: str, judged: tuple[MentionVerdict, ...], arithmetic: tuple[Arithmetic, ...]
) -> dict[str, object]:
    return {
        "file": file,
        "mentions": [_mention(each) for each in judged],
        "arithmetic": [_arithmetic(each) for each in arithmetic],
    }


def _arithmetic(each: Arithmetic) -> dict[str, object]:
    return {
        "kind": each.kind,
        "expression": each.expression,
        "holds": each.holds,
        "start": each.start,
        "end": each.end,
    }


def _mention(judged: MentionVerdict) -> dict[str, object]:
    mention = judged.mention
    return {
        "text": mention.text,
        "value": _number(mention.value),
        "unit": mention.unit,
        "approx": mention.approx,
        "start": mention.start,
        "end": mention.end,
        "subject": mention.subject,
        "indicator": mention.indicator,
        "period": mention.period.label if mention.period else None,
        "narrowed": mention.narrowed,
        "verdict": judged.verdict,
        "ours": _ours(judged.ours),
    }


def _ours(ours: OurFigure | None) -> dict[str, object] | None:
    if ours is None:
        return None
    return {
        "value": _number(ours.value),
        "unit": ours.unit,
        "numerator": ours.numerator,
        "denominator": ours.denominator,
        "at_least": ours.at_least,
        "url": ours.url,
        "title": ours.title,
    }


def _number(value: Decimal | None) -> int | float | None:
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)
