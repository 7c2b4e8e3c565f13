"""The page of a paper: A4, margins, character grid, page numbers."""

from datetime import UTC, date, datetime

import docx
from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.oxml.ns import qn
from docx.section import Section
from docx.shared import Mm

from . import styles
from .ooxml import Element, element, field_runs, text_run, twips, value
from .printable_text import printable

PAGE_MM = (210, 297)
TOP_MM, LEFT_MM, RIGHT_MM, BOTTOM_MM = 37, 28, 26, 35
TEXT_MM = PAGE_MM[0] - LEFT_MM - RIGHT_MM
NUMBER_MM = 25.5  # page number: its dash 7 mm below the text area
_UNUSED_PARTS = (
    "http://schemas.microsoft.com/office/2007/relationships/stylesWithEffects",
    "http://schemas.openxmlformats.org/package/2006/relationships/metadata/thumbnail",
    RT.CUSTOM_XML,
    RT.EXTENDED_PROPERTIES,
    RT.NUMBERING,
)


def new_document(title: str, author: str, dated: date | None = None) -> Document:
    """An empty A4 paper with the styles of the standard."""
    document = docx.Document()
    _drop_unused(document)
    styles.install(document)
    _describe(document, title, author, dated)
    _set_compatibility(document)
    return document


def _drop_unused(document: Document) -> None:
    for relationships in (
        document.part.rels,
        document.part.package.rels if document.part.package else {},
    ):
        for key in [key for key, found in relationships.items() if found.reltype in _UNUSED_PARTS]:
            del relationships[key]


def _describe(document: Document, title: str, author: str, dated: date | None) -> None:
    properties = document.core_properties
    day = dated or date(2000, 1, 1)
    properties.created = properties.modified = datetime(day.year, day.month, day.day, tzinfo=UTC)
    properties.title = printable(title)[:255].replace("\n", "")
    properties.author = printable(author)[:255]
    properties.last_modified_by, properties.comments, properties.language = "", "", "zh-CN"


def _set_compatibility(document: Document) -> None:
    """Word 2013 and later would otherwise open the file in compatibility mode; the template speaks
    Japanese.
    """
    settings = document.settings.element
    for setting in settings.iterfind(
        ".//w:compatSetting[@w:name='compatibilityMode']", settings.nsmap
    ):
        setting.set(qn("w:val"), "15")
    for language in settings.iterfind("w:themeFontLang", settings.nsmap):
        language.set(qn("w:eastAsia"), "zh-CN")
    for preview in settings.findall("w:savePreviewPicture", settings.nsmap):
        settings.remove(preview)


def set_page(section: Section, *, landscape: bool = False) -> None:
    width, height = reversed(PAGE_MM) if landscape else PAGE_MM
    section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = Mm(width), Mm(height)
    # a turned sheet has at its left what was at its top
    margins = (
        (LEFT_MM, BOTTOM_MM, TOP_MM, RIGHT_MM)
        if landscape
        else (TOP_MM, RIGHT_MM, LEFT_MM, BOTTOM_MM)
    )
    section.top_margin, section.right_margin, section.left_margin, section.bottom_margin = map(
        Mm, margins
    )
    section.footer_distance = Mm(17 if landscape else NUMBER_MM)
    section.header_distance = Mm(15)
    _set_grid(section, landscape)


def _set_grid(section: Section, landscape: bool) -> None:
    properties = section._sectPr
    for old in properties.findall("w:docGrid", properties.nsmap):
        properties.remove(old)
    if not landscape:
        properties.append(
            element("w:docGrid", {"w:type": "lines", "w:linePitch": round(styles.LINE * 20)})
        )


def number_pages(document: Document, section: Section) -> None:
    """— 2 — in 4号宋体: at the right of odd pages, at the left of even ones, one character in."""
    document.settings.odd_and_even_pages_header_footer = True
    for footer, align in ((section.footer, "right"), (section.even_page_footer, "left")):
        footer.is_linked_to_previous = False
        _number_line(footer.paragraphs[0]._p, align)


def _number_line(paragraph: Element, align: str) -> None:
    indent = twips(5)
    properties = element(
        "w:pPr",
        None,
        value("w:pStyle", "Footer"),
        element("w:ind", {f"w:{align}": indent}),
        value("w:jc", align),
    )
    for old in list(paragraph):
        paragraph.remove(old)
    for piece in (properties, text_run("— "), *field_runs("PAGE", "1"), text_run(" —")):
        paragraph.append(piece)
