"""Fields that many forms ask for, as somebody fills them in."""

from __future__ import annotations

import datetime as dt

import pytest
from django import forms
from django.utils import timezone

from yizheng.core import clock, fields
from yizheng.core.refusals import BadInput

pytestmark = pytest.mark.usefixtures("english")

TODAY = dt.date(2026, 3, 18)
NOON = dt.datetime(2026, 3, 18, 12, tzinfo=timezone.get_default_timezone())


class Visit(forms.Form):
    on = fields.PastDayField(label="Day")
    until = fields.DayField(label="Until", required=False)
    phone = fields.PhoneField()
    note = fields.RemarkField()


def said(**data: str) -> dict[str, list[str]]:
    return {name: [str(each) for each in found] for name, found in Visit(data).errors.items()}


@pytest.mark.parametrize(
    ("day", "refusal"),
    [
        ("2026-03-17", {}),
        ("2026-03-18", {}),
        ("2026-03-19", {"on": ["This day has not come yet."]}),
    ],
)
def test_what_happened_happened_today_at_the_latest(
    day: str, refusal: dict[str, list[str]]
) -> None:
    with clock.at(NOON):
        assert said(on=day) == refusal


def test_another_day_may_lie_ahead() -> None:
    with clock.at(NOON):
        assert said(on="2026-03-18", until="2030-01-01") == {}


@pytest.mark.parametrize(
    ("phone", "good"),
    [
        ("13900000000", True),
        ("0571-1234567", True),
        ("", True),
        ("123456", False),
        ("ask me", False),
    ],
)
def test_a_phone_is_digits_and_hyphens(phone: str, good: bool) -> None:
    with clock.at(NOON):
        assert ("phone" not in said(on="2026-03-18", phone=phone)) is good


def test_a_browser_offers_its_calendar_and_several_lines() -> None:
    drawn = str(Visit(initial={"on": TODAY}))
    assert '<input type="date" name="on" value="2026-03-18"' in drawn
    assert '<textarea name="note"' in drawn and 'rows="3"' in drawn


def test_a_program_is_refused_with_the_same_sentence() -> None:
    with clock.at(NOON):
        clock.require_come(TODAY)
        with pytest.raises(BadInput, match=r"^This day has not come yet\.$"):
            clock.require_come(dt.date(2026, 3, 19))
