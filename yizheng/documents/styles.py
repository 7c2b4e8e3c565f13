"""Fonts and styles of an official paper (GB/T 9704-2012).

The fonts the standard names are not free. Files carry the office's names, so a computer that has
them shows them; `w:altName` and the font table's family say what to take otherwise: Noto Serif CJK
SC for the serif ones, Noto Sans CJK SC for 黑体 (both OFL). LibreOffice does not read `w:altName`:
a server that turns Word into PDF needs the file in `fontconfig/`.
"""

from dataclasses import dataclass

from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE as RT

from .ooxml import Element, element, value

FREE_SERIF = "Noto Serif CJK SC"
FREE_SANS = "Noto Sans CJK SC"

FANGSONG = "仿宋_GB2312"
XIAOBIAOSONG = "方正小标宋简体"
HEITI = "黑体"
KAITI = "楷体_GB2312"
SONGTI = "宋体"

# name, other names it goes by (first found is taken), family for substitution
FONTS = (
    (FANGSONG, f"仿宋,FangSong,STFangsong,{FREE_SERIF}", "modern"),
    (XIAOBIAOSONG, f"小标宋,FZXiaoBiaoSong-B05S,{FREE_SERIF}", "auto"),
    (HEITI, f"SimHei,{FREE_SANS}", "swiss"),
    (KAITI, f"楷体,KaiTi,STKaiti,{FREE_SERIF}", "modern"),
    (SONGTI, f"SimSun,{FREE_SERIF}", "roman"),
)

# Chinese sizes in points
SIZE_0 = 36.0  # 小初
SIZE_2 = 22.0  # 二号
SIZE_3 = 16.0  # 三号
SIZE_4 = 14.0  # 四号
SIZE_S4 = 12.0  # 小四
SIZE_5 = 10.5  # 五号

LINE = 28.95  # points: 22 lines fill the 225 mm of the text area
CHARACTER = 15.79  # points: 28 characters fill its 156 mm
# twips between characters, so that 28 of 16 points fit; at -5 LibreOffice loses commas at line ends
TIGHTER = -6


@dataclass(frozen=True)
class Style:
    id: str
    name: str
    font: str = FANGSONG
    size: float = SIZE_3
    align: str = "both"
    first_line: int = 0  # characters
    line: float | None = LINE  # exact, in points; None: as the font asks
    outline: int | None = None
    keep_next: bool = False
    colour: str = ""


BODY = Style("BodyText", "正文文字", first_line=2)
STYLES = (
    BODY,
    Style("Heading1", "heading 1", HEITI, first_line=2, outline=0, keep_next=True),
    Style("Heading2", "heading 2", KAITI, first_line=2, outline=1, keep_next=True),
    Style("Heading3", "heading 3", first_line=2, outline=2, keep_next=True),
    Style("Heading4", "heading 4", first_line=2, outline=3, keep_next=True),
    Style("Title", "Title", XIAOBIAOSONG, SIZE_2, "center", line=34, keep_next=True),
    Style("OrganMark", "发文机关标志", XIAOBIAOSONG, SIZE_0, "center", line=None, colour="FF0000"),
    Style("DocumentNumber", "发文字号", align="left"),
    Style("Mark", "份号密级紧急程度", HEITI, align="left"),
    Style("Addressee", "主送机关", align="left"),
    Style("Signature", "落款", align="center"),
    Style("Enclosures", "附件说明", align="left"),
    Style("AnnexMark", "附件标识", HEITI, align="left", keep_next=True),
    Style("Imprint", "版记", size=SIZE_4, align="left", line=22),
    Style("TableText", "表格文字", size=SIZE_S4, align="left", line=20),
    Style("TableHead", "表头", HEITI, SIZE_S4, "center", line=20),
    Style("Caption", "caption", HEITI, SIZE_S4, "center", line=24),
    Style("Figure", "图", size=SIZE_S4, align="center", line=None, keep_next=True),
    Style("Note", "注释", size=SIZE_5, align="left", line=18),
    Style("Footer", "footer", SONGTI, SIZE_4, "left", line=14),
    Style("Header", "header", SONGTI, SIZE_5, "left", line=12),
)


def fonts(name: str) -> Element:
    return element(
        "w:rFonts", {f"w:{script}": name for script in ("ascii", "hAnsi", "eastAsia", "cs")}
    )


def character_properties(
    font: str, size: float, colour: str = "", *, bold: bool = False
) -> Element:
    properties = element("w:rPr", None, fonts(font))
    if bold:
        properties.append(element("w:b"))
    if colour:
        properties.append(value("w:color", colour))
    for tag in ("w:sz", "w:szCs"):
        properties.append(value(tag, round(size * 2)))
    return properties


def install(document: Document) -> None:
    """Puts our styles and fonts in the place of those of python-docx's template."""
    styles = document.styles.element
    for old in styles.findall("w:style", styles.nsmap):
        styles.remove(old)
    _set_defaults(styles)
    for style in (*_basic_styles(), *map(_style, STYLES), _hyperlink()):
        styles.append(style)
    _set_font_table(document)


def _set_defaults(styles: Element) -> None:
    for old in styles.findall("w:docDefaults", styles.nsmap):
        styles.remove(old)
    run = character_properties(FANGSONG, SIZE_3)
    run.append(element("w:lang", {"w:val": "en-US", "w:eastAsia": "zh-CN"}))
    defaults = element(
        "w:docDefaults",
        None,
        element("w:rPrDefault", None, run),
        element("w:pPrDefault", None, element("w:pPr")),
    )
    styles.insert(0, defaults)


def _basic_styles() -> list[Element]:
    normal_paragraph = element(
        "w:pPr",
        None,
        value("w:widowControl", 0),  # a page has 22 lines, whatever the paragraphs
        value("w:autoSpaceDE", 0),
        value("w:autoSpaceDN", 0),
        value("w:snapToGrid", 0),  # LibreOffice would round exact line heights up to the grid
        element("w:spacing", {"w:line": round(LINE * 20), "w:lineRule": "exact"}),
        value("w:jc", "both"),
    )
    normal_run = element(
        "w:rPr", None, fonts(FANGSONG), value("w:spacing", TIGHTER), value("w:sz", 32)
    )
    margins = element(
        "w:tblCellMar",
        None,
        *(
            element(f"w:{side}", {"w:w": width, "w:type": "dxa"})
            for side, width in (("top", 40), ("left", 85), ("bottom", 40), ("right", 85))
        ),
    )
    return [
        _plain_style("paragraph", "Normal", "Normal", normal_paragraph, normal_run),
        _plain_style("character", "DefaultParagraphFont", "Default Paragraph Font"),
        _plain_style("table", "TableNormal", "Normal Table", element("w:tblPr", None, margins)),
        _plain_style("numbering", "NoList", "No List"),
    ]


def _plain_style(kind: str, style_id: str, name: str, *content: Element) -> Element:
    return element(
        "w:style",
        {"w:type": kind, "w:default": 1, "w:styleId": style_id},
        value("w:name", name),
        *content,
    )


def _style(style: Style) -> Element:
    spacing = TIGHTER if style.size == SIZE_3 else 0
    run = character_properties(style.font, style.size, style.colour)
    run.insert(2 if style.colour else 1, value("w:spacing", spacing))
    return element(
        "w:style",
        {"w:type": "paragraph", "w:styleId": style.id},
        value("w:name", style.name),
        value("w:basedOn", "Normal"),
        element("w:qFormat"),
        _paragraph(style),
        run,
    )


def _paragraph(style: Style) -> Element:
    properties = element("w:pPr")
    if style.keep_next:
        properties.append(element("w:keepNext"))
    spacing = {"w:line": 240, "w:lineRule": "auto"}
    if style.line:
        spacing = {"w:line": round(style.line * 20), "w:lineRule": "exact"}
    properties.append(element("w:spacing", spacing))
    properties.append(first_line(style.first_line, style.size))
    properties.append(value("w:jc", style.align))
    if style.outline is not None:
        properties.append(value("w:outlineLvl", style.outline))
    return properties


def first_line(characters: int, size: float = SIZE_3) -> Element:
    width = CHARACTER if size == SIZE_3 else size
    return element(
        "w:ind",
        {"w:firstLineChars": characters * 100, "w:firstLine": round(characters * width * 20)},
    )


def _hyperlink() -> Element:
    run = element("w:rPr", None, value("w:color", "27466B"), value("w:u", "single"))
    return element(
        "w:style",
        {"w:type": "character", "w:styleId": "Hyperlink"},
        value("w:name", "Hyperlink"),
        value("w:basedOn", "DefaultParagraphFont"),
        run,
    )


def _set_font_table(document: Document) -> None:
    part = document.part.part_related_by(RT.FONT_TABLE)
    part._blob = _font_table()  # python-docx gives this part no setter


def _font_table() -> bytes:
    entries = "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{others}"/><w:charset w:val="86"/>'
        f'<w:family w:val="{family}"/><w:pitch w:val="default"/></w:font>'
        for name, others, family in FONTS
    )
    namespace = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    return f'{head}<w:fonts xmlns:w="{namespace}">{entries}</w:fonts>'.encode()
