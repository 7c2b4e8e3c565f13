"""Files a person brings to be checked."""

from pathlib import Path

import docx
import pytest

from yizheng.indicators.reading.file_text import UnreadableFile, load

TEXT = (
    "云溪县政协2023年工作报告\n全年收到提案四十八件，立案率百分之百。委员满意率为100%，"
    "社情民意信息65条。\n"
)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16"])
def test_a_text_is_read_in_the_encodings_offices_use(tmp_path: Path, encoding: str) -> None:
    file = tmp_path / "报告.txt"
    file.write_bytes(TEXT.encode(encoding))
    assert load(file) == TEXT


def test_a_traditional_text_in_big5_is_read(tmp_path: Path) -> None:
    file = tmp_path / "報告.txt"
    text = (
        "雲溪縣政協提案工作情況報告。全年共收到提案一百三十四件，經審查立案一百二十九件，"
        "立案率百分之九十六。"
    )
    file.write_bytes(text.encode("big5"))
    assert load(file) == text


def test_line_ends_of_windows_are_made_plain(tmp_path: Path) -> None:
    file = tmp_path / "报告.TXT"
    file.write_bytes("收到提案\r\n48件".encode("gbk"))
    assert load(file) == "收到提案\n48件"


def test_a_word_document_gives_paragraphs_and_tables_in_order(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("全年收到提案48件。")
    table = document.add_table(rows=2, cols=2)
    for cell, words in zip(table._cells, ["类别", "件数", "经济建设", "20件"], strict=True):
        cell.text = words
    document.add_paragraph("特此报告。")
    document.save(str(tmp_path / "报告.docx"))
    assert (
        load(tmp_path / "报告.docx") == "全年收到提案48件。\n类别\t件数\n经济建设\t20件\n特此报告。"
    )


def test_a_merged_cell_is_said_once(tmp_path: Path) -> None:
    document = docx.Document()
    table = document.add_table(rows=1, cols=3)
    table.cell(0, 0).merge(table.cell(0, 1)).text = "提案48件"
    table.cell(0, 2).text = "完"
    document.save(str(tmp_path / "a.docx"))
    assert load(tmp_path / "a.docx") == "提案48件\t完"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("report.pdf", b"%PDF-1.7"),
        ("report", b"text"),
        ("broken.docx", b"this is no zip archive"),
        ("picture.txt", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x01"),
    ],
)
def test_other_files_are_refused_with_a_sentence(tmp_path: Path, name: str, content: bytes) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(UnreadableFile) as refused:
        load(tmp_path / name)
    assert str(refused.value).endswith((".", "。"))


def test_a_zip_that_is_no_word_document_is_refused(tmp_path: Path) -> None:
    import zipfile

    with zipfile.ZipFile(tmp_path / "a.docx", "w") as archive:
        archive.writestr("hello.txt", "hello")
    with pytest.raises(UnreadableFile):
        load(tmp_path / "a.docx")


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match=r"report\.txt"):
        load(tmp_path / "report.txt")
