"""The end of an official paper: the list of attachments (附件说明) and the imprint (版记)."""

from collections.abc import Sequence

from . import styles
from .ooxml import Element, border, element, frame, twips, value
from .page_setup import TEXT_MM
from .printable_text import printable, text_width
from .writer import Writer

THICK, THIN = 8, 6  # eighths of a point: 0.35 mm for the first and last line, 0.25 mm between


def draw_attachments(writer: Writer, names: Sequence[str]) -> None:
    """附件：1. … one line below the text; names one under the other, without a full stop."""
    if not names:
        return
    writer.keep_with_next()
    writer.blank(keep_next=True)
    numbered = len(names) > 1
    for place, name in enumerate(names, start=1):
        label, number = ("附件：" if place == 1 else ""), (f"{place}. " if numbered else "")
        hanging = text_width(label + number)
        indent = {
            "w:left": _points(5 + text_width(number)),
            "w:hanging": _points(hanging),
        }  # 2 in, 附件： is 3
        text = f"{label}{number}{printable(name).rstrip('。.')}"
        writer.paragraph("Enclosures", text, element("w:keepNext"), element("w:ind", indent))


def _points(characters: float) -> int:
    return round(characters * styles.CHARACTER * 20)


def draw_imprint(
    writer: Writer,
    copies: Sequence[str],
    issuer: str = "",
    issued: str = "",
    *,
    lines: bool,
    first: Sequence[tuple[str, str]] = (),
) -> None:
    """At the foot of the text area of the last page: 抄送 and, where there is one, who printed it
    and when.

    `first` stands above them: label and text, as journals write 报： and 送：.
    """
    rows: list[tuple[str, str]] = list(first)
    if copies:
        rows.append(("抄送：", f"{'，'.join(copies)}。"))
    if issuer:
        rows.append((issuer, f"\t{issued}印发" if issued else ""))
    if not rows:
        return
    for drawn in (
        [_table(writer, rows)] if lines else [_line(writer, *row, at_foot=True) for row in rows]
    ):
        writer.place(drawn)
    # what floats at the foot hangs on the paragraph after it
    writer.paragraph("Note", "", element("w:spacing", {"w:line": 20, "w:lineRule": "exact"}))


def _table(writer: Writer, rows: Sequence[tuple[str, str]]) -> Element:
    """LibreOffice 7 leaves a table of this width where the text ends; Word and later ones put it at
    the foot.
    """
    width = twips(TEXT_MM)
    place = {
        "w:leftFromText": 0,
        "w:rightFromText": 0,
        "w:vertAnchor": "margin",
        "w:horzAnchor": "margin",
        "w:tblpXSpec": "left",
        "w:tblpYSpec": "bottom",
    }
    properties = element(
        "w:tblPr",
        None,
        element("w:tblpPr", place),
        value("w:tblOverlap", "never"),
        element("w:tblW", {"w:w": width, "w:type": "dxa"}),
        element("w:tblLayout", {"w:type": "fixed"}),
    )
    table = element(
        "w:tbl", None, properties, element("w:tblGrid", None, element("w:gridCol", {"w:w": width}))
    )
    for number, row in enumerate(rows):
        borders = _borders(first=not number, last=number == len(rows) - 1)
        size = element("w:tcW", {"w:w": width, "w:type": "dxa"})
        cell = element("w:tc", None, element("w:tcPr", None, size, borders), _line(writer, *row))
        table.append(element("w:tr", None, element("w:trPr", None, element("w:cantSplit")), cell))
    return table


def _line(writer: Writer, label: str, text: str, *, at_foot: bool = False) -> Element:
    width = twips(TEXT_MM)
    hanging = round(text_width(label) * styles.SIZE_4 * 20) if label.endswith("：") else 0
    properties = element("w:pPr", None, value("w:pStyle", "Imprint"))
    if at_foot:
        properties.append(frame(x=0, y=None, width=width, anchor="margin"))
    properties.append(
        element("w:tabs", None, element("w:tab", {"w:val": "right", "w:pos": width - 450}))
    )
    properties.append(
        element("w:ind", {"w:left": 195 + hanging, "w:right": 195, "w:hanging": hanging})
    )
    drawn = element("w:p", None, properties)
    writer.add_text(drawn, label + text)
    return drawn


def _borders(*, first: bool, last: bool) -> Element:
    made = element("w:tcBorders")
    if first:
        made.append(border("top", eighths=THICK))
    made.append(border("bottom", eighths=THICK if last else THIN))
    return made
