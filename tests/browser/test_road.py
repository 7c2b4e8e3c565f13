"""The road by clicking: from a member's draft to a closed, published proposal, each part in its own
browser.
"""

from __future__ import annotations

import datetime as dt
import re
from urllib.parse import urlsplit

from playwright.sync_api import Page, expect

from .people import Enter, Person, choose

TITLE = "关于为北坡村小学开通雨天接送班车的建议"


def test_a_proposal_travels_from_draft_to_closed_by_clicking(enter: Enter) -> None:
    member, clerk = enter("member"), enter("clerk")
    path = _write_and_submit(member)
    _take(clerk, path, "proposal", "pass_check")
    _take(enter("reviewer"), path, "proposal", "file")
    expect(clerk.go(path).locator(".crumbs li").last).to_have_text(re.compile(r"〔\d{4}〕\d{3}"))

    officer = enter("officer")
    _assign(enter("assigner"), path, unit=officer.place())
    officer.go(path)
    officer.step("assignment", "accept").click()
    _contact(officer)
    _reply(officer, path)
    leader = enter("leader")
    leader.go(path)
    leader.step("assignment", "sign_off").click()
    leader.confirm()
    expect(leader.page.locator(".messages .notice-success")).to_be_visible()

    clerk.go(path)
    clerk.step("assignment", "release").click()
    clerk.confirm()
    expect(clerk.page.locator(".messages .notice-success")).to_be_visible()
    _rate(member, path)
    expect(member.page.locator(".pen .seal-done")).to_have_count(4)

    clerk.go(path)
    clerk.step("proposal", "publish").click()
    clerk.page.locator("[name=secrecy]").check()
    clerk.page.locator("form.step button[type=submit]").click()
    public = enter("public")
    public.go(f"/public/yunxi{path.removeprefix('/proposals')}")
    expect(public.page.locator("h1")).to_have_text(TITLE)
    expect(public.page.locator("main")).to_contain_text("两条线路")


def _write_and_submit(member: Person) -> str:
    page = member.go("/")
    page.locator("main a[href='/proposals/new/']").click()
    page.fill("[name=title]", TITLE)
    page.locator("[name=category]").select_option(index=1)
    page.fill(
        "[name=situation]", "北坡村小学一百二十名学生中有四十人住在五公里以外，雨天步行不安全。"
    )
    page.locator("textarea[name=suggestion]").nth(0).fill("雨天开通两条接送线路")
    page.locator("textarea[name=suggestion]").nth(1).fill("在村口设候车亭")
    page.locator("button[name=submit]").click()
    if page.locator("#confirm[open]").count():
        member.confirm()
    expect(page.locator(".pen")).to_be_visible()
    return urlsplit(page.url).path


def _take(person: Person, path: str, flow: str, name: str) -> None:
    person.go(path)
    person.step(flow, name).click()
    person.page.locator("form.step button[type=submit]").click()
    expect(person.page.locator(".messages .notice-success")).to_be_visible()


def _assign(assigner: Person, path: str, unit: str) -> None:
    assigner.go(path)
    assigner.step("proposal", "assign").click()
    box = assigner.page.locator(".only-answering .ts-control input")
    box.fill(unit)
    assigner.page.locator(".only-answering .ts-dropdown .option").first.click()
    assigner.page.locator("form.step button[type=submit]").click()
    expect(assigner.page.locator(".pen-value").first).to_contain_text(unit)


def _contact(officer: Person) -> None:
    officer.step("assignment", "contact").click()
    page = officer.page
    choose(page.locator("[name=way]").first)
    page.fill("[name=note]", "到校现场听取意见。")
    page.locator("form.step button[type=submit]").click()
    expect(page.locator(".messages .notice-success")).to_be_visible()


def _nothing_is_answered_yet(page: Page) -> None:
    """Said at once, and of which suggestion; the date as soon as something is planned."""
    page.locator("button[name=send]").click()
    links = page.locator("[data-refusal-summary] a")
    expect(links).to_have_text(
        [
            "第 1 条建议 · 结果：请选择。",
            "第 1 条建议 · 答复：送领导签发前须填写。",
            "第 2 条建议 · 结果：请选择。",
            "第 2 条建议 · 答复：送领导签发前须填写。",
        ]
    )
    choose(page.locator(".reply-item").nth(1).locator("[value=planned]"))
    expect(links).to_have_count(3)
    page.locator("button[name=send]").click()
    expect(links).to_have_count(4)
    expect(links.last).to_contain_text("第 2 条建议 · ")


def _reply(officer: Person, path: str) -> None:
    """One done, one planned; the date is asked for only where something is planned."""
    page = officer.go(path)
    page.locator("a[href*='/proposals/reply/']").click()
    _nothing_is_answered_yet(page)
    page.fill("[name=opening]", "您的建议收悉。")
    first, second = page.locator(".reply-item").nth(0), page.locator(".reply-item").nth(1)
    choose(first.locator("[value=done]"))
    first.locator("textarea").fill("两条线路已于本月开通。")
    expect(first.locator("[name$=planned_for]")).to_be_hidden()
    choose(second.locator("[value=planned]"))
    second.locator("textarea").fill("候车亭列入明年计划。")
    in_four_months = dt.date.today() + dt.timedelta(days=120)  # noqa: DTZ011
    second.locator("[name$=planned_for]").fill(in_four_months.isoformat())
    page.locator("button[name=send]").click()
    expect(page.locator(".messages .notice-success")).to_be_visible()


def _rate(member: Person, path: str) -> None:
    page = member.go(path)
    member.step("evaluation", "answer").click()
    for question in page.locator(".rating fieldset").all():
        question.locator("label.choice").first.click()
    page.locator("form.step button[type=submit]").click()
    expect(page.locator(".pen")).to_be_visible()
