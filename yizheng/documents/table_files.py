"""Tables read from the files that offices have: .xlsx, and .csv of any usual encoding and
separator.
"""

import csv
import io
import re
import unicodedata
import warnings
import zipfile
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from itertools import islice
from pathlib import PurePath
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from openpyxl import load_workbook
from openpyxl.utils import column_index_from_string

from .file_types import UnreadableTable, file_kind

Cell = str | int | float | bool | date | datetime | time | timedelta | None
RawRow = tuple[int, tuple[Cell, ...]]

HEADER_DEPTH = 30  # rows searched for the header
SEPARATORS = ",\t;|"


@dataclass(frozen=True)
class TableLimits:
    rows: int = 20_000
    columns: int = 200
    bytes: int = 20 * 1024 * 1024
    unpacked: int = 150 * 1024 * 1024
    members: int = 2_000


LIMITS = TableLimits()


@dataclass(frozen=True)
class TableRow:
    number: int  # as the user's program shows it
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Table:
    header: tuple[str, ...]
    rows: tuple[TableRow, ...]
    sheet: str = ""
    header_row: int = 1
    notes: tuple[str, ...] = field(default=())  # what was odd about the file


def read_table(
    name: str, content: bytes, *, expected: Collection[str] = (), limits: TableLimits = LIMITS
) -> Table:
    """The table in a file.

    The header is the row that holds most of the `expected` titles; title lines above it are passed
    over. Of several sheets the one with the best header is read. Raises UnreadableTable.
    """
    placed, notes = _placed(name, content, expected, limits)
    sheet, rows, place, _hits = max(placed, key=lambda candidate: candidate[3])
    return _table(sheet, rows, place, notes)


def read_sheets(
    name: str, content: bytes, *, expected: Collection[str], limits: TableLimits = LIMITS
) -> list[Table]:
    """Every sheet of a file that holds at least one of the `expected` titles; a text file is one
    sheet.
    """
    placed, notes = _placed(name, content, expected, limits)
    return [_table(sheet, rows, place, notes) for sheet, rows, place, hits in placed if hits]


Placed = tuple[str, list[RawRow], int, int]
"""A sheet that is not empty: name, rows, where its header is, how many titles that has."""


def _placed(
    name: str, content: bytes, expected: Collection[str], limits: TableLimits
) -> tuple[list[Placed], tuple[str, ...]]:
    if len(content) > limits.bytes:
        raise UnreadableTable(
            _("The file is larger than %(size)d MB.") % {"size": limits.bytes // 1024**2}
        )
    kind = file_kind(content)
    sheets = (
        _excel_sheets(content, limits) if kind == "xlsx" else [("", _text_rows(content, limits))]
    )
    titles = {simple_title(title) for title in expected}
    placed = [(sheet, rows, *_header_place(rows, titles)) for sheet, rows in sheets if rows]
    if not placed:
        raise UnreadableTable(_("The file is empty."))
    return placed, tuple(_notes(name, kind))


def simple_title(title: object) -> str:
    """Titles are compared without spaces, width of signs, stars and （必填）."""
    text = unicodedata.normalize("NFKC", str(title))
    for mark in ("(必填)", "(选填)", "(required)", "*", ":"):
        text = text.replace(mark, "")
    return "".join(text.split()).lower()


def _notes(name: str, kind: str) -> Iterator[str]:
    named = PurePath(name).suffix.lower()
    if kind == "text" and named in (".xlsx", ".xls", ".xlsm"):
        yield gettext("The name says Excel, but the file is plain text (CSV); it was read as that.")
    if kind == "xlsx" and named in (".csv", ".txt"):
        yield gettext("The name says CSV, but the file is an Excel workbook; it was read as that.")


def _header_place(rows: Sequence[RawRow], titles: set[str]) -> tuple[int, int]:
    """Where the header is, and how many titles it has of those expected (or filled cells, if none
    are).
    """
    scores = [_score(row, titles) for _number, row in rows[:HEADER_DEPTH]]
    best = max(scores)
    if titles and not best:
        return 0, 0
    if titles:
        return scores.index(best), best
    # without titles to look for: the first row that is about as full as the fullest
    return next(place for place, score in enumerate(scores) if score * 2 > best), best


def _score(row: Sequence[Cell], titles: set[str]) -> int:
    if not titles:
        return sum(1 for cell in row if isinstance(cell, str))
    return len({simple_title(cell) for cell in row if isinstance(cell, str)} & titles)


def _table(sheet: str, rows: Sequence[RawRow], place: int, notes: tuple[str, ...]) -> Table:
    header_row, header = rows[place]
    body = rows[place + 1 :]
    width = max(_used(cells) for _number, cells in rows[place:])
    titles = tuple(
        "" if cell is None else " ".join(str(cell).split()) for cell in _fitted(header, width)
    )
    return Table(
        titles,
        tuple(TableRow(number, _fitted(cells, width)) for number, cells in body),
        sheet,
        header_row,
        notes,
    )


def _used(cells: Sequence[Cell]) -> int:
    return max((place for place, cell in enumerate(cells, start=1) if cell is not None), default=0)


def _fitted(cells: tuple[Cell, ...], width: int) -> tuple[Cell, ...]:
    return (cells + (None,) * (width - len(cells)))[:width]


def _filled(rows: Iterable[Sequence[Any]], limits: TableLimits) -> list[RawRow]:
    """Rows that hold something, with the numbers the user sees; refuses what is too long or too
    wide.
    """
    kept: list[RawRow] = []
    for number, row in enumerate(rows, start=1):
        if row.count(None) == len(row):  # a million blank rows must pass quickly
            continue
        cells = tuple(map(_cell, row))
        width = _used(cells)
        if width > limits.columns:
            raise UnreadableTable(
                _("The table has more than %(count)d columns.") % {"count": limits.columns}
            )
        if width:
            kept.append((number, cells[:width]))
        if len(kept) > limits.rows + HEADER_DEPTH:
            raise UnreadableTable(
                _("The table has more than %(count)d rows. Please divide it.")
                % {"count": limits.rows}
            )
    return kept


def _cell(value: Any) -> Cell:
    if isinstance(value, str):
        return value.strip() or None
    return value if isinstance(value, int | float | date | time | timedelta) else None


# text


def _text_rows(content: bytes, limits: TableLimits) -> list[RawRow]:
    text = _decoded(content)
    if any(unicodedata.category(sign) == "Cc" and sign not in "\t\r\n\x0b\x0c" for sign in text):
        raise UnreadableTable(_("This is neither an Excel workbook nor a CSV file."))
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_separator(text))
    try:
        return _filled(reader, limits)
    except csv.Error as problem:
        raise UnreadableTable(
            _("Row %(row)d of the CSV file cannot be read: a quotation mark may be missing.")
            % {"row": reader.line_num}
        ) from problem


def _decoded(content: bytes) -> str:
    encodings = (
        ("utf-16",) if content[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8-sig", "gb18030")
    )
    for encoding in encodings:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    if b"\x00" in content:  # no text of any encoding holds one
        raise UnreadableTable(_("This is neither an Excel workbook nor a CSV file."))
    raise UnreadableTable(
        _("The characters of the file cannot be read. Please save it as “CSV UTF-8”.")
    )


def _separator(text: str) -> str:
    """The sign that cuts most of the first lines into the most columns."""
    sample = text[:20_000]

    def columns(separator: str) -> int:
        try:
            widths = sorted(
                len(row)
                for row in islice(csv.reader(io.StringIO(sample), delimiter=separator), 20)
                if row
            )
        except csv.Error:
            return 0
        return widths[len(widths) // 2] if widths else 0

    return max(SEPARATORS, key=columns)


# Excel


def _excel_sheets(content: bytes, limits: TableLimits) -> list[tuple[str, list[RawRow]]]:
    _refuse_bomb(content, limits)
    with warnings.catch_warnings():
        warnings.simplefilter(
            "ignore"
        )  # openpyxl warns of styles and extensions that do not concern us
        try:
            return list(_read_sheets(content, limits))
        except UnreadableTable:
            raise
        except (
            Exception
        ) as problem:  # openpyxl and its XML readers raise anything on a damaged file
            raise UnreadableTable(
                _(
                    "The Excel file is damaged. Please open it in Excel, save it again and "
                    "try once more."
                )
            ) from problem


def _read_sheets(content: bytes, limits: TableLimits) -> Iterator[tuple[str, list[RawRow]]]:
    book = load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
    try:
        for sheet in book.worksheets:
            if sheet.sheet_state == "visible":
                # the size a file claims for itself is often wrong
                yield sheet.title, _filled(_spread(_bounded(sheet, limits), _merged(sheet)), limits)
    finally:
        book.close()


Merged = dict[int, list[tuple[int, int]]]
"""First row → columns whose cells are merged downwards from there, and the last row of each."""
_MERGED = re.compile(rb'<mergeCell [^>]*ref="([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})"')


def _merged(sheet: Any) -> Merged:
    """Cells of one column merged over several rows, as in a day that stands once for all its
    activities.
    """
    found: Merged = defaultdict(list)
    with sheet._get_source() as source:
        for left, first, right, last in _MERGED.findall(source.read()):
            if left == right:
                found[int(first)].append((column_index_from_string(left.decode()) - 1, int(last)))
    return found


def _spread(rows: Iterable[Sequence[Any]], merged: Merged) -> Iterator[Sequence[Any]]:
    """Excel keeps what merged cells say in the first of them only; it is meant for each."""
    if not merged:
        yield from rows
        return
    said: dict[int, tuple[int, Any]] = {}
    for number, row in enumerate(rows, start=1):
        said = {place: held for place, held in said.items() if held[0] >= number}
        for place, last in merged.get(number, ()):
            if place < len(row):
                said[place] = (last, row[place])
        yield (
            [said[place][1] if place in said else cell for place, cell in enumerate(row)]
            if said
            else row
        )


def _bounded(sheet: Any, limits: TableLimits) -> Iterator[Sequence[Any]]:
    rows: Iterator[Sequence[Any]] = sheet.iter_rows(
        min_row=1, max_row=1_048_576, min_col=1, max_col=limits.columns + 1, values_only=True
    )
    return rows


def _refuse_bomb(content: bytes, limits: TableLimits) -> None:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        members = archive.infolist()
        size = sum(member.file_size for member in members)
        if size > limits.unpacked or len(members) > limits.members:
            raise UnreadableTable(
                _(
                    "The file is larger than %(size)d MB when unpacked. Please hand in only "
                    "the table itself."
                )
                % {"size": limits.unpacked // 1024**2}
            )
        if any(member.flag_bits & 1 for member in members):
            raise UnreadableTable(
                _(
                    "The file is protected by a password. Please remove the password in "
                    "Excel and save it again."
                )
            )
        for member in members:
            if member.filename.endswith((".xml", ".rels")) and _declares_entities(archive, member):
                raise UnreadableTable(
                    _(
                        "The Excel file is damaged. Please open it in Excel, save it again "
                        "and try once more."
                    )
                )


def _declares_entities(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> bool:
    """No Office program writes a document type; whoever does, wants entities to blow up."""
    try:
        with archive.open(member) as part:
            start = part.read(65536)
    except Exception:  # a damaged member: openpyxl will say so if it matters
        return False
    return b"<!DOCTYPE" in start.replace(b"\x00", b"")
