"""As an app on a phone: a page that says there is no connection, and words that are still there
afterwards.
"""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from .people import Enter, sign_in
from .server import Server

CACHED = """async () => { const names = await caches.keys(); const found = [];
for (const name of names) for (const request of await (await caches.open(name)).keys()) found.push(new URL(request.url).pathname);
return found; }"""


def test_without_connection_a_step_keeps_its_words_and_offers_them(enter: Enter) -> None:
    clerk = enter("clerk")
    clerk.allow("ERR_INTERNET_DISCONNECTED", "Failed to fetch", "Failed to load")
    page = clerk.go(clerk.case_with("/pass_check/"))
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    clerk.step("proposal", "pass_check").click()
    page.fill("[name=note]", "断网时写的审核意见")
    clerk.context.set_offline(True)
    page.locator("form.step button[type=submit]").click()
    expect(page.locator("[data-offline]")).to_be_visible()
    expect(page.locator("[data-kept]").first).to_be_visible()
    clerk.context.set_offline(False)
    page.locator("form.step [data-restore]").click()  # the form comes back by itself
    expect(page.locator("[name=note]")).to_have_value("断网时写的审核意见")
    page.on("dialog", lambda dialog: dialog.accept())


@pytest.mark.parametrize(
    ("part", "form", "field"),
    [
        ("member", "/proposals/new/", "situation"),
        ("member", "/opinions/new/", "body"),
        ("organiser", "/activities/new/", "summary"),
    ],
)
def test_what_is_written_without_connection_outlives_a_reload(
    enter: Enter, part: str, form: str, field: str
) -> None:
    """On a telephone: the net is gone while one writes, the page is opened anew, the net comes
    back.
    """
    writer = enter(part, 360)
    writer.allow("ERR_INTERNET_DISCONNECTED", "Failed to fetch", "Failed to load")
    writer.go("/")
    writer.page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    page = writer.go(form)
    page.on("dialog", lambda dialog: dialog.accept())
    writer.context.set_offline(True)
    page.fill(f"[name={field}]", "断网时写下的一段话。")
    page.reload()
    expect(page.locator("[data-offline]")).to_be_visible()
    expect(page.locator("[data-kept]").first).to_be_visible()
    assert writer.overflow(360) == []
    writer.context.set_offline(False)
    page.locator("[data-restore]").tap()  # the form comes back by itself
    expect(page.locator(f"[name={field}]")).to_have_value("断网时写下的一段话。")


def test_the_worker_keeps_static_files_only(enter: Enter) -> None:
    member = enter("member", 360)
    page = member.go("/proposals/")
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    page.reload()
    kept = page.evaluate(CACHED)
    assert kept
    assert [path for path in kept if not path.startswith("/static/")] == ["/offline/"]


def test_signing_out_takes_what_was_kept_along(enter: Enter, server: Server) -> None:
    """In a session of its own: the others' stays open for further tests."""
    member = enter("public")
    sign_in(member.page, server, "member")
    page = member.go("/proposals/new/")
    page.fill("[name=title]", "写了一半就退出")
    drafts = "Object.keys(localStorage).filter((key) => key.startsWith('draft:')).length"
    assert page.evaluate(drafts) == 1
    page.on("dialog", lambda dialog: dialog.accept())
    member.go("/")
    page.locator(".menu > summary").last.click()
    page.locator("form[data-sign-out] button").click()
    page.wait_for_url("**/account/sign-in/")
    assert page.evaluate(drafts) == 0
