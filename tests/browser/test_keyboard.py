"""Without a mouse: signing in, skipping to the content, searching, taking a step; the focus is
always seen.
"""

from __future__ import annotations

from playwright.sync_api import Page, expect

from .people import Enter
from .server import Server

FOCUS_SHOWN = """() => {
  const e = document.activeElement, box = e.getBoundingClientRect(), s = getComputedStyle(e);
  const drawn = (style) => style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0 || style.boxShadow !== "none";
  const around = e.closest("label, .site-search, .ts-control, .choice");
  return e !== document.body && box.width > 0 && (drawn(s) || (around && drawn(getComputedStyle(around))));
}"""


def test_signing_in_by_keyboard(enter: Enter, server: Server) -> None:
    stranger = enter("public")
    username, password = server.sign_ins()["reviewer"]
    page = stranger.go("/")
    expect(page.locator("[name=login]")).to_be_focused()
    page.keyboard.type(username)
    page.keyboard.press("Tab")
    page.keyboard.type(password)
    page.keyboard.press("Enter")
    expect(page.locator(".masthead-tools .menu")).to_be_visible()
    assert stranger.path == "/"


def test_the_first_tab_skips_to_the_content(enter: Enter) -> None:
    page = enter("clerk").go("/proposals/")
    page.keyboard.press("Tab")
    skip = page.locator("a.skip")
    expect(skip).to_be_focused()
    box = skip.bounding_box()
    assert box and box["x"] >= 0 and box["y"] >= 0
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()


def test_the_focus_is_seen_at_every_stop_of_a_page(enter: Enter) -> None:
    person = enter("clerk")
    for path in ("/", "/proposals/", "/figures/check/"):
        assert _unseen_stops(person.go(path)) == [], path


def _unseen_stops(page: Page, most: int = 40) -> list[str]:
    unseen = []
    for _stop in range(most):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement === document.body"):
            break
        if not page.evaluate(FOCUS_SHOWN):
            unseen.append(str(page.evaluate("document.activeElement.outerHTML.slice(0, 160)")))
    return unseen


def test_slash_goes_to_the_search_and_enter_finds(enter: Enter) -> None:
    page = enter("clerk").go("/")
    page.keyboard.press("/")
    expect(page.locator("[data-search-shortcut]")).to_be_focused()
    page.keyboard.type("道路")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/?q=*")
    assert page.locator("main a[href^='/proposals/']").count() > 0


def test_a_step_is_taken_and_a_menu_left_by_keyboard(enter: Enter) -> None:
    clerk = enter("clerk")
    waiting = clerk.case_with("/pass_check/")
    page = clerk.go("/")
    page.locator(f".case-title a[href='{waiting}']").first.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".pen")).to_be_visible()
    summary = page.locator(".masthead-tools .menu > summary")
    summary.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".masthead-tools .menu-sheet")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator(".masthead-tools .menu-sheet")).to_be_hidden()
    expect(summary).to_be_focused()
    step = clerk.step("proposal", "pass_check")
    step.focus()
    page.keyboard.press("Enter")
    page.locator("form.step button[type=submit]").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".messages .notice-success")).to_be_visible()


LOOKS = """(attribute) => {
  const button = document.createElement("button");
  button.className = "btn btn-primary";
  if (attribute) button.setAttribute(attribute, "true");
  document.querySelector("main").append(button);
  const { borderTopStyle, backgroundColor, color } = getComputedStyle(button);
  return [borderTopStyle, backgroundColor, color];
}"""


def test_a_button_that_cannot_be_pressed_looks_so_however_it_is_marked(enter: Enter) -> None:
    page = enter("clerk").go("/")
    off, marked, live = (
        page.evaluate(LOOKS, attribute) for attribute in ("disabled", "aria-disabled", "")
    )
    assert off == marked != live
    assert off[0] == "dashed"
