"""People at a browser: signed in once for all tests, their consoles listened to, pages judged."""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
import struct
import time
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Locator,
    Page,
    Response,
    expect,
)

from .server import ROOT, Server

AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
HEIGHTS = {360: 740, 640: 800}
OVERFLOWING = """() => {
  const width = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= width) return [];
  const wide = [...document.querySelectorAll("body *")].filter((e) => e.getBoundingClientRect().right > width + 1);
  const named = wide.map((e) => e.tagName.toLowerCase() + "." + [...e.classList].join("."));
  return [`${document.documentElement.scrollWidth} > ${width}: ` + [...new Set(named)].slice(0, 6).join(" ")];
}"""
SETTLED = """() => document.readyState === "complete" &&
  !document.querySelector("[data-chart]:not(.chart-drawn), textarea[data-editor]:not([hidden]), [hx-trigger=load], .htmx-request")"""
SHAPES = """() => {
  const shape = (e) => e.tagName + [...e.classList].sort().map((c) => "." + c).join("") +
    [...e.attributes].map((a) => (["role", "type", "scope"].includes(a.name) ? `[${a.name}=${a.value}]` : `[${a.name}]`)).sort().join("");
  const words = (e) => [...e.childNodes].some((n) => n.nodeType === 3 && n.textContent.trim()) ? "…" : "";
  return [...new Set([...document.querySelectorAll("body *")].map((e) => `${shape(e.parentElement)}${words(e.parentElement)}>${shape(e)}${words(e)}`))];
}"""
VIOLATIONS = """async () => (await axe.run({ resultTypes: ["violations"] })).violations.map(
  (v) => `${v.impact} ${v.id}: ` + v.nodes.slice(0, 3).map((n) => n.target.join(" ")).join(" | "))"""


def choose(choice: Locator) -> None:
    """By its words, as people do: the mark itself is drawn, and its input not to be seen."""
    choice.locator("xpath=ancestor::label").click()
    expect(choice).to_be_checked()


class Person:
    """One window of a signed-in person."""

    def __init__(self, context: BrowserContext, address: str, part: str) -> None:
        self.context, self.address, self.part = context, address, part
        self.allowed: list[str] = []
        self._heard: list[str] = []
        self.page: Page = self.open_window()

    def open_window(self) -> Page:
        page = self.context.new_page()
        page.on("console", self._hear)
        page.on("pageerror", lambda error: self._heard.append(f"{page.url}: {error}"))
        page.on("response", self._look)
        return page

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self._heard.append(
                f"{urlsplit(message.page.url).path if message.page else ''}: {message.text}"
            )

    def _look(self, response: Response) -> None:
        if response.status >= 500:
            self._heard.append(f"{response.status} {response.url}")

    def allow(self, *patterns: str) -> None:
        """What the console may say in this test, because the test brings it about."""
        self.allowed += patterns

    def leave(self) -> list[str]:
        """Closes the windows; returns what was complained of."""
        self.context.close()
        return [
            text
            for text in self._heard
            if not any(re.search(pattern, text) for pattern in self.allowed)
        ]

    # Going about ----------------------------------------------------------------------------------

    def go(self, path: str) -> Page:
        self.page.goto(self.address + path)
        return self.page

    def wait(self) -> Page:
        """Until all is there that a page draws or fetches after it has been loaded."""
        self.page.wait_for_function(SETTLED)
        return self.page

    @property
    def path(self) -> str:
        return urlsplit(self.page.url).path

    def links(self, selector: str) -> list[str]:
        """Where these links of the page lead inside the platform, each once."""
        found = self.page.eval_on_selector_all(
            selector, "links => links.map(a => a.getAttribute('href'))"
        )
        return list(dict.fromkeys(link for link in found if link and link.startswith("/")))

    def case_with(self, address: str) -> str:
        """The first case waiting for the person whose page leads to such an address; the page is
        open then.
        """
        self.go("/")
        for link in self.links(".case-title a[href^='/proposals/']"):
            self.go(link)
            if self.links(f"a[href*='{address}']"):
                return link
        raise AssertionError(f"Nothing waits for the {self.part} that leads to {address}.")

    def step(self, flow: str, name: str) -> Locator:
        """The button of a step on the page of a proposal, wherever the bar shows it."""
        found = self.page.locator(
            f"a[href*='/steps/{flow}/'][href*='/{name}/'], "
            f"form[action*='/steps/{flow}/'][action*='/{name}/'] button"
        )
        if not found.first.is_visible():
            self.page.locator(".pen-more > summary").click()
        return found.first

    def place(self) -> str:
        """Where the person stands, as the masthead says: the unit's name."""
        self.go("/")
        return (self.page.text_content(".account-place") or "").lstrip(" ·").strip()

    def confirm(self) -> None:
        self.page.locator("#confirm [value=yes]").click()

    # Judging --------------------------------------------------------------------------------------

    def overflow(self, width: int) -> list[str]:
        """What does not fit across a window of this width."""
        self.page.set_viewport_size({"width": width, "height": HEIGHTS.get(width, 900)})
        for _moment in range(15):  # charts are drawn anew
            found: list[str] = self.page.evaluate(OVERFLOWING)
            if not found:
                break
            self.page.wait_for_timeout(200)
        return found

    def shapes(self) -> frozenset[str]:
        """Every element there is, with what it stands in: their names, classes and attributes, and
        whether they hold words.
        """
        return frozenset(self.page.evaluate(SHAPES))

    def violations(self) -> list[str]:
        """What axe finds against the accessibility rules."""
        self.context.new_cdp_session(self.page).send(
            "Runtime.evaluate", {"expression": AXE.read_text(encoding="utf-8")}
        )
        found: list[str] = self.page.evaluate(VIOLATIONS)
        return found


Enter = Callable[..., Person]
"""Lets a person of a part in, at a width (the fixture `enter`)."""


class Crowd:
    """Signs everybody in once; each test gets windows of its own."""

    def __init__(self, browser: Browser, server: Server) -> None:
        self.browser, self.server = browser, server
        self._signed_in: dict[str, Any] = {}

    def enter(self, part: str, width: int = 1280) -> Person:
        if part != "public" and part not in self._signed_in:
            self._signed_in[part] = self._sign_in(part)
        return Person(self._context(width, self._signed_in.get(part)), self.server.address, part)

    def _context(self, width: int, state: Any = None) -> BrowserContext:
        size = {"width": width, "height": HEIGHTS.get(width, 900)}
        return self.browser.new_context(
            viewport=size, storage_state=state, has_touch=width < 500, locale="zh-CN"
        )

    def _sign_in(self, part: str) -> Any:
        context = self._context(1280)
        page = context.new_page()
        sign_in(page, self.server, part)
        state = context.storage_state()
        context.close()
        return state


def sign_in(page: Page, server: Server, part: str) -> None:
    """By the form; an account that must have a second factor sets it up."""
    username, password = server.sign_ins()[part]
    page.goto(f"{server.address}/account/sign-in/")
    page.fill("[name=login]", username)
    page.fill("[name=password]", password)
    page.click("button[type=submit]")
    if "/second-factor/set-up/" in page.url:
        page.fill("[name=code]", one_time_code((page.text_content("details code") or "").strip()))
        page.click(".card form button[type=submit]")
        page.goto(server.address)
    assert urlsplit(page.url).path == "/", (
        f"{part} did not get in: {page.url} {page.inner_text('main')}"
    )


def one_time_code(secret: str) -> str:
    """RFC 6238, six digits, thirty seconds."""
    key = base64.b32decode(secret + "=" * (-len(secret) % 8))
    digest = hmac.new(key, struct.pack(">Q", int(time.time()) // 30), hashlib.sha1).digest()
    place = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[place : place + 4])[0] & 0x7FFFFFFF) % 1_000_000:06d}"
