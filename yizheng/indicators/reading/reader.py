"""The whole way from a text to its figures."""

import re
from collections.abc import Iterable, Sequence

from yizheng.core.sayings import Saying
from yizheng.documents.text_repair import RepairedText, repair

from . import arithmetic, meaning, periods, saying_search
from .contexts import Layout, place
from .expansion import expand
from .figure_search import find
from .phrases import UNITS
from .results import FoundFigure, Mention, TextReading

_SAME_WORDS = 6  # characters before the number that make two statements the same
_UNIT = "|".join(map(re.escape, sorted(UNITS, key=len, reverse=True)))
_MASKED = re.compile(rf"(?P<words>[一-鿿]{{{_SAME_WORDS}}})[*＊×※]+(?P<unit>{_UNIT})")


def read(
    text: str,
    *,
    default_year: int | None = None,
    sayings: Iterable[Saying] = (),
    here: Sequence[str] = (),
) -> TextReading:
    """Every figure of the text and what its own arithmetic comes to.

    Never raises, whatever the text.

    `default_year` is the year the text is about if neither its title nor its date says so;
    `sayings` are words besides those that the apps declare, `here` names of the place the text is
    from.
    """
    repaired = repair(text)
    layout = Layout(repaired.text)
    founds = _found(layout, default_year)
    saying_search.recognise(layout, founds, sayings, here)
    mentions = tuple(_mention(text, repaired, found) for found in founds)
    return TextReading(mentions, tuple(arithmetic.work_out(layout, founds, repaired)))


def _found(layout: Layout, default_year: int | None) -> list[FoundFigure]:
    founds = find(layout.text)
    place(layout, founds)
    founds = expand(_stated(layout.text, founds))
    periods.assign(layout.text, layout.paragraphs, founds, default_year)
    meaning.explain(layout, founds)
    return founds


def _stated(text: str, founds: list[FoundFigure]) -> list[FoundFigure]:
    """Leaves out a figure that the same text strikes out elsewhere (收到…219件 in the title,
    收到…***件 below): a text that withholds a figure does not state it.
    """
    masked = {(match["words"], match["unit"]) for match in _MASKED.finditer(text)}
    return [found for found in founds if (found.left[-_SAME_WORDS:], found.unit) not in masked]


def _mention(text: str, repaired: RepairedText, found: FoundFigure) -> Mention:
    start, end = repaired.span(found.start, found.end)
    return Mention(
        text=text[start:end],
        value=found.value,
        unit=found.unit,
        approx=found.approx,
        start=start,
        end=end,
        subject=found.subject,
        indicator=found.indicator,
        breakdown=found.breakdown,
        period=found.period,
        upper=found.upper,
        unreadable=found.value is None,
        others=tuple(found.others),
        narrowed=found.narrowed,
    )
