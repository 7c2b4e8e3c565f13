"""Many rows at once: what is offered is what the ticked ones can take."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from .people import Enter

ROWS = "[data-bulk-item]"
STEPS = "[data-bulk-step]:visible"


def test_only_steps_that_a_ticked_row_can_take_are_offered(enter: Enter) -> None:
    person = enter("reviewer")
    page = person.go("/proposals/?stage=review")
    boxes = page.locator(ROWS)
    assert boxes.count() > 0
    expect(page.locator(".bulk-bar")).to_be_hidden()
    boxes.first.click()
    offered = page.locator(STEPS).evaluate_all("all => all.map(one => one.dataset.bulkStep)")
    assert offered == ["file"], "what is under review is filed; a rating to conclude is not there"


def test_a_row_that_takes_none_of_ones_own_steps_has_no_box(enter: Enter) -> None:
    """Who only reads the promises keeps none: no row has a box, and the head has none for all."""
    page = enter("secretary").go("/promises/")
    assert page.locator("table.cases tbody tr").count() > 0
    expect(page.locator(ROWS)).to_have_count(0)
    expect(page.locator("[data-bulk-all]")).to_have_count(0)


def test_rows_that_are_still_ticked_after_going_back_can_be_handled(enter: Enter) -> None:
    """The browser ticks them again, some time after the page has come."""
    page = enter("clerk").go("/proposals/")
    page.locator(ROWS).first.click()
    page.locator(".case-title > a").first.click()
    page.wait_for_url("**/proposals/*/")
    page.go_back()
    expect(page.locator(f"{ROWS}:checked")).to_have_count(1)
    expect(page.locator(".bulk-bar")).to_be_visible()


def test_where_not_all_ticked_rows_can_take_a_step_it_says_how_many(enter: Enter) -> None:
    person = enter("clerk")
    page = person.go("/proposals/")
    takes = page.locator(ROWS).evaluate_all("all => all.map(one => one.dataset.bulkItem)")
    assert len(set(takes)) > 1, "to be checked, and to be concluded"
    page.locator("[data-bulk-all]").check()
    said = {}
    for button in page.locator(STEPS).all():
        found = re.search(r"其中 (\d+) 件", button.inner_text())
        said[button.get_attribute("data-bulk-step")] = int(found[1]) if found else 0
    assert said == {step: takes.count(step) for step in ("pass_check", "conclude")}
    page.locator("[data-bulk-clear]").click()
    expect(page.locator(".bulk-bar")).to_be_hidden()
