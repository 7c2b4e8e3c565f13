"""The layout of general official papers: registration forms, notices, lists and reports, with or
without the red head.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from . import blocks, styles
from .imprint import draw_attachments, draw_imprint
from .letter import RED, mark_size
from .ooxml import Element, border, element, text_run, twips, value
from .page_setup import TEXT_MM, number_pages, set_page
from .printable_text import printable
from .wording import hexagonal, official_date
from .writer import Writer


@dataclass(frozen=True, kw_only=True)
class RedHead:
    """The head of a document proper (文件格式): organ mark, number, red rule; 签发人 only on papers
    sent upwards.
    """

    mark: str  # 云溪县政协办公室文件
    number: str
    signer: str = ""
    copy_number: str = ""  # 份号, six digits
    secrecy: str = ""
    urgency: str = ""


@dataclass(frozen=True, kw_only=True)
class OfficialDocument:
    """A paper made of blocks. Without `signatories` and `day` it has no signature."""

    title: str
    content: Sequence[blocks.Block]
    author: str = ""
    subtitle: str = ""
    head: RedHead | None = None
    addressee: str = ""
    signatories: Sequence[str] = ()
    day: date | None = None
    attachments: Sequence[str] = ()
    annexes: Sequence[blocks.Block] = ()
    contact: str = ""
    copies: Sequence[str] = ()
    issuer: str = ""  # 印发机关
    landscape: bool = False

    def to_bytes(self) -> bytes:
        writer = Writer(
            self.title,
            self.author or "、".join(self.signatories),
            self.day,
            landscape=self.landscape,
        )
        section = writer.document.sections[0]
        set_page(section, landscape=self.landscape)
        number_pages(writer.document, section)
        if self.head:
            _draw_head(writer, self.head)
        _draw_title(writer, self)
        writer.draw(self.content)
        _draw_end(writer, self)
        return writer.save()


def _draw_head(writer: Writer, head: RedHead) -> None:
    """Mark 35 mm below the top of the text area, number two lines below it, red rule 4 mm below
    that.
    """
    for text in (head.copy_number, head.secrecy, head.urgency):
        writer.paragraph("Mark", text)  # three lines kept free, used or not: they make up the 35 mm
    size = mark_size(head.mark)
    spacing = element(
        "w:spacing", {"w:before": twips(5), "w:line": round(size * 24), "w:lineRule": "exact"}
    )
    mark = writer.paragraph("OrganMark", "", spacing)
    mark.append(
        text_run(printable(head.mark), styles.character_properties(styles.XIAOBIAOSONG, size, RED))
    )
    writer.blank(lines=2)
    tabs = element(
        "w:tabs", None, element("w:tab", {"w:val": "right", "w:pos": twips(TEXT_MM) - 320})
    )
    rule = element("w:pBdr", None, border("bottom", eighths=12, colour=RED, space=11))
    if head.signer:
        number = writer.paragraph(
            "DocumentNumber", f"{hexagonal(head.number)}\t签发人：", rule, tabs, _one_in()
        )
        number.append(
            text_run(printable(head.signer), element("w:rPr", None, styles.fonts(styles.KAITI)))
        )
    else:
        writer.paragraph("DocumentNumber", hexagonal(head.number), rule, value("w:jc", "center"))
    writer.blank()


def _one_in() -> Element:
    return element("w:ind", {"w:firstLine": 320})


def _draw_title(writer: Writer, paper: OfficialDocument) -> None:
    writer.title(paper.title)
    if paper.subtitle:
        writer.paragraph("Addressee", paper.subtitle, value("w:jc", "center"))
    writer.blank()
    if paper.addressee:
        writer.paragraph("Addressee", f"{paper.addressee.rstrip('：:')}：")


def _draw_end(writer: Writer, paper: OfficialDocument) -> None:
    draw_attachments(writer, paper.attachments)
    if paper.signatories or paper.day:
        writer.draw(
            [blocks.Signature(paper.signatories, official_date(paper.day) if paper.day else "")]
        )
    if paper.contact:
        writer.paragraph("BodyText", f"（{paper.contact.strip('（）()')}）")
    writer.draw(paper.annexes)
    issued = official_date(paper.day) if paper.day else ""
    draw_imprint(writer, paper.copies, paper.issuer, issued, lines=True)
