"""Many rows at once: what is offered is what the ticked ones can take."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import expect

from .people import Person

Enter = Callable[..., Person]
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


def test_where_not_all_ticked_rows_can_take_a_step_it_says_how_many(enter: Enter) -> None:
    person = enter("officer")
    page = person.go("/proposals/assignments/")
    takes = page.locator(ROWS).evaluate_all("all => all.map(one => one.dataset.bulkItem)")
    assert len(set(takes)) > 1, "the county's unit has parts in several states"
    page.locator("[data-bulk-all]").check()
    for button in page.locator(STEPS).all():
        able = sum(button.get_attribute("data-bulk-step") in one.split() for one in takes)
        said = re.search(r"其中 (\d+) 件", button.inner_text())
        assert able > 0 and (int(said[1]) if said else len(takes)) == able
    page.locator("[data-bulk-clear]").click()
    expect(page.locator(".bulk-bar")).to_be_hidden()
