"""The writer that draws blocks into a Word document."""

from collections.abc import Callable, Iterable
from datetime import date
from io import BytesIO
from typing import Any

from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.oxml.ns import qn
from docx.shared import Mm

from . import blocks, styles, word_tables
from .charts import draw_chart
from .office_packages import fixed_package
from .ooxml import Element, element, text_run, twips, value
from .page_setup import BOTTOM_MM, PAGE_MM, TEXT_MM, TOP_MM, new_document
from .printable_text import printable, text_width
from .wording import heading_number, title_lines


class Writer:
    """One document being written: counts headings, tables, figures and bookmarks."""

    def __init__(
        self, title: str, author: str, dated: date | None = None, *, landscape: bool = False
    ) -> None:
        self.dated = dated
        self.document: Document = new_document(title, author, dated)
        self.width_mm = PAGE_MM[1] - TOP_MM - BOTTOM_MM if landscape else TEXT_MM
        self._headings = [0, 0, 0, 0]
        self._bookmarks = 0
        self._captions = {"表": 0, "图": 0}
        self._end: Element = self.document.element.body.sectPr

    def save(self) -> bytes:
        content = BytesIO()
        self.document.save(content)
        return fixed_package(content.getvalue(), self.dated)

    # paragraphs

    def place(self, drawn: Element) -> None:
        self._end.addprevious(drawn)

    def paragraph(
        self, style: str, text: blocks.Text = "", *properties: Element, bookmark: str = ""
    ) -> Element:
        """A paragraph at the end of the document; `properties` go after its style, in the order of
        the schema.
        """
        drawn = element("w:p", None, element("w:pPr", None, value("w:pStyle", style), *properties))
        self.add_text(drawn, text, bookmark=bookmark)
        self.place(drawn)
        return drawn

    def blank(self, style: str = "BodyText", lines: int = 1, *, keep_next: bool = False) -> None:
        for _ in range(lines):
            self.paragraph(style, "", *([element("w:keepNext")] if keep_next else []))

    def add_text(
        self, paragraph: Element, text: blocks.Text, *, bookmark: str = "", font: str = ""
    ) -> None:
        start = len(paragraph)
        for part in [text] if isinstance(text, str) else text:
            paragraph.append(self._inline(part, font))
        if bookmark:
            self._mark(paragraph, start, bookmark)

    def _inline(self, part: blocks.Inline, font: str) -> Element:
        if isinstance(part, str):
            return text_run(
                printable(part), element("w:rPr", None, styles.fonts(font)) if font else None
            )
        run = text_run(printable(part.text), element("w:rPr", None, value("w:rStyle", "Hyperlink")))
        if isinstance(part, blocks.Reference):
            return element("w:hyperlink", {"w:anchor": part.bookmark, "w:history": 1}, run)
        target = self.document.part.relate_to(part.url, RT.HYPERLINK, is_external=True)
        return element("w:hyperlink", {"r:id": target, "w:history": 1}, run)

    def _mark(self, paragraph: Element, start: int, name: str) -> None:
        self._bookmarks += 1
        paragraph.insert(
            start, element("w:bookmarkStart", {"w:id": self._bookmarks, "w:name": name})
        )
        paragraph.append(element("w:bookmarkEnd", {"w:id": self._bookmarks}))

    # blocks

    def draw(self, content: Iterable[blocks.Block]) -> None:
        for block in content:
            _DRAWERS[type(block)](self, block)

    def title(self, title: str, *properties: Element) -> None:
        width = self.width_mm / 25.4 * 72 / styles.SIZE_2 - 0.5
        for line in title_lines(printable(title), width):
            self.paragraph("Title", line, *properties)

    def heading(self, block: blocks.Heading) -> None:
        self._headings[block.level :] = [0] * (4 - block.level)
        number = ""
        if block.numbered:
            self._headings[block.level - 1] += 1
            number = heading_number(block.level, self._headings[block.level - 1])
        shown = [number, *([block.text] if isinstance(block.text, str) else block.text)]
        if not block.run_in:
            self.paragraph(f"Heading{block.level}", shown, bookmark=block.bookmark)
            return
        drawn = self.paragraph("BodyText")
        font = {1: styles.HEITI, 2: styles.KAITI}.get(block.level, styles.FANGSONG)
        self.add_text(drawn, shown, bookmark=block.bookmark, font=font)
        self.add_text(drawn, block.run_in)

    def body(self, block: blocks.Paragraph) -> None:
        properties = [] if block.indent else [styles.first_line(0)]
        if block.align != "both":
            properties = [styles.first_line(0), value("w:jc", block.align)]
        for line in _lines(block.text):
            self.paragraph("BodyText", line, *properties, bookmark=block.bookmark)

    def note(self, block: blocks.Note) -> None:
        for line in _lines(block.text):
            self.paragraph("Note", line)

    def caption(self, kind: str, text: str, bookmark: str = "", *, keep_next: bool = False) -> None:
        """表1 above its table, 图1 under its figure."""
        if not text and not bookmark:
            return
        self._captions[kind] += 1
        keep = [element("w:keepNext")] if keep_next else []
        self.paragraph(
            "Caption", f"{kind}{self._captions[kind]}　{text}".rstrip(), *keep, bookmark=bookmark
        )

    def chart(self, block: blocks.Chart) -> None:
        drawn = self.paragraph("Figure")
        drawn.append(
            element("w:r", None, draw_chart(self.document, block, self.width_mm, self.dated))
        )
        self.caption("图", block.caption, block.bookmark)

    def picture(self, block: blocks.Picture) -> None:
        drawn = self.document.add_paragraph()
        inline = drawn.add_run().add_picture(BytesIO(block.content), width=Mm(block.width_mm))
        inline._inline.docPr.set("descr", printable(block.alt))
        self.paragraph("Figure").extend(list(drawn._p.r_lst))
        drawn._p.getparent().remove(drawn._p)

    def page_break(self, _block: blocks.PageBreak) -> None:
        self.paragraph("BodyText").append(element("w:r", None, element("w:br", {"w:type": "page"})))

    def annex(self, block: blocks.Annex) -> None:
        number = "" if block.number is None else str(block.number)
        self.paragraph(
            "AnnexMark", f"附件{number}", element("w:pageBreakBefore"), bookmark=block.bookmark
        )
        self.blank(keep_next=True)
        self.title(block.title)
        self.blank()
        self._headings = [0, 0, 0, 0]

    def signature(self, block: blocks.Signature) -> None:
        """The date four characters from the right, the organ centred over it, both kept with the
        text before.

        All lines are centred on one axis, so that they agree whatever the widths of the font's
        digits.
        """
        organs = [printable(organ) for organ in block.organs if organ]
        longest = max(map(text_width, [*organs, ""]))
        axis = max(4 + text_width(block.day) / 2, 2 + longest / 2)
        left = max(0, twips(self.width_mm) - round(2 * axis * styles.CHARACTER * 20))
        self.keep_with_next()
        self.blank(lines=2, keep_next=True)
        for line in organs:
            self.paragraph("Signature", line, element("w:keepNext"), *_centred_from(left))
        self.paragraph("Signature", block.day, *_centred_from(left))

    def keep_with_next(self) -> None:
        """So that no signature stands alone on a page."""
        last = self._end.getprevious()
        properties = last.find(qn("w:pPr")) if last is not None else None
        if properties is not None and properties.find(qn("w:keepNext")) is None:
            properties.insert(1, element("w:keepNext"))


def _centred_from(left: int) -> list[Element]:
    return [element("w:ind", {"w:left": left, "w:firstLine": 0}), value("w:jc", "center")]


def _lines(text: blocks.Text) -> list[blocks.Text]:
    if not isinstance(text, str):
        return [text]
    return [line.strip() for line in printable(text).split("\n") if line.strip()]


_DRAWERS: dict[type, Callable[[Writer, Any], None]] = {
    blocks.Paragraph: Writer.body,
    blocks.Heading: Writer.heading,
    blocks.Note: Writer.note,
    blocks.Chart: Writer.chart,
    blocks.Picture: Writer.picture,
    blocks.PageBreak: Writer.page_break,
    blocks.Annex: Writer.annex,
    blocks.Signature: Writer.signature,
    blocks.ListTable: word_tables.draw_list,
    blocks.FormTable: word_tables.draw_form,
}
