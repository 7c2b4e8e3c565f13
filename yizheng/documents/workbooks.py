"""Workbooks written for Excel: lists as offices expect them, safe to open, also with 100,000 rows.

Written row by row with XlsxWriter (BSD), which holds one row in memory at a time.
"""

import io
import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any, Literal

from django.utils.timezone import is_aware, localtime
from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from .office_packages import fixed_package
from .printable_text import printable

SheetColumnKind = Literal["text", "number", "date", "percent"]

MAX_CELL = 32767  # characters Excel holds in a cell
MAX_ROWS = 1_048_575  # below the header
MAX_TITLE = 31
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "＝", "＋", "－", "＠")
_EARLIEST = date(1900, 3, 1)  # before it Excel counts a day that never was
_LOOKS: dict[str, dict[str, Any]] = {
    "text": {"text_wrap": True},
    "quoted": {
        "text_wrap": True,
        "quote_prefix": True,
    },  # stays text also when somebody edits the cell
    "number": {"align": "right"},
    "percent": {"align": "right", "num_format": "0.0%"},
    "date": {"align": "center", "num_format": "yyyy-mm-dd"},
    "time": {"align": "center", "num_format": "yyyy-mm-dd hh:mm"},
}
_BODY = {"font_name": "等线", "font_size": 11, "valign": "top"}
_HEAD = {
    "font_name": "等线",
    "font_size": 11,
    "bold": True,
    "font_color": "#FFFFFF",
    "bg_color": "#27466B",
    "align": "center",
    "valign": "vcenter",
    "text_wrap": True,
    "border": 1,
    "border_color": "#C9D1DC",
}


@dataclass(frozen=True)
class SheetColumn:
    """`width` in Chinese characters."""

    header: str
    width: float = 8
    kind: SheetColumnKind = "text"


@dataclass(frozen=True)
class Sheet:
    title: str
    columns: Sequence[SheetColumn]
    rows: Iterable[Sequence[object]]


def workbook(sheets: Sequence[Sheet]) -> bytes:
    """An .xlsx of these sheets; the same rows make the same bytes."""
    content = io.BytesIO()
    pen = WorkbookWriter(content, long=True)
    for sheet in sheets:
        pen.sheet(sheet)
    return pen.finish()


class WorkbookWriter:
    """One workbook being written, with its looks. `long` keeps only one row in memory."""

    def __init__(self, target: io.BytesIO, *, long: bool = False) -> None:
        self.target = target
        self.book = Workbook(
            target,
            {"constant_memory": long, "strings_to_formulas": False, "strings_to_urls": False},
        )
        self.book.set_properties({"created": datetime(2000, 1, 1, tzinfo=UTC)})
        self.head: Format = self.book.add_format(_HEAD)
        self.example: Format = self.book.add_format(
            _BODY | {"font_color": "#6B7684", "num_format": "@"}
        )
        self.wrong: Format = self.book.add_format(
            _BODY | {"bg_color": "#F9DEDC", "text_wrap": True}
        )
        self._looks = {name: self.book.add_format(_BODY | look) for name, look in _LOOKS.items()}
        self._taken: set[str] = set()

    def finish(self) -> bytes:
        self.book.close()
        return fixed_package(self.target.getvalue())

    def new_sheet(self, title: str) -> Worksheet:
        sheet = self.book.add_worksheet(sheet_title(title, self._taken))
        sheet.set_landscape()
        sheet.set_paper(9)  # A4
        sheet.fit_to_pages(1, 0)
        return sheet

    def sheet(self, sheet: Sheet) -> None:
        target = self.new_sheet(sheet.title)
        self.headers(target, sheet.columns)
        last = 0
        for last, row in enumerate(_checked(sheet), start=1):
            for place, (column, content) in enumerate(zip(sheet.columns, row, strict=True)):
                self.cell(target, last, place, content, column.kind)
        if sheet.columns:
            target.autofilter(0, 0, last, len(sheet.columns) - 1)

    def headers(self, target: Worksheet, columns: Sequence[SheetColumn]) -> None:
        """A header that stays in sight and is printed on every page."""
        target.freeze_panes(1, 0)
        target.repeat_rows(0)
        for place, column in enumerate(columns):
            target.set_column(place, place, column.width * 2 + 2)
            self.text(target, 0, place, column.header, self.head)

    def cell(
        self,
        target: Worksheet,
        row: int,
        place: int,
        content: object,
        kind: SheetColumnKind = "text",
    ) -> None:
        """A number or a date where the content is one; else text, never a formula."""
        if content is None or content == "":
            return
        if isinstance(content, date) and _datable(content):
            look = self._looks["time" if isinstance(content, datetime) else "date"]
            target.write_datetime(row, place, _local(content), look)
        elif kind in ("number", "percent") and _countable(content):
            target.write_number(row, place, content, self._looks[kind])
        else:
            self.text(target, row, place, str(content))

    def text(
        self, target: Worksheet, row: int, place: int, text: str, look: Format | None = None
    ) -> None:
        clean = printable(text)[:MAX_CELL]
        quoted = "quoted" if clean.startswith(FORMULA_STARTS) else "text"
        target.write_string(row, place, clean, look or self._looks[quoted])


def sheet_title(title: str, taken: set[str]) -> str:
    """Excel forbids some signs, more than 31 characters and the same name twice."""
    clean = "".join(
        "-" if sign in r"\/*?:[]" else sign for sign in printable(title).replace("\n", " ")
    ).strip("' ")
    clean = clean or "Sheet"
    name, number = clean[:MAX_TITLE].strip("' "), 1
    while name.lower() in taken:
        number += 1
        name = f"{clean[: MAX_TITLE - len(str(number)) - 1]} {number}"
    taken.add(name.lower())
    return name


def _checked(sheet: Sheet) -> Iterator[Sequence[object]]:
    for count, row in enumerate(sheet.rows, start=1):
        if count > MAX_ROWS:
            raise ValueError(f"A sheet of Excel holds {MAX_ROWS} rows.")
        if len(row) != len(sheet.columns):
            raise ValueError(f"Row {count} has {len(row)} values for {len(sheet.columns)} columns.")
        yield row


def _countable(content: object) -> bool:
    return (
        isinstance(content, int | float | Decimal)
        and not isinstance(content, bool)
        and math.isfinite(content)
    )


def _datable(content: date) -> bool:
    return (content.date() if isinstance(content, datetime) else content) >= _EARLIEST


def _local(content: date) -> date:
    if isinstance(content, datetime) and is_aware(content):
        return localtime(content).replace(tzinfo=None)
    return content
