"""An opinion by clicking: written on a telephone, edited, signed, published, sent up to the city,
adopted, answered, told.
"""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from playwright.sync_api import expect

from .people import Enter, Person, choose

TITLE = "关于北坡村冬季停水的反映"
EDITED = "关于解决北坡村冬季停水问题的建议"
CITY = "澄川市政协"
TEXT = "北坡村入冬以来停水六次，村民用水不便。建议为管道加装保温层。"


def test_an_opinion_travels_from_a_telephone_to_the_city_and_back(enter: Enter) -> None:
    member, editor = enter("member", 360), enter("editor")
    path = _write_on_the_telephone(member)
    _take(editor, path, "take_up")
    _edit(editor, path)
    _take(editor, path, "pass_check")
    _take(enter("signer"), path, "sign")
    _publish(editor, path)
    _send_up(editor, path)
    above = _adopt_above(enter("city-editor"), enter("city-signer"))
    assert above
    expect(editor.go(path).locator(".unit", has_text=CITY)).to_contain_text("已采用")

    officer = enter("officer")
    _transfer(editor, path, officer.place())
    _answer(officer, editor, path)
    _take(editor, path, "close", feedback="水务局已为管道加装保温层。")

    expect(member.go(path).locator("main")).to_contain_text("水务局已为管道加装保温层")
    assert member.overflow(360) == []


def _write_on_the_telephone(member: Person) -> str:
    """Title and text, two taps: no more is asked for."""
    member.go("/")
    member.page.locator(".bottom-bar a[href='/opinions/']").click()
    page = member.page
    page.locator("main a[href='/opinions/new/']").first.click()
    page.fill("[name=title]", TITLE)
    page.fill("[name=body]", TEXT)
    assert member.overflow(360) == []
    page.locator("button[name=submit]").click()
    member.confirm()
    expect(page.locator(".messages .notice-success")).to_be_visible()
    return urlsplit(page.url).path


def _take(person: Person, path: str, name: str, **values: str) -> None:
    """A step from the pen bar, with its form where it has one."""
    person.go(path)
    person.step("opinion", name).click()
    page = person.page
    for field, value in values.items():
        page.fill(f"[name={field}]", value)
    if "/steps/" in page.url:
        page.locator("form.step button[type=submit]").click()
    elif page.locator("#confirm[open]").count():
        person.confirm()
    expect(page.locator(".messages .notice-success")).to_be_visible()


def _edit(editor: Person, path: str) -> None:
    """Beside what was written, which stays as it was."""
    page = editor.go(f"{path}edition/")
    expect(page.locator(".edition")).to_contain_text(TITLE)
    page.fill("[name=title]", EDITED)
    page.locator("[name=category]").select_option(index=1)
    page.locator("button[name=finish]").click()
    expect(page.locator(".messages .notice-success")).to_be_visible()
    expect(page.locator("main")).to_contain_text(TITLE)


def _publish(editor: Person, path: str) -> None:
    page = editor.go(path)
    link = page.locator("a[href*='/opinions/issues/new/']")
    if not link.first.is_visible():
        page.locator(".pen-more > summary").click()
    link.first.click()
    page.locator("form button[type=submit].btn-primary").click()
    page.locator("a[href*='/steps/issue/']").first.click()
    page.locator("[name=recipients][value=county_party]").check()
    page.locator("form.step button[type=submit]").click()
    expect(page.locator("h1")).to_contain_text(re.compile(r"第\d+期"))


def _send_up(editor: Person, path: str) -> None:
    editor.go(path)
    editor.step("opinion", "send_up").click()
    editor.page.locator("form.step button[type=submit]").click()
    expect(editor.page.locator("main")).to_contain_text(CITY)


def _adopt_above(editor: Person, signer: Person) -> str:
    """A case of its own there: found by its title, edited, signed, published."""
    page = editor.go(f"/opinions/?q={EDITED}")
    page.locator(".case-title a").first.click()
    path = urlsplit(page.url).path
    _take(editor, path, "take_up")
    page = editor.go(f"{path}edition/")
    page.locator("[name=category]").select_option(index=1)
    page.locator("button[name=finish]").click()
    _take(editor, path, "pass_check")
    _take(signer, path, "sign")
    _publish_there(editor, path)
    return path


def _publish_there(editor: Person, path: str) -> None:
    page = editor.go(f"/opinions/issues/new/?opinion={path.strip('/').rpartition('/')[2]}")
    page.locator("form button[type=submit].btn-primary").click()
    page.locator("a[href*='/steps/issue/']").first.click()
    page.locator("form.step button[type=submit]").click()
    expect(page.locator("h1")).to_contain_text(re.compile(r"第\d+期"))


def _transfer(editor: Person, path: str, unit: str) -> None:
    page = editor.go(f"/transfers/of/opinion/{path.strip('/').rpartition('/')[2]}/")
    box = page.locator(".ts-control input").first
    box.fill(unit)
    page.locator(".ts-dropdown .option").first.click()
    page.fill("[name=words]", "请研究办理，并函复县政协。")
    page.locator("form button[type=submit].btn-primary").click()
    expect(page.locator("main")).to_contain_text(unit)


def _answer(officer: Person, editor: Person, path: str) -> None:
    page = officer.go(path)
    page.locator("main a[href*='/transfers/']").first.click()
    address = urlsplit(page.url).path
    officer.step("transfer", "answer").click()
    choose(page.locator("[name=result]").first)
    page.fill("[name=answer]", "已为管道加装保温层。")
    page.locator("form.step button[type=submit]").click()
    expect(page.locator(".messages .notice-success")).to_be_visible()
    editor.go(address)
    editor.step("transfer", "take").click()
    if "/steps/" in editor.page.url:
        editor.page.locator("form.step button[type=submit]").click()
    expect(editor.page.locator(".messages .notice-success")).to_be_visible()
