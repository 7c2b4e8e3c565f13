"""The period a figure of a text is for: the year, the years or the session its sentence, its
paragraph or the whole text names.
"""

import re
from bisect import bisect_right
from dataclasses import dataclass

from .numerals import CHINESE, chinese
from .results import FoundFigure, TextPeriod

_NUMBER = rf"(?:\d{{1,2}}|{CHINESE})"
_YEAR = r"(?:19|20)\d{2}"
_PERIOD = re.compile(
    rf"(?P<asof>(?:截[至止]|截止到|自|从)\s*{_YEAR}年(?:\d+月\d+[日号]|底|末)?)"
    rf"|(?P<from>{_YEAR})年?\s*[-—–~～至到]+\s*(?P<to>{_YEAR})年"
    rf"|(?P<year>{_YEAR})年(?P<day>\s*\d{{1,2}}月\s*\d{{1,2}}[日号])?"
    rf"|第?(?P<term>{_NUMBER})届[一-鿿]{{0,12}}?第?(?P<session>{_NUMBER})次(?=全?会|全体|委员会|$|[,，。、以期提\s])"
    rf"|(?<![第届\d])(?P<only>{CHINESE})次(?:全体)?会议(?=以来|期间|提出|上)"
    rf"|(?P<span>{_NUMBER})年(?:多)?(?:来|间)(?!源)"
    rf"|(?P<this>今年|本年度?|年初以来)|(?P<last>(?<![比较同])去年|(?<![比较同])上年度?|上一年度?)"
    r"|(?P<open>近年来|近几年来?|近些年来?|多年来)"
    r"|(?P<whole>全年|一年来|一年里|过去的?一年|年内)"
)
_DATELINE = re.compile(
    rf"(?<!截至)(?<!截止)(?<!止到)(?P<year>{_YEAR})\s*[-/.年]\s*(?P<month>\d{{1,2}})\s*[-/.月]\s*\d{{1,2}}日?"
)
_TITLE_YEAR = re.compile(rf"({_YEAR})年(?!\s*\d{{1,2}}月)")
_LOOKED_BACK = re.compile(rf"回顾({_YEAR})年|({_YEAR})年(?:工作回顾|的主要工作|主要工作)")
_PLANNED = re.compile(rf"({_YEAR})年(?:的)?(?:主要)?(?:工作)?(?:建议|安排|打算|计划|任务|展望)")
_HEAD = 1500  # characters in which a text says what it is about
_AGAIN = 3
_REPORTING_SEASON = 3  # a text written until March looks back on the year before


@dataclass(frozen=True)
class _Anchors:
    """Year the text was written in, year it is about, and the session or years it reports on as a
    whole.
    """

    written: int | None
    about: int | None
    whole: TextPeriod | None


def assign(
    text: str, paragraphs: list[int], founds: list[FoundFigure], default_year: int | None
) -> None:
    anchors = _anchors(text, default_year)
    stated = [
        (match.start(), period)
        for match in _PERIOD.finditer(text)
        if (period := _period(match, anchors))
    ]
    places = [start for start, _ in stated]
    for found in founds:
        before = bisect_right(places, found.start) - 1
        near = before >= 0 and stated[before][0] >= paragraphs[found.paragraph]
        found.period = stated[before][1] if near else _otherwise(anchors)


def _otherwise(anchors: _Anchors) -> TextPeriod | None:
    if anchors.whole is not None:
        return anchors.whole
    return TextPeriod.of_year(anchors.about) if anchors.about else None


def _anchors(text: str, default_year: int | None) -> _Anchors:
    head = text[:_HEAD]
    title = next(
        (line for line in head.splitlines() if line.strip() and not line.startswith("#")), ""
    )
    dateline = _DATELINE.search(head)
    written = int(dateline["year"]) if dateline else None
    about = _year_in(_TITLE_YEAR, title) or _year_in(_LOOKED_BACK, head)
    named = about is not None
    about = about or default_year or _planned_after(text) or _looked_back_from(dateline)
    whole = None if named else _session_of(head) or _years_of(text, about)
    return _Anchors(written or about, about, whole)


def _year_in(pattern: re.Pattern[str], text: str) -> int | None:
    match = pattern.search(text)
    return next(int(year) for year in match.groups() if year) if match else None


def _planned_after(text: str) -> int | None:
    """A text that ends with the plan for a year reports on the one before."""
    years = _PLANNED.findall(text)
    return int(years[-1]) - 1 if years else None


def _years_of(text: str, about: int | None) -> TextPeriod | None:
    """A report on a whole term says 四年来 again and again."""
    spans = re.findall(rf"({_NUMBER})年来", text)
    often = next((span for span in spans if spans.count(span) >= _AGAIN), None)
    length = _small(often) if often else None
    return (
        TextPeriod.of_years(about - length + 1, about) if length and length > 1 and about else None
    )


def _looked_back_from(dateline: re.Match[str] | None) -> int | None:
    if dateline is None:
        return None
    year = int(dateline["year"])
    return year - 1 if int(dateline["month"]) <= _REPORTING_SEASON else year


def _session_of(head: str) -> TextPeriod | None:
    """The session a report on a session's proposals opens with (“十四届六次会议期间”,
    “五届三次会议收到”).
    """
    for match in _PERIOD.finditer(head):
        if match["term"] and re.match(
            r"(?:全体)?(?:会议|全会|全体会议)?(?:期间|共?收到|提案)", head[match.end() :]
        ):
            return _session(match)
        if match["year"] and not match["day"]:
            return None
    return None


def _period(match: re.Match[str], anchors: _Anchors) -> TextPeriod | None:
    if match["asof"] or match["day"]:
        return None
    if match["from"]:
        return _years(int(match["from"]), int(match["to"]))
    if match["year"]:
        return TextPeriod.of_year(int(match["year"]))
    if match["term"] or match["only"]:
        return _session(match)
    if match["open"]:
        return TextPeriod("open", match["open"])
    if match["span"]:
        return _running(match["span"], anchors)
    return _relative(match, anchors)


def _years(start: int, end: int) -> TextPeriod | None:
    return TextPeriod.of_years(start, end) if start < end else None


def _session(match: re.Match[str]) -> TextPeriod | None:
    term = _small(match["term"]) if match["term"] else None
    session = _small(match["session"] or match["only"])
    if session is None or (match["term"] and term is None):
        return None
    label = f"{match['term']}届{match['session']}次" if match["term"] else f"{match['only']}次"
    return TextPeriod("session", label, term=term, session=session)


def _small(numeral: str) -> int | None:
    if numeral.isdigit():
        return int(numeral)
    value = chinese(numeral)
    return None if value is None else int(value)


def _running(span: str, anchors: _Anchors) -> TextPeriod | None:
    length = _small(span)
    if not length or anchors.about is None:
        return None
    return (
        TextPeriod.of_year(anchors.about)
        if length == 1
        else TextPeriod.of_years(anchors.about - length + 1, anchors.about)
    )


def _relative(match: re.Match[str], anchors: _Anchors) -> TextPeriod | None:
    year = anchors.about if match["whole"] else anchors.written
    if year is None:
        return None
    return TextPeriod.of_year(year - 1 if match["last"] else year)
