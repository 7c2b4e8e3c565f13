"""Every main page of every part: accessible, within its window, without a complaint in
the console.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from . import markup, tables
from .people import Enter, Person
from .places import kind_of, main_pages

PARTS = (
    "member",
    "clerk",
    "reviewer",
    "assigner",
    "officer",
    "leader",
    "chairperson",
    "auditor",
    "administrator",
)
PUBLIC = ("/public/yunxi/", "/account/sign-in/")
PICTURES = os.environ.get("YIZHENG_BROWSER_PICTURES", "")


_judged: set[str] = set()
"""What stood on pages that were judged already.

The parts share most of it, and the judge is slow: where nothing is new it is not asked.
"""

_unread: dict[str, bytes] = {}
"""Pages with something new in them, to be held against the standard together."""

_measured: set[str] = set()
"""Pages whose tables were measured, for whichever part."""


@pytest.mark.parametrize("part", PARTS)
def test_pages_of_a_part_are_accessible_and_fit_on_desk_telephone_and_at_double_size(
    enter: Enter, part: str, tmp_path: Path
) -> None:
    person = enter(part)
    pages = main_pages(person)
    assert len(pages) >= 4
    assert [problem for path in pages for problem in _problems(person, path)] == []
    assert markup.faults(_unread, tmp_path) == []
    _unread.clear()


@pytest.mark.parametrize("path", PUBLIC)
def test_pages_of_a_stranger_are_accessible_and_fit(enter: Enter, path: str) -> None:
    person = enter("public")
    problems = _problems(person, path)
    cases = person.links("main a[href*='/public/']")[:1]
    assert problems + [problem for case in cases for problem in _problems(person, case)] == []


def test_the_judge_of_markup_sees_what_is_wrong(tmp_path: Path) -> None:
    wrong = b"<!doctype html><html lang=en><head><title>t</title></head><body><p><form></form></p>"
    assert any("/p" in each for each in markup.faults({"/wrong/": wrong}, tmp_path))


def test_the_judge_sees_what_is_wrong(enter: Enter) -> None:
    """Else a silent judge would pass every page."""
    person = enter("public")
    page = person.go("/account/sign-in/")
    page.evaluate(
        "document.querySelector('main').insertAdjacentHTML('beforeend', '<input><div "
        "class=\\'far\\'>far</div>')"
    )
    page.evaluate("document.querySelector('.far').style.width = '3000px'")
    assert any("label" in violation for violation in person.violations())
    assert person.overflow(1280)


def _problems(person: Person, path: str) -> list[str]:
    person.page.set_viewport_size({"width": 1280, "height": 900})
    answer = person.page.goto(person.address + path)
    person.wait()
    found = [] if answer and answer.ok else [f"status {answer and answer.status}"]
    _picture(person, path, 1280)
    if not (shapes := person.shapes()) <= _judged:
        found += person.violations()
        _judged.update(shapes)
        if answer and answer.ok:
            _unread[path] = answer.body()
    if kind_of(path) not in _measured and tables.rows(person):
        found += tables.problems(person, 1024)
        _measured.add(kind_of(path))
    found += [f"at 1280: {each}" for each in person.overflow(1280)]
    found += [f"at 640 (200 %): {each}" for each in person.overflow(640)]
    found += [f"at 360: {each}" for each in person.overflow(360)]
    _picture(person, path, 360)
    return [f"{path}: {each}" for each in found]


def _picture(person: Person, path: str, width: int) -> None:
    """For whoever wants to look: YIZHENG_BROWSER_PICTURES names a folder."""
    if PICTURES:
        name = re.sub(r"\W+", "-", kind_of(path)).strip("-") or "home"
        person.page.screenshot(path=Path(PICTURES) / f"{person.part}-{name}-{width}.png")
