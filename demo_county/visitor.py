"""A visitor of a running server: follows links, fills the forms that stand on its pages, and sends
them.
"""

from __future__ import annotations

import io
import re
import urllib.error
import urllib.request
from collections.abc import Iterator
from http.cookiejar import CookieJar
from typing import Any
from urllib.parse import urljoin, urlsplit

from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart
from lxml import html

SENTENCES = (
    "//*[@data-refusal]",
    "//*[contains(@class, 'error-summary')]//li",
    "//*[contains(@class, 'notice-error')]//p",
)


class Unexpected(Exception):
    """The server answered otherwise than it should; the message is what it said."""


class Upload(io.BytesIO):
    """A file chosen in a form."""

    def __init__(self, name: str, content: bytes) -> None:
        super().__init__(content)
        self.name = name


class Page:
    def __init__(self, visitor: Visitor, url: str, status: int, kind: str, content: bytes) -> None:
        self.visitor, self.url, self.status, self.content = visitor, url, status, content
        self.tree: Any = (
            html.fromstring(content.decode(), base_url=url)
            if kind == "text/html" and content
            else None
        )
        for template in self._all("//template"):  # for scripts; no part of the page as it stands
            template.drop_tree()

    @property
    def path(self) -> str:
        return urlsplit(self.url).path

    @property
    def sentence(self) -> str:
        """What the page says is wrong; empty when nothing is."""
        found = (element for xpath in SENTENCES for element in self._all(xpath))
        return next((text for element in found if (text := _text(element))), "")

    def _all(self, xpath: str) -> list[Any]:
        return list(self.tree.xpath(xpath)) if self.tree is not None else []

    def words(self, class_name: str) -> list[str]:
        """Texts of the elements of a class."""
        return [
            _text(element)
            for element in self._all(f"//*[contains(concat(' ', @class, ' '), ' {class_name} ')]")
        ]

    def count(self) -> int:
        """How many rows the list of the page holds, on all its parts."""
        found = self._all("//@data-count")
        if not found:
            raise Unexpected(f"{self.path} says no count")
        return int(found[0])

    def addresses(self, pattern: str) -> Iterator[re.Match[str]]:
        """Where links and forms of the page lead, as far as it matches, each once."""
        targets = dict.fromkeys(self._all("//a/@href | //form/@action"))
        return (match for target in targets if (match := re.search(pattern, target)))

    def address(self, pattern: str) -> str:
        for match in self.addresses(pattern):
            return str(match.string)
        raise Unexpected(f"{self.path} leads nowhere like {pattern}")

    def form(self, action: str = "", holding: str = "") -> PageForm:
        """The form that is sent to an address like `action`, or that holds a field of that name."""
        for element in self.tree.forms if self.tree is not None else ():
            form = PageForm(self, element)
            if (action and re.search(action, form.url)) or (holding and holding in form.names):
                return form
        raise Unexpected(
            f"{self.path} holds no form for {action or holding}. {self.sentence}".strip()
        )


class PageForm:
    """A form as it stands on its page, with what a browser would send of it."""

    def __init__(self, page: Page, element: Any) -> None:
        self.page, self.element = page, element
        self.url = urljoin(page.url, element.get("action") or page.url)
        self.names: set[str] = set(
            element.xpath(".//*[self::input or self::select or self::textarea]/@name")
        )
        self.values: dict[str, list[Any]] = {}
        for name, value in element.form_values():
            self.values.setdefault(name, []).append(value)

    def named(self, pattern: str) -> list[str]:
        """Names of fields in their order on the page."""
        found = self.element.xpath(".//*[self::input or self::select or self::textarea]/@name")
        return [name for name in dict.fromkeys(found) if re.search(pattern, name)]

    def choices(self, name: str) -> list[str]:
        """What a person can choose there."""
        options = self.element.xpath(
            f".//select[@name='{name}']//option/@value | .//input[@name='{name}']/@value"
        )
        return [option for option in options if option]

    def fill(self, **values: Any) -> PageForm:
        for name, value in values.items():
            self.put(name, *(value if isinstance(value, list) else [value]))
        return self

    def put(self, name: str, *values: Any) -> None:
        if name not in self.names:
            raise Unexpected(f"{self.page.path} has no field {name}")
        choosing = self.element.xpath(
            f".//select[@name='{name}'] | .//input[@type='radio'][@name='{name}']"
        )
        if wrong := [
            value for value in values if choosing and str(value) not in self.choices(name)
        ]:
            raise Unexpected(f"{self.page.path} does not offer {wrong[0]} for {name}")
        self.values[name] = list(values)

    def send(self, press: str = "") -> Page:
        """Send it, by the button of that name if one is given.

        Raises Unexpected when the server refuses.
        """
        data = {**self.values}
        if press:
            buttons = self.element.xpath(f".//button[@name='{press}']")
            if not buttons:
                raise Unexpected(f"{self.page.path} has no button {press}")
            data[press] = [buttons[0].get("value", "")]
        return self.page.visitor.post(self.url, data)


class Visitor:
    """Keeps its own cookies: one visitor, one person."""

    def __init__(self, address: str) -> None:
        if not re.match(r"https?://", address):
            raise Unexpected(f"{address} is no address of a server")
        self.address = address.rstrip("/")
        self._opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))

    def get(self, path: str) -> Page:
        return self._read(urllib.request.Request(urljoin(f"{self.address}/", path)))  # noqa: S310 (checked above)

    def post(self, url: str, data: dict[str, list[Any]]) -> Page:
        flat = {name: values if len(values) != 1 else values[0] for name, values in data.items()}
        body = encode_multipart(BOUNDARY, flat)
        return self._read(urllib.request.Request(url, body, {"Content-Type": MULTIPART_CONTENT}))  # noqa: S310

    def _read(self, request: urllib.request.Request) -> Page:
        try:
            answer = self._opener.open(request, timeout=30)
        except urllib.error.HTTPError as error:
            answer = error
        except OSError as error:
            raise Unexpected(f"{request.full_url}: {error}") from error
        with answer:
            page = Page(
                self,
                answer.url,
                answer.status or 0,
                answer.headers.get_content_type(),
                answer.read(),
            )
        if page.status >= 400 or page.sentence:
            raise Unexpected(f"{page.status} {page.path}: {page.sentence or 'no sentence'}")
        return page


def _text(element: Any) -> str:
    return " ".join(element.text_content().split())
