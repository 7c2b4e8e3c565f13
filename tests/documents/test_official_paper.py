"""General papers: tables, forms, charts, page numbers."""

import io
from datetime import date
from typing import Any

import openpyxl
import pytest
from pptx.oxml import parse_xml

from tests.documents.word_files import names, opened, part, texts
from yizheng.documents.blocks import (
    Chart,
    FormField,
    FormTable,
    Heading,
    ListTable,
    Paragraph,
    Series,
    TableColumn,
)
from yizheng.documents.official_paper import OfficialDocument, RedHead

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
SECTORS = ["农业", "教育", "经济"]


def paper(*content: Any, **changes: Any) -> bytes:
    return OfficialDocument(
        **({"title": "提案工作情况报告", "content": content} | changes)
    ).to_bytes()


def chart(kind: Any, **changes: Any) -> Chart:
    series = [Series("收到", [30, 22, 18]), Series("立案", [28, None, 16])]
    return Chart(kind, SECTORS, series, "分类收到与立案", **changes)


def test_list_tables_repeat_their_header_and_are_captioned() -> None:
    table = ListTable(
        [TableColumn("类别"), TableColumn("件数", align="right")],
        [["农业", "30"], ["合计", "30"]],
        "分类",
        total=True,
    )
    content = paper(table)
    drawn = opened(content).tables[0]
    assert [[cell.text for cell in row.cells] for row in drawn.rows] == [
        ["类别", "件数"],
        ["农业", "30"],
        ["合计", "30"],
    ]
    assert [bool(row._tr.findall(f".//{W}tblHeader")) for row in drawn.rows] == [True, False, False]
    assert "表1　分类" in texts(content)


def test_a_row_of_the_wrong_length_is_refused() -> None:
    with pytest.raises(ValueError, match="one value for each column"):
        paper(ListTable([TableColumn("类别"), TableColumn("件数")], [["农业"]]))


def test_forms_have_labels_and_values_side_by_side() -> None:
    rows = [
        [FormField("提案号", "15"), FormField("届次", "十一届三次")],
        [FormField("案由", "关于更新图书的提案")],
        [FormField("", "一、情况\n陈旧")],
    ]
    drawn = opened(paper(FormTable(rows))).tables[0]
    cells = [[cell.text for cell in _own(row)] for row in drawn.rows]
    assert cells == [
        ["提案号", "15", "届次", "十一届三次"],
        ["案由", "关于更新图书的提案"],
        ["一、情况\n陈旧"],
    ]


def _own(row: Any) -> list[Any]:
    seen: list[Any] = []
    for cell in row.cells:
        if not seen or cell._tc is not seen[-1]._tc:
            seen.append(cell)
    return seen


def test_headings_start_anew_under_each_heading_above() -> None:
    content = paper(
        Heading(1, "甲"), Heading(2, "子"), Heading(2, "丑"), Heading(1, "乙"), Heading(2, "寅")
    )
    assert texts(content)[1:] == ["一、甲", "（一）子", "（二）丑", "二、乙", "（一）寅"]


def test_headings_show_in_the_navigation_pane() -> None:
    styles = opened(paper(Heading(1, "甲"))).styles
    assert styles["Heading 1"].element.pPr.find(f"{W}outlineLvl").get(f"{W}val") == "0"


@pytest.mark.parametrize(
    ("kind", "tag", "attributes"),
    [
        ("column", "barChart", {"barDir": "col", "grouping": "clustered"}),
        ("bar", "barChart", {"barDir": "bar", "grouping": "clustered"}),
        ("stacked", "barChart", {"barDir": "col", "grouping": "stacked"}),
        ("line", "lineChart", {"grouping": "standard"}),
    ],
)
def test_charts_are_native_and_bear_their_figures(
    kind: str, tag: str, attributes: dict[str, str]
) -> None:
    space = parse_xml(part(paper(chart(kind)), "word/charts/chart1.xml").encode())
    plot = space.find(f".//{C}{tag}")
    assert {name: plot.find(f"{C}{name}").get("val", "col") for name in attributes} == attributes
    names_ = [name.text for name in plot.findall(f"{C}ser/{C}tx//{C}v")]
    points = [
        [v.text for v in series.findall(f"{C}val//{C}v")] for series in plot.findall(f"{C}ser")
    ]
    assert names_ == ["收到", "立案"]
    assert [[float(point) for point in row] for row in points] == [[30, 22, 18], [28, 16]]
    assert plot.find(f"{C}dLbls/{C}showVal").get("val", "1") in ("1", "true")
    colours = [fill.get("val") for fill in plot.findall(f"{C}ser/{C}spPr//{A}srgbClr")]
    assert colours[:2] == ["27466B", "A8322A"]


def test_the_workbook_behind_a_chart_can_be_edited() -> None:
    content = paper(chart("column"), chart("line"))
    assert {"word/charts/chart1.xml", "word/charts/chart2.xml"} <= set(names(content))
    book = [name for name in names(content) if name.endswith(".xlsx")]
    assert len(book) == 2
    import zipfile

    with zipfile.ZipFile(io.BytesIO(content)) as package:
        sheet = openpyxl.load_workbook(io.BytesIO(package.read(book[0]))).active
    assert sheet is not None
    assert [list(row) for row in sheet.iter_rows(values_only=True)] == [
        [None, "收到", "立案"],
        ["农业", 30, 28],
        ["教育", 22, None],
        ["经济", 18, 16],
    ]
    assert "externalData" in part(content, "word/charts/chart1.xml")
    assert "embeddings/Microsoft_Excel_Sheet1.xlsx" in part(
        content, "word/charts/_rels/chart1.xml.rels"
    )


def test_a_chart_is_read_out() -> None:
    document = part(paper(chart("bar")), "word/document.xml")
    assert (
        'descr="分类收到与立案。收到：农业 30，教育 22，经济 18。立案：农业 28，教育 —，经济 16"'
        in document
    )


def test_a_series_of_the_wrong_length_is_refused() -> None:
    with pytest.raises(ValueError, match="one figure for each category"):
        paper(Chart("bar", SECTORS, [Series("收到", [1])]))


def test_red_head_and_imprint() -> None:
    head = RedHead(
        mark="云溪县政协办公室文件",
        number="云协办（2026）21号",
        signer="沈河清",
        copy_number="000001",
    )
    content = paper(
        Paragraph("现报告如下。"),
        head=head,
        signatories=["云溪县政协"],
        day=date(2026, 10, 31),
        copies=["县委办公室"],
        issuer="云溪县政协办公室",
    )
    lines = texts(content)
    assert lines[:3] == ["000001", "云溪县政协办公室文件", "云协办〔2026〕21号\t签发人：沈河清"]
    assert lines[-4:] == [
        "云溪县政协",
        "2026年10月31日",
        "抄送：县委办公室。",
        "云溪县政协办公室\t2026年10月31日印发",
    ]


def test_landscape_turns_the_sheet() -> None:
    section = opened(paper(Paragraph("甲"), landscape=True)).sections[0]
    assert section.page_width is not None
    assert section.page_height is not None
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (297, 210)


def test_every_page_is_numbered() -> None:
    section = opened(paper(Paragraph("甲"))).sections[0]
    assert not section.different_first_page_header_footer
    assert "PAGE" in section.footer._element.xml
    assert "PAGE" in section.even_page_footer._element.xml


def test_same_paper_same_bytes() -> None:
    assert paper(chart("column"), chart("line")) == paper(chart("column"), chart("line"))
