"""What is begun is on the server at the first pause of typing: the tab may be closed, and another
machine finds it.
"""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from .people import Enter

STATUS = "[data-autosave-status]"
SAVED = re.compile(r"已自动保存 \d\d:\d\d")
SAVE = "form#draft .form-foot button[type=submit]:not([name])"


def _pause(page: Page) -> None:
    """Until the page says that it is saved."""
    expect(page.locator(STATUS)).to_have_text(SAVED, timeout=15000)


@pytest.mark.parametrize("kind", ["proposals", "opinions"])
def test_typed_then_the_tab_closed_it_is_among_the_drafts_elsewhere(
    enter: Enter, kind: str
) -> None:
    title = f"关于写了就在的建议（{kind}）"
    member = enter("member")
    page = member.go(f"/{kind}/new/")
    page.fill("[name=title]", title)
    _pause(page)
    draft = member.path
    assert re.fullmatch(rf"/{kind}/\d+/edit/", draft), "the page has the draft's own address"
    page.close()
    elsewhere = enter("member")
    elsewhere.go("/")
    elsewhere.page.get_by_role("link", name=title).first.click()
    assert draft.startswith(elsewhere.path)
    elsewhere.go(draft)
    expect(elsewhere.page.locator("[name=title]")).to_have_value(title)


def test_the_page_goes_on_as_the_drafts_own(enter: Enter) -> None:
    """Further typing, a reload, saving by hand: one draft, and nothing refused."""
    member = enter("member")
    page = member.go("/proposals/new/")
    page.fill("[name=title]", "关于接着写的建议")
    _pause(page)
    draft = page.url
    with page.expect_response("**/autosave/", timeout=15000) as answer:
        page.fill("[name=situation]", "接着写的第一段。")
    assert answer.value.ok
    page.reload()
    expect(page.locator("[name=situation]")).to_have_value("接着写的第一段。")
    page.fill("[name=situation]", "接着写的第二段。")
    page.locator(SAVE).click()
    expect(page.locator(".messages .notice-success")).to_be_visible()
    assert page.url == draft
    member.go("/proposals/")
    expect(page.get_by_role("link", name="关于接着写的建议")).to_have_count(1)


def test_saved_by_hand_right_after_it_began(enter: Enter) -> None:
    member = enter("member")
    page = member.go("/proposals/new/")
    page.fill("[name=title]", "关于马上保存的建议")
    _pause(page)
    page.locator(SAVE).click()
    expect(page.locator(".messages .notice-success")).to_be_visible()
    member.go("/proposals/")
    expect(page.get_by_role("link", name="关于马上保存的建议")).to_have_count(1)


def test_a_draft_just_begun_can_be_thrown_away(enter: Enter) -> None:
    member = enter("member")
    page = member.go("/proposals/new/")
    expect(page.locator("button[form=discard]")).to_be_hidden()
    page.fill("[name=title]", "关于不要了的建议")
    _pause(page)
    page.locator("button[form=discard]").click()
    member.confirm()
    page.wait_for_url("**/proposals/")
    expect(page.get_by_text("关于不要了的建议")).to_have_count(0)


def test_half_filled_it_is_kept_as_it_was_typed(enter: Enter) -> None:
    """No draft without a subject; the words are there all the same, and become the draft."""
    words = "还没有案由，先写下这一段。"
    member = enter("member")
    page = member.go("/proposals/new/")
    page.fill("[name=situation]", words)
    _pause(page)
    assert "unfinished=" in page.url
    page.close()
    elsewhere = enter("member")
    elsewhere.go("/")
    elsewhere.page.locator("[data-unfinished]").get_by_role("link", name=words).click()
    expect(elsewhere.page.locator("[name=situation]")).to_have_value(words)
    elsewhere.page.fill("[name=title]", "关于先写正文的建议")
    expect(elsewhere.page).to_have_url(re.compile(r"/proposals/\d+/edit/$"), timeout=15000)
    elsewhere.go("/")
    expect(elsewhere.page.locator("[data-unfinished]").get_by_text(words)).to_have_count(0)


def test_an_activity_that_was_begun_is_offered_on_its_page(enter: Enter) -> None:
    organiser = enter("organiser")
    page = organiser.go("/activities/new/")
    page.fill("[name=title]", "没有定日子的视察")
    _pause(page)
    page.close()
    elsewhere = enter("organiser")
    other = elsewhere.go("/activities/new/")
    other.locator("[data-restore]").click()
    expect(other.locator("[name=title]")).to_have_value("没有定日子的视察")
    elsewhere.go("/activities/new/")
    other.locator("[data-discard]").click()
    other.wait_for_timeout(300)
    elsewhere.go("/activities/new/")
    other.wait_for_timeout(300)
    expect(other.locator("[data-restore]")).to_have_count(0)


def test_an_empty_form_leaves_nothing(enter: Enter) -> None:
    member = enter("member")
    page = member.go("/proposals/new/")
    page.fill("[name=title]", "字")
    page.fill("[name=title]", "")
    page.select_option("[name=kind]", "joint")
    page.wait_for_timeout(2500)
    assert member.path == "/proposals/new/" and "unfinished" not in page.url


def test_without_connection_it_says_so_and_saves_when_it_is_back(enter: Enter) -> None:
    member = enter("member")
    member.allow("ERR_INTERNET_DISCONNECTED")
    page = member.go("/proposals/new/")
    member.context.set_offline(True)
    page.fill("[name=title]", "关于断网时开头的建议")
    expect(page.locator(f"{STATUS}.autosave-failed")).to_be_visible(timeout=15000)
    assert member.path == "/proposals/new/"
    member.context.set_offline(False)
    expect(page).to_have_url(re.compile(r"/proposals/\d+/edit/$"), timeout=15000)
    expect(page.locator(STATUS)).to_have_text(SAVED)


def test_any_form_that_makes_something_new_is_found_again(enter: Enter) -> None:
    """On another machine, in its own fields; handed in it is begun no more."""
    organiser = enter("organiser")
    page = organiser.go("/library/add/")
    page.fill("[name=title]", "政协委员联系群众办法")
    page.fill("[name=about]", "规定委员每年联系群众的次数。")
    _pause(page)
    page.close()
    elsewhere = enter("organiser")
    elsewhere.go("/")
    elsewhere.page.get_by_role("link", name="政协委员联系群众办法").first.click()
    page = elsewhere.page
    expect(page.locator("[name=about]")).to_have_value("规定委员每年联系群众的次数。")
    page.fill("[name=meeting]", "九届常委会第十次会议")
    page.fill("[name=adopted_on]", "2026-03-02")
    page.fill("[name=in_force_from]", "2026-04-01")
    page.locator(".form-foot button[type=submit]").click()
    expect(page.locator(".messages .notice-success")).to_be_visible()
    elsewhere.go("/")
    assert elsewhere.page.get_by_role("link", name="政协委员联系群众办法").count() == 0
