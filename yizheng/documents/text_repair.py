"""Repair of damaged Chinese text, keeping for every character the place it came from.

Three kinds of damage are known from published texts: pinyin left behind by a bad conversion
(協(xié)商), traditional characters, and full-width digits. What was lost cannot be repaired and is
left as it stands.
"""

import re
from dataclasses import dataclass
from functools import cache

import opencc
from pypinyin import Style, pinyin

_DEBRIS = re.compile(
    r"(?<=([㐀-鿿]))[(\uff08]([a-zü\u00e0-\u00ff\u0100-\u017f\u01cd-\u01dc]{1,6})[)\uff09]"
)
_HAN = re.compile(r"[㐀-鿿]")
_FULL_WIDTH = str.maketrans(
    {chr(0xFF10 + digit): str(digit) for digit in range(10)} | {"％": "%", "﹪": "%"}
)
_FULL_WIDTH_POINT = re.compile(r"(?<=[0-9])．(?=[0-9])")


@dataclass(frozen=True)
class RepairedText:
    """`origin[i]` is the place in the original text of character `i`; one entry more than `text`
    marks the end.
    """

    text: str
    origin: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The stretch of the original text that became `text[start:end]`."""
        if end <= start:
            return self.origin[start], self.origin[start]
        return self.origin[start], self.origin[end - 1] + 1


def repair(text: str) -> RepairedText:
    """Clean simplified text comes back as it was, but for full-width digits; a second repair
    changes nothing more.
    """
    kept = _without_debris(text) if _is_traditional(text) else list(range(len(text)))
    stripped = "".join(text[place] for place in kept)
    return RepairedText(_half_width(_simplified(stripped)), (*kept, len(text)))


def _without_debris(text: str) -> list[int]:
    kept: list[int] = []
    done = 0
    while found := _DEBRIS.search(text, done):
        start, end = found.span()
        # The same syllable may have been left twice; each must be a reading of the character before
        # the first.
        reads = found[2] in _readings(found[1])
        kept.extend(range(done, start if reads else end))
        done = end
        while reads and (again := _repeated(text, done, found[0])):
            done = again
    kept.extend(range(done, len(text)))
    return kept


def _repeated(text: str, place: int, debris: str) -> int | None:
    return place + len(debris) if text.startswith(debris, place) else None


@cache
def _readings(character: str) -> frozenset[str]:
    return frozenset(pinyin(character, style=Style.TONE, heteronym=True)[0])


def _is_traditional(text: str) -> bool:
    """Whether a character occurs that simplified writing does not have.

    Some that a converter would change (乾, 於, 徵) are at home in simplified texts too: they alone
    prove nothing.
    """
    return any(_only_traditional(character) for character in set(_HAN.findall(text)))


@cache
def _only_traditional(character: str) -> bool:
    return _convert(character) != character and not _in_gb2312(character)


def _in_gb2312(character: str) -> bool:
    try:
        character.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True


def _simplified(text: str) -> str:
    if not _is_traditional(text):
        return text
    whole = _convert(text)
    # Phrases help to choose (乾隆, 乾燥); should one ever change the length, places matter more.
    simple = (
        whole if len(whole) == len(text) else "".join(_same_length(character) for character in text)
    )
    return simple if simple == text else _simplified(simple)


def _same_length(character: str) -> str:
    simple = _convert(character)
    return simple if len(simple) == 1 else character


@cache
def _converter() -> opencc.OpenCC:
    return opencc.OpenCC("t2s")


def _convert(text: str) -> str:
    # A lone surrogate cannot be handed to the converter; it is no Chinese character either.
    return str(_converter().convert(text)) if text.isascii() or _encodable(text) else text


def _encodable(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _half_width(text: str) -> str:
    return _FULL_WIDTH_POINT.sub(".", text.translate(_FULL_WIDTH))
