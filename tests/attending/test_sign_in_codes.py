"""Codes of the screen and of members: which windows hold, what a photograph is worth, what digits
say.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.utils import translation

from yizheng.attending import sign_in_codes
from yizheng.attending.quorum import Quorum, needed

KEY = "a" * 64
AT = dt.datetime(2026, 11, 22, 8, 30, 10, tzinfo=dt.UTC)
"""Ten seconds into a window of half a minute."""


def test_a_window_is_half_a_minute() -> None:
    assert sign_in_codes.window_at(AT, 30) == int(AT.timestamp()) // 30
    assert sign_in_codes.window_at(AT + dt.timedelta(seconds=19), 30) == sign_in_codes.window_at(
        AT, 30
    )
    assert (
        sign_in_codes.window_at(AT + dt.timedelta(seconds=20), 30)
        == sign_in_codes.window_at(AT, 30) + 1
    )


@pytest.mark.parametrize(
    ("seconds_later", "holds"),
    [(0, True), (19, True), (20, True), (49, True), (50, False), (3600, False), (-11, False)],
)
def test_the_screens_code_holds_for_its_window_and_the_next(
    seconds_later: int, holds: bool
) -> None:
    key = sign_in_codes.screen_key(KEY, 7)
    window = sign_in_codes.window_at(AT, 30)
    shown = sign_in_codes.screen_code(key, window)
    assert (
        sign_in_codes.is_screen_code(
            key, window, shown, AT + dt.timedelta(seconds=seconds_later), 30
        )
        is holds
    )


def test_a_code_is_good_for_its_sitting_and_its_window_only() -> None:
    window = sign_in_codes.window_at(AT, 30)
    other = sign_in_codes.screen_code(sign_in_codes.screen_key(KEY, 8), window)
    assert not sign_in_codes.is_screen_code(sign_in_codes.screen_key(KEY, 7), window, other, AT, 30)
    old = sign_in_codes.screen_code(sign_in_codes.screen_key(KEY, 7), window - 1)
    assert not sign_in_codes.is_screen_code(sign_in_codes.screen_key(KEY, 7), window, old, AT, 30)
    assert not sign_in_codes.is_screen_code(
        sign_in_codes.screen_key(KEY, 7), window, "中文", AT, 30
    )


def test_whose_code_it_is() -> None:
    keys = {pk: sign_in_codes.own_key(KEY, pk) for pk in (1, 2, 3)}
    window = sign_in_codes.window_at(AT, 30)
    mine = sign_in_codes.own_code(keys[2], 2, window)
    assert sign_in_codes.whose(mine.digits, keys, AT, 30) == [2]
    assert sign_in_codes.whose(f" {mine.digits[:3]} {mine.digits[3:]} ", keys, AT, 30) == [2]
    assert sign_in_codes.whose(mine.text, keys, AT, 30) == [2]
    assert sign_in_codes.whose(mine.text, keys, AT + dt.timedelta(seconds=49), 30) == [2]
    assert sign_in_codes.whose(mine.text, keys, AT + dt.timedelta(seconds=50), 30) == []
    assert sign_in_codes.whose(mine.text.replace(".2.", ".3.", 1), keys, AT, 30) == []
    for nonsense in ("", "000", "YZ1.", "YZ1.x.y.z", "YZ1.9.1.abc", "议政"):
        assert sign_in_codes.whose(nonsense, keys, AT, 30) == []


def test_a_fingerprint_tells_nothing_across_activities() -> None:
    assert (
        sign_in_codes.fingerprint(KEY, "device", "x")
        == sign_in_codes.fingerprint(KEY, "device", "x")
        != ""
    )
    assert sign_in_codes.fingerprint("b" * 64, "device", "x") != sign_in_codes.fingerprint(
        KEY, "device", "x"
    )
    assert sign_in_codes.fingerprint(KEY, "device", "") == ""


@pytest.mark.parametrize(
    ("roll", "share", "wanted"),
    [
        (190, "two_thirds", 127),
        (189, "two_thirds", 126),
        (3, "two_thirds", 2),
        (4, "two_thirds", 3),
        (0, "two_thirds", 0),
        (31, "half", 16),
        (30, "half", 16),
        (1, "half", 1),
        (190, "none", 0),
    ],
)
def test_how_many_are_needed(roll: int, share: str, wanted: int) -> None:
    assert needed(roll, share) == wanted


def at_nine(share: str, due: int, wanted: int, present: int, **more: Any) -> Quorum:
    nine = dt.datetime(2024, 9, 12, 1, 0, tzinfo=dt.UTC)  # nine o'clock in China
    return Quorum(share, due, wanted, present, nine, **more)


def test_what_is_missing() -> None:
    assert at_nine("two_thirds", 190, 127, 120).missing == 7
    assert not at_nine("two_thirds", 190, 127, 126).is_met
    assert at_nine("two_thirds", 190, 127, 127).is_met
    assert at_nine("none", 12, 0, 0).is_met


def test_a_quorum_in_words() -> None:
    """With what the form asks for, and without."""
    with translation.override("zh-hans"):
        short = at_nine("two_thirds", 190, 127, 120)
        numbers = "应到 190 人，实到 120 人，法定 127 人"
        assert short.words == f"截至 2024 年 9 月 12 日 09:00：{numbers}"
        assert (short.verdict, short.tone) == ("差 7 人", "ochre")
        there = at_nine("half", 190, 96, 96)
        assert (there.verdict, there.tone) == ("已达法定人数", "bamboo")
        free = at_nine("none", 12, 0, 5)
        assert not free.is_asked and free.numbers == "应到 12 人，实到 5 人"
