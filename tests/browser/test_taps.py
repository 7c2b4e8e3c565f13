"""Everything a member does on a telephone of 360 pixels, tap by tap. docs/attendance.md tells the
same numbers.
"""

from __future__ import annotations

import time
from typing import Any

import pytest
from playwright.sync_api import Locator, expect

from yizheng.attending import sign_in_codes

from .gathering import gathering, to_be_cosigned
from .people import OVERFLOWING, Enter, Person
from .server import Server

THUMB = 44


class Thumb:
    """Taps what is wide and high enough, and counts. Typing takes the tap into the field."""

    def __init__(self, person: Person) -> None:
        self.person, self.taps, self.typed = person, 0, 0

    def tap(self, target: Locator) -> None:
        target.scroll_into_view_if_needed()
        box = target.bounding_box()
        assert box and (
            box["height"] >= THUMB
            or target.evaluate("e => e.matches('input, textarea, .case-title a, main a')")
        ), box
        assert self.person.page.evaluate(OVERFLOWING) == []
        target.tap()
        self.taps += 1

    def write(self, field: Locator, text: str) -> None:
        self.tap(field)
        field.fill(text)
        self.typed += len(text)


@pytest.fixture
def thumb(enter: Enter) -> Thumb:
    person = enter("member", 360)
    person.go("/")
    return Thumb(person)


def _see_the_invitation(thumb: Thumb, server: Server) -> int:
    """From home by the message to one's own page of the activity: three taps."""
    activity, _sitting = gathering(server)
    page = thumb.person.page
    thumb.tap(page.locator(".bottom-bar a[href='/notices/']"))
    message = page.locator(".notices button", has_text="门口签到").first
    for _moment in range(30):  # the worker brings it
        page.wait_for_load_state()
        if message.is_visible():
            break
        page.wait_for_timeout(1000)
        page.reload()
    thumb.tap(message)
    thumb.tap(page.locator(f"main a[href='/activities/{activity}/attend/']").first)
    return activity


def test_an_invitation_is_answered_in_four_taps(thumb: Thumb, server: Server) -> None:
    _see_the_invitation(thumb, server)
    thumb.tap(thumb.person.page.locator("button[name=comes][value=yes]"))
    expect(thumb.person.page.locator(".messages .notice-success")).to_be_visible()
    assert thumb.taps == 4


def test_leave_is_asked_for_in_seven_taps_and_a_sentence(thumb: Thumb, server: Server) -> None:
    activity = _see_the_invitation(thumb, server)
    page = thumb.person.page
    thumb.tap(page.locator(f"main a[href='/activities/{activity}/leave/']"))
    thumb.tap(page.locator("label.choice").first)
    thumb.write(page.locator("[name=words]"), "当天带队下乡")
    thumb.tap(page.locator("form.step button[type=submit]"))
    expect(page.locator(".messages .notice-success")).to_be_visible()
    assert thumb.taps == 7


def _screen_code(person: Person, sitting: int, ago: int) -> str:
    """Where the desk's screen leads now, or led so many codes ago."""
    pack: dict[str, Any] = person.context.request.get(
        f"{person.address}/activities/sittings/{sitting}/pack/"
    ).json()
    window = int(time.time()) // pack["seconds"] - ago
    return f"{pack['scan']}{window}/{sign_in_codes.screen_code(pack['key'], window)}/"


def test_signing_in_by_the_screens_code_takes_one_tap_and_a_photograph_of_it_is_refused(
    enter: Enter, thumb: Thumb, server: Server
) -> None:
    _activity, sitting = gathering(server)
    desk, page = enter("organiser"), thumb.person.page
    thumb.person.allow("422")
    page.goto(_screen_code(desk, sitting, ago=3))
    expect(page.locator("[data-refusal]")).to_contain_text("照片无效")
    page.goto(_screen_code(desk, sitting, ago=0))
    thumb.tap(page.locator("main form button"))
    expect(page.locator(".signed-in")).to_be_visible()
    assert thumb.taps == 1


def test_an_opinion_is_written_and_handed_in_with_six_taps(thumb: Thumb) -> None:
    page = thumb.person.page
    thumb.tap(page.locator(".bottom-bar a[href='/opinions/']"))
    thumb.tap(page.locator("a[href='/opinions/new/']").first)
    thumb.write(page.locator("[name=title]"), "反映村口夜里没有路灯")
    thumb.write(
        page.locator("[name=body]"),
        "石桥村村口夜里没有路灯，老人和学生走夜路不安全。建议今年入冬前先装六盏。",
    )
    thumb.tap(page.locator("button[name=submit]"))
    thumb.tap(page.locator("#confirm [value=yes]"))
    expect(page.locator(".messages .notice-success")).to_be_visible()
    assert thumb.taps == 6
    assert thumb.typed < 60


def test_co_signing_takes_at_most_three_taps(thumb: Thumb, server: Server) -> None:
    proposal = to_be_cosigned(server)
    page = thumb.person.go("/")
    thumb.tap(
        page.locator(
            ".case-title a[href^='/steps/cosignature/'], .case-title "
            f"a[href^='/proposals/{proposal}/']"
        ).first
    )
    button = page.locator(
        "form.step button[type=submit], .pen-actions .btn-primary, main .btn-primary"
    ).first
    thumb.tap(button)
    if page.locator("#confirm").is_visible():
        thumb.tap(page.locator("#confirm [value=yes]"))
    expect(page.locator(".messages .notice-success")).to_be_visible()
    assert thumb.taps <= 3


def test_a_reply_is_rated_in_four_taps_at_most_and_nothing_is_chosen_beforehand(
    thumb: Thumb,
) -> None:
    page = thumb.person.page
    thumb.tap(page.locator(".case-title a[href*='/steps/evaluation/']").first)
    page.locator(".rating").wait_for()
    questions = page.locator(".rating fieldset").count()
    assert page.locator(".rating input:checked").count() == 0
    thumb.tap(page.locator("[data-fill-with]").first)
    for question in page.locator(".rating fieldset:not(:has(input:checked))").all():
        thumb.tap(
            question.locator("label.choice").first
        )  # no matter of opinion, and no contact on record says it
    assert page.locator(".rating input:checked").count() == questions
    # What was filled in can be changed: another answer, and back, which is not among the taps one
    # needs.
    last = page.locator(".rating fieldset").last
    last.locator("label.choice").last.tap()
    assert last.locator("input:checked").get_attribute("value") != last.locator(
        "input"
    ).first.get_attribute("value")
    last.locator("label.choice").first.tap()
    thumb.tap(page.locator("form.step button[type=submit]"))
    expect(page.locator(".messages .notice-success")).to_be_visible()
    assert thumb.taps <= 4
