"""Every list at four widths of window, with long names and with none, one and five hundred rows."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from . import tables
from .crowded import ROWS
from .people import Crowd, Person
from .server import demo_data

WIDTHS = (320, 1024, 1600, 2560)
LISTS = {
    "clerk": ("/", "/proposals/", "/promises/", "/figures/proposals.received/", "/figures/all/"),
    "assigner": ("/proposals/assignments/?state=",),
    "organiser": (
        "/people/",
        "/contacts/",
        "/venues/",
        "/venues/visits/",
        "/activities/?year=all",
        "/activities/plan/",
        "/enterprises/",
        "/library/",
        "/groups/",
        "/staff/",
        "/notices/",
    ),
    "editor": ("/opinions/", "/opinions/issues/", "/instructions/", "/transfers/"),
    "administrator": (
        "/people/accounts/",
        "/organisation/units/",
        "/organisation/roles/",
        "/organisation/committees/",
        "/organisation/calendar/",
        "/organisation/terms/",
    ),
    "auditor": ("/audit/",),
    "public": ("/public/yunxi/",),
}
FILTERED = {"organiser": ("/people/?q=无此人",), "clerk": ("/proposals/?session=all&q=无此事",)}
SHORT = {"/organisation/terms/": 3, "/public/yunxi/": 20, "/": 40, "/notices/": 30}
"""A page that shows fewer than fifty rows, however many there are."""


@pytest.fixture(scope="module")
def crowded(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Crowd]:
    server = demo_data(tmp_path_factory.mktemp("crowded"))
    server.shell("from tests.browser.crowded import crowd; crowd()")
    try:
        server.start()
        yield Crowd(browser, server)
    finally:
        server.stop()


@pytest.mark.parametrize("part", LISTS)
def test_lists_hold_five_hundred_long_rows_and_one(crowded: Crowd, part: str) -> None:
    person = crowded.enter(part)
    found = [each for path in LISTS[part] for each in _problems(person, path)]
    assert found + person.leave() == []


@pytest.mark.parametrize("part", FILTERED)
def test_a_list_without_rows_fits_as_well(crowded: Crowd, part: str) -> None:
    person = crowded.enter(part)
    for path in FILTERED[part]:
        person.go(path)
        assert tables.rows(person) == 0
        assert person.page.locator(".empty").is_visible()
        assert tables.problems(person, *WIDTHS) == []
    assert person.leave() == []


def test_every_row_of_a_list_that_has_no_pages_is_there(crowded: Crowd) -> None:
    person = crowded.enter("organiser")
    person.go("/groups/")
    assert tables.rows(person) == ROWS
    assert person.leave() == []


def test_beside_the_home_page_nothing_is_hidden_at_125_per_cent(crowded: Crowd) -> None:
    """1280 pixels at 125 % are 1024: one column, every deadline in sight."""
    person = crowded.enter("clerk")
    person.page.set_viewport_size({"width": 1024, "height": 720})
    page = person.go("/")
    list_box = page.locator("#results").bounding_box()
    aside = page.locator("main aside").bounding_box()
    assert list_box and aside
    assert aside["y"] >= list_box["y"] + list_box["height"]
    due = page.locator(".col-due .pill").first.bounding_box()
    assert due
    assert due["x"] + due["width"] <= list_box["x"] + list_box["width"]
    assert person.leave() == []


def test_the_measure_sees_what_is_wrong(crowded: Crowd) -> None:
    """Else a blind measure would pass every list."""
    person = crowded.enter("organiser")
    page = person.go("/people/")
    for selector, style, said in (
        (".is-name .cell", "width: 1em", "name"),
        ("tbody tr:first-child td", "height: 90px", "px high"),
        (".case-title > a", "display: block; width: 8em", "lines"),
        (".cases", "width: 3000px", "wider than its frame"),
        (".cases", "width: 300px", "leaves room"),
        (".page", "max-width: 900px", "the page uses"),
        (".page-head", "width: 2600px", "sideways"),
    ):
        person.go("/people/")
        page.eval_on_selector_all(
            selector, "(found, style) => found.forEach((e) => (e.style.cssText = style))", style
        )
        assert any(said in each for each in tables.problems(person, 1600)), (selector, style)
    assert person.leave() == []


def _problems(person: Person, path: str) -> list[str]:
    person.page.set_viewport_size({"width": 1280, "height": 900})
    answer = person.page.goto(person.address + path)
    found = [] if answer and answer.ok else [f"status {answer and answer.status}"]
    if (count := tables.rows(person)) < SHORT.get(path, 50):
        found.append(f"only {count} rows")
    found += tables.problems(person, *WIDTHS)
    tables.leave_one_row(person)
    found += [f"one row {each}" for each in tables.problems(person, *WIDTHS[:3])]
    return [f"{path}: {each}" for each in found]
