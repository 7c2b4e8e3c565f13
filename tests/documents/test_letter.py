"""The letter format against GB/T 9704-2012: measures, wording, order."""

from datetime import date
from typing import Any

import pytest

from tests.documents.word_files import names, opened, part, texts
from yizheng.documents.blocks import (
    Annex,
    FormField,
    FormTable,
    Heading,
    Hyperlink,
    Paragraph,
    Reference,
)
from yizheng.documents.letter import Letter, mark_size

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def letter(**changes: Any) -> Letter:
    given: dict[str, Any] = {
        "organ": "云溪县教育体育局",
        "number": "云教函[2026]15号",
        "title": "关于县政协十一届三次会议第15号提案的答复",
        "addressee": "周砚田委员",
        "mark": "A",
        "day": date(2026, 5, 8),
        "body": [
            Paragraph("您提出的提案收悉。现答复如下："),
            Heading(1, "基本情况"),
            Paragraph("县内有农村小学42所。"),
            Heading(1, "关于您的建议"),
            Heading(2, "更新馆藏。", run_in="已采纳。"),
            Heading(2, "延长开放时间"),
            Heading(3, "分级阅读"),
            Heading(4, "经费"),
        ],
        "attachments": ["图书更新清单。", "征询意见表"],
        "contact": "联系人：沈河清；联系电话：0000-5550137",
        "copies": ["县政协提案委员会", "县政府办公室"],
    }
    return Letter(**(given | changes))


def test_page_is_a4_with_the_margins_of_the_standard() -> None:
    section = opened(letter().to_bytes()).sections[0]
    sizes = [section.page_width, section.page_height]
    margins = [section.top_margin, section.left_margin, section.right_margin, section.bottom_margin]
    assert [round(size.mm) for size in sizes if size] == [210, 297]
    assert [round(margin.mm) for margin in margins if margin] == [37, 28, 26, 35]


def test_every_element_stands_in_its_order() -> None:
    assert texts(letter().to_bytes()) == [
        "A",
        "云溪县教育体育局",
        "\t云教函〔2026〕15号",
        "关于县政协十一届三次会议",
        "第15号提案的答复",
        "周砚田委员：",
        "您提出的提案收悉。现答复如下：",
        "一、基本情况",
        "县内有农村小学42所。",
        "二、关于您的建议",
        "（一）更新馆藏。已采纳。",
        "（二）延长开放时间",
        "1. 分级阅读",
        "（1）经费",
        "附件：1. 图书更新清单",
        "2. 征询意见表",
        "云溪县教育体育局",
        "2026年5月8日",
        "（联系人：沈河清；联系电话：0000-5550137）",
        "抄送：县政协提案委员会，县政府办公室。",
    ]


@pytest.mark.parametrize(
    ("text", "font", "points"),
    [
        ("一、基本情况", "黑体", 16),
        ("（二）延长开放时间", "楷体_GB2312", 16),
        ("1. 分级阅读", "仿宋_GB2312", 16),
        ("县内有农村小学42所。", "仿宋_GB2312", 16),
        ("第15号提案的答复", "方正小标宋简体", 22),
    ],
)
def test_fonts_by_level(text: str, font: str, points: int) -> None:
    document = opened(letter().to_bytes())
    found = next(paragraph for paragraph in document.paragraphs if paragraph.text == text)
    style = found.style
    assert style is not None
    fonts = style.element.rPr.find(f"{W}rFonts")
    assert fonts.get(f"{W}eastAsia") == font
    assert style.font.size is not None
    assert style.font.size.pt == points


def test_a_page_holds_22_lines_of_28_characters() -> None:
    styles = opened(letter().to_bytes()).styles
    spacing = styles["Normal"].element.pPr.find(f"{W}spacing")
    height = int(spacing.get(f"{W}line")) / 20
    assert spacing.get(f"{W}lineRule") == "exact"
    text_height, text_width = 225 / 25.4 * 72, 156 / 25.4 * 72
    assert text_height // height == 22
    closer = int(styles["Normal"].element.rPr.find(f"{W}spacing").get(f"{W}val")) / 20
    assert text_width // (16 + closer) == 28


def test_organ_and_rules_stand_at_their_places() -> None:
    content = letter().to_bytes()
    frames = opened(content).element.body.findall(f".//{W}framePr")
    tops = [int(frame.get(f"{W}y")) * 25.4 / 1440 for frame in frames if frame.get(f"{W}y")]
    class_mark, organ, rule = tops[:3]
    assert class_mark < organ
    assert organ == pytest.approx(30, abs=0.1)
    assert rule == pytest.approx(30 + 36 * 25.4 / 72 + 4, abs=0.1)  # 36 points of 小初, then 4 mm
    assert all(int(frame.get(f"{W}w")) == round(170 * 1440 / 25.4) for frame in frames[1:3])


def test_rules_are_red_thick_over_thin_above_and_thin_over_thick_below() -> None:
    content = letter().to_bytes()
    head = opened(content).element.body.find(f".//{W}pBdr")
    foot = opened(content).sections[0].first_page_footer._element.find(f".//{W}pBdr")
    weights = [[int(side.get(f"{W}sz")) for side in rule] for rule in (head, foot)]
    assert weights[0][0] > weights[0][1]
    assert weights[1][0] < weights[1][1]
    assert {side.get(f"{W}color") for rule in (head, foot) for side in rule} == {"FF0000"}


def test_first_page_has_no_number_odd_ones_right_even_ones_left() -> None:
    section = opened(letter().to_bytes()).sections[0]
    assert section.different_first_page_header_footer
    assert "PAGE" not in section.first_page_footer._element.xml
    for footer, align in ((section.footer, "right"), (section.even_page_footer, "left")):
        assert "PAGE" in footer._element.xml
        assert footer.paragraphs[0].text.replace(" ", "") in ("—1—", "—PAGE1—")
        assert footer.paragraphs[0]._p.pPr.find(f"{W}jc").get(f"{W}val") == align


def test_one_attachment_is_not_numbered_and_none_leaves_no_trace() -> None:
    assert "附件：征询意见表" in texts(letter(attachments=["征询意见表"]).to_bytes())
    assert not any("附件" in text for text in texts(letter(attachments=[]).to_bytes()))


def test_the_imprint_comes_after_the_annexes() -> None:
    annexes = [
        Annex("征询意见表", 1),
        FormTable([[FormField("提案号", "15"), FormField("承办单位", "县教育体育局")]]),
    ]
    lines = texts(letter(annexes=annexes).to_bytes())
    assert lines[-1].startswith("抄送：")
    assert (
        lines.index("附件1")
        < lines.index("提案号")
        < lines.index("抄送：县政协提案委员会，县政府办公室。")
    )


def test_long_organ_names_stay_on_one_line() -> None:
    assert mark_size("云溪县教育体育局") == 36
    assert mark_size("中国人民政治协商会议云溪县委员会") == 27.5  # 442 points for 16 characters


def test_links_and_references() -> None:
    body = [
        Paragraph(
            [
                "共收到",
                Hyperlink("128件", "https://yunxi.example.cn/f/1"),
                "，见",
                Reference("附件1", "annex1"),
                "。",
            ]
        )
    ]
    content = letter(body=body, annexes=[Annex("清单", 1, bookmark="annex1")]).to_bytes()
    assert "共收到128件，见附件1。" in texts(content)
    assert 'Target="https://yunxi.example.cn/f/1"' in part(content, "word/_rels/document.xml.rels")
    document = part(content, "word/document.xml")
    assert 'w:anchor="annex1"' in document
    assert 'w:name="annex1"' in document


@pytest.mark.parametrize("url", ["javascript:alert(1)", "/f/1", "file:///etc/passwd"])
def test_links_need_a_web_address(url: str) -> None:
    with pytest.raises(ValueError, match="full address"):
        Hyperlink("128件", url)


def test_same_letter_same_bytes() -> None:
    assert letter().to_bytes() == letter().to_bytes()


def test_the_file_says_who_and_when_and_carries_no_ballast() -> None:
    content = letter().to_bytes()
    properties = opened(content).core_properties
    assert properties.author == "云溪县教育体育局"
    assert properties.created is not None
    assert properties.created.date() == date(2026, 5, 8)
    assert not [
        name for name in names(content) if "thumbnail" in name or "stylesWithEffects" in name
    ]
    assert len(content) < 40_000


def test_the_font_table_names_free_stand_ins() -> None:
    table = part(letter().to_bytes(), "word/fontTable.xml")
    assert (
        'w:name="仿宋_GB2312"><w:altName w:val="仿宋,FangSong,STFangsong,Noto Serif CJK SC"'
        in table
    )
    assert 'w:name="黑体"><w:altName w:val="SimHei,Noto Sans CJK SC"' in table


def test_control_characters_do_no_harm() -> None:
    assert "县内\n".strip() in texts(letter(body=[Paragraph("县\x00内\x0b")]).to_bytes())
