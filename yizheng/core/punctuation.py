"""What stands between words in the language of the page: 甲、乙；案由：水务局（主办）.

What was marked as safe stays so and the rest beside it is escaped; of plain words plain words are
made, which the page escapes like any other.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.functional import Promise
from django.utils.html import format_html, format_html_join
from django.utils.translation import pgettext


def join_cn(values: Iterable[object]) -> str:
    """The pieces of an enumeration in the language's own way: 甲、乙、丙."""
    return _joined(pgettext("enumeration", ", "), values)


def clauses(values: Iterable[object]) -> str:
    """Parts of one sentence: 已立案，正在办理."""
    return _joined(pgettext("clauses", "; "), values)


def sentences(values: Iterable[object]) -> str:
    """Several sentences on one line: 甲；乙."""
    return _joined(pgettext("sentences", "; "), values)


def one_after_the_other(values: Iterable[object]) -> str:
    """Whole sentences as the language writes them: after a Chinese full stop there is no space."""
    return " ".join(map(str, values)).replace("。 ", "。")


def shortened(text: str, most: int = 200) -> str:
    """As many characters of a long text as a trail or a heading shows; that it goes on is seen."""
    return text if len(text) <= most else f"{text[: most - 1]}…"


def is_shortened(text: str, most: int = 200) -> bool:
    """Whether it may have gone on."""
    return len(text) >= most and text.endswith("…")


def colon(label: object, text: object) -> str:
    """案由：此项必填."""
    return _filled(pgettext("label", "{label}: {text}"), label=label, text=text)


def bracketed(text: object) -> str:
    """What is said of the words before it: 水务局（主办）; nothing, where nothing is said."""
    return _filled(pgettext("brackets", " ({text})"), text=text) if text else ""


def _joined(between: str, values: Iterable[object]) -> str:
    pieces = [_said(value) for value in values]
    if any(map(_is_safe, pieces)):
        return format_html_join(between, "{}", ((piece,) for piece in pieces))
    return between.join(map(str, pieces))


def _filled(pattern: str, **texts: object) -> str:
    pieces: dict[str, Any] = {name: _said(text) for name, text in texts.items()}
    if any(map(_is_safe, pieces.values())):
        return format_html(pattern, **pieces)
    return pattern.format(**pieces)


def _said(value: object) -> object:
    return str(value) if isinstance(value, Promise) else value


def _is_safe(value: object) -> bool:
    return hasattr(value, "__html__")
