"""The text that the bytes of a file hold."""

import re

from charset_normalizer import from_bytes
from django.utils.translation import gettext_lazy as _

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
