"""Back: the browser fetches the page anew and puts the old words into it; nothing is made twice and
nothing overwritten unseen.
"""

from __future__ import annotations

import pytest
from playwright.sync_api import Error, Page, expect

from .people import Enter

TOKEN = "form:has([name=title]) [name=attempt]"
SENT_ALREADY = "已经提交过"


def _save(page: Page) -> None:
    page.locator(
        "form:has([name=title]) .form-foot button[type=submit]:not([name]), "
        "form:has([name=title]) .form-foot button.btn-primary"
    ).first.click()


@pytest.mark.parametrize("path", ["/proposals/", "/opinions/"])
def test_back_changed_and_saved_again_is_one_draft(enter: Enter, path: str) -> None:
    member = enter("member")
    page = member.go(f"{path}new/")
    page.fill("[name=title]", "关于退回再存的建议")
    _save(page)
    page.wait_for_url("**/edit/")
    draft = page.url
    page.go_back()
    expect(page.locator("[name=title]")).to_have_value("关于退回再存的建议")
    page.fill("[name=title]", "关于退回改过再存的建议")
    _save(page)
    page.wait_for_url(draft)
    expect(page.locator("[name=title]")).to_have_value("关于退回改过再存的建议")


def test_back_and_saved_again_makes_no_second_topic(enter: Enter) -> None:
    keeper = enter("organiser")
    keeper.allow("422")
    page = keeper.go("/activities/plan/propose/")
    page.fill("[name=title]", "退回再提的议题")
    page.select_option("[name=form]", index=1)
    _save(page)
    page.wait_for_url(lambda url: "propose" not in url)
    page.go_back()
    page.fill("[name=title]", "退回改过再提的议题")
    _save(page)
    expect(page.locator(".error-summary")).to_contain_text(SENT_ALREADY)


def test_a_new_visit_is_a_new_form(enter: Enter) -> None:
    member = enter("member")
    page = member.go("/proposals/new/")
    first = page.input_value(TOKEN)
    page.fill("[name=title]", "关于另写一份的建议")
    _save(page)
    page.wait_for_url("**/edit/")
    draft = page.url
    member.go("/proposals/new/")
    assert page.input_value(TOKEN) != first
    page.fill("[name=title]", "关于另写一份的建议")
    _save(page)
    page.wait_for_url("**/edit/")
    assert page.url != draft


def test_words_written_upon_an_old_version_are_refused_after_back(enter: Enter) -> None:
    member = enter("member")
    member.allow("422", "409")
    page = member.go("/proposals/new/")
    page.fill("[name=title]", "关于退回旧页的建议")
    _save(page)
    page.wait_for_url("**/edit/")
    draft = page.url
    page.route("**/autosave/", lambda route: route.abort())
    member.allow("ERR_FAILED")
    page.fill("[name=situation]", "旧页上写的。")
    page.on("dialog", lambda dialog: dialog.accept())
    member.go("/")
    other = member.open_window()
    other.goto(draft)
    other.fill("[name=situation]", "另一个窗口写的。")
    _save(other)
    expect(other.locator(".messages .notice-success")).to_be_visible()
    page.go_back()
    expect(page.locator("[name=situation]")).to_have_value("旧页上写的。")
    _save(page)
    expect(page.locator(".error-summary")).to_be_visible()
    expect(page.locator("[name=situation]")).to_have_value("旧页上写的。")


def test_a_page_with_nothing_but_what_is_saved_goes_on_from_today(enter: Enter) -> None:
    member = enter("member")
    page = member.go("/proposals/new/")
    page.fill("[name=title]", "关于退回接着写的建议")
    _save(page)
    page.wait_for_url("**/edit/")
    with page.expect_response("**/autosave/", timeout=15000):
        page.fill("[name=situation]", "自动存下的。")
    page.wait_for_timeout(300)
    member.go("/")
    page.go_back()
    expect(page.locator("[name=situation]")).to_have_value("自动存下的。")
    page.fill("[name=situation]", "自动存下的，接着写。")
    _save(page)
    expect(page.locator(".messages .notice-success")).to_be_visible()


def test_an_answer_lost_on_the_way_makes_no_second_draft_of_what_was_kept(enter: Enter) -> None:
    member = enter("member")
    member.allow("ERR_INTERNET_DISCONNECTED", "Failed to fetch", "Failed to load")
    page = member.go("/proposals/new/")
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    page.reload()
    page.on("dialog", lambda dialog: dialog.accept())
    page.fill("[name=title]", "关于答复丢失的建议")
    taken = page.evaluate(
        "fetch('', { method: 'POST', body: new "
        "FormData(document.querySelector('form#draft')) }).then((a) => a.url)"
    )
    member.context.set_offline(True)
    _save(page)
    expect(page.locator("[data-offline]")).to_be_visible()
    member.context.set_offline(False)
    page.locator("[data-restore]").click()  # the form comes back by itself
    _save(page)
    page.wait_for_url(taken)
    expect(page.locator(".messages")).to_contain_text(SENT_ALREADY)


def test_back_onto_a_refusal_the_browser_asks_and_the_words_are_there(enter: Enter) -> None:
    """Not the page of no connection: the connection is there."""
    member = enter("member")
    member.allow("422")
    page = member.go("/proposals/new/")
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    page.reload()
    page.evaluate("document.querySelector('[name=title]').required = false")
    page.fill("[name=situation]", "没有案由的一段话。")
    token = page.input_value("form#draft [name=attempt]")
    _save(page)
    expect(page.locator(".error-summary")).to_be_visible()
    member.go("/proposals/")
    with pytest.raises(Error, match="ERR_CACHE_MISS"):
        page.go_back()
    page.wait_for_timeout(500)
    page.reload()  # what the browser's own page offers
    expect(page.locator(".error-summary")).to_be_visible()
    expect(page.locator("[name=situation]")).to_have_value("没有案由的一段话。")
    assert page.input_value("form#draft [name=attempt]") == token
