"""The search for figures in a repaired text: number, unit, approximation and place."""

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal

from .exclusions import Spans, excluded, quoted
from .numerals import (
    ARABIC,
    CHINESE,
    CHINESE_SIGNS,
    SCALES,
    arabic,
    chinese,
    percentage,
    scaled,
    tenths,
)
from .phrases import (
    APPROX_AFTER,
    APPROX_BEFORE,
    APPROX_MIDDLE,
    COUNTING_WORDS,
    MEASURES,
    STRONG_UNITS,
    UNITS,
)
from .results import FoundFigure


def _any(words: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


def _unit(word: str, not_before: str) -> str:
    return re.escape(word) + (f"(?!{not_before})" if not_before else "")


_MONEY = _any(scale + measure for scale in ("万", "亿", "千万", "百万") for measure in MEASURES)
_UNIT = f"{_MONEY}|" + "|".join(
    _unit(word, UNITS[word]) for word in sorted(UNITS, key=len, reverse=True)
)
_VARIANT = r"(?P<variant>\s?[(（]\s*[次条件篇份]\s*[)）])?"
_SCALE = r"(?:十万|百万|千万|[百千万亿])"
_MIDDLE = _any(APPROX_MIDDLE)
_AFTER = _any(APPROX_AFTER)
_TAIL = rf"(?P<unit>{_UNIT}){_VARIANT}(?P<after>{_AFTER})?"
_JOIN = r"\s*(?:[-—–~～]{1,2}|至|到)\s*"

_FIGURE = re.compile(
    rf"(?<!\d)(?<!\d[.,])(?P<number>{ARABIC})(?:(?:%|[件次人篇份条])?{_JOIN}(?P<upper>{ARABIC}))?"
    rf"\s?(?P<scale>{_SCALE}(?!{_any(MEASURES)}))??(?P<middle>{_MIDDLE})?(?P<scale2>{_SCALE}(?!{_any(MEASURES)}))?\s?{_TAIL}"
)
_WORDED = re.compile(
    rf"(?<![第数几])(?P<number>{CHINESE})(?P<middle>{_MIDDLE})?{_TAIL}|连续(?P<years>{CHINESE}|\d{{1,2}})(?P<year>年)"
)
_STRUCTURE = re.compile(rf"(?<=内设)(?P<first>{CHINESE})委(?P<second>{CHINESE})室")
_HUNDREDTHS = re.compile(
    rf"百分之(?P<part>\d+(?:\.\d+)?|[{CHINESE_SIGNS}点]+)(?P<after>{_AFTER})?|百分百"
)
_TENTHS = re.compile(
    r"(?P<before>占|达到?|近|超过?|逾|约)?(?P<part>[一二两三四五六七八九]成(?:半|[一二三四五六七八九])?)(?P<after>以上|左右|多)?"
)
_HALF = re.compile(r"(?:超过?|占|近|约|达到?)?一半(?P<after>以上|左右|多)?")
_LOST = r"[?？�□■]"
_UNREADABLE = re.compile(
    rf"(?<![吗呢么何谁哪办\d])(?<!\d[,.])(?<!{_LOST})"
    rf"(?:{_LOST}{{1,6}}\d[\d,.]{{0,12}}|\d[\d,.]{{0,12}}{_LOST}{{1,6}}[\d.]{{0,6}}|{_LOST}{{1,6}})\s?(?P<unit>%|{_UNIT})"
)
_BEFORE = re.compile(rf"(?<![最附远])(?P<approx>{_any(APPROX_BEFORE)})了?\s?$")
_LINE_NUMBER = re.compile(r"\d{1,2}\.(?=\d)")


def find(text: str) -> list[FoundFigure]:
    """In the order of the text, none overlapping another; damaged figures first claim
    their place.
    """
    taken: dict[int, FoundFigure] = {}
    outside = excluded(text)
    for found in _candidates(text, outside):
        if not any(place in taken for place in range(found.start, found.end)):
            taken.update(dict.fromkeys(range(found.start, found.end), found))
    unique = {id(found): found for found in taken.values()}
    return sorted(unique.values(), key=lambda found: found.start)


def _candidates(text: str, outside: Spans) -> Iterator[FoundFigure]:
    yield from _unreadable(text, outside)
    yield from _percentages(text)
    yield from _figures(text, outside)
    yield from _worded(text, outside)


def _unreadable(text: str, outside: Spans) -> Iterator[FoundFigure]:
    for match in _UNREADABLE.finditer(text):
        certain = (
            any(sign in "�□■" for sign in match[0])
            or "?" in match[0]
            or re.search(r"\d？+[\d%]", match[0])
        )
        if certain and not outside.cover(*match.span()):
            yield FoundFigure(match.start(), match.end(), None, match["unit"])


def _figures(text: str, outside: Spans) -> Iterator[FoundFigure]:
    for match in _FIGURE.finditer(text):
        if not outside.cover(match.start(), match.end("number")):
            found = _arabic_figure(text, match)
            if found is not None:
                yield found


def _arabic_figure(text: str, match: re.Match[str]) -> FoundFigure | None:
    start, digits = _without_line_number(text, match)
    number = arabic(digits)
    upper = arabic(match["upper"]) if match["upper"] else None
    if number is None or (match["upper"] and upper is None):
        return None
    scale = match["scale"] or match["scale2"] or ""
    value = scaled(number, scale)
    far = None if upper is None else scaled(upper, scale)
    if far is not None and far < value:
        return None
    before = _approx_before(text, start)
    approx = _approx(match, before)
    # The words 近, 超 … are part of the judgement, not of the marked stretch.
    return FoundFigure(start, match.end(), value, _unit_name(match), approx, far)


def _without_line_number(text: str, match: re.Match[str]) -> tuple[int, str]:
    """1.5件 at the beginning of a line is item 1 and five pieces: nobody counts half a proposal."""
    start, digits = match.start(), match["number"]
    at_line_start = not text[text.rfind("\n", 0, start) + 1 : start].strip()
    fraction_of_a_piece = match["unit"] in STRONG_UNITS and not (match["scale"] or match["scale2"])
    if at_line_start and fraction_of_a_piece and (number := _LINE_NUMBER.match(digits)):
        return start + number.end(), digits[number.end() :]
    return start, digits


def _unit_name(match: re.Match[str]) -> str:
    variant = re.sub(r"\s", "", match["variant"] or "").replace("（", "(").replace("）", ")")
    return match["unit"] + variant


def _approx_before(text: str, start: int) -> str:
    match = _BEFORE.search(text[max(0, start - 6) : start])
    return APPROX_BEFORE[match["approx"]] if match else ""


def _approx(match: re.Match[str], before: str) -> str:
    groups = match.groupdict()
    middle, after = groups.get("middle"), groups.get("after")
    return APPROX_MIDDLE.get(middle or "") or APPROX_AFTER.get(after or "") or before


def _percentages(text: str) -> Iterator[FoundFigure]:
    for match in _HUNDREDTHS.finditer(text):
        value = percentage(match["part"]) if match["part"] else Decimal(100)
        yield from _percent(text, match, match.start(), value)
    for match in _TENTHS.finditer(text):
        if (
            match["before"]
            or match["after"]
            or text.startswith(("提案", "的", "委员"), match.end())
        ):
            yield from _percent(text, match, match.start("part"), tenths(match["part"]))
    for match in _HALF.finditer(text):
        if len(match[0]) > len("一半"):
            yield from _percent(text, match, text.index("一半", match.start()), Decimal(50))


def _percent(
    text: str, match: re.Match[str], start: int, value: Decimal | None
) -> Iterator[FoundFigure]:
    if value is not None:
        yield FoundFigure(
            start, match.end(), value, "%", _approx(match, _approx_before(text, start))
        )


def _worded(text: str, outside: Spans) -> Iterator[FoundFigure]:
    names = quoted(text)
    for match in _WORDED.finditer(text):
        if match["years"]:
            yield from _years_running(match)
        elif not (outside.cover(*match.span("number")) or names.cover(*match.span("number"))):
            yield from _worded_figure(text, match)
    for match in _STRUCTURE.finditer(text):
        yield from _structure(match)


def _years_running(match: re.Match[str]) -> Iterator[FoundFigure]:
    years = match["years"]
    value = arabic(years) if years[0].isdigit() else chinese(years)
    if value is not None:
        yield FoundFigure(match.start("years"), match.end(), value, "年")


def _worded_figure(text: str, match: re.Match[str]) -> Iterator[FoundFigure]:
    value = chinese(match["number"]) or _round_number(text, match)
    rhetorical = value == 1 or (value is not None and value < 10 and not _is_counted(text, match))
    start = match.start()
    if value is not None and not rhetorical:
        yield FoundFigure(
            start,
            match.end(),
            value,
            _unit_name(match),
            _approx(match, _approx_before(text, start)),
        )


def _round_number(text: str, match: re.Match[str]) -> Decimal | None:
    """百余件, 近千人: a bare 百, 千 or 万 is a number only when something says how nearly."""
    about = match["middle"] or _approx_before(text, match.start())
    return (
        Decimal(SCALES[match["number"]])
        if match["number"] in ("百", "千", "万") and about
        else None
    )


def _is_counted(text: str, match: re.Match[str]) -> bool:
    before = text[max(0, match.start() - 6) : match.start()].removesuffix("了")
    return match["unit"] in STRONG_UNITS and before.endswith(COUNTING_WORDS)


def _structure(match: re.Match[str]) -> Iterator[FoundFigure]:
    """内设七委一室: seven committees and one office."""
    for group, unit in (("first", "委"), ("second", "室")):
        value = chinese(match[group])
        if value is not None:
            yield FoundFigure(match.start(group), match.end(group) + 1, value, unit)
