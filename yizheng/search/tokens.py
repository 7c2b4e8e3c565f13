"""Tokens of the search: Chinese runs as overlapping pairs of characters, everything else as whole
words.

Pairs find every word of two characters and more without a dictionary; longer words are checked
against the text afterwards, because all their pairs can stand in a text without the word itself.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from markupsafe import Markup, escape

_HAN = "\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_HAN_RUN = re.compile(f"[{_HAN}]+")
_RUN = re.compile(rf"[{_HAN}]+|[^\W_{_HAN}]+")
LONGEST_WORD = 40


def fold(text: str) -> str:
    """Full and half width, large and small letters are one."""
    return unicodedata.normalize("NFKC", text).casefold()


def tokens(text: str) -> list[str]:
    """Each token once, in the order of the text."""
    return list(dict.fromkeys(_tokens(fold(text))))


def _tokens(folded: str) -> Iterator[str]:
    for run in _RUN.findall(folded):
        if len(run) == 1 or not _HAN_RUN.match(run):
            yield run[:LONGEST_WORD]
        else:
            yield from map("".join, pairwise(run))


def words(query: str) -> list[str]:
    """What a reader asks for: the pieces between spaces and signs, folded; at most eight."""
    pieces = re.findall(r"[^\W_]+", fold(query))
    return list(dict.fromkeys(pieces))[:8]


def tokens_asked(asked: Iterable[str]) -> list[str]:
    """Tokens that must all be in a text that holds the words.

    A lone Chinese character has none of its own.
    """
    found = (token for word in asked for token in _tokens(word))
    return list(
        dict.fromkeys(token for token in found if len(token) > 1 or not _HAN_RUN.match(token))
    )


def holds(text: str, asked: Iterable[str]) -> bool:
    folded = fold(text)
    return all(word in folded for word in asked)


# Showing ------------------------------------------------------------------------------------------


def _spans(text: str, asked: Iterable[str]) -> list[tuple[int, int]]:
    """Where the words stand in the text as written."""
    folded = fold(text)
    origin: Sequence[int] = range(len(text))
    if len(folded) != len(
        text
    ):  # folding made one character two, or two one: follow each by itself
        pieces = [fold(character) for character in text]
        folded = "".join(pieces)
        origin = [place for place, piece in enumerate(pieces) for _ in piece]
    spans = []
    for word in filter(None, asked):
        start = folded.find(word)
        while start >= 0:
            spans.append((origin[start], origin[start + len(word) - 1] + 1))
            start = folded.find(word, start + len(word))
    return sorted(spans)


def mark(text: str, asked: Iterable[str]) -> Markup:
    """The text with the words marked, and everything else escaped."""
    parts, done = [], 0
    for start, end in _spans(text, asked):
        if start < done:
            continue
        parts += [
            escape(text[done:start]),
            Markup("<mark>"),
            escape(text[start:end]),
            Markup("</mark>"),
        ]
        done = end
    return Markup("").join([*parts, escape(text[done:])])


def snippet(text: str, asked: Iterable[str], around: int = 36) -> Markup:
    """The first place where a word stands, with some text around it; the beginning when there is
    none.
    """
    asked = list(asked)
    spans = _spans(text, asked)
    start = max(0, spans[0][0] - around) if spans else 0
    end = min(len(text), (spans[0][1] if spans else start) + around * 2)
    piece = " ".join(text[start:end].split())
    return Markup("").join(
        ["…" if start else "", mark(piece, asked), "…" if end < len(text) else ""]
    )
