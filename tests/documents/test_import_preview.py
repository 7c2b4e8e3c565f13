"""Import, first step: values, every error, and the files that go back to the user."""

import io
from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import Any

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from yizheng.core import clock
from yizheng.documents import cells
from yizheng.documents.file_types import UnreadableTable
from yizheng.documents.import_preview import (
    ImportColumn,
    SheetPreview,
    SheetSpec,
    days_to_come,
    preview,
    read_sheet,
)
from yizheng.documents.import_workbooks import error_book, template
from yizheng.documents.table_files import Cell, Table

SECTORS = {"农业界": "farming", "教育界": "education", "经济界": "economy"}
SPEC = SheetSpec(
    "委员名单",
    (
        ImportColumn(
            key="name",
            titles=("姓名", "名字"),
            required=True,
            max_length=8,
            unique=True,
            example="张三",
        ),
        ImportColumn(
            key="sector",
            titles=("界别",),
            kind="choice",
            required=True,
            choices=SECTORS,
            example="农业界",
        ),
        ImportColumn(key="phone", titles=("手机", "联系电话"), kind="phone"),
        ImportColumn(key="born", titles=("出生日期",), kind="date", help="以身份证为准。"),
        ImportColumn(key="standing", titles=("是否常委",), kind="boolean"),
        ImportColumn(key="age", titles=("届数",), kind="integer"),
        ImportColumn(key="tags", titles=("专长",), kind="list"),
    ),
)


def table_of(text: str) -> Table:
    return read_sheet(SPEC, "名单.csv", text.encode())


def previewed(text: str, **more: Any) -> SheetPreview:
    return preview(SPEC, table_of(text), **more)


def test_a_sound_file_yields_its_values() -> None:
    found = previewed(
        "名字,界别,手机,出生日期,是否常委,届数,专长,备注\n周砚田,教育界,138 0000 "
        "0001,1975年3月1日,√,2,阅读、课程,无\n"
    )
    assert found.acceptable
    assert found.rows[0].number == 2
    assert found.rows[0].values == {
        "name": "周砚田",
        "sector": "education",
        "phone": "13800000001",
        "born": date(1975, 3, 1),
        "standing": True,
        "age": 2,
        "tags": ["阅读", "课程"],
    }
    assert found.ignored_columns == ("备注",)
    assert found.warnings == ("以下列平台用不上，没有导入：“备注”。",)


def test_columns_may_come_in_any_order_and_with_stars() -> None:
    found = previewed("界别＊, 姓 名 \n农业界,周砚田\n")
    assert found.rows[0].values["name"] == "周砚田"
    assert found.rows[0].values["tags"] == []
    assert found.rows[0].values["born"] is None


def test_every_error_is_found_and_said_as_the_user_sees_it() -> None:
    found = previewed(
        "名字,界别,手机,出生日期\n周砚田,农业届,12,1975-2-30\n,教育界,,\n沈河清,教育界,,\n沈河清,水利,,去年\n"
    )
    assert [error.sentence for error in found.errors] == [
        "第 2 行“界别”：没有“农业届”这个界别，是不是“农业界”？",
        "第 2 行“手机”：“12”不是电话号码",
        "第 2 行“出生日期”：没有“1975-2-30”这一天",
        "第 3 行“名字”：不能空着",
        "第 5 行“名字”：“沈河清”与第 4 行重复",
        "第 5 行“界别”：没有“水利”这个界别",
        "第 5 行“出生日期”：“去年”不是日期，请写全年月日，如 2026-03-01",
    ]
    assert [row.number for row in found.rows] == [4]
    assert (found.total, found.bad_rows, found.acceptable) == (4, 3, False)


def test_rows_are_checked_as_a_whole_only_when_sound() -> None:
    seen: list[str] = []

    def check(values: Mapping[str, Any]) -> Iterable[tuple[str, str]]:
        seen.append(values["name"])
        if values["sector"] == "economy":
            yield "sector", "本届没有名额"

    found = previewed("姓名,界别\n周砚田,经济界\n沈河清,水利\n", check_row=check)
    assert seen == ["周砚田"]
    assert found.errors[0].sentence == "第 2 行“界别”：本届没有名额"


def test_of_days_that_are_over_today_is_the_last() -> None:
    today = clock.today()
    row = {"sent": today, "back": today + timedelta(days=1), "kept": None, "due": date(2099, 1, 1)}
    assert list(days_to_come(row, "sent", "back", "kept")) == [("back", "这一天还没有到。")]
    assert list(days_to_come(row, "due", "back")) == [
        ("due", "这一天还没有到。"),
        ("back", "这一天还没有到。"),
    ]


def test_rows_that_the_records_hold_are_passed_over_and_counted() -> None:
    found = previewed("姓名,界别\n周砚田,经济界\n沈河清,农业界\n唐蘅,教育界\n")
    fresh = found.without(lambda values: values["name"] in ("周砚田", "唐蘅", "无此人"))
    assert [row.values["name"] for row in fresh.rows] == ["沈河清"]
    assert (fresh.known, fresh.total, fresh.acceptable) == (2, 3, True)
    assert (len(found.rows), found.known) == (3, 0)
    none = found.without(lambda values: True)
    assert (none.rows, none.known, none.acceptable) == ((), 3, False)


def test_missing_and_doubled_columns_are_refused_by_name() -> None:
    with pytest.raises(UnreadableTable, match=r"缺少“界别”这一列。平台把第 1 行当作表头。"):
        previewed("姓名,手机\n周砚田,\n")
    with pytest.raises(UnreadableTable, match="有两列都是“姓名”：“姓名”和“名字”"):
        previewed("姓名,界别,名字\n周砚田,教育界,周砚田\n")
    with pytest.raises(UnreadableTable, match="缺少“姓名”、“界别”"):
        previewed("甲,乙\n1,2\n")


def test_text_that_is_too_long_is_counted() -> None:
    assert (
        previewed("姓名,界别\n一二三四五六七八九,教育界\n").errors[0].sentence
        == "第 2 行“姓名”：有 9 个字，最多 8 个字"
    )


@pytest.mark.parametrize(
    "written",
    [
        "2026-3-1",
        "2026-03-01",
        "2026/3/1",
        "2026.3.1",
        "20260301",
        "2026年3月1日",
        "２０２６年３月１日",
        "2026-03-01 00:00:00",
        "2026 年 3 月 1 日",
        datetime(2026, 3, 1, 9, 30),  # noqa: DTZ001
        date(2026, 3, 1),
        46082,
        46082.0,
        20260301,
    ],
)
def test_dates_as_offices_write_them(written: Cell) -> None:
    assert cells.day(written) == date(2026, 3, 1)  # Excel counts it as day 46082


@pytest.mark.parametrize(
    "written",
    ["2026年3月", "3月1日", "2026-13-01", "2026-02-29", "1-3-2026", "46082", "0026-03-01"],
)
def test_no_dates(written: str) -> None:
    with pytest.raises(cells.BadCell):
        cells.day(written)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("是", True),
        ("同意", True),
        ("√", True),
        ("Y", True),
        (1, True),
        (True, True),
        ("否", False),
        ("不同意", False),
        ("×", False),
        ("无", False),
        (0, False),
    ],
)
def test_yes_and_no(written: Cell, meant: bool) -> None:
    assert cells.boolean(written) is meant


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("13800000001", "13800000001"),
        (13800000001, "13800000001"),
        (13800000001.0, "13800000001"),
        ("138-0000-0001", "13800000001"),
        ("+86 138 0000 0001", "13800000001"),
        ("0370-5550137", "0370-5550137"),
        ("（0370）5550137", "0370-5550137"),
        ("0370 5550137转8", "0370-5550137-8"),
        ("5550137", "5550137"),
    ],
)
def test_telephone_numbers(written: Cell, number: str) -> None:
    assert cells.phone(written) == number


def test_a_number_shortened_by_excel_is_explained() -> None:
    with pytest.raises(cells.BadCell, match="Excel 缩写成了“1.38E\\+10”"):
        cells.phone("1.38E+10")


@pytest.mark.parametrize(
    ("written", "parts"),
    [
        ("周砚田、沈河清", ["周砚田", "沈河清"]),
        ("周砚田 沈河清", ["周砚田", "沈河清"]),
        ("王 芳，沈河清；周砚田", ["王芳", "沈河清", "周砚田"]),
        ("甲\n乙\n甲", ["甲", "乙"]),
        ("甲", ["甲"]),
        ("、", []),
    ],
)
def test_lists(written: str, parts: list[str]) -> None:
    assert cells.items(written) == parts


@pytest.mark.parametrize(
    ("written", "number"),
    [("12", 12), (12.0, 12), ("１２", 12), ("1,200", 1200), ("-3", -3), ("2.0", 2)],
)
def test_whole_numbers(written: Cell, number: int) -> None:
    assert cells.integer(written) == number


@pytest.mark.parametrize("written", ["十二", "1.5", 1.5, "12人", True, "#N/A"])
def test_no_whole_numbers(written: Cell) -> None:
    with pytest.raises(cells.BadCell):
        cells.integer(written)


def test_formula_errors_are_no_text() -> None:
    with pytest.raises(cells.BadCell, match="公式出错（#N/A）"):
        cells.text("#N/A")


def test_parse_may_refine_a_value() -> None:
    spec = SheetSpec(
        "甲",
        [ImportColumn(key="n", titles=["届次"], kind="integer", parse=lambda number: number * 10)],
    )
    table = read_sheet(spec, "a.csv", "届次\n3\n".encode())
    assert preview(spec, table).rows[0].values == {"n": 30}


CELLS = st.one_of(
    st.none(),
    st.text(max_size=12),
    st.integers(),
    st.floats(),
    st.booleans(),
    st.dates(),
    st.datetimes(),
    st.times(),
    st.timedeltas(),
)


@settings(
    max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(cell=CELLS)
def test_any_cell_is_read_or_refused_with_words(cell: Cell) -> None:
    for read in (cells.text, cells.integer, cells.day, cells.boolean, cells.phone, cells.items):
        try:
            read(cell)
        except cells.BadCell as bad:
            assert str(bad).strip()


def test_the_template_can_be_filled_in_and_read_again() -> None:
    content = template(SPEC)
    book = openpyxl.load_workbook(io.BytesIO(content))
    assert book.sheetnames == ["委员名单", "填写说明", "可选项"]
    sheet = book["委员名单"]
    assert [cell.value for cell in sheet[1]][:3] == ["姓名*", "界别*", "手机"]
    assert [cell.value for cell in sheet[2]][:2] == ["张三", "农业界"]
    assert sheet.data_validations.dataValidation[0].formula1 == "'可选项'!$A$2:$A$4"
    explained = {row[0]: row[1:] for row in book["填写说明"].iter_rows(values_only=True)}
    assert explained["界别"][:2] == ("必填", "从以下选一个：农业界、教育界、经济界。")
    assert explained["出生日期"][1] == "写全年月日，如 2026-03-01。以身份证为准。"
    sheet["A3"], sheet["B3"], sheet["C3"] = "周砚田", "教育界", "13800000001"
    filled = io.BytesIO()
    book.save(filled)
    found = preview(SPEC, read_sheet(SPEC, "委员名单.xlsx", filled.getvalue()))
    assert [(row.number, row.values["name"]) for row in found.rows] == [(3, "周砚田")]
    assert found.warnings == ("模板里的示例行已跳过。",)


def test_the_sheet_goes_back_with_its_errors_marked() -> None:
    table = table_of("云溪县名单\n名字,界别,手机\n周砚田,农业届,\n沈河清,教育界,=1+1\n")
    sheet = openpyxl.load_workbook(io.BytesIO(error_book([(preview(SPEC, table), table)]))).active
    assert sheet is not None
    assert [cell.value for cell in sheet[2]] == ["名字", "界别", "手机", "问题"]
    assert sheet["B3"].value == "农业届"
    assert sheet["B3"].fill.fgColor.rgb == "FFF9DEDC"
    assert sheet["B3"].comment is not None
    assert sheet["B3"].comment.text.strip() == "没有“农业届”这个界别，是不是“农业界”？"
    assert sheet["D3"].value == "“界别”：没有“农业届”这个界别，是不是“农业界”？"
    assert (sheet["C4"].value, sheet["C4"].data_type) == ("=1+1", "s")


def test_the_marked_sheet_can_be_corrected_and_handed_in_again() -> None:
    table = table_of("名字,界别\n周砚田,农业届\n")
    book = openpyxl.load_workbook(io.BytesIO(error_book([(preview(SPEC, table), table)])))
    sheet = book.active
    assert sheet is not None
    sheet["B2"] = "农业界"
    corrected = io.BytesIO()
    book.save(corrected)
    again = preview(SPEC, read_sheet(SPEC, "名单.xlsx", corrected.getvalue()))
    assert again.acceptable
    assert again.ignored_columns == ("问题",)


def test_templates_are_the_same_bytes_each_time() -> None:
    assert template(SPEC) == template(SPEC)
