"""Text that Word and Excel accept: XML 1.0 forbids most control characters and lone surrogates."""

import re
import unicodedata

_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def printable(text: str) -> str:
    return _FORBIDDEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def character_width(character: str) -> float:
    """In full-width characters: 1 for a Chinese one, 0.5 for a Latin letter or digit, 0 for a
    combining mark.
    """
    if unicodedata.combining(character):
        return 0
    return 1 if unicodedata.east_asian_width(character) in "WFA" else 0.5


def text_width(text: str) -> float:
    return sum(character_width(character) for character in text)
