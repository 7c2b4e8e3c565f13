"""Numbers, dates and titles, worked out by hand from the standard."""

from datetime import date

import pytest

from yizheng.documents.blocks import Heading, Paragraph, ticks
from yizheng.documents.file_names import safe_name
from yizheng.documents.plain_text import read_text
from yizheng.documents.wording import (
    chinese_number,
    heading_number,
    hexagonal,
    official_date,
    quoted,
    title_lines,
)


@pytest.mark.parametrize(
    "typed", ["云教函[2026]15号", "云教函（2026）15号", "云教函【2026】15号", "云教函〔2026〕15号"]
)
def test_any_brackets_round_the_year_become_hexagonal(typed: str) -> None:
    assert hexagonal(typed) == "云教函〔2026〕15号"


def test_dates_have_no_leading_zeros() -> None:
    assert official_date(date(2026, 3, 1)) == "2026年3月1日"


@pytest.mark.parametrize(
    ("number", "chinese"), [(1, "一"), (10, "十"), (11, "十一"), (20, "二十"), (35, "三十五")]
)
def test_chinese_numbers(number: int, chinese: str) -> None:
    assert chinese_number(number) == chinese


def test_heading_numbers() -> None:
    assert [heading_number(level, 2) for level in (1, 2, 3, 4)] == [
        "二、",
        "（二）",
        "2. ",
        "（2）",
    ]


@pytest.mark.parametrize(
    ("title", "lines"),
    [
        ("关于立案情况的通知", ["关于立案情况的通知"]),
        (
            "关于县政协十一届三次会议第15号提案的答复",
            ["关于县政协十一届三次会议", "第15号提案的答复"],
        ),
        ("第一行\n第二行", ["第一行", "第二行"]),
    ],
)
def test_titles_are_broken_by_sense(title: str, lines: list[str]) -> None:
    assert title_lines(title, 19.5) == lines


def test_no_line_of_a_title_is_too_long_and_nothing_is_lost() -> None:
    title = "云溪县人民政府关于加快推进农村中小学适用图书更新补充和管理工作情况的报告以及下一步打算"
    lines = title_lines(title)
    assert "".join(lines) == title
    assert all(len(line) <= 20 for line in lines)
    assert not any(line.startswith(("的", "、")) for line in lines)


def test_typed_text_gets_the_fonts_of_its_levels() -> None:
    blocks = read_text(
        "您好：\n一、基本情况\n（一）更新馆藏。已采纳，今年完成。"
        "\n1.分级阅读\n（1）经费\n\n2026年完成。"
    )
    assert blocks == [
        Paragraph("您好："),
        Heading(1, "一、基本情况", numbered=False),
        Heading(2, "（一）更新馆藏。", numbered=False, run_in="已采纳，今年完成。"),
        Heading(3, "1.分级阅读", numbered=False),
        Heading(4, "（1）经费", numbered=False),
        Paragraph("2026年完成。"),
    ]


def test_a_numbered_sentence_is_no_heading() -> None:
    text = "1.今年为每所学校更新图书1500册。"
    assert read_text(text) == [Paragraph(text)]


def test_ticks() -> None:
    assert ticks(["满意", "基本满意", "不满意"], "满意") == "☑满意　□基本满意　□不满意"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("云教函〔2026〕15号.docx", "云教函〔2026〕15号.docx"),
        ("../../etc/passwd", "etc-passwd"),
        ('关于"A/B"的答复?.docx', "关于-A-B-的答复-.docx"),
        ("  \x00\n ", "file"),
        ("CON.txt", "_CON.txt"),
        ("清单\u202excod.exe", "清单xcod.exe"),
    ],
)
def test_download_names(text: str, name: str) -> None:
    assert safe_name(text) == name


def test_long_download_names_keep_their_extension() -> None:
    name = safe_name("关于" * 100 + ".xlsx")
    assert name.endswith(".xlsx")
    assert len(name.encode()) <= 200


def test_quotation_marks_within_quotation_marks_are_single_ones() -> None:
    assert quoted("关于解决“望天田”灌溉问题的建议") == "“关于解决‘望天田’灌溉问题的建议”"
    assert quoted("关于供水的建议") == "“关于供水的建议”"
