"""Plain text as people type it into a box, made into blocks with the fonts of its levels."""

import re
from typing import Literal, cast

from .blocks import Block, Heading, Paragraph
from .printable_text import printable

_NUMBER = "[一二三四五六七八九十]{1,3}"
_LEVELS: tuple[tuple[int, re.Pattern[str]], ...] = (
    (1, re.compile(rf"{_NUMBER}、")),
    (2, re.compile(rf"[（(]{_NUMBER}[）)]")),
    (3, re.compile(r"\d{1,2}[.．、](?!\d)")),
    (4, re.compile(r"[（(]\d{1,2}[）)]")),
)
_SENTENCE_END = re.compile("[。；;]")
MAX_HEADING = 40  # characters; a longer line that begins with a number is a numbered paragraph


def read_text(text: str) -> list[Block]:
    """一、 （一） 1.

    （1） at the head of a line make headings; the rest of the line after 。 runs on as body text.
    """
    return [_block(line.strip()) for line in printable(text).split("\n") if line.strip()]


def _block(line: str) -> Block:
    level = next((level for level, pattern in _LEVELS if pattern.match(line)), 0)
    if not level:
        return Paragraph(line)
    end = _SENTENCE_END.search(line)
    head, rest = (line[: end.end()], line[end.end() :].strip()) if end else (line, "")
    if len(head) > MAX_HEADING or (not rest and end):
        return Paragraph(line)
    return Heading(cast(Literal[1, 2, 3, 4], level), head, numbered=False, run_in=rest)
