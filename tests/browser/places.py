"""The main pages of a part: what its navigation leads to, and from there one page of each kind."""

from __future__ import annotations

import re

from .people import Person

NAVIGATION = ".site-nav a, .menu-sheet a, .bottom-bar a"
ONWARD = "main a:not([download])"
SKIPPED = re.compile(
    r"/files/|/export|/papers/|/letters/|/template/|/word/|/regulations/.*/file/|/data/|#|/chart/"
)
KINDS = re.compile(r"\d+|(?<=/figures/)proposals\.\w+")
AT_MOST, CASES = 40, 8


def main_pages(person: Person) -> list[str]:
    """Two steps from home, one address of each kind: numbers in it taken for one another, its query
    left aside.

    Of the cases that wait several are opened, because each offers the steps of its own state.
    """
    person.go("/")
    waiting = person.links(".case-title a")[:CASES]
    first = ["/", *_pages(person, NAVIGATION)]
    found = {kind_of(link): link for link in reversed(first)}
    for link in [*first, *waiting]:
        person.go(link)
        for onward in _pages(person, ONWARD):
            found.setdefault(kind_of(onward), onward)
    return list(found.values())[:AT_MOST]


def kind_of(link: str) -> str:
    return KINDS.sub("n", link.partition("?")[0])


def _pages(person: Person, selector: str) -> list[str]:
    return [link for link in person.links(selector) if not SKIPPED.search(link)]
