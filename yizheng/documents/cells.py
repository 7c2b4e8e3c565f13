"""Readers of one cell of an imported sheet: a value, or a sentence that says what is
wrong with it.
"""

import difflib
import re
import unicodedata
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from functools import lru_cache

from django.utils.translation import gettext as _

from yizheng.core.fields import MOBILE

from .printable_text import printable
from .table_files import Cell


class BadCell(ValueError):
    """The sentence says, without a full stop, what is wrong: it stands after “Row
    12, “Sector”:”.
    """


Choices = Mapping[str, object]

_YES = {"是", "同意", "有", "对", "√", "✓", "✔", "☑", "y", "yes", "true", "1", "t"}
_NO = {"否", "不同意", "无", "没有", "不是", "错", "×", "✗", "✘", "x", "n", "no", "false", "0", "f"}
_DATES = (
    re.compile(r"(\d{4})\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*[日号]?"),
    re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[ T]+\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?)?"),
    re.compile(r"(\d{4})(\d{2})(\d{2})"),
)
_SERIALS = (10_000, 80_000)  # days Excel counts: 1927 to 2119
_EXCEL_DAY_0 = date(1899, 12, 30)
_SEPARATORS = re.compile(r"[、，,;；\n/|]+")
_BLANKS = re.compile(r"\s+")
_HAN_GAP = re.compile(r"(?<=[\u3400-\u9fff])\s+(?=[\u3400-\u9fff])")
_LANDLINE = re.compile(r"(?:(0\d{2,3})-?)?([2-9]\d{6,7})(?:(?:-|转)(\d{1,6}))?")
_ERRORS = {"#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!"}


def as_text(cell: Cell) -> str:
    """What the user sees in the cell: no `.0` after numbers, no time after days."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e16:
        return str(int(cell))
    if isinstance(cell, datetime):
        return cell.strftime("%Y-%m-%d" if cell.time() == cell.min.time() else "%Y-%m-%d %H:%M")
    return printable(str(cell)).strip()


def text(cell: Cell) -> str:
    shown = as_text(cell)
    if shown in _ERRORS:
        raise BadCell(_("the formula gives an error (%(value)s)") % {"value": shown})
    return shown


def plain(cell: Cell) -> str:
    """Text with full-width signs made narrow, for numbers and dates."""
    return unicodedata.normalize("NFKC", text(cell)).strip()


def integer(cell: Cell) -> int:
    shown = plain(cell).replace(",", "").replace(" ", "")
    if re.fullmatch(r"[+-]?\d{1,15}(\.0+)?", shown):
        return int(shown.partition(".")[0])
    raise BadCell(_("“%(value)s” is not a whole number") % {"value": as_text(cell)})


def day(cell: Cell) -> date:
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    if (
        isinstance(cell, int | float)
        and not isinstance(cell, bool)
        and _SERIALS[0] <= cell < _SERIALS[1]
    ):
        return _EXCEL_DAY_0 + timedelta(days=int(cell))
    shown = plain(cell)
    for pattern in _DATES:
        if found := pattern.fullmatch(shown):
            return _real_day(found, shown)
    raise BadCell(
        _("“%(value)s” is not a date; write year, month and day, such as 2026-03-01")
        % {"value": as_text(cell)}
    )


def _real_day(found: re.Match[str], shown: str) -> date:
    try:
        made = date(*map(int, found.groups()))
    except ValueError:
        raise BadCell(_("the calendar has no day “%(value)s”") % {"value": shown}) from None
    if not 1900 <= made.year <= 2100:
        raise BadCell(_("the year of “%(value)s” cannot be right") % {"value": shown})
    return made


def boolean(cell: Cell) -> bool:
    if isinstance(cell, bool):
        return cell
    shown = plain(cell).lower()
    if shown in _YES or shown in _NO:
        return shown in _YES
    raise BadCell(_("“%(value)s” is neither yes nor no") % {"value": as_text(cell)})


def phone(cell: Cell) -> str:
    """A mobile number as eleven digits, a landline as 0123-1234567-89."""
    shown = plain(cell)
    if re.fullmatch(r"\d(\.\d+)?e\+\d+", shown.lower()):
        raise BadCell(
            _(
                "Excel has shortened the number to “%(value)s”; set the column to “text” "
                "and type it again"
            )
            % {"value": shown}
        )
    digits = re.sub(
        r"[\s()（）—–_]|^(\+|00)86-?", lambda cut: "-" if cut[0] in ")—–_" else "", shown
    ).strip("-")
    if re.fullmatch(MOBILE, digits.replace("-", "")):
        return digits.replace("-", "")
    if found := _LANDLINE.fullmatch(digits):
        return "-".join(part for part in found.groups() if part)
    raise BadCell(_("“%(value)s” is not a telephone number") % {"value": as_text(cell)})


def choice(cell: Cell, choices: Choices, title: str, *, suggest: bool = True) -> object:
    """The value behind a label; for an unknown one the nearest is named, unless there is no time
    for that.
    """
    shown = text(cell)
    known = _known(tuple(choices))
    if label := known.get(_key(shown)):
        return choices[label]
    near = difflib.get_close_matches(_key(shown), known, n=1, cutoff=0.6) if suggest else []
    sentence = _("there is no %(title)s “%(value)s”") % {"title": title, "value": shown}
    if near:
        sentence += _("; did you mean “%(value)s”?") % {"value": known[near[0]]}
    raise BadCell(sentence)


@lru_cache(maxsize=64)
def _known(labels: tuple[str, ...]) -> dict[str, str]:
    return {_key(label): label for label in labels}


def _key(label: str) -> str:
    return _BLANKS.sub("", unicodedata.normalize("NFKC", label)).lower()


def items(cell: Cell) -> list[str]:
    """Cut at 、，,;； / | and line breaks; at spaces only where there is none of these, since 王 芳
    is one name.
    """
    shown = text(cell)
    parts = _SEPARATORS.split(shown)
    parts = _BLANKS.split(shown) if len(parts) == 1 else [_HAN_GAP.sub("", part) for part in parts]
    return list(dict.fromkeys(part.strip() for part in parts if part.strip()))


def chosen(
    parts: Sequence[str], choices: Choices, title: str, *, suggest: bool = True
) -> list[object]:
    return [choice(part, choices, title, suggest=suggest) for part in parts]
