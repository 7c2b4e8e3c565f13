"""Nothing typed is lost: without network, in two windows, after the session ended."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, Route, expect

from .people import Enter, Person, sign_in
from .server import Server

SAVE = "form#draft .form-foot button[type=submit]:not([name])"


def _new_draft(member: Person, title: str) -> Page:
    page = member.go("/proposals/new/")
    page.fill("[name=title]", title)
    page.locator(SAVE).click()
    page.wait_for_url("**/edit/")
    return page


def test_text_typed_without_network_is_kept_and_put_back_after_a_reload(enter: Enter) -> None:
    member = enter("member")
    member.allow("ERR_INTERNET_DISCONNECTED")
    page = _new_draft(member, "关于断网也不丢字的建议")
    member.context.set_offline(True)
    page.fill("[name=situation]", "网络断开时写下的一段话。")
    expect(page.locator("[data-autosave-status].autosave-failed")).to_be_visible(timeout=15000)
    member.context.set_offline(False)
    page.on("dialog", lambda dialog: dialog.accept())
    page.goto(member.address)
    page.go_back()
    page.reload()
    if page.input_value("[name=situation]") != "网络断开时写下的一段话。":
        page.locator("[data-restore]").click()
    expect(page.locator("[name=situation]")).to_have_value("网络断开时写下的一段话。")


def test_a_new_proposal_never_saved_is_offered_again(enter: Enter) -> None:
    member = enter("member")
    page = member.go("/proposals/new/")
    page.fill("[name=title]", "还没有保存过的提案")
    page.on("dialog", lambda dialog: dialog.accept())
    page.reload()
    page.locator("[data-restore]").click()
    expect(page.locator("[name=title]")).to_have_value("还没有保存过的提案")


def test_typing_saves_by_itself(enter: Enter) -> None:
    member = enter("member")
    page = _new_draft(member, "关于自动保存的建议")
    with page.expect_response("**/autosave/", timeout=15000) as answer:
        page.fill("[name=situation]", "写着写着就存好了。")
    assert answer.value.ok
    other = member.open_window()
    other.goto(page.url)
    expect(other.locator("[name=situation]")).to_have_value("写着写着就存好了。")


@pytest.mark.parametrize("button", [SAVE, "button[form=discard]"])
def test_a_button_pressed_while_the_draft_is_being_saved_is_not_refused(
    enter: Enter, button: str
) -> None:
    member = enter("member")
    page = _new_draft(member, "关于边存边按的建议")
    held: list[Route] = []
    page.route(
        "**/autosave/", lambda route: held.append(route)
    )  # it stays on its way until it is let go
    with page.expect_request("**/autosave/"):
        page.fill("[name=situation]", "还在保存的一段话。")
    page.locator(button).click()
    page.wait_for_timeout(300)
    assert page.url.endswith("/edit/")
    held[0].continue_()
    if button == SAVE:
        expect(page.locator(".messages .notice-success")).to_be_visible()
        expect(page.locator("[name=situation]")).to_have_value("还在保存的一段话。")
    else:
        member.confirm()
        page.wait_for_url(lambda url: not url.endswith("/edit/"))
        expect(page.locator(".messages .notice-success")).to_be_visible()


def test_a_stale_draft_in_a_second_window_is_refused_and_keeps_its_text(enter: Enter) -> None:
    member = enter("member")
    member.allow("422", "409")
    first = _new_draft(member, "关于两个窗口的建议")
    second = member.open_window()
    second.goto(first.url)
    first.fill("[name=situation]", "第一个窗口写的。")
    first.locator(SAVE).click()
    expect(first.locator(".messages .notice-success")).to_be_visible()
    second.fill("[name=situation]", "第二个窗口写的。")
    second.locator(SAVE).click()
    expect(second.locator(".error-summary")).to_be_visible()
    expect(second.locator("[name=situation]")).to_have_value("第二个窗口写的。")
    other = member.open_window()
    other.goto(first.url)
    expect(other.locator("[name=situation]")).to_have_value("第一个窗口写的。")


def test_two_clerks_the_second_is_told_and_keeps_the_words(enter: Enter) -> None:
    one, other = enter("clerk"), enter("clerk")
    other.allow("409")
    path = one.case_with("/pass_check/")
    for person in (one, other):
        person.go(path)
        person.step("proposal", "pass_check").click()
    one.page.locator("form.step button[type=submit]").click()
    expect(one.page.locator(".messages .notice-success")).to_be_visible()
    other.page.fill("[name=note]", "第二位工作人员的意见")
    other.page.locator("form.step button[type=submit]").click()
    expect(other.page.locator("[data-refusal]")).to_be_visible()
    expect(other.page.locator("[name=note]")).to_have_value("第二位工作人员的意见")


LEAVE_ALONE = """
from importlib import import_module
from django.conf import settings
from django.contrib.sessions.models import Session
store = import_module(settings.SESSION_ENGINE).SessionStore
session = store({key!r})
session["seen"] -= settings.IDLE_MINUTES * 60 + 60
session.save()
"""


def test_what_was_typed_comes_back_by_the_names_of_its_fields(enter: Enter, server: Server) -> None:
    person = enter("public")
    person.allow("401")
    sign_in(person.page, server, "member")
    page = person.go("/opinions/new/")
    page.fill("[name=title]", "路灯不亮")
    cookies = {cookie["name"]: cookie["value"] for cookie in person.context.cookies()}
    server.shell(LEAVE_ALONE.format(key=cookies["sessionid"]))
    page.locator(SAVE).click()
    expect(page.locator("[data-refusal]")).to_be_visible()
    expect(page.get_by_label("标题", exact=True)).to_have_value("路灯不亮")


def test_left_alone_one_signs_in_again_and_is_back_on_the_page(
    enter: Enter, server: Server
) -> None:
    """Half an hour passes (in the session's record)."""
    person = enter("public")
    sign_in(person.page, server, "assigner")
    person.go("/proposals/?stage=filed")
    cookies = {cookie["name"]: cookie["value"] for cookie in person.context.cookies()}
    server.shell(LEAVE_ALONE.format(key=cookies["sessionid"]))
    page = person.page
    page.reload()
    assert urlsplit(page.url).path == "/account/sign-in/"
    expect(page.locator(".card .notice")).to_be_visible()
    username, password = server.sign_ins()["assigner"]
    page.fill("[name=login]", username)
    page.fill("[name=password]", password)
    page.locator(".card button[type=submit]").last.click()
    page.wait_for_url("**/proposals/?stage=filed")


def test_who_was_signed_out_is_told_so_and_finds_the_words_again(
    enter: Enter, server: Server
) -> None:
    """And not that it is tried again by itself, which nothing would come of."""
    person = enter("public")
    sign_in(person.page, server, "member")
    page = _new_draft(person, "关于登录结束后接着写的建议")
    cookies = {cookie["name"]: cookie["value"] for cookie in person.context.cookies()}
    server.shell(LEAVE_ALONE.format(key=cookies["sessionid"]))
    draft = page.url
    page.fill("[name=situation]", "登录结束之后写的一段话。")
    status = page.locator("[data-autosave-status]")
    expect(status).to_contain_text("您已退出登录", timeout=15000)
    status.get_by_role("link", name="登录后继续").click()
    page.wait_for_url("**/sign-in/**")
    username, password = server.sign_ins()["member"]
    page.fill("[name=login]", username)
    page.fill("[name=password]", password)
    page.locator(".card button[type=submit]").last.click()
    page.wait_for_url(draft)
    page.locator("[data-restore]").click()
    expect(page.locator("[name=situation]")).to_have_value("登录结束之后写的一段话。")
