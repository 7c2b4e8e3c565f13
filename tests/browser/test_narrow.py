"""Where room is short: what stands at an edge stands flush, and nothing is cut."""

from __future__ import annotations

import pytest

from .people import Enter


@pytest.mark.parametrize(
    ("part", "path"), [("member", "/activities/?year=all"), ("officer", "/promises/")]
)
def test_deadlines_of_a_list_end_at_one_edge(enter: Enter, part: str, path: str) -> None:
    page = enter(part, width=360).go(path)
    ends = page.eval_on_selector_all(
        "#results tr:has(.col-due .pill)",
        """rows => rows.map(r => Math.round(r.getBoundingClientRect().right
             - r.querySelector('.col-due .pill').getBoundingClientRect().right))""",
    )
    assert ends
    assert len(set(ends)) == 1


def test_the_yearly_circular_is_a_card_for_each_writer(enter: Enter) -> None:
    page = enter("editor", width=360).go("/opinions/circular/")
    name = page.locator(".circular tbody th").first.bounding_box()
    assert name and name["width"] > 250
    first = page.locator(".circular tbody tr").first.inner_text()
    assert "报送篇数" in page.locator(".circular tbody td").first.evaluate(
        "cell => getComputedStyle(cell, '::before').content"
    )
    assert first


@pytest.mark.parametrize("path", ["/instructions/", "/audit/"])
def test_a_card_is_headed_by_what_its_row_is_named_by(enter: Enter, path: str) -> None:
    page = enter("auditor" if path == "/audit/" else "editor", width=360).go(path)
    row = page.locator(".cases tbody tr").first
    tops = row.evaluate(
        """row => [...row.children].filter(c => c.offsetParent)
          .sort((a, b) => a.getBoundingClientRect().top - b.getBoundingClientRect().top)
          .map(c => c.className)"""
    )
    assert tops[0] == "is-title"


def test_in_large_type_the_house_keeps_one_line_and_its_whole_name(enter: Enter) -> None:
    page = enter("clerk", width=360).go("/")
    page.evaluate("document.documentElement.dataset.mode = 'elder'")
    name = page.locator(".brand > span:last-child")
    lines = name.evaluate(
        "e => { const r = document.createRange(); r.selectNodeContents(e);"
        " return new Set([...r.getClientRects()].map(b => Math.round(b.top))).size; }"
    )
    assert lines == 1
    links = page.locator(".bottom-bar a")
    for n in range(links.count()):
        room = links.nth(n).evaluate("a => [a.scrollWidth, a.clientWidth]")
        assert room[0] <= room[1]


def test_beside_many_parts_the_search_says_its_whole_hint(enter: Enter) -> None:
    page = enter("organiser").go("/proposals/")
    cut = page.locator(".site-search input").evaluate(
        """input => { const look = getComputedStyle(input), pen = document.createElement('canvas').getContext('2d');
          pen.font = `${look.fontSize} ${look.fontFamily}`;
          return pen.measureText(input.placeholder).width
            - (input.clientWidth - parseFloat(look.paddingLeft) - parseFloat(look.paddingRight)); }"""
    )
    assert cut <= 0


@pytest.mark.parametrize("width", [360, 1280])
def test_the_session_of_the_filter_is_read_whole(enter: Enter, width: int) -> None:
    page = enter("clerk", width=width).go("/proposals/")
    cut = page.locator("select[name=session]").evaluate(
        """field => { const look = getComputedStyle(field), pen = document.createElement('canvas').getContext('2d');
          pen.font = `${look.fontSize} ${look.fontFamily}`;
          return pen.measureText(field.selectedOptions[0].text).width
            - (field.clientWidth - parseFloat(look.paddingLeft) - parseFloat(look.paddingRight)); }"""
    )
    assert cut <= 0
