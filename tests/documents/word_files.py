"""Opening what was written."""

import io
import zipfile
from collections.abc import Iterator

import docx
from docx.document import Document
from docx.oxml.ns import qn


def opened(content: bytes) -> Document:
    return docx.Document(io.BytesIO(content))


def part(content: bytes, name: str) -> str:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return package.read(name).decode()


def names(content: bytes) -> list[str]:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return package.namelist()


def texts(content: bytes) -> list[str]:
    """Text of every paragraph, links included, empty ones left out."""
    return [text for text in _paragraphs(opened(content)) if text]


def _paragraphs(document: Document) -> Iterator[str]:
    for paragraph in document.element.body.iter(qn("w:p")):
        yield "".join(
            "\t" if piece.tag == qn("w:tab") else piece.text or ""
            for piece in paragraph.iter(qn("w:t"), qn("w:tab"))
            if piece.getparent().tag == qn("w:r")
        )
