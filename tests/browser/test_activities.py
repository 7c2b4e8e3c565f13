"""Activities by clicking, from a topic of the plan to the outcome whose effect is known; the member
takes part by telephone.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from urllib.parse import urlsplit

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from .people import OVERFLOWING, Enter, Person, choose

LONG = dt.timedelta(minutes=50)


@dataclass(frozen=True)
class Told:
    """What is held, and what comes of it: an outcome of a kind, sent to a unit that answers here or
    to a body that answers on paper.
    """

    form: str
    title: str
    outcome: str
    to_unit: bool = False
    measures: tuple[tuple[str, str], ...] = ()
    suggestion: str = ""


HELD = (
    Told("专委会会议", "提案工作专题会议", "专报"),
    Told(
        "对口协商",
        "城乡公交一体化对口协商会",
        "协商纪要",
        to_unit=True,
        suggestion="把末班车延到晚上八点",
    ),
    Told("专题调研", "乡村医生队伍建设专题调研", "调研报告"),
    Told(
        "服务活动",
        "送医送药到村服务活动",
        "专报",
        measures=(("people_served", "126"), ("brochures", "300")),
    ),
)


@pytest.mark.parametrize("told", HELD, ids=("meeting", "consultation", "survey", "service"))
def test_from_the_plan_to_what_came_of_it(enter: Enter, told: Told) -> None:
    organiser, secretary, member = enter("organiser"), enter("secretary"), enter("member", 360)
    path = _prepare(organiser, _planned(organiser, secretary, told))
    _take(secretary, path, "activity", "approve")
    _invite(
        organiser, path, _name_of(member), unit=enter("officer").place() if told.to_unit else ""
    )
    code = _answer_by_telephone(member, path)
    _hold(organiser, path, code)
    if told.suggestion:
        _suggest(organiser, enter("officer"), path, told)
    _measure(organiser, path, told)
    _take(
        organiser,
        path,
        "activity",
        "record",
        minutes="听取情况，逐项商定。",
        results="商定两件事。",
    )
    outcome = _write(organiser, path, told, unit=enter("officer").place() if told.to_unit else "")
    _take(organiser, outcome, "outcome", "request_signature")
    _take(secretary, outcome, "outcome", "sign")
    _take(organiser, outcome, "outcome", "send")
    expect(organiser.page.locator(".crumbs li").last).to_have_text(re.compile(r"〔\d{4}〕\d+号"))
    _take(
        enter("officer") if told.to_unit else organiser,
        outcome,
        "outcome",
        "answer",
        adoption="adopted",
        answer="已研究采纳。",
    )
    _take(organiser, outcome, "outcome", "close", effect="两件事均已办成。")
    _take(organiser, path, "activity", "close")
    expect(organiser.page.locator(".pen .seal-done")).to_have_count(4)
    _as_the_member_reads_it(member, path)
    expect(
        organiser.go("/activities/plan/").locator("li", has_text=told.title).first
    ).to_contain_text("已举办")


# The plan and what is prepared on it --------------------------------------------------------------


def _planned(organiser: Person, secretary: Person, told: Told) -> str:
    page = organiser.go("/activities/plan/")
    page.locator("a[href^='/activities/plan/propose/']").click()
    page.fill("[name=title]", told.title)
    _choose(page, "form", told.form)
    page.locator("[name=month]").select_option(str(timezone.localdate().month))
    page.locator("form.step button.btn-primary").click()
    page.locator(".pen").wait_for()
    topic = urlsplit(page.url).path
    _take(organiser, topic, "plan_item", "discuss", meeting="九届第四十六次主席会议")
    _take(secretary, topic, "plan_item", "approve", meeting="中共云溪县委常委会会议")
    return topic


def _prepare(organiser: Person, topic: str) -> str:
    """From the topic's page; it begins at once, so that its whole life can be seen."""
    page = organiser.go(topic)
    page.locator("a[href^='/activities/new/']").click()
    begins = timezone.localtime()
    page.fill("[name=starts_at]", f"{begins:%Y-%m-%dT%H:%M}")
    page.fill("[name=ends_at]", f"{begins + LONG:%Y-%m-%dT%H:%M}")
    page.fill("[name=place]", "县政协三楼会议室")
    page.locator("[name=agenda_title]").first.fill("听取情况")
    page.locator("button[name=submit]").click()
    page.locator(".pen").wait_for()
    return urlsplit(page.url).path


def _choose(page: Page, name: str, words: str) -> None:
    """From a list that is long enough to be searched, or else from the plain one."""
    searched = page.locator(f"select[name='{name}'] + .ts-wrapper")
    if searched.count() == 0:
        page.locator(f"select[name='{name}']").select_option(label=words)
        return
    searched.locator("input").fill(words)
    page.locator(".ts-dropdown .option:visible", has_text=words).first.click()
    page.keyboard.press("Escape")


def _take(person: Person, path: str, flow: str, name: str, **typed: str) -> None:
    """A step from the page where it stands: its button, the form filled in, sent; what was done is
    said.
    """
    page = person.go(path)
    person.step(flow, name).click()
    if page.locator("#confirm[open]").count():
        person.confirm()
    elif page.locator("form.step").count():
        for field, value in typed.items():
            control = page.locator(f"form.step [name='{field}']")
            if control.first.get_attribute("type") == "radio":
                choose(page.locator(f"form.step [name='{field}'][value='{value}']"))
            else:
                control.fill(value)
        page.locator("form.step button[type=submit]").click()
    expect(page.locator(".messages .notice-success").first).to_be_visible()


# Who takes part -----------------------------------------------------------------------------------


def _name_of(person: Person) -> str:
    person.go("/")
    return (
        (person.page.text_content("summary .account-place >> xpath=..") or "").split("·")[0].strip()
    )


def _invite(organiser: Person, path: str, name: str, unit: str) -> None:
    page = organiser.go(f"{path}people/")
    page.locator("[name=who]").select_option("members")
    _choose(page, "members", name)
    page.locator("aside form[method=get] button[type=submit]").click()
    page.locator("#preview button[type=submit]").click()
    expect(page.locator("main table")).to_contain_text(name)
    if unit:
        _choose(page, "unit-unit", unit)
        page.locator("form[action$='/add-unit/'] button[type=submit]").click()
        expect(page.locator("main table")).to_contain_text(unit)
    page = organiser.go(path)
    organiser.step("activity", "invite").click()
    if page.locator("[name=note]").count():  # the notice is shorter than the regulation wants
        page.fill("[name=note]", "县里统一安排，时间提前")
    page.locator("form.step button[type=submit]").click()
    expect(page.locator(".messages .notice-success").first).to_be_visible()


def _answer_by_telephone(member: Person, path: str) -> str:
    """What waits on the first page, one tap to answer it; then the code that the desk reads."""
    page = member.go("/")
    page.locator(f".case-title a[href='{path}attend/']").tap()
    page.locator("button[name=comes][value=yes]").tap()
    expect(page.locator(".messages .notice-success")).to_be_visible()
    assert page.evaluate(OVERFLOWING) == []
    page.locator(f"a[href='{path}my-code/']").tap()
    digits = page.locator("[data-code-digits]")
    expect(digits).to_have_text(re.compile(r"\d{4}"))
    assert page.evaluate(OVERFLOWING) == []
    return digits.inner_text()


def _hold(organiser: Person, path: str, code: str) -> None:
    """The member's code is typed at the list; before the attendance is confirmed the activity does
    not close.
    """
    page = organiser.go(path)
    page.locator("#people a[href*='/sittings/'][href$='/list/']").click()
    page.fill("#id_code", code)
    page.locator("form[action$='/code/'] button").click()
    expect(page.locator(".messages .notice-success")).to_be_visible()
    _take(organiser, path, "activity", "hold")
    page.locator("form[action$='/attendance/confirm/'] button").click()
    organiser.confirm()
    expect(page.locator("#people .badge", has_text="出席已确认")).to_be_visible()
    expect(page.locator("#people form[action$='/attendance/confirm/']")).to_have_count(0)


# What was said, and what came of it ---------------------------------------------------------------


def _suggest(organiser: Person, officer: Person, path: str, told: Told) -> None:
    page = organiser.go(f"{path}suggestions/new/")
    page.fill("[name=text]", told.suggestion)
    page.fill("[name=made_by]", "与会委员")
    _choose(page, "unit", officer.place())
    page.locator("form.step button.btn-primary").click()
    suggestions = page.locator("#suggestions")
    expect(suggestions).to_contain_text(f"1. {told.suggestion}")
    at = suggestions.locator("a[href*='/suggestions/']").first.get_attribute("href") or ""
    soon = (timezone.localdate() + dt.timedelta(days=60)).isoformat()
    _take(
        officer,
        at,
        "activity_suggestion",
        "decide",
        adoption="adopted",
        answer="照办",
        planned_for=soon,
    )
    expect(organiser.go(path).locator("#suggestions a[href^='/promises/']")).to_be_visible()


def _measure(organiser: Person, path: str, told: Told) -> None:
    if not told.measures:
        return
    page = organiser.go(f"{path}measured/")
    for code, value in told.measures:
        page.fill(f"[name=value_{code}]", value)
    page.locator("form.step button[type=submit]").click()
    for _code, value in told.measures:
        expect(page.locator("#minutes")).to_contain_text(value)


def _write(organiser: Person, path: str, told: Told, unit: str) -> str:
    page = organiser.go(path)
    page.locator("#outcomes a[href$='/outcomes/new/']").click()
    _choose(page, "kind", told.outcome)
    page.fill("[name=title]", f"关于{told.title}的{told.outcome}")
    page.locator("[name=recipient]").select_option("unit" if unit else "government")
    if unit:
        _choose(page, "unit", unit)
    page.fill("[name=text]", "一、情况\n听取情况。\n二、建议\n办好两件事。")
    page.locator("form.step button.btn-primary").click()
    page.locator(".pen").wait_for()
    return urlsplit(page.url).path


def _as_the_member_reads_it(member: Person, path: str) -> None:
    """Minutes, outcome and their own part, within 360 pixels."""
    page = member.go(path)
    expect(page.locator("#minutes")).to_contain_text("逐项商定")
    expect(page.locator("#outcomes .badge")).to_be_visible()
    assert page.evaluate(OVERFLOWING) == []
