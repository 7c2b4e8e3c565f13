"""The figures an outline asks for, looked up together; and the outline with its figures filled in."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from yizheng.core.figures import INDICATORS, Period
from yizheng.core.refusals import NotNow
from yizheng.documents.wording import chinese_number, official_date
from yizheng.organisations.models import Organisation, Session

from . import queries, wording
from .outline import Field, Paragraph, Piece, Placeholder, Words, placeholders
from .wording import Stated

Key = tuple[str, int, str, str]
"""Indicator, year, breakdown, part."""


@dataclass
class Book:
    """Everything a text may state: single figures, and breakdowns part by part."""

    year: int
    singles: dict[Key, Stated] = field(default_factory=dict)
    parts: dict[tuple[str, str], list[Stated]] = field(default_factory=dict)

    def one(self, code: str, breakdown: str = "", key: str = "", year: int | None = None) -> Stated:
        return self.singles[code, year or self.year, breakdown, key]

    def all_stated(self) -> list[Stated]:
        """Whole figures of the year, in the order of the text."""
        return [stated for (_c, year, _b, _k), stated in self.singles.items() if year == self.year]


def keys_of(asked: Iterable[Placeholder], year: int) -> list[Key]:
    """The single figures to look up. One that must not stand alone brings the other along."""
    keys: list[Key] = []
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


def today(paragraphs: list[Paragraph], year: int) -> Book:
    """Counted now, the single figures in one query."""
    asked = placeholders(paragraphs)
    keys = keys_of(asked, year)
    wanted = [queries.wanted(code, Period.of_year(when), by, key) for code, when, by, key in keys]
    book = Book(year)
    for key, figure in zip(keys, queries.figures(wanted), strict=True):
        book.singles[key] = wording.state(figure)
    for code, by in breakdowns_of(asked):
        book.parts[code, by] = [wording.state(part) for part in queries.parts(code, Period.of_year(year), by)]
    return book


def fields_of(organisation: Organisation, year: int, day: dt.date) -> dict[str, str]:
    """The words of an outline's fields. Raises NotNow when that year has no session here."""
    sessions = list(Session.objects.filter(year=year).select_related("term").order_by("opens_on"))
    if not sessions:
        raise NotNow(
            _("%(organisation)s has no session of the year %(year)s: there is nothing to report on.")
            % {"organisation": organisation.short_name, "year": year}
        )
    return {
        "organisation": organisation.short_name, "name": organisation.name, "year": str(year),
        "session": "、".join(_session_name(session) for session in sessions), "as_of": official_date(day),
    }  # fmt: skip


def _session_name(session: Session) -> str:
    return f"{chinese_number(session.term.ordinal)}届{chinese_number(session.ordinal)}次会议"


# Filled in --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Run:
    """A stretch of text; with a figure, the number it states."""

    text: str
    stated: Stated | None = None


@dataclass(frozen=True)
class Line:
    runs: tuple[Run, ...]

    @property
    def text(self) -> str:
        return "".join(run.text for run in self.runs)


@dataclass(frozen=True)
class Plate:
    """A chart or a table of a breakdown; `figure` is the whole it divides."""

    how: str
    title: str
    figure: Stated
    breakdown: str
    parts: tuple[Stated, ...]


def fill(paragraphs: list[Paragraph], book: Book, fields: Mapping[str, str]) -> list[Line | Plate]:
    return [_filled(paragraph, book, fields) for paragraph in paragraphs]


def _filled(paragraph: Paragraph, book: Book, fields: Mapping[str, str]) -> Line | Plate:
    only = paragraph[0]
    if isinstance(only, Placeholder) and only.is_block:
        parts = tuple(book.parts[only.code, only.breakdown])
        whole = book.one(only.code)
        by = parts[0].breakdown_title if parts else ""
        title = f"{whole.title}（按{by}分）" if by else whole.title
        return Plate(only.how, title, whole, only.breakdown, parts)
    return Line(tuple(run for piece in paragraph for run in _runs(piece, book, fields)))


def _runs(piece: Piece, book: Book, fields: Mapping[str, str]) -> list[Run]:
    match piece:
        case Words(text):
            return [Run(text)]
        case Field(name):
            return [Run(fields[name])]
        case Placeholder(all_parts=True):
            return _enumerated(piece, book)
    stated = book.one(piece.code, piece.breakdown, piece.key)
    if piece.how == "change":
        return [Run(wording.change(stated, book.one(piece.code, year=book.year - 1)), stated)]
    return [Run(stated.plain if piece.how == "number" else stated.text, stated)]


def _enumerated(piece: Placeholder, book: Book) -> list[Run]:
    parts = book.parts[piece.code, piece.breakdown]
    if not parts:
        return [Run(wording.NOTHING, book.one(piece.code))]
    total = sum(part.numerator for part in parts)
    runs: list[Run] = []
    for place, part in enumerate(parts):
        separator = "；" if piece.how == "share" else "、"
        runs.append(Run(f"{separator if place else ''}{part.label}"))
        share = f"，占{wording.percent_text(part.numerator, total)}" if piece.how == "share" else ""
        runs.append(Run(f"{part.text}{share}", part))
    return runs
