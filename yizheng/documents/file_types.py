"""The type of a file by its content, whatever its name says."""

import io
import re
import zipfile
from typing import Literal

from django.utils.translation import gettext_lazy as _

from yizheng.core.refusals import BadInput

FileKind = Literal["xlsx", "text"]

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PICTURE = _("This is a picture. Please hand in an Excel or CSV file.")
_ARCHIVE = _("This is a compressed archive. Please unpack it first and hand in the table inside.")
_WORD = _("This is a Word file. Please copy the table into Excel and save it as .xlsx.")
_SAVE_AS_XLSX = _("Open it, choose “Save as” and “Excel workbook (.xlsx)”, then try again.")


class UnreadableTable(BadInput):
    """The file cannot be read as a table; `str()` is the sentence that says why."""


_FORMATS = (
    (b"%PDF-", _("This is a PDF. Please hand in the Excel or CSV file it was made from.")),
    (b"\x89PNG", _PICTURE),
    (b"\xff\xd8\xff", _PICTURE),
    (b"GIF8", _PICTURE),
    (b"{\\rtf", _WORD),
    (b"Rar!", _ARCHIVE),
    (b"7z\xbc\xaf", _ARCHIVE),
    (b"\x1f\x8b", _ARCHIVE),
)
# in zip archives: a member that tells the format, what it is, whether Excel can save it as .xlsx
_ARCHIVES = (
    ("xl/workbook.bin", _("This is a binary workbook (.xlsb)."), True),
    ("word/document.xml", _WORD, False),
    (
        "ppt/presentation.xml",
        _("This is a PowerPoint file. Please hand in an Excel or CSV file."),
        False,
    ),
    ("content.xml", _("This is an OpenDocument file."), True),
)
_WEB_PAGE = re.compile(
    rb"^\s*(<!--.*?-->\s*)*<(!doctype\s+html|html|head|body|table|meta|div)\b", re.I | re.S
)


def file_kind(content: bytes) -> FileKind:
    """`xlsx` or `text`; anything else is refused by the name of what it is."""
    if not content.strip(b"\x00 \t\r\n"):
        raise UnreadableTable(_("The file is empty."))
    if content.startswith(b"PK\x03\x04"):
        return _archive(content)
    if content.startswith(_OLE):
        raise UnreadableTable(_old_office(content))
    for start, sentence in _FORMATS:
        if content.startswith(start):
            raise UnreadableTable(sentence)
    _refuse_markup(content)
    return "text"


def _archive(content: bytes) -> FileKind:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = set(archive.namelist())
    except Exception as problem:  # zipfile raises many things on damaged archives
        raise UnreadableTable(
            _("The file is damaged: it may not have been copied completely.")
        ) from problem
    for member, sentence, convertible in _ARCHIVES:
        if member in names:
            raise UnreadableTable(_with_advice(sentence) if convertible else sentence)
    if "xl/workbook.xml" in names:
        return "xlsx"
    raise UnreadableTable(_ARCHIVE)


def _with_advice(sentence: object) -> str:
    return _("%(what)s %(advice)s") % {"what": sentence, "advice": _SAVE_AS_XLSX}


def _old_office(content: bytes) -> str:
    """Compound files of old Office hold UTF-16 names of their streams."""
    if _has_stream(content, "EncryptedPackage"):
        return str(
            _(
                "The file is protected by a password. Please remove the password in Excel "
                "and save it again."
            )
        )
    if _has_stream(content, "WordDocument"):
        return str(_WORD)
    return _with_advice(_("This is a workbook of old Excel (.xls)."))


def _has_stream(content: bytes, name: str) -> bool:
    return name.encode("utf-16-le") in content


def _refuse_markup(content: bytes) -> None:
    start = content[:4096].lstrip(b"\xef\xbb\xbf")
    if _WEB_PAGE.match(start):
        raise UnreadableTable(
            _with_advice(_("This is a web page, although it may be called a table."))
        )
    if start.lstrip().startswith(b"<?xml"):
        raise UnreadableTable(
            _with_advice(_("This is an XML file, although it may be called a table."))
        )
