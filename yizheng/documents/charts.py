"""Native charts in Word: a DrawingML chart with its workbook, so the office can edit the figures.

python-pptx (MIT) writes the chart and its workbook; python-docx carries both as parts.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from docx.document import Document
from docx.opc.constants import CONTENT_TYPE as CT
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml.parser import parse_xml as parse_word
from pptx.chart import chart as pptx_chart
from pptx.chart import data as pptx_data
from pptx.chart import xlsx, xmlwriter
from pptx.dml import color
from pptx.enum.chart import (
    XL_CHART_TYPE,
    XL_LABEL_POSITION,
    XL_LEGEND_POSITION,
    XL_TICK_LABEL_POSITION,
)
from pptx.opc.oxml import serialize_part_xml
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.util import Pt

from . import blocks
from .office_packages import fixed_package
from .ooxml import Element
from .printable_text import printable

# python-pptx says of itself that it is typed, but these are not
ChartProxy: Any = pptx_chart.Chart
CategoryChartData: Any = pptx_data.CategoryChartData
CategoryWorkbookWriter: Any = xlsx.CategoryWorkbookWriter
ChartXmlWriter: Any = xmlwriter.ChartXmlWriter
RGBColor: Any = color.RGBColor

COLOURS = ("27466B", "A8322A", "2F6F4F", "8F5F0C")  # indigo, cinnabar, bamboo, ochre
GRID = "D5DAE1"
FONT = "宋体"
EMU_PER_MM = 36000
_KINDS = {
    "column": XL_CHART_TYPE.COLUMN_CLUSTERED,
    "bar": XL_CHART_TYPE.BAR_CLUSTERED,
    "stacked": XL_CHART_TYPE.COLUMN_STACKED,
    "line": XL_CHART_TYPE.LINE_MARKERS,
}
_DRAWING = (
    '<w:drawing xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    ' xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
    ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
    '<wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="{width}" cy="{height}"/>'
    '<wp:docPr id="{id}" name="Chart {id}"/><wp:cNvGraphicFramePr/>'
    '<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/chart">'
    '<c:chart xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" r:id="{relation}"/>'
    "</a:graphicData></a:graphic></wp:inline></w:drawing>"
)


def draw_chart(
    document: Document, chart: blocks.Chart, width_mm: float, dated: date | None
) -> Element:
    """The `w:drawing` of a chart whose parts have been added to the document."""
    number = 1 + sum(1 for found in document.part.rels.values() if found.reltype == RT.CHART)
    relation = document.part.relate_to(_chart_part(document, chart, number, dated), RT.CHART)
    drawing = parse_word(
        _DRAWING.format(
            width=round(width_mm * EMU_PER_MM),
            height=round(chart.height_mm * EMU_PER_MM),
            id=number,
            relation=relation,
        )
    )
    drawing[0][1].set("descr", printable(chart.alt or _in_words(chart)))
    return drawing


def _in_words(chart: blocks.Chart) -> str:
    """The figures as a sentence, for those who cannot see the chart."""
    rows = (
        f"{series.name}："
        + "，".join(
            f"{category} {_shown(figure, chart.number_format)}"
            for category, figure in zip(chart.categories, series.values, strict=True)
        )
        for series in chart.series
    )
    return "。".join((chart.caption, *rows)).strip("。")


def _shown(figure: float | None, number_format: str) -> str:
    if figure is None:
        return "—"
    return f"{figure:.1%}" if "%" in number_format else f"{figure:g}"


def _chart_part(document: Document, chart: blocks.Chart, number: int, dated: date | None) -> Part:
    package = document.part.package
    data = _chart_data(chart)
    workbook = Part(
        PackURI(f"/word/embeddings/Microsoft_Excel_Sheet{number}.xlsx"),
        CT.SML_SHEET,
        fixed_package(CategoryWorkbookWriter(data).xlsx_blob, dated),
        package,
    )
    part = Part(PackURI(f"/word/charts/chart{number}.xml"), CT.DML_CHART, b"", package)
    part._blob = _chart_xml(chart, data, part.relate_to(workbook, RT.PACKAGE))
    return part


def _chart_data(chart: blocks.Chart) -> Any:
    if not chart.categories or not chart.series:
        raise ValueError("A chart needs at least one category and one series.")
    if any(len(series.values) != len(chart.categories) for series in chart.series):
        raise ValueError("Each series of a chart needs one figure for each category.")
    data = CategoryChartData(number_format=chart.number_format)
    data.categories = [printable(category) for category in chart.categories]
    for series in chart.series:
        data.add_series(printable(series.name), list(series.values))
    return data


def _chart_xml(chart: blocks.Chart, data: Any, workbook_relation: str) -> bytes:
    space = parse_xml(ChartXmlWriter(_KINDS[chart.kind], data).xml.encode())
    proxy: Any = ChartProxy(space, None)
    proxy.has_title = False
    proxy.font.size, proxy.font.name = Pt(10.5), FONT
    latin = space.find(qn("c:txPr")).find(f".//{qn('a:latin')}")
    latin.addnext(parse_xml(f'<a:ea {nsdecls("a")} typeface="{FONT}"/>'.encode()))
    proxy.has_legend = len(chart.series) > 1
    if proxy.has_legend:
        proxy.legend.position, proxy.legend.include_in_layout = XL_LEGEND_POSITION.BOTTOM, False
    _style_axes(proxy, chart)
    _style_series(proxy, chart)
    _without_frame(space)
    space._add_externalData().rId = workbook_relation
    return serialize_part_xml(space)


def _without_frame(space: Any) -> None:
    shape = parse_xml(
        f"<c:spPr {nsdecls('c', 'a')}><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>".encode()
    )
    space.find(qn("c:chart")).addnext(shape)


def _style_axes(proxy: Any, chart: blocks.Chart) -> None:
    values, categories = proxy.value_axis, proxy.category_axis
    values.major_gridlines.format.line.color.rgb = RGBColor.from_string(GRID)
    values.format.line.fill.background()
    values.tick_labels.number_format = chart.number_format
    values.tick_labels.number_format_is_linked = False
    if all(figure is None or figure >= 0 for series in chart.series for figure in series.values):
        values.minimum_scale = 0
    categories.format.line.color.rgb = RGBColor.from_string("808A96")
    categories.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    if chart.kind == "bar":
        categories.reverse_order = True  # first category at the top, as in the table beside it
        values.visible = values.has_major_gridlines = False  # every bar bears its figure


def _style_series(proxy: Any, chart: blocks.Chart) -> None:
    plot = proxy.plots[0]
    plot.has_data_labels = True
    labels = plot.data_labels
    labels.show_value = True
    labels.number_format = chart.number_format
    labels.number_format_is_linked = False
    labels.font.size = Pt(9)
    if chart.kind == "stacked":
        labels.font.color.rgb = RGBColor.from_string("FFFFFF")
    else:
        labels.position = (
            XL_LABEL_POSITION.ABOVE if chart.kind == "line" else XL_LABEL_POSITION.OUTSIDE_END
        )
    if chart.kind != "line":
        plot.gap_width = 80
    for place, series in enumerate(plot.series):
        _colour(
            series, RGBColor.from_string(COLOURS[place % len(COLOURS)]), line=chart.kind == "line"
        )


def _colour(series: Any, colour: Any, *, line: bool) -> None:
    if not line:
        series.format.fill.solid()
        series.format.fill.fore_color.rgb = colour
        return
    series.smooth = False
    series.format.line.color.rgb, series.format.line.width = colour, Pt(2.25)
    series.marker.format.fill.solid()
    series.marker.format.fill.fore_color.rgb = colour
    series.marker.format.line.color.rgb = colour
