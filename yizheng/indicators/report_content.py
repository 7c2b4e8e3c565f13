"""The content of a report: the figures an outline asks for, looked up together, and the outline
filled in with them.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from yizheng.core.figures import INDICATORS, Period
from yizheng.core.refusals import NotNow
from yizheng.documents.blocks import Heading
from yizheng.documents.plain_text import read_text
from yizheng.documents.wording import chinese_number, official_date
from yizheng.organisations.models import Organisation, Session

from . import queries, wording
from .outline import (
    OptionalStretch,
    OutlineField,
    OutlineParagraph,
    OutlineText,
    Piece,
    Placeholder,
    block_of,
    placeholders,
)
from .wording import StatedFigure

FigureKey = tuple[str, int, str, str]
"""Indicator, year, breakdown, part."""


@dataclass
class FigureBook:
    """Everything a text may state: single figures, and breakdowns part by part."""

    year: int
    singles: dict[FigureKey, StatedFigure] = field(default_factory=dict)
    parts: dict[tuple[str, str], list[StatedFigure]] = field(default_factory=dict)

    def one(
        self, code: str, breakdown: str = "", key: str = "", year: int | None = None
    ) -> StatedFigure:
        return self.singles[code, year or self.year, breakdown, key]

    def not_recorded(self) -> list[StatedFigure]:
        """What the text asks for and nobody recorded, also of the year before; in its order."""
        return [stated for stated in self.singles.values() if not stated.is_recorded]

    def all_stated(self) -> list[StatedFigure]:
        """Whole figures of the year, in the order of the text."""
        return [stated for (_c, year, _b, _k), stated in self.singles.items() if year == self.year]


def keys_of(asked: Iterable[Placeholder], year: int) -> list[FigureKey]:
    """The single figures to look up. One that must not stand alone brings the other along."""
    keys: list[FigureKey] = []
    for each in asked:
        if each.all_parts:
            keys.append((each.code, year, "", ""))
            continue
        keys.append((each.code, year, each.breakdown, each.key))
        if each.how == "change":
            keys.append((each.code, year - 1, "", ""))
        if beside := INDICATORS[each.code].beside:
            keys.append((beside, year, "", ""))
    return list(dict.fromkeys(keys))


def breakdowns_of(asked: Iterable[Placeholder]) -> list[tuple[str, str]]:
    return list(dict.fromkeys((each.code, each.breakdown) for each in asked if each.all_parts))


def today(paragraphs: list[OutlineParagraph], year: int) -> FigureBook:
    """Counted now, the single figures in one query."""
    asked = placeholders(paragraphs)
    keys = keys_of(asked, year)
    wanted = [queries.wanted(code, Period.of_year(when), by, key) for code, when, by, key in keys]
    book = FigureBook(year)
    for key, figure in zip(keys, queries.figures(wanted), strict=True):
        book.singles[key] = wording.state(figure)
    for code, by in breakdowns_of(asked):
        book.parts[code, by] = [
            wording.state(part) for part in queries.parts(code, Period.of_year(year), by)
        ]
    return book


def fields_of(organisation: Organisation, year: int, day: dt.date) -> dict[str, str]:
    """The words of an outline's fields. Raises NotNow when that year has no session here."""
    sessions = list(Session.objects.filter(year=year).select_related("term").order_by("opens_on"))
    if not sessions:
        raise NotNow(
            _(
                "%(organisation)s has no session of the year %(year)s: there is nothing to "
                "report on."
            )
            % {"organisation": organisation.short_name, "year": year}
        )
    return {
        "organisation": organisation.short_name,
        "name": organisation.name,
        "year": str(year),
        "session": "、".join(_session_name(session) for session in sessions),
        "as_of": official_date(day),
    }


def _session_name(session: Session) -> str:
    return f"{chinese_number(session.term.ordinal)}届{chinese_number(session.ordinal)}次会议"


# Filled in ----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class ReportRun:
    """A stretch of text; with a figure, the number it states."""

    text: str
    stated: StatedFigure | None = None


@dataclass(frozen=True)
class ReportLine:
    runs: tuple[ReportRun, ...]

    @property
    def text(self) -> str:
        return "".join(run.text for run in self.runs)


@dataclass(frozen=True)
class Plate:
    """A chart or a table of a breakdown; `figure` is the whole it divides."""

    how: str
    title: str
    figure: StatedFigure
    breakdown: str
    parts: tuple[StatedFigure, ...]


def fill(
    paragraphs: list[OutlineParagraph], book: FigureBook, fields: Mapping[str, str]
) -> list[ReportLine | Plate]:
    """What is in brackets and says nothing is left out, and with it a heading that would have
    nothing under it.
    """
    lines = [_filled(paragraph, book, fields) for paragraph in paragraphs]
    levels = [_level(line) for line in lines]
    kept = [
        line
        for place, line in enumerate(lines)
        if line is not None and _has_something(place, lines, levels)
    ]
    return kept if len(kept) == len(lines) else _renumbered(kept)


def _filled(
    paragraph: OutlineParagraph, book: FigureBook, fields: Mapping[str, str]
) -> ReportLine | Plate | None:
    if block := block_of(paragraph):
        parts = tuple(book.parts[block.code, block.breakdown])
        if not parts and isinstance(paragraph[0], OptionalStretch):
            return None
        return _plate(block, parts, book)
    runs = _tidied([run for piece in paragraph for run in _runs(piece, book, fields)])
    return ReportLine(tuple(runs)) if runs else None


def _plate(block: Placeholder, parts: tuple[StatedFigure, ...], book: FigureBook) -> Plate:
    whole = book.one(block.code)
    by = parts[0].breakdown_title if parts else ""
    return Plate(
        block.how,
        f"{whole.title}（按{by}分）" if by else whole.title,
        whole,
        block.breakdown,
        parts,
    )


def _runs(piece: Piece, book: FigureBook, fields: Mapping[str, str]) -> list[ReportRun]:
    match piece:
        case OutlineText(text):
            return [ReportRun(text)]
        case OutlineField(name):
            return [ReportRun(fields[name])]
        case OptionalStretch(pieces):
            said = any(_says(each, book) for each in pieces)
            return (
                [run for each in pieces for run in _runs(each, book, fields)]
                if said
                else [ReportRun("")]
            )
        case Placeholder(all_parts=True):
            return _enumerated(piece, book)
    stated = book.one(piece.code, piece.breakdown, piece.key)
    if piece.how == "change":
        return [ReportRun(wording.change(stated, book.one(piece.code, year=book.year - 1)), stated)]
    text = stated.plain if piece.how == "number" else stated.text
    behind = [ReportRun(stated.rests_on)] if stated.rests_on else []
    return [ReportRun(text, stated), *behind]


def _says(piece: Piece, book: FigureBook) -> bool:
    """Whether anything was counted. A comparison says nothing by itself."""
    if isinstance(piece, OptionalStretch):
        return any(_says(each, book) for each in piece.pieces)
    if not isinstance(piece, Placeholder) or piece.how == "change":
        return False
    if piece.all_parts:
        return any(part.numerator for part in book.parts[piece.code, piece.breakdown])
    return bool(book.one(piece.code, piece.breakdown, piece.key).numerator)


def _enumerated(piece: Placeholder, book: FigureBook) -> list[ReportRun]:
    parts = book.parts[piece.code, piece.breakdown]
    if not parts:
        whole = book.one(piece.code)
        return [ReportRun(wording.NOTHING if whole.is_recorded else wording.NOT_RECORDED, whole)]
    total = sum(part.numerator for part in parts)
    runs: list[ReportRun] = []
    for place, part in enumerate(parts):
        separator = "；" if piece.how == "share" else "、"
        runs.append(ReportRun(f"{separator if place else ''}{part.label}"))
        share = f"，占{wording.percent_text(part.numerator, total)}" if piece.how == "share" else ""
        runs.append(ReportRun(f"{part.text}{share}", part))
    return runs


# Where something was left out ---------------------------------------------------------------------

_DOUBLED = re.compile(r"[、，；]+(?=[、，；。])|(?<=[：。])[、，；]+|(?<=[：。])。")
_LEADING = re.compile(r"^[、，；。]+")
_TRAILING = re.compile(r"[、，；]+$")


def _tidied(runs: list[ReportRun]) -> list[ReportRun]:
    """Punctuation that stood for what was left out goes with it.

    Nothing where nothing but punctuation is left.
    """
    if all(run.text for run in runs):
        return runs
    joined: list[ReportRun] = []
    for run in runs:
        if run.stated is None and joined and joined[-1].stated is None:
            joined[-1] = ReportRun(joined[-1].text + run.text)
        else:
            joined.append(run)
    tidy = [run if run.stated else ReportRun(_DOUBLED.sub("", run.text)) for run in joined]
    if tidy and tidy[0].stated is None:
        tidy[0] = ReportRun(_LEADING.sub("", tidy[0].text))
    if tidy and tidy[-1].stated is None:
        tidy[-1] = ReportRun(_TRAILING.sub("", tidy[-1].text))
    return [run for run in tidy if run.text]


_HEADINGS = re.compile(r"^(?P<open>[（(]?)[一二三四五六七八九十]{1,3}(?P<close>[）)、])")


def _level(line: ReportLine | Plate | None) -> int:
    """Of a heading 1 to 4; 0 for everything else."""
    block = next(iter(read_text(line.text)), None) if isinstance(line, ReportLine) else None
    return block.level if isinstance(block, Heading) and not block.run_in else 0


def _has_something(
    place: int, lines: Sequence[ReportLine | Plate | None], levels: Sequence[int]
) -> bool:
    """A heading needs a line under it that is left, unless it had none from the beginning."""
    level = levels[place]
    if not level:
        return True
    under = []
    for line, other in zip(lines[place + 1 :], levels[place + 1 :], strict=True):
        if other and other <= level:
            break
        if not other:
            under.append(line)
    return not under or any(line is not None for line in under)


def _renumbered(lines: list[ReportLine | Plate]) -> list[ReportLine | Plate]:
    """Headings counted anew: no 三、 is missing between 二、 and 四、."""
    counts = [0] * 5
    renewed: list[ReportLine | Plate] = []
    for line in lines:
        level = _level(line)
        if level and isinstance(line, ReportLine) and (match := _HEADINGS.match(line.text)):
            counts[level:] = [counts[level] + 1, *[0] * (4 - level)]
            number = f"{match['open']}{chinese_number(counts[level])}{match['close']}"
            line = ReportLine(
                (ReportRun(number + line.runs[0].text[match.end() :]), *line.runs[1:])
            )
        renewed.append(line)
    return renewed


def used(
    lines: Iterable[ReportLine | Plate], book: FigureBook
) -> tuple[list[StatedFigure], dict[tuple[str, str], list[StatedFigure]]]:
    """The whole figures and the breakdowns that stand in a text, in its order."""
    stated = [
        run.stated
        for line in lines
        if isinstance(line, ReportLine)
        for run in line.runs
        if run.stated
    ]
    by = {(each.code, each.breakdown) for each in stated if each.breakdown}
    by |= {(line.figure.code, line.breakdown) for line in lines if isinstance(line, Plate)}
    codes = {each.code for each in stated} | {code for code, _by in by}
    beside = {INDICATORS[code].beside for code in codes if code in INDICATORS}
    single = {(each.code, each.breakdown, each.key) for each in stated}
    wholes = [
        each
        for each in book.all_stated()
        if each.code in codes | beside
        and (not each.key or (each.code, each.breakdown, each.key) in single)
        and (each.code not in INDICATORS or INDICATORS[each.code].whole)
    ]
    return wholes, {key: parts for key, parts in book.parts.items() if key in by}
