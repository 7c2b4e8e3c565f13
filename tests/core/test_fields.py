"""Fields that many forms ask for, as somebody fills them in."""

from __future__ import annotations

import datetime as dt

import pytest
from django import forms
from django.utils import timezone, translation

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


@pytest.mark.parametrize(
    ("day", "is_taken"),
    [
        ("1899-12-31", False),
        ("1900-01-01", True),
        ("2199-12-31", True),
        ("2200-01-01", False),
        ("9999-12-31", False),
        ("0001-01-01", False),
        ("2028-02-29", True),
        ("2027-02-29", False),
    ],
)
def test_a_day_lies_in_our_time(day: str, is_taken: bool) -> None:
    form = forms_of(day=fields.DayField(), at=fields.MomentField())(
        {"day": day, "at": f"{day}T09:30"}
    )
    assert (form.errors == {}) is is_taken
    assert set(form.errors) in (set(), {"day", "at"})


def test_what_django_refuses_is_said_as_people_say_it() -> None:
    """And nobody reads the number of a row."""
    form = forms_of(
        title=forms.CharField(max_length=3),
        day=fields.DayField(),
        way=forms.ChoiceField(choices=[("a", "甲")]),
        several=forms.MultipleChoiceField(choices=[("a", "甲")]),
        number=forms.IntegerField(min_value=1, max_value=5),
    )
    given = {"title": "五个字了吧", "day": "x", "way": "77", "several": ["88"], "number": "9"}
    with translation.override("zh-hans"):
        said = {name: " ".join(map(str, each)) for name, each in form(given).errors.items()}
    assert said == {
        "title": "最多 3 个字，现有 5 个字。",
        "day": "请填写日期，如 2026-03-05。",
        "way": "所选的一项现在不能选，请另选。",
        "several": "所选的一项现在不能选，请另选。",
        "number": "不得大于 5。",
    }


def forms_of(**asked: forms.Field) -> type[forms.Form]:
    return type("Asked", (forms.Form,), asked)


@pytest.mark.parametrize(
    ("typed", "passes"),
    [("13900000000", True), ("", True), ("23900000000", False), ("1390000000", False)],
)
def test_a_mobile_number_may_be_missing_and_is_whole_where_it_is_given(
    typed: str, passes: bool
) -> None:
    class Card(forms.Form):
        mobile = fields.MobileField()

    assert Card({"mobile": typed}).is_valid() is passes
