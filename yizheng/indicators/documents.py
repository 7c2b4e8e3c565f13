"""The report as an official paper: text, native charts, and an annex that says of each number what
it counts.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence

from yizheng.documents import blocks
from yizheng.documents.official_paper import OfficialDocument
from yizheng.documents.plain_text import read_text

from .report_content import FigureBook, Plate, ReportLine, used
from .wording import NOT_RECORDED, NOTHING, StatedFigure, percent_text

_COLUMN_LIMIT = 6
"""Parts that still fit side by side; more make bars, one below the other."""
_ROW_MM = 8


def paper(
    title: str,
    lines: Sequence[ReportLine | Plate],
    book: FigureBook,
    fields: Mapping[str, str],
    *,
    day: dt.date,
    draft: bool,
    address: str = "",
) -> bytes:
    """`address` is the platform's own, so that the annex's numbers open their records; without it
    they are text.
    """
    document = OfficialDocument(
        title=title,
        subtitle="（草稿）" if draft else "",
        author=fields["name"],
        content=[_block(line) for line in lines],
        signatories=(fields["name"],),
        day=day,
        annexes=list(_annex(*used(lines, book), fields, address.rstrip("/"))),
    )
    return document.to_bytes()


def _block(line: ReportLine | Plate) -> blocks.Block:
    if isinstance(line, Plate):
        return _plate(line)
    return next(iter(read_text(line.text)), blocks.Paragraph(line.text))


def _plate(plate: Plate) -> blocks.Block:
    if not plate.parts:
        return blocks.Paragraph(
            f"（{plate.title}：{NOT_RECORDED}）"
            if not plate.figure.is_recorded
            else f"（{plate.title}：没有可统计的记录）",
            indent=False,
            align="center",
        )
    return _chart(plate) if plate.how == "chart" else _table(plate.parts, plate.title)


def _chart(plate: Plate) -> blocks.Chart:
    rate = plate.figure.is_rate
    many = len(plate.parts) > _COLUMN_LIMIT
    values = [_value(part) for part in plate.parts]
    return blocks.Chart(
        kind="bar" if many else "column",
        categories=[part.label for part in plate.parts],
        series=[blocks.Series(plate.figure.title, values)],
        caption=plate.title,
        alt=f"{plate.title}：" + "、".join(f"{part.label}{part.text}" for part in plate.parts),
        height_mm=min(190, 20 + _ROW_MM * len(plate.parts)) if many else 75,
        number_format="0.0%" if rate else "0",
    )


def _value(part: StatedFigure) -> float | None:
    if part.denominator is None:
        return float(part.numerator) if part.is_recorded else None
    return None if part.share is None else float(part.share)


def _table(parts: Sequence[StatedFigure], caption: str) -> blocks.ListTable:
    head = [blocks.TableColumn(parts[0].breakdown_title, 3, "left"), blocks.TableColumn("数字", 1)]
    if len({part.unit for part in parts}) > 1:
        return blocks.ListTable(head, [[part.label, part.text] for part in parts], caption)
    if not parts[0].is_rate:
        total = sum(part.numerator for part in parts)
        rows = [[part.label, part.text, percent_text(part.numerator, total)] for part in parts]
        return blocks.ListTable([*head, blocks.TableColumn("占比", 1)], rows, caption)
    rows = [[part.label, part.text, part.basis or NOTHING] for part in parts]
    return blocks.ListTable([*head, blocks.TableColumn("依据", 1)], rows, caption)


# Annex --------------------------------------------------------------------------------------------


def _annex(
    wholes: Sequence[StatedFigure],
    parts: Mapping[tuple[str, str], list[StatedFigure]],
    fields: Mapping[str, str],
    address: str,
) -> Iterator[blocks.Block]:
    yield blocks.Annex("数字的口径与依据", None)
    yield blocks.Paragraph(
        f"下列数字的统计期间为{fields['year']}年度（{fields['session']}），"
        f"统计截至{fields['as_of']}。"
        "查看依据：登录平台，在“指标与报告”中选定年度，点开该数字即列出所计的每一条记录。"
    )
    columns = [
        blocks.TableColumn("数字", 2.2, "left"),
        blocks.TableColumn("数值", 1.5),
        blocks.TableColumn("依据", 1.3),
        blocks.TableColumn("口径", 5, "left"),
    ]
    yield blocks.ListTable(columns, [_row(stated, address) for stated in wholes])
    titles = {stated.code: stated.title for stated in wholes}
    for (code, _by), divided in parts.items():
        if divided:
            yield _table(
                divided, f"{titles.get(code, divided[0].title)}（按{divided[0].breakdown_title}分）"
            )


def _row(stated: StatedFigure, address: str) -> list[blocks.Text]:
    name = f"{stated.title}：{stated.label}" if stated.label else stated.title
    basis = stated.basis or NOTHING
    opened: blocks.Text = stated.text
    if address and stated.url:
        opened = [blocks.Hyperlink(stated.text, f"{address}{stated.url}")]
    return [name, opened, basis, stated.definition]


def looks_like_heading(text: str) -> bool:
    """Whether the line stands as a heading in the paper, so that a page can show it as one."""
    return isinstance(next(iter(read_text(text)), None), blocks.Heading)
