"""Excel out, opened again with openpyxl."""

import io
from collections.abc import Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import openpyxl
import pytest

from tests.documents.word_files import part
from yizheng.documents.workbooks import Sheet, SheetColumn, sheet_title, workbook

COLUMNS = [
    SheetColumn("提案号", 4, "number"),
    SheetColumn("案由", 30),
    SheetColumn("提交日期", 6, "date"),
    SheetColumn("办结率", 5, "percent"),
]


def opened(rows: Sequence[Sequence[object]]) -> Any:
    return openpyxl.load_workbook(io.BytesIO(workbook([Sheet("提案", COLUMNS, rows)]))).active


def test_values_keep_their_kinds() -> None:
    sheet = opened([(15, "关于更新图书的提案", date(2026, 3, 1), 0.982)])
    assert [cell.value for cell in sheet[1]] == ["提案号", "案由", "提交日期", "办结率"]
    assert [cell.value for cell in sheet[2]] == [
        15,
        "关于更新图书的提案",
        datetime(2026, 3, 1),  # noqa: DTZ001
        0.982,
    ]
    assert [sheet["C2"].number_format, sheet["D2"].number_format] == ["yyyy-mm-dd", "0.0%"]


def test_header_is_frozen_filtered_and_columns_are_wide_enough() -> None:
    sheet = opened([(1, "甲", None, None), (2, "乙", None, None)])
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == "A1:D3"
    assert sheet.column_dimensions["B"].width == pytest.approx(
        62, abs=1
    )  # 30 Chinese characters are 60 wide
    assert sheet["B2"].alignment.wrap_text


@pytest.mark.parametrize(
    "text", ["=1+1", "+1", "-1", "@SUM(A1)", '=HYPERLINK("x")', "=cmd|' /C calc'!A0"]
)
def test_formulas_stay_text(text: str) -> None:
    cell = opened([(None, text, None, None)])["B2"]
    assert (cell.value, cell.data_type, cell.quotePrefix) == (text, "s", True)
    assert "<f>" not in part(
        workbook([Sheet("提案", COLUMNS, [(None, text, None, None)])]), "xl/worksheets/sheet1.xml"
    )


def test_a_formula_in_a_number_column_stays_text_too() -> None:
    assert opened([("=1+1", "甲", None, None)])["A2"].data_type == "s"


def test_addresses_do_not_become_links() -> None:
    sheet = opened([(1, "https://yunxi.example.cn", None, None)])
    assert sheet["B2"].hyperlink is None


def test_control_characters_are_removed_and_long_text_cut() -> None:
    sheet = opened([(1, "县\x00内\x1f", None, None), (2, "长" * 40_000, None, None)])
    assert sheet["B2"].value == "县内"
    assert len(sheet["B3"].value) == 32_767


def test_numbers_that_are_none_and_moments() -> None:
    rows = [
        (float("nan"), datetime(2026, 3, 1, 1, 30, tzinfo=UTC), date(1820, 1, 1), Decimal("0.5"))
    ]
    sheet = opened(rows)
    assert sheet["A2"].value == "nan"
    assert sheet["B2"].value == datetime(2026, 3, 1, 9, 30)  # noqa: DTZ001 (Beijing time)
    assert sheet["C2"].value == "1820-01-01"
    assert sheet["D2"].value == 0.5


def test_sheet_titles_are_made_acceptable() -> None:
    taken: set[str] = set()
    assert sheet_title("提案/意见[2026]?", taken) == "提案-意见-2026--"
    assert sheet_title("提案/意见[2026]?", taken) == "提案-意见-2026-- 2"
    assert len(sheet_title("长" * 50, taken)) == 31
    assert sheet_title("", taken) == "Sheet"


def test_a_row_of_the_wrong_length_is_refused() -> None:
    with pytest.raises(ValueError, match="Row 1 has 1 values for 4 columns"):
        opened([(1,)])


def test_same_rows_same_bytes() -> None:
    sheets = [Sheet("提案", COLUMNS, [(15, "甲", date(2026, 3, 1), 0.5)])]
    assert workbook(sheets) == workbook(sheets)


def test_rows_may_be_a_stream() -> None:
    content = workbook(
        [Sheet("提案", COLUMNS, ((number, "甲", None, 0.5) for number in range(5000)))]
    )
    sheet = openpyxl.load_workbook(io.BytesIO(content), read_only=True).active
    assert sheet is not None
    assert sum(1 for _ in sheet.iter_rows()) == 5001
