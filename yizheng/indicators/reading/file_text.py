"""The text of a file somebody wants checked, loaded from it."""

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

import docx
from charset_normalizer import from_bytes
from django.utils.translation import gettext_lazy as _
from docx.document import Document
from docx.opc.exceptions import PackageNotFoundError
from docx.table import Table

_ENCODINGS = ["gb18030", "big5", "utf_16_le", "utf_16_be"]
_EVERYDAY = 0.9
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f]")


class UnreadableFile(Exception):
    """The file cannot be read; carries the sentence for a person, worded in their language when it
    is shown.
    """

    def __init__(self, sentence: object) -> None:
        super().__init__(sentence)
        self.sentence = sentence

    def __str__(self) -> str:
        return str(self.sentence)


def load(path: Path | str) -> str:
    path = Path(path)
    readers = {".txt": _load_text, ".docx": _load_docx}
    reader = readers.get(path.suffix.lower())
    if reader is None:
        raise UnreadableFile(_("Only text files (.txt) and Word documents (.docx) can be checked."))
    if not path.is_file():
        raise UnreadableFile(_("There is no such file: %(name)s.") % {"name": path.name})
    return reader(path)


def _load_text(path: Path) -> str:
    try:
        return decode(path.read_bytes())
    except OSError as error:
        raise UnreadableFile(
            _("The file cannot be opened: %(name)s.") % {"name": path.name}
        ) from error


def decode(data: bytes) -> str:
    """UTF-8 if it is UTF-8; otherwise what older office software writes, GB18030 first of all."""
    text = _utf(data)
    if text is None:
        text = _simplified(data) or _guessed(data)
    if text is None or _CONTROL.search(text):
        raise UnreadableFile(_("This file is not a text: its characters cannot be read."))
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _utf(data: bytes) -> str | None:
    encoding = "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _simplified(data: bytes) -> str | None:
    """Almost any bytes can be taken for GB18030; it is accepted where the characters are those of
    everyday writing.
    """
    try:
        text = data.decode("gb18030")
    except UnicodeDecodeError:
        return None
    han = re.findall(r"[㐀-鿿]", text)
    everyday = len("".join(han).encode("gb2312", errors="ignore")) // 2
    return text if everyday >= len(han) * _EVERYDAY and not _CONTROL.search(text) else None


def _guessed(data: bytes) -> str | None:
    best = from_bytes(data, cp_isolation=_ENCODINGS).best()
    return None if best is None else str(best)


def _load_docx(path: Path) -> str:
    try:
        document = docx.Document(str(path))
        return "\n".join(_lines(document))
    except (
        PackageNotFoundError,
        zipfile.BadZipFile,
        KeyError,
        ValueError,
        OSError,
        SyntaxError,
    ) as error:
        raise UnreadableFile(_("This Word document is damaged and cannot be opened.")) from error


def _lines(document: Document) -> Iterator[str]:
    for block in document.iter_inner_content():
        if isinstance(block, Table):
            yield from _rows(block)
        else:
            yield block.text


def _rows(table: Table) -> Iterator[str]:
    """A row is one line; a merged cell, which every column repeats, is said once."""
    for row in table.rows:
        cells = dict.fromkeys(cell._tc for cell in row.cells)
        yield "\t".join(
            " ".join(paragraph.text or "" for paragraph in cell.p_lst) for cell in cells
        )
