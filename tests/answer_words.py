"""What a person reads of an answer: the words of a page, of a workbook, of a letter; and what of it
is no word.
"""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

import lxml.html
from openpyxl import load_workbook

from tests.documents.word_files import texts as paragraphs

SILENT = "script", "style", "template", "code", "pre", "head"
SAID_BY_ATTRIBUTE = "title", "aria-label", "placeholder", "alt", "data-confirm", "data-label"
BLANK = re.compile(r"\s+")
NO_WORDS = re.compile(
    r"https?://\S+"  # an address as somebody typed it
    r"|\{[^{}]*\}"  # the pattern of a number, a figure in an outline: they are typed so
    r"|\|(?:number|percent|change|(?:share |chart |table )?by …|kind=collective)"
    r"|[^\s“”]+\.pdf"  # the name somebody gave a file
    r"|\b[0-9a-f]{64}\b"  # the hash of an entry of the audit chain
    r"|(?:yunxi|shicheng)(?:-\w+)?"  # the committees of the tests and their accounts
)
KNOWN = frozenset(
    [
        "English",
        "Excel",
        "Word",
        "PDF",
        "OFD",
        "JPG",
        "PNG",
        "CSV",
        "JSON",
        "KB",
        "MB",
        "docx",
        "doc",
        "txt",
        "xlsx",
        "UTF",
    ]
)
LATIN = re.compile(r"[A-Za-z][A-Za-z_.]+")
RAW = re.compile(r"\[\s*['\"]|\{\s*['\"]|\bobject \(\d+\)|\b[A-Za-z]+\(['\"]")
UNCOUNTED = re.compile(r"(?:剩|逾期|超期)\s*\d+\s*(?:天|日)(?!（自然日）)")


def words_of(answer: Any) -> list[str]:
    """Everything that is read, shown or spoken aloud, piece by piece; nothing of what is no text."""
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    kind = answer.headers.get("Content-Type", "").partition(";")[0]
    if not content:
        return []
    if kind == "text/html":
        return list(_of_page(lxml.html.fromstring(content.decode())))
    if kind.endswith("spreadsheetml.sheet"):
        return list(_of_workbook(content))
    if kind.endswith("wordprocessingml.document"):
        return paragraphs(content)
    return []


def _of_page(page: Any) -> Iterator[str]:
    yield from (each for title in page.xpath("//title/text()") if (each := _plain(title)))
    for element in page.iter():
        if not isinstance(element.tag, str) or _is_silent(element):
            continue
        pieces = [element.text, *(element.get(name) for name in SAID_BY_ATTRIBUTE)]
        pieces += [child.tail for child in element]
        yield from (each for piece in pieces if (each := _plain(piece)))


def _is_silent(element: Any) -> bool:
    return any(each.tag in SILENT for each in (element, *element.iterancestors()))


def _of_workbook(content: bytes) -> Iterator[str]:
    for sheet in load_workbook(io.BytesIO(content)):
        yield sheet.title
        for row in sheet.iter_rows(values_only=True):
            yield from (each for value in row if isinstance(value, str) and (each := _plain(value)))


def _plain(text: str | None) -> str:
    return BLANK.sub(" ", text or "").strip()


def no_chinese(texts: Iterable[str]) -> list[str]:
    """What whoever reads Chinese cannot read: codes of the machine, values as a program writes
    them, English that was forgotten, days of which nobody says how they are counted.
    """
    return [text for text in dict.fromkeys(texts) if _is_strange(text)]


def _is_strange(text: str) -> bool:
    left = NO_WORDS.sub(" ", text)
    strange = set(LATIN.findall(left)) - KNOWN
    return bool(strange or RAW.search(left) or UNCOUNTED.search(left))


def twice(content: bytes) -> list[str]:
    """Choices that a list of the page offers twice under the same words."""
    page = lxml.html.fromstring(content.decode())
    return [
        f"{each.get('name')}: {label}"
        for each in page.xpath("//select")
        for label, times in Counter(map(_plain, each.xpath(".//option/text()"))).items()
        if times > 1
    ]
