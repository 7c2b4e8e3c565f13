"""A Chromium, the demo county on a server of its own, and people who are signed in to it."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Playwright, sync_playwright

from .people import Crowd, Enter, Person
from .pictures import chromium, launch
from .server import Server, demo_data

HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.path.is_relative_to(HERE):
            item.add_marker(pytest.mark.browser)


def _demand_chromium(*, whole: bool = False) -> None:
    if not chromium(whole=whole):
        why = "Chromium is not installed here (Debian: apt-get install chromium)."
        if os.environ.get("CI") == "true":
            pytest.fail(why)
        pytest.skip(why)


@pytest.fixture(scope="package")
def playwright() -> Iterator[Playwright]:
    """For this folder only: its event loop must be gone before other tests use the database."""
    with sync_playwright() as running:
        yield running


@pytest.fixture(scope="package")
def browser(playwright: Playwright) -> Iterator[Browser]:
    _demand_chromium()
    running = launch(playwright.chromium.launch)
    yield running
    running.close()


@pytest.fixture
def whole_browser(playwright: Playwright) -> Iterator[Callable[..., Browser]]:
    """Starts another one, with all that a browser on a desk has, and with these flags."""
    running: list[Browser] = []

    def start(*flags: str) -> Browser:
        _demand_chromium(whole=True)
        running.append(launch(playwright.chromium.launch, *flags, whole=True))
        return running[-1]

    yield start
    for each in running:
        each.close()


@pytest.fixture(scope="package")
def server(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    demo = demo_data(tmp_path_factory.mktemp("county"))
    try:
        demo.start()
        yield demo
    finally:
        demo.stop()


@pytest.fixture(scope="package")
def crowd(browser: Browser, server: Server) -> Crowd:
    return Crowd(browser, server)


@pytest.fixture
def enter(crowd: Crowd) -> Iterator[Enter]:
    """Lets a person of a part in, at a width; at the end nobody may have met an error in the
    console.
    """
    inside: list[Person] = []

    def come(part: str, width: int = 1280) -> Person:
        inside.append(crowd.enter(part, width))
        return inside[-1]

    yield come
    complaints = [complaint for person in inside for complaint in person.leave()]
    assert complaints == []
