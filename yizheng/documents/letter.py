"""The letter format (信函格式) of GB/T 9704-2012, 10.1: replies, notices to one addressee, urging
letters.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from . import blocks, styles
from .imprint import draw_attachments, draw_imprint
from .ooxml import Element, border, element, frame, text_run, twips, value
from .page_setup import LEFT_MM, PAGE_MM, TEXT_MM, number_pages, set_page
from .printable_text import printable, text_width
from .wording import hexagonal, official_date
from .writer import Writer

RED = "FF0000"
MARK_TOP_MM = 30  # organ name below the top of the page
RULE_GAP_MM = 4  # red rule below the organ name
RULE_MM = 170  # its length
FOOT_RULE_MM = 20  # second rule above the foot of the page
CLASS_TOP_MM = 20
THICK, THIN = 20, 6  # eighths of a point
POINTS_PER_MM = 72 / 25.4


@dataclass(frozen=True, kw_only=True)
class Letter:
    """One letter.

    `mark` is what stands at the top right: A, B, C or the words of a result class.
    """

    organ: str
    title: str
    addressee: str
    body: Sequence[blocks.Block]
    day: date
    number: str = ""
    signatories: Sequence[str] = ()  # the organ itself when none is named
    mark: str = ""
    secrecy: str = ""
    urgency: str = ""
    signer: str = ""  # 签发人
    attachments: Sequence[str] = ()
    annexes: Sequence[blocks.Block] = ()  # what is enclosed, from its blocks.Annex on
    contact: str = ""
    copies: Sequence[str] = ()
    imprint_lines: bool = False  # the standard's letter has none; some offices draw them

    def to_bytes(self) -> bytes:
        writer = Writer(self.title, self.organ, self.day)
        section = writer.document.sections[0]
        set_page(section)
        section.different_first_page_header_footer = True
        number_pages(writer.document, section)
        _draw_head(writer, self)
        _draw_foot_rule(section.first_page_footer.paragraphs[0]._p)
        _draw_front(writer, self)
        _draw_text(writer, self)
        return writer.save()


def _draw_head(writer: Writer, letter: Letter) -> None:
    """The organ's name and the double rule below it, thick over thin, in frames at their places on
    the page.
    """
    if letter.mark:
        place = frame(x=twips(LEFT_MM), y=twips(CLASS_TOP_MM), width=twips(TEXT_MM))
        writer.paragraph("Mark", letter.mark, place, value("w:jc", "right"))
    size = mark_size(letter.organ)
    top = twips(MARK_TOP_MM)
    height = round(size * 20)
    organ = writer.paragraph(
        "OrganMark",
        "",
        frame(x=None, y=top, width=twips(RULE_MM)),
        element("w:spacing", {"w:line": height, "w:lineRule": "exact"}),
    )
    organ.append(
        text_run(
            printable(letter.organ), styles.character_properties(styles.XIAOBIAOSONG, size, RED)
        )
    )
    writer.paragraph(
        "OrganMark", "", *_double_rule(top + height + twips(RULE_GAP_MM), above=THICK, below=THIN)
    )


def mark_size(organ: str, width_mm: float = TEXT_MM) -> float:
    """小初, or smaller so that a long name stays on one line."""
    fitting = width_mm * POINTS_PER_MM / max(text_width(organ), 1)
    return max(16.0, min(styles.SIZE_0, int(fitting * 2) / 2))


def _double_rule(top: int, *, above: int, below: int) -> list[Element]:
    """An empty line of 1.5 points between two red borders, `top` twips below the
    top of the page.
    """
    return [
        frame(x=None, y=top, width=twips(RULE_MM)),
        element(
            "w:pBdr",
            None,
            border("top", eighths=above, colour=RED),
            border("bottom", eighths=below, colour=RED),
        ),
        element("w:spacing", {"w:line": 30, "w:lineRule": "exact"}),
    ]


def _draw_foot_rule(paragraph: Element) -> None:
    """Thin over thick, 20 mm above the foot of the first page."""
    for old in list(paragraph):
        paragraph.remove(old)
    rule = _double_rule(twips(PAGE_MM[1] - FOOT_RULE_MM) - 90, above=THIN, below=THICK)
    paragraph.append(element("w:pPr", None, value("w:pStyle", "Footer"), *rule))
    paragraph.addnext(element("w:p", None, element("w:pPr", None, value("w:pStyle", "Footer"))))


def _draw_front(writer: Writer, letter: Letter) -> None:
    """Secrecy and urgency at the left below the rule, the number at the right, the title two lines
    below.
    """
    left = [text for text in (letter.secrecy, letter.urgency) if text]
    if letter.signer:
        left.append(f"签发人：{letter.signer}")
    first, *more = left or [""]
    writer.paragraph(
        "DocumentNumber", "", element("w:spacing", {"w:line": 280, "w:lineRule": "exact"})
    )
    tabs = element("w:tabs", None, element("w:tab", {"w:val": "right", "w:pos": twips(TEXT_MM)}))
    writer.paragraph("DocumentNumber", f"{first}\t{hexagonal(letter.number)}", tabs)
    for text in more:
        writer.paragraph("DocumentNumber", text)
    writer.blank(lines=2)
    writer.title(letter.title)
    writer.blank()
    writer.paragraph("Addressee", f"{letter.addressee.rstrip('：:')}：")


def _draw_text(writer: Writer, letter: Letter) -> None:
    writer.draw(letter.body)
    draw_attachments(writer, letter.attachments)
    writer.draw(
        [blocks.Signature(letter.signatories or (letter.organ,), official_date(letter.day))]
    )
    if letter.contact:
        writer.paragraph("BodyText", f"（{letter.contact.strip('（）()')}）")
    writer.draw(letter.annexes)
    draw_imprint(writer, letter.copies, lines=letter.imprint_lines)
