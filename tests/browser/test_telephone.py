"""A member with a telephone of 360 pixels: what waits, large type.

What they do there: test_taps.py.
"""

from __future__ import annotations

from playwright.sync_api import expect

from .people import OVERFLOWING, Enter, Person

THUMB = 44


def test_what_waits_for_a_member_is_on_the_first_screen(enter: Enter) -> None:
    member = enter("member", 360)
    page = member.go("/")
    expect(page.locator(".bottom-bar a")).to_have_count(5)
    first = page.locator(".case-title a").first.bounding_box()
    assert first and first["y"] < 500
    heights = page.eval_on_selector_all(
        ".bottom-bar a", "links => links.map(a => a.getBoundingClientRect().height)"
    )
    assert all(height >= THUMB for height in heights)


def test_large_type_is_large_and_fits(enter: Enter) -> None:
    member = enter("member", 360)
    page = member.go("/")
    usual = _size(member)
    page.locator(".menu > summary").last.click()
    page.locator("button[name=elder][value='1']").click()
    expect(page.locator("html")).to_have_attribute("data-mode", "elder")
    try:
        assert _size(member) >= usual * 1.15
        for path in ("/", "/proposals/", "/proposals/new/", "/notices/", "/people/me/"):
            member.go(path)
            assert page.evaluate(OVERFLOWING) == [], path
        assert member.violations() == []
    finally:
        page.locator(".menu > summary").last.click()
        page.locator("button[name=elder][value='0']").click()
        expect(page.locator("html")).not_to_have_attribute("data-mode", "elder")


def _size(person: Person) -> float:
    return float(
        person.page.evaluate(
            "parseFloat(getComputedStyle(document.querySelector('main p, main td')).fontSize)"
        )
    )
