"""Files a person brings to be checked."""

import io

import docx
import pytest
from docx.document import Document

from yizheng.indicators.reading.file_text import UnreadableFile, decode
from yizheng.indicators.text_files import UnreadableText, text_of

TEXT = (
    "云溪县政协2023年工作报告\n全年收到提案四十八件，立案率百分之百。委员满意率为100%，"
    "社情民意信息65条。\n"
)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16"])
def test_a_text_is_read_in_the_encodings_offices_use(encoding: str) -> None:
    assert decode(TEXT.encode(encoding)) == TEXT


def test_a_traditional_text_in_big5_is_read() -> None:
    text = (
        "雲溪縣政協提案工作情況報告。全年共收到提案一百三十四件，經審查立案一百二十九件，"
        "立案率百分之九十六。"
    )
    assert decode(text.encode("big5")) == text


def test_line_ends_of_windows_are_made_plain() -> None:
    assert decode("收到提案\r\n48件".encode("gbk")) == "收到提案\n48件"


def test_what_is_no_text_is_refused_with_a_sentence() -> None:
    with pytest.raises(UnreadableFile) as refused:
        decode(b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x01")
    assert str(refused.value).endswith((".", "。"))


def saved(document: Document) -> bytes:
    content = io.BytesIO()
    document.save(content)
    return content.getvalue()


def test_a_word_document_gives_paragraphs_and_tables_in_order() -> None:
    document = docx.Document()
    document.add_paragraph("全年收到提案48件。")
    table = document.add_table(rows=2, cols=2)
    for cell, words in zip(table._cells, ["类别", "件数", "经济建设", "20件"], strict=True):
        cell.text = words
    document.add_paragraph("特此报告。")
    assert (
        text_of("报告.docx", saved(document))
        == "全年收到提案48件。\n类别\t件数\n经济建设\t20件\n特此报告。"
    )


def test_a_merged_cell_is_said_once() -> None:
    document = docx.Document()
    table = document.add_table(rows=1, cols=3)
    table.cell(0, 0).merge(table.cell(0, 1)).text = "提案48件"
    table.cell(0, 2).text = "完"
    assert text_of("a.docx", saved(document)) == "提案48件\t完"


def test_a_zip_that_is_no_word_document_is_refused() -> None:
    import zipfile

    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("hello.txt", "hello")
    with pytest.raises(UnreadableText):
        text_of("a.docx", content.getvalue())
