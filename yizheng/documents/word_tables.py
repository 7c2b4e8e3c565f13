"""Tables in Word: lists with a repeated header, and forms to be filled in."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from . import blocks
from .ooxml import Element, border, element, twips, value
from .printable_text import printable

if TYPE_CHECKING:
    from .writer import Writer

SHADE_HEAD = "E9EEF4"
SHADE_LABEL = "F3F5F8"
_SIDES = ("top", "left", "bottom", "right", "insideH", "insideV")


def draw_list(writer: Writer, block: blocks.ListTable) -> None:
    if any(len(row) != len(block.columns) for row in block.rows):
        raise ValueError("Each row of a table needs one value for each column.")
    widths = _shares([column.width for column in block.columns], twips(writer.width_mm))
    if block.caption or block.bookmark:
        writer.caption("表", block.caption, block.bookmark, keep_next=True)
    table = _table(widths)
    table.append(_head_row(writer, block.columns, widths))
    for place, row in enumerate(block.rows, start=1):
        total = block.total and place == len(block.rows)
        table.append(_list_row(writer, block.columns, row, widths, total=total))
    _place(writer, table)


def draw_form(writer: Writer, block: blocks.FormTable) -> None:
    """Rows of one field: label, value over the rest. Rows of two: label, value, label, value."""
    full, label = twips(writer.width_mm), twips(block.label_mm)
    half = full // 2
    table = _table([label, half - label, label, full - half - label])
    for row in block.rows:
        table.append(_form_row(writer, row, full, label))
    _place(writer, table)


def _place(writer: Writer, table: Element) -> None:
    writer.place(table)
    # Word needs a paragraph after a table, and two tables in a row would flow into one
    spacer = element("w:spacing", {"w:line": 160, "w:lineRule": "exact"})
    writer.paragraph("Note", "", spacer)


def _shares(shares: Sequence[float], full: int) -> list[int]:
    widths = [int(full * share / sum(shares)) for share in shares]
    widths[-1] += full - sum(widths)
    return widths


def _table(widths: Sequence[int]) -> Element:
    properties = element(
        "w:tblPr",
        None,
        element("w:tblW", {"w:w": sum(widths), "w:type": "dxa"}),
        value("w:jc", "center"),
        element("w:tblBorders", None, *(border(side, eighths=4) for side in _SIDES)),
        element("w:tblLayout", {"w:type": "fixed"}),
    )
    grid = element("w:tblGrid", None, *(element("w:gridCol", {"w:w": width}) for width in widths))
    return element("w:tbl", None, properties, grid)


def _row(*cells: Element, head: bool = False, height_mm: float = 0) -> Element:
    properties = element("w:trPr", None, element("w:cantSplit"))
    if height_mm:
        properties.append(element("w:trHeight", {"w:val": twips(height_mm), "w:hRule": "atLeast"}))
    if head:
        properties.append(element("w:tblHeader"))
    return element("w:tr", None, properties, *cells)


def _cell(width: int, span: int = 1, shade: str = "", align: str = "center") -> Element:
    properties = element("w:tcPr", None, element("w:tcW", {"w:w": width, "w:type": "dxa"}))
    if span > 1:
        properties.append(value("w:gridSpan", span))
    if shade:
        properties.append(element("w:shd", {"w:val": "clear", "w:color": "auto", "w:fill": shade}))
    properties.append(value("w:vAlign", align))
    return element("w:tc", None, properties)


def _filled(writer: Writer, cell: Element, style: str, text: blocks.Text, align: str) -> Element:
    lines: list[blocks.Text] = (
        list(printable(text).split("\n")) if isinstance(text, str) else [text]
    )
    for line in lines:
        drawn = element(
            "w:p", None, element("w:pPr", None, value("w:pStyle", style), value("w:jc", align))
        )
        writer.add_text(drawn, line)
        cell.append(drawn)
    return cell


def _head_row(
    writer: Writer, columns: Sequence[blocks.TableColumn], widths: Sequence[int]
) -> Element:
    cells = [
        _filled(writer, _cell(width, shade=SHADE_HEAD), "TableHead", column.title, "center")
        for column, width in zip(columns, widths, strict=True)
    ]
    return _row(*cells, head=True)


def _list_row(
    writer: Writer,
    columns: Sequence[blocks.TableColumn],
    row: Sequence[blocks.Text],
    widths: Sequence[int],
    *,
    total: bool,
) -> Element:
    style, shade = ("TableHead", SHADE_LABEL) if total else ("TableText", "")
    cells = [
        _filled(writer, _cell(width, shade=shade), style, text, column.align)
        for column, text, width in zip(columns, row, widths, strict=True)
    ]
    return _row(*cells)


def _form_row(writer: Writer, row: Sequence[blocks.FormField], full: int, label: int) -> Element:
    if len(row) not in (1, 2):
        raise ValueError("A row of a form holds one field or two.")
    width = full // len(row)
    cells = [
        cell
        for place in row
        for cell in _form_cells(writer, place, width, label, spans=4 // len(row))
    ]
    return _row(*cells, height_mm=max(9, *(place.height_mm for place in row), 0))


def _form_cells(
    writer: Writer, place: blocks.FormField, width: int, label: int, *, spans: int
) -> list[Element]:
    upright = "top" if "\n" in blocks.plain(place.value) else "center"
    if not place.label:
        return [
            _filled(writer, _cell(width, spans, align=upright), "TableText", place.value, "left")
        ]
    return [
        _filled(writer, _cell(label, shade=SHADE_LABEL), "TableHead", place.label, "center"),
        _filled(
            writer, _cell(width - label, spans - 1, align=upright), "TableText", place.value, "left"
        ),
    ]
