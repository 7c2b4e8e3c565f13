"""Whoever follows a link finds the page behind it: none is offered that the reader may not open."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterator
from typing import Any
from urllib.parse import urljoin, urlsplit

import lxml.html
import pytest
from django.test import Client
from django.urls import resolve

from tests.signing_in import browser_of
from tests.test_urls import ROWS, places  # noqa: F401 (a fixture)
from tests.world import World

PEOPLE = sorted({row.having[0] for row in ROWS})
EACH_WAY = 3
"""So many links from one kind of page to another are followed."""


def _links(page: str, content: bytes) -> Iterator[str]:
    for link in lxml.html.fromstring(content).xpath("//a/@href"):
        url = urljoin(page, link).partition("#")[0]
        if url.startswith("/") and not url.startswith("/static/"):
            yield url


def _kind(url: str) -> str:
    return resolve(urlsplit(url).path).view_name


def closed_doors(browser: Client) -> list[tuple[str, str, int]]:
    """From the first page on: page, link and status of what is offered and refused."""
    refused, seen, ways = [], {"/"}, Counter[tuple[str, str]]()
    waiting = deque([("", "/")])
    while waiting:
        before, url = waiting.popleft()
        answer: Any = browser.get(url, follow=True)
        if answer.status_code >= 400:
            refused.append((before, url, answer.status_code))
        is_page = answer.headers.get("Content-Type", "").startswith("text/html")
        if answer.status_code != 200 or not is_page or answer.streaming:
            continue
        for link in _links(url, answer.content):
            way = _kind(url), _kind(link)
            if link not in seen and ways[way] < EACH_WAY:
                seen.add(link)
                ways[way] += 1
                waiting.append((url, link))
    return refused


@pytest.mark.parametrize("who", PEOPLE)
def test_no_link_leads_to_a_closed_door(
    world: World,
    places: dict[str, Any],  # noqa: F811
    who: str,
) -> None:
    assert closed_doors(browser_of(world, who)) == []
