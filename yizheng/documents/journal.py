"""The layout of a numbered journal (内部刊物): red head, number, organ and date on the rule, then
its pieces.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from . import blocks, styles
from .imprint import draw_imprint
from .letter import RED, mark_size
from .ooxml import border, element, text_run, twips, value
from .page_setup import TEXT_MM, number_pages, set_page
from .printable_text import printable
from .wording import official_date
from .writer import Writer


@dataclass(frozen=True, kw_only=True)
class JournalPiece:
    """One text of the journal: its title, who wrote it (below the title), its paragraphs."""

    title: str
    byline: str
    content: Sequence[blocks.Block]


@dataclass(frozen=True, kw_only=True)
class JournalPaper:
    """`secrecy` and `copy_number` stand above the head; `addressees` and `copies` (报、送) in the
    imprint. `dated` is printed where its day is not known.
    """

    name: str
    number: str
    organ: str
    day: date
    pieces: Sequence[JournalPiece]
    secrecy: str = ""
    signer: str = ""
    remark: str = ""
    addressees: str = ""
    copies: str = ""
    dated: str = ""

    @property
    def printed_day(self) -> str:
        return self.dated or official_date(self.day)

    @property
    def imprint(self) -> list[tuple[str, str]]:
        given = (("报：", self.addressees), ("送：", self.copies))
        return [(label, f"{text.rstrip('。')}。") for label, text in given if text]

    def to_bytes(self) -> bytes:
        writer = Writer(f"{self.name} {self.number}", self.organ, self.day)
        section = writer.document.sections[0]
        set_page(section)
        number_pages(writer.document, section)
        _draw_head(writer, self)
        if len(self.pieces) > 1:
            _draw_contents(writer, self.pieces)
        if self.remark:
            writer.draw([blocks.Paragraph(f"编者按：{self.remark}")])
        for piece in self.pieces:
            _draw_piece(writer, piece)
        draw_imprint(writer, [], self.organ, self.printed_day, lines=True, first=self.imprint)
        return writer.save()


def _draw_head(writer: Writer, journal: JournalPaper) -> None:
    writer.paragraph("Mark", journal.secrecy)
    size = mark_size(journal.name)
    spacing = element(
        "w:spacing", {"w:before": twips(5), "w:line": round(size * 24), "w:lineRule": "exact"}
    )
    mark = writer.paragraph("OrganMark", "", spacing)
    mark.append(
        text_run(
            printable(journal.name), styles.character_properties(styles.XIAOBIAOSONG, size, RED)
        )
    )
    writer.blank()
    writer.paragraph("DocumentNumber", f"（{journal.number}）", value("w:jc", "center"))
    if journal.signer:
        writer.paragraph("DocumentNumber", f"签发人：{journal.signer}", value("w:jc", "right"))
    rule = element("w:pBdr", None, border("bottom", eighths=12, colour=RED, space=4))
    tabs = element("w:tabs", None, element("w:tab", {"w:val": "right", "w:pos": twips(TEXT_MM)}))
    writer.paragraph("DocumentNumber", f"{journal.organ}\t{journal.printed_day}", rule, tabs)
    writer.blank()


def _draw_contents(writer: Writer, pieces: Sequence[JournalPiece]) -> None:
    writer.draw([blocks.Paragraph("本期目录", align="center", indent=False)])
    writer.draw([blocks.Paragraph(f"◎ {piece.title}", indent=False) for piece in pieces])
    writer.blank()


def _draw_piece(writer: Writer, piece: JournalPiece) -> None:
    writer.title(piece.title)
    writer.blank()
    writer.draw(piece.content)
    writer.draw([blocks.Paragraph(f"（{piece.byline}）", align="right", indent=False)])
    writer.blank()
