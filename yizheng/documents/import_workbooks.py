"""Excel files of an import: the empty template, and the user's own sheet back with its
errors marked.
"""

import io
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from xlsxwriter.utility import xl_col_to_name

from yizheng.core.punctuation import join_cn

from .import_preview import ImportColumn, RowError, SheetPreview, SheetSpec
from .printable_text import printable, text_width
from .table_files import Table
from .workbooks import SheetColumn, WorkbookWriter

TYPED_ROWS = 2000  # rows of the template that offer choices and keep numbers as text
_FORMATS = {
    "text": "@",
    "phone": "@",
    "list": "@",
    "choice": "@",
    "date": "yyyy-mm-dd",
    "integer": "0",
}


def template(*specs: SheetSpec) -> bytes:
    """For each sheet header, an example row, lists to choose from; a last sheet that explains each
    column.
    """
    pen = WorkbookWriter(io.BytesIO())
    sheets, notes = [pen.new_sheet(spec.name) for spec in specs], pen.new_sheet(_("How to fill in"))
    sources = _write_lists(pen, specs)
    for spec, sheet in zip(specs, sheets, strict=True):
        _write_sheet(pen, sheet, spec, sources)
    _explain(pen, notes, specs)
    return pen.finish()


def _write_sheet(
    pen: WorkbookWriter, sheet: Any, spec: SheetSpec, sources: Mapping[tuple[str, str], str]
) -> None:
    pen.headers(sheet, [SheetColumn(_starred(column), _width(column)) for column in spec.columns])
    for place, column in enumerate(spec.columns):
        look = pen.book.add_format({"num_format": _FORMATS.get(column.kind, "General")})
        sheet.set_column(place, place, _width(column) * 2 + 2, look)
        pen.text(sheet, 1, place, column.example, pen.example)
        if source := sources.get((spec.name, column.key)):
            sheet.data_validation(1, place, TYPED_ROWS, place, _validation(column, source))


def _starred(column: ImportColumn) -> str:
    return f"{column.title}*" if column.required else column.title


def _width(column: ImportColumn) -> float:
    return min(30, max(text_width(column.title) + 1, text_width(column.example), 6))


def _validation(column: ImportColumn, source: str) -> dict[str, Any]:
    return {
        "validate": "list",
        "source": source,
        "error_type": "warning",
        "error_title": column.title[:32],
        "error_message": _("Please choose from the list."),
    }


def _explain(pen: WorkbookWriter, sheet: Any, specs: Sequence[SheetSpec]) -> None:
    titles = (
        _("Column title"),
        _("Must be filled"),
        _("What to write"),
        _("Example value"),
        _("Other names understood"),
    )
    lead = [] if len(specs) == 1 else [SheetColumn(_("Sheet"), 8)]
    widths = (8, 6, 30, 14, 14)
    pen.headers(
        sheet,
        [*lead, *(SheetColumn(title, width) for title, width in zip(titles, widths, strict=True))],
    )
    lines = [(spec, column) for spec in specs for column in spec.columns]
    for row, (spec, column) in enumerate(lines, start=1):
        needed = _("required") if column.required else ""
        others = join_cn(column.also)
        texts = (column.title, needed, _what(column), column.example, others)
        for place, text in enumerate([*([spec.name] if lead else []), *texts]):
            pen.cell(sheet, row, place, text)


def _what(column: ImportColumn) -> str:
    kinds = {
        "text": "",
        "integer": _("A whole number."),
        "date": _("Year, month and day, such as 2026-03-01."),
        "boolean": _("Yes or no."),
        "choice": _("One of: %(choices)s."),
        "list": _("One or more, separated by commas."),
        "phone": _("A mobile or landline number."),
    }
    words = [kinds[column.kind]]
    if column.choices:
        shown = join_cn(column.offered)
        words = (
            [_("One of: %(choices)s.") % {"choices": shown}]
            if column.kind == "choice"
            else [*words, shown]
        )
    if column.max_length:
        words.append(_("At most %(count)d characters.") % {"count": column.max_length})
    return "".join([*words, str(column.help)])


def _write_lists(pen: WorkbookWriter, specs: Sequence[SheetSpec]) -> Mapping[tuple[str, str], str]:
    """A sheet of the choices; returns where those of each column stand."""
    listed = [
        (spec.name, column)
        for spec in specs
        for column in spec.columns
        if column.choices and column.kind == "choice"
    ]
    if not listed:
        return {}
    sheet = pen.new_sheet(_("Choices to pick from"))
    pen.headers(sheet, [SheetColumn(column.title, 12) for _name, column in listed])
    sources = {}
    for place, (name, column) in enumerate(listed):
        for row, label in enumerate(column.offered, start=1):
            pen.text(sheet, row, place, label)
        letter = xl_col_to_name(place)
        sources[name, column.key] = (
            f"='{sheet.get_name()}'!${letter}$2:${letter}${len(column.offered) + 1}"
        )
    return sources


def error_book(sheets: Sequence[tuple[SheetPreview, Table]]) -> bytes:
    """The user's sheets with their rows at their places, bad cells coloured, and the reasons in a
    column of their own.
    """
    pen = WorkbookWriter(io.BytesIO())
    for preview, table in sheets:
        _mark_sheet(pen, preview, table)
    return pen.finish()


def _mark_sheet(pen: WorkbookWriter, preview: SheetPreview, table: Table) -> None:
    sheet = pen.new_sheet(table.sheet or _("Errors in the sheet"))
    sheet.freeze_panes(table.header_row, 0)
    sheet.set_column(0, len(table.header) - 1, 16)
    sheet.set_column(len(table.header), len(table.header), 60)
    for place, title in enumerate([*table.header, _("What is wrong")]):
        pen.text(sheet, table.header_row - 1, place, title, pen.head)
    wrong = _by_row(preview.errors)
    for row in table.rows:
        _give_back(pen, sheet, table, row.number - 1, row.cells, wrong.get(row.number, []))


def _by_row(errors: Sequence[RowError]) -> Mapping[int, list[RowError]]:
    grouped: dict[int, list[RowError]] = defaultdict(list)
    for error in errors:
        grouped[error.row].append(error)
    return grouped


def _give_back(
    pen: WorkbookWriter,
    sheet: Any,
    table: Table,
    row: int,
    cells: Sequence[object],
    errors: Sequence[RowError],
) -> None:
    for place, cell in enumerate(cells):
        number = isinstance(cell, int | float) and not isinstance(cell, bool)
        pen.cell(sheet, row, place, cell, "number" if number else "text")
    for error in errors:
        if error.title in table.header:
            place = table.header.index(error.title)
            pen.text(sheet, row, place, error.value, pen.wrong)
            sheet.write_comment(row, place, printable(error.reason), {"x_scale": 2})
    if errors:
        reasons = "\n".join(error.phrase for error in errors)
        pen.text(sheet, row, len(table.header), reasons, pen.wrong)
