"""In English every page speaks English: what stays Chinese is what people and the
regulation wrote.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from .people import Enter, Person
from .places import main_pages
from .server import ROOT

CHINESE = re.compile(r"[一-鿿]")
# Where only the platform speaks. A heading with a language of its own is a record's title; cells
# and choices hold what people wrote.
OURS = (
    ".site-nav a",
    ".bottom-bar a",
    ".menu-sheet button, .menu-sheet a",
    "h2:not([lang])",
    "legend",
    ".field-label",
    "th[scope=col]",
    ".field-help",
    ".pen-label",
    ".btn",
    ".empty p",
    ".tabs a",
    ".filter label",
)


@pytest.mark.parametrize(
    "part", ["member", "clerk", "assigner", "officer", "chairperson", "administrator"]
)
def test_no_chinese_of_ours_is_left(enter: Enter, part: str) -> None:
    person = enter(part)
    person.go("/")
    _switch(person, "en")
    try:
        pages = main_pages(person)
        left = [f"{path}: {text}" for path in pages for text in _left(person, path)]
    finally:
        person.go("/")
        _switch(person, "zh-hans")
    assert left == []


def _switch(person: Person, language: str) -> None:
    if person.page.get_attribute("html", "lang") != language:
        person.page.locator(".masthead-tools .menu > summary").click()
        person.page.locator(f"button[name=language][value={language}]").click()
    assert (person.page.get_attribute("html", "lang") or "").lower() == language


def _left(person: Person, path: str) -> Iterator[str]:
    person.go(path)
    assert person.page.get_attribute("html", "lang") == "en"
    ours = _our_chinese()
    for selector in OURS:
        for text in person.page.locator(selector).all_inner_texts():
            if text.strip() in ours and CHINESE.search(text):
                yield f"{selector} {text.strip()}"


def _our_chinese(known: set[str] = set()) -> set[str]:  # noqa: B006 (read once)
    """Every Chinese text of the platform's catalogues."""
    if not known:
        for catalogue in (ROOT / "yizheng").glob("*/locale/zh_Hans/LC_MESSAGES/django.po"):
            known.update(_texts(catalogue))
    return known


def _texts(catalogue: Path) -> Iterator[str]:
    with catalogue.open("rb") as source:
        for message in read_po(source):
            if isinstance(message.string, str) and message.string:
                yield message.string
