"""Files of texts handed in to be checked (.txt, .docx), and the Word copy with remarks at their
figures.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterable
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

import docx
from django.utils.translation import gettext as _
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement
from docx.table import Table
from docx.text.run import Run

from yizheng.core.refusals import BadInput
from yizheng.documents.page_setup import number_pages, set_page
from yizheng.documents.printable_text import printable
from yizheng.documents.writer import Writer

from .reading.file_text import UnreadableFile, decode

MAX_BYTES = 5 * 1024 * 1024
MAX_UNPACKED = 80 * 1024 * 1024
MAX_CHARACTERS = 200_000
WordElement = Any


class UnreadableText(BadInput):
    """The file or the text cannot be read; `str()` is the sentence that says why."""


def clean(text: str) -> str:
    """Line ends made one, signs that no paper can hold taken out.

    Raises UnreadableText when there is too much.
    """
    text = printable(text.replace("\r\n", "\n").replace("\r", "\n"))
    if len(text) > MAX_CHARACTERS:
        raise UnreadableText(
            _("The text is longer than %(n)s characters; check it in parts.")
            % {"n": f"{MAX_CHARACTERS:,}"}
        )
    return text


def is_word(content: bytes) -> bool:
    return content.startswith(b"PK\x03\x04")


def text_of(name: str, content: bytes) -> str:
    """The text of a .txt or .docx, told apart by content.

    Raises UnreadableText with a sentence for anything else.
    """
    if len(content) > MAX_BYTES:
        raise UnreadableText(
            _("“%(name)s” is larger than %(n)s MB.") % {"name": name, "n": MAX_BYTES // 1024**2}
        )
    if not content.strip(b"\x00 \t\r\n"):
        raise UnreadableText(_("“%(name)s” is empty.") % {"name": name})
    if is_word(content):
        return clean(WordText(content, name).text)
    return clean(_decoded(name, content))


def _decoded(name: str, content: bytes) -> str:
    if content.startswith((b"%PDF", b"\xd0\xcf\x11\xe0", b"{\\rtf", b"\x89PNG", b"\xff\xd8\xff")):
        raise UnreadableText(
            _(
                "“%(name)s” is neither plain text nor .docx. Open it, choose “Save as” and "
                "“Word document (.docx)”, then try again."
            )
            % {"name": name}
        )
    try:
        return decode(content)
    except UnreadableFile as problem:
        raise UnreadableText(str(problem)) from problem


# Word ---------------------------------------------------------------------------------------------


@dataclass
class WordRun:
    """One run of a Word file: the characters of the text from `start` on."""

    start: int
    run: WordElement
    text: str

    @property
    def end(self) -> int:
        return self.start + len(self.text)


@dataclass(frozen=True)
class Remark:
    """What is to be said of `text[start:end]`: a tint behind it, and words beside it unless there
    is nothing to say.
    """

    start: int
    end: int
    tint: str
    words: str = ""


class WordText:
    """The text of a Word file, paragraph by paragraph also in tables, with the run that each
    character stands in.
    """

    def __init__(self, content: bytes, name: str = "") -> None:
        try:
            _check_package(content)
            self.document = docx.Document(io.BytesIO(content))
            self._read()
        except Exception as problem:  # python-docx and what it rests on raise anything at damage
            raise UnreadableText(
                _("“%(name)s” is no Word document, or it is damaged.") % {"name": name}
            ) from problem

    def _read(self) -> None:
        """Paragraphs and rows of tables are lines; the cells of a row stand behind each other, a
        merged one once.
        """
        self.stretches: list[WordRun] = []
        self.text = ""
        for number, block in enumerate(self.document.iter_inner_content()):
            self.text += "\n" if number else ""
            if isinstance(block, Table):
                self._read_rows(block)
            else:
                self._read_runs(block._p)

    def _read_rows(self, table: Table) -> None:
        for number, row in enumerate(table.rows):
            self.text += "\n" if number else ""
            for place, cell in enumerate(dict.fromkeys(cell._tc for cell in row.cells)):
                self.text += "\t" if place else ""
                for line, paragraph in enumerate(cell.p_lst):
                    self.text += " " if line else ""
                    self._read_runs(paragraph)

    def _read_runs(self, paragraph: WordElement) -> None:
        for run in _own_runs(paragraph):
            stretch = WordRun(len(self.text), run, _run_text(run))
            self.stretches.append(stretch)
            self.text += stretch.text

    def replace(self, start: int, end: int, new: str) -> None:
        """Put new words in place of a stretch, in the look of its first character."""
        touched = self._cut(start, end)
        for place, stretch in enumerate(touched):
            _set_text(stretch.run, new if place == 0 else "")
        self._read()

    def remark(self, remarks: Iterable[Remark], author: str) -> None:
        for remark in remarks:
            touched = self._cut(remark.start, remark.end)
            for stretch in touched:
                _shade(stretch.run, remark.tint)
            if remark.words and touched:
                runs = [
                    Run(stretch.run, self.document._body) for stretch in (touched[0], touched[-1])
                ]
                self.document.add_comment(
                    runs, text=remark.words, author=author, initials=author[:2]
                )

    def _cut(self, start: int, end: int) -> list[WordRun]:
        """The runs that are exactly text[start:end]; those that reach over its ends
        are cut in two.
        """
        for place in (start, end):
            for index, stretch in enumerate(self.stretches):
                if stretch.start < place < stretch.end:
                    self.stretches[index : index + 1] = _split(stretch, place - stretch.start)
                    break
        return [s for s in self.stretches if s.text and start <= s.start and s.end <= end]

    def to_bytes(self) -> bytes:
        content = io.BytesIO()
        self.document.save(content)
        return content.getvalue()


def _check_package(content: bytes) -> None:
    """A package that would unpack to more than a text can be is not opened."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        size = sum(member.file_size for member in archive.infolist())
        if "word/document.xml" not in archive.namelist() or size > MAX_UNPACKED:
            raise ValueError("no Word document, or too large a one")


def _own_runs(paragraph: WordElement) -> list[WordElement]:
    """Runs of the paragraph itself (also in links and insertions), not of a text box inside it."""
    return [
        run for run in paragraph.iter(qn("w:r")) if next(run.iterancestors(qn("w:p"))) is paragraph
    ]


def _run_text(run: WordElement) -> str:
    return "".join(_SIGNS[child.tag](child) for child in run if child.tag in _SIGNS)


_SIGNS: dict[str, Callable[[Any], str]] = {
    qn("w:t"): lambda child: clean(child.text or "").replace("\n", " "),
    qn("w:tab"): lambda child: "\t",
    qn("w:br"): lambda child: " ",
    qn("w:noBreakHyphen"): lambda child: "-",
}


def _set_text(run: WordElement, text: str) -> None:
    for child in [child for child in run if child.tag in _SIGNS]:
        run.remove(child)
    if text:
        content = OxmlElement("w:t")
        content.text = text
        content.set(qn("xml:space"), "preserve")
        run.append(content)


def _split(stretch: WordRun, place: int) -> list[WordRun]:
    """Two runs of one look. A run with a picture in it keeps the picture in its first half."""
    second = deepcopy(stretch.run)
    for child in [child for child in second if child.tag not in (qn("w:rPr"), *_SIGNS)]:
        second.remove(child)
    stretch.run.addnext(second)
    before, after = stretch.text[:place], stretch.text[place:]
    _set_text(stretch.run, before)
    _set_text(second, after)
    return [
        WordRun(stretch.start, stretch.run, before),
        WordRun(stretch.start + place, second, after),
    ]


# What the schema wants after w:shd among the properties of a run.
_AFTER_SHADE = frozenset(
    qn(f"w:{name}")
    for name in (
        "fitText",
        "vertAlign",
        "rtl",
        "cs",
        "em",
        "lang",
        "eastAsianLayout",
        "specVanish",
        "oMath",
        "rPrChange",
    )
)


def _shade(run: WordElement, tint: str) -> None:
    properties = run.get_or_add_rPr()
    for old in properties.findall(qn("w:shd")):
        properties.remove(old)
    shade = OxmlElement("w:shd")
    for name, value in (("val", "clear"), ("color", "auto"), ("fill", tint)):
        shade.set(qn(f"w:{name}"), value)
    after = next((child for child in properties if child.tag in _AFTER_SHADE), None)
    properties.append(shade) if after is None else after.addprevious(shade)


def as_word(text: str) -> WordText:
    """A plain text as a Word file, line by line."""
    writer = Writer("", "")
    section = writer.document.sections[0]
    set_page(section)
    number_pages(writer.document, section)
    for line in text.split("\n"):
        writer.paragraph("BodyText", line)
    return WordText(writer.save())
