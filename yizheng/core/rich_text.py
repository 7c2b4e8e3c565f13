"""Light rich text: what an office writes, and nothing that could run."""

from __future__ import annotations

import html
import re

import nh3

TAGS = {"p", "br", "strong", "em", "ul", "ol", "li", "h3", "blockquote", "div"}
BLOCK_END = re.compile(r"</(?:p|div|li|h3|blockquote)>|<br\s*/?>", re.IGNORECASE)


def clean_rich_text(text: str) -> str:
    """Only paragraphs, emphasis and lists are kept; no attribute, link, image or script."""
    return nh3.clean(text, tags=TAGS, attributes={}, clean_content_tags={"script", "style"}).strip()


def plain_text(rich: str) -> str:
    """The words of a rich text, a line a block."""
    broken = BLOCK_END.sub("\n", rich)
    words = html.unescape(nh3.clean(broken, tags=set(), attributes={}))
    return "\n".join(line.strip() for line in words.splitlines() if line.strip())


IS_RICH = re.compile(r"\s*<(p|div|ul|ol|h3|blockquote)>.*</(?:p|div|ul|ol|h3|blockquote)>\s*", re.S)
"""As the editor writes it, from the first block to the last."""


def readable(text: str) -> str:
    """What somebody wrote, as they saw it: rich text by its words, any other as it is."""
    return plain_text(text) if IS_RICH.fullmatch(text) else text
