"""Reading the files offices have, and refusing the others with a sentence."""

import io
import zipfile
from collections.abc import Sequence
from datetime import datetime
from typing import Any

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from yizheng.documents.file_types import UnreadableTable
from yizheng.documents.table_files import TableLimits, read_table

CSV = "姓名,界别,手机\n周砚田,教育,13800000001\n\n沈河清,农业,13800000002\n"


def xlsx(*rows: Sequence[Any], merge: str = "", title: str = "名单") -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = title
    for row in rows:
        sheet.append(list(row))
    if merge:
        sheet.merge_cells(merge)
    return saved(book)


def saved(book: openpyxl.Workbook) -> bytes:
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def archive(**members: bytes) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as package:
        for name, member in members.items():
            package.writestr(name.replace("__", "/").replace("_xml", ".xml"), member)
    return content.getvalue()


def refusal(content: bytes, name: str = "名单.xlsx", **more: Any) -> str:
    with pytest.raises(UnreadableTable) as refused:
        read_table(name, content, **more)
    return str(refused.value)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("separator", [",", "\t", ";"])
def test_csv_of_any_usual_encoding_and_separator(encoding: str, separator: str) -> None:
    table = read_table("名单.csv", CSV.replace(",", separator).encode(encoding))
    assert table.header == ("姓名", "界别", "手机")
    assert [(row.number, row.cells) for row in table.rows] == [
        (2, ("周砚田", "教育", "13800000001")),
        (4, ("沈河清", "农业", "13800000002")),
    ]


def test_quoted_cells_may_hold_line_breaks() -> None:
    table = read_table("a.csv", '姓名,简历\n周砚田,"一、教师\n二、校长"\n'.encode())
    assert table.rows[0].cells == ("周砚田", "一、教师\n二、校长")


def test_title_lines_above_the_header_are_passed_over() -> None:
    content = xlsx(
        ["云溪县政协委员名单"],
        [None, None, "2026年3月"],
        ["名字", "界别", "备注"],
        ["周砚田", "教育", None],
        merge="A1:C1",
    )
    table = read_table("名单.xlsx", content, expected=["姓名", "名字", "界别"])
    assert (table.header_row, table.header) == (3, ("名字", "界别", "备注"))
    assert [(row.number, row.cells) for row in table.rows] == [(4, ("周砚田", "教育", None))]


def test_without_known_titles_the_first_full_row_is_the_header() -> None:
    table = read_table(
        "名单.xlsx", xlsx(["名单"], ["姓名", "界别", "手机"], ["周砚田", "教育", "1"])
    )
    assert table.header == ("姓名", "界别", "手机")


def test_dates_and_numbers_come_as_such() -> None:
    moment = datetime(2026, 3, 1)  # noqa: DTZ001
    assert read_table("a.xlsx", xlsx(["日期", "件数"], [moment, 3])).rows[0].cells == (moment, 3)


def test_the_sheet_with_the_header_is_read_and_hidden_ones_are_not() -> None:
    book = openpyxl.Workbook()
    first = book.active
    assert first is not None
    first.append(["填写说明"])
    book.create_sheet("名单").append(["姓名", "界别"])
    hidden = book.create_sheet("旧")
    hidden.append(["姓名", "界别", "手机"])
    hidden.sheet_state = "hidden"
    table = read_table("a.xlsx", saved(book), expected=["姓名", "界别", "手机"])
    assert (table.sheet, table.header) == ("名单", ("姓名", "界别"))


def test_a_csv_called_xlsx_is_read_and_said() -> None:
    table = read_table("名单.xlsx", CSV.encode("gb18030"))
    assert table.header[0] == "姓名"
    assert table.notes == ("文件名是 Excel，其实是文本（CSV），已按 CSV 读取。",)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "文件是空的。"),
        (b" \r\n\r\n", "文件是空的。"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "Workbook".encode("utf-16-le"),
            "旧版 Excel 工作簿（.xls）",
        ),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le"), "Word 文件"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "取消密码"),
        (b"%PDF-1.7", "PDF"),
        ("<html><table><tr><td>姓名</td></tr></table></html>".encode(), "其实是网页"),
        (b'<?xml version="1.0"?><Workbook/>', "XML"),
        (b"PK\x03\x04broken", "损坏"),
        (b"\x00\x01\x02\x03", "既不是 Excel"),
        (b"MZ\x90\x00\x03 a program called roster.xlsx", "既不是 Excel"),
    ],
)
def test_other_files_are_named(content: bytes, sentence: str) -> None:
    assert sentence in refusal(content)


def test_archives_are_named() -> None:
    assert "Word 文件" in refusal(archive(word__document_xml=b"<w/>"))
    assert "压缩包" in refusal(archive(readme=b"x"))
    assert "损坏" in refusal(archive(xl__workbook_xml=b"<workbook/>"))


def test_a_damaged_workbook_is_refused() -> None:
    content = xlsx(["姓名"], ["周砚田"])
    assert "损坏" in refusal(content[: len(content) // 2])


def test_zip_bombs_are_refused_before_they_unpack() -> None:
    content = archive(xl__workbook_xml=b"<workbook/>", xl__sharedStrings_xml=b"0" * 40_000_000)
    assert len(content) < 100_000
    assert "解开后超过 9 MB" in refusal(content, limits=TableLimits(unpacked=9 * 1024**2))


def test_entity_declarations_are_refused() -> None:
    bomb = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa">]><workbook>&a;</workbook>'
    assert "损坏" in refusal(archive(xl__workbook_xml=bomb))


def test_limits_of_rows_columns_and_size() -> None:
    rows = [["姓名"], *(["周砚田"] for _ in range(200))]
    assert "超过 100 行" in refusal(xlsx(*rows), limits=TableLimits(rows=100))
    assert "超过 5 列" in refusal(xlsx(["列"] * 6), limits=TableLimits(columns=5))
    assert "超过 0 MB" in refusal(CSV.encode(), limits=TableLimits(bytes=10))


def test_blank_rows_between_are_passed_over() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet["A1"], sheet["A900000"] = "姓名", "周砚田"
    table = read_table("a.xlsx", saved(book))
    assert [row.number for row in table.rows] == [900_000]


STARTS = [
    b"",
    b"PK\x03\x04",
    b"\xef\xbb\xbf",
    b"\xff\xfe",
    b"<",
    "姓名,界别\n".encode(),
    "姓名\t界别\n".encode("gb18030"),
]


@settings(
    max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(start=st.sampled_from(STARTS), rest=st.binary(max_size=300), name=st.text(max_size=10))
def test_any_bytes_make_a_table_or_a_sentence(start: bytes, rest: bytes, name: str) -> None:
    try:
        table = read_table(name, start + rest, expected=["姓名"])
    except UnreadableTable as refused:
        assert str(refused).strip()
    else:
        assert all(len(row.cells) == len(table.header) for row in table.rows)


@settings(
    max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(place=st.integers(0, 4000), noise=st.binary(min_size=1, max_size=40))
def test_a_workbook_with_damage_anywhere_makes_a_table_or_a_sentence(
    place: int, noise: bytes
) -> None:
    content = bytearray(WORKBOOK)
    content[place : place + len(noise)] = noise
    try:
        read_table("a.xlsx", bytes(content))
    except UnreadableTable as refused:
        assert str(refused).strip()


WORKBOOK = xlsx(["姓名", "界别"], ["周砚田", "教育"])
