"""The text of an opinion as one piece, and what an edition changed in it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import zip_longest

from .enums import OpinionBodyForm
from .models import Opinion

# Headings of the text itself, which is Chinese whatever language the screens are in.
HEADINGS = {"situation": "情况与问题", "analysis": "原因分析", "suggestions": "对策建议"}
NUMERALS = "一二三"
NUMBERED = frozenset(
    f"{numeral}、{heading}" for numeral in NUMERALS for heading in HEADINGS.values()
)
WORD = re.compile(r"[A-Za-z0-9.%]+|.", re.DOTALL)


def original_text(opinion: Opinion) -> str:
    """What the writer wrote, in one piece; the parts under their headings, numbered as far as they
    are there.
    """
    if opinion.body_form == OpinionBodyForm.TEXT:
        return opinion.body.strip()
    parts = [
        (heading, text)
        for name, heading in HEADINGS.items()
        if (text := getattr(opinion, name).strip())
    ]
    return "\n".join(
        f"{numeral}、{heading}\n{text}"
        for numeral, (heading, text) in zip(NUMERALS, parts, strict=False)
    )


def current_text(opinion: Opinion) -> str:
    return opinion.edited_text or original_text(opinion)


def length_of(text: str) -> int:
    """Characters as an office counts them: without blanks and line breaks."""
    return len(re.sub(r"\s", "", text))


@dataclass(frozen=True)
class TextPiece:
    """Some characters, and whether the other side has them."""

    text: str
    changed: bool = False


@dataclass(frozen=True)
class ParagraphPair:
    """A paragraph of the original beside what became of it; either side may be missing."""

    before: tuple[TextPiece, ...]
    after: tuple[TextPiece, ...]

    @property
    def changed(self) -> bool:
        return any(piece.changed for piece in (*self.before, *self.after))


def compare(before: str, after: str) -> list[ParagraphPair]:
    """Paragraph beside paragraph, changed characters marked on both sides."""
    left, right = _paragraphs(before), _paragraphs(after)
    pairs: list[ParagraphPair] = []
    for tag, a, b, c, d in SequenceMatcher(None, left, right, autojunk=False).get_opcodes():
        if tag == "equal":
            pairs += [ParagraphPair((TextPiece(text),), (TextPiece(text),)) for text in left[a:b]]
        else:
            pairs += [
                _pair(one, other) for one, other in zip_longest(left[a:b], right[c:d], fillvalue="")
            ]
    return pairs


def _paragraphs(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _pair(before: str, after: str) -> ParagraphPair:
    if not before or not after or SequenceMatcher(None, before, after).ratio() < 0.3:
        return ParagraphPair(
            _whole(before), _whole(after)
        )  # nothing in common that would help a reader
    left, right = WORD.findall(before), WORD.findall(after)
    found = list(SequenceMatcher(None, left, right, autojunk=False).get_opcodes())
    return ParagraphPair(
        tuple(_merged((left[a:b], tag != "equal") for tag, a, b, _c, _d in found)),
        tuple(_merged((right[c:d], tag != "equal") for tag, _a, _b, c, d in found)),
    )


def _whole(text: str) -> tuple[TextPiece, ...]:
    return (TextPiece(text, changed=True),) if text else ()


def _merged(parts: Iterator[tuple[list[str], bool]]) -> Iterator[TextPiece]:
    for words, changed in parts:
        if words:
            yield TextPiece("".join(words), changed)
