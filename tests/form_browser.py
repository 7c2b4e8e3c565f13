"""A browser without a server: reads the forms of a page as a browser would, fills them in and sends
them, as often as asked.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from demo_county.visitor import Page, PageForm, Visitor
from tests.signing_in import browser_of
from tests.world import World
from yizheng.core.attempts import NAME


class Browser(Visitor):
    """Somebody of the small county, signed in as far as their role needs it."""

    def __init__(self, world: World, who: str) -> None:
        super().__init__("http://testserver")
        self.client = browser_of(world, who)

    def get(self, path: str) -> Page:
        return self._page(path, self.client.get(path))

    def post(self, url: str, data: dict[str, list[Any]]) -> Page:
        parts = urlsplit(url)
        where = f"{parts.path}?{parts.query}" if parts.query else parts.path
        for value in (each for values in data.values() for each in values if hasattr(each, "seek")):
            value.seek(0)  # a browser reads the chosen file anew
        return self._page(where, self.client.post(where, data))

    def _page(self, path: str, answer: Any) -> Page:
        content = b"" if answer.streaming else answer.content
        page = Page(
            self,
            f"{self.address}{path}",
            answer.status_code,
            answer.headers.get("Content-Type", "").split(";")[0],
            content,
        )
        page.leads_to = answer.headers.get("Location", "")
        return page


def leads_to(page: Page) -> str:
    """Where an answer sends the browser; empty when it is a page itself."""
    return str(page.leads_to)


def token_of(form: PageForm) -> str:
    (token,) = form.values[NAME]
    return str(token)
