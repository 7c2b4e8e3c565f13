"""Codes for signing in, good for half a minute: the one on the desk's screen, and each member's
own.

Both are HMACs over the number of the present stretch of time (window). Their keys come from the
activity's own key, one for each sitting and one for each participant, so that a desk without
network can show and check them, and a desk that is stolen knows nothing of another activity.
frontend/js/codes.js computes the same.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass

from yizheng.core.request_values import whole_number

DIGITS = 6
SCREEN_LENGTH = 20
OWN_LENGTH = 16
MARK = "YZ1"
"""What the QR of a member's own code begins with."""


def _mac(key: str, *parts: object) -> bytes:
    return hmac.new(key.encode(), "|".join(map(str, parts)).encode(), hashlib.sha256).digest()


def screen_key(activity_key: str, sitting: int) -> str:
    return _mac(activity_key, "screen", sitting).hex()


def own_key(activity_key: str, participant: int) -> str:
    return _mac(activity_key, "own", participant).hex()


def fingerprint(activity_key: str, kind: str, value: str) -> str:
    """Tells whether two sign-ins of one activity came from one device, and nothing across
    activities.
    """
    return _mac(activity_key, "origin", kind, value).hex()[:32] if value else ""


def window_at(moment: dt.datetime, seconds: int) -> int:
    return int(moment.timestamp()) // seconds


def is_fresh(window: int, moment: dt.datetime, seconds: int) -> bool:
    """The current window or the one before it, and no other."""
    return window_at(moment, seconds) - window in (0, 1)


def screen_code(key: str, window: int) -> str:
    return _mac(key, window).hex()[:SCREEN_LENGTH]


def is_screen_code(key: str, window: int, code: str, moment: dt.datetime, seconds: int) -> bool:
    return is_fresh(window, moment, seconds) and hmac.compare_digest(
        screen_code(key, window).encode(), code.encode()
    )


@dataclass(frozen=True)
class OwnCode:
    """A member's own code: `digits` to be read out, `text` to stand in a QR."""

    digits: str
    text: str


def own_code(key: str, participant: int, window: int) -> OwnCode:
    made = _mac(key, "own", window)
    digits = f"{int.from_bytes(made[:4], 'big') % 10**DIGITS:0{DIGITS}}"
    return OwnCode(digits, f"{MARK}.{participant}.{window}.{made.hex()[:OWN_LENGTH]}")


def whose(shown: str, keys: Mapping[int, str], moment: dt.datetime, seconds: int) -> list[int]:
    """The participants whose own code this is now; digits may, once in a great while, be those of
    two.
    """
    shown = "".join(shown.split())
    if shown.startswith(f"{MARK}."):
        return _of_text(shown, keys, moment, seconds)
    now = window_at(moment, seconds)
    return [
        pk
        for pk, key in keys.items()
        if any(own_code(key, pk, w).digits == shown for w in (now, now - 1))
    ]


def _of_text(shown: str, keys: Mapping[int, str], moment: dt.datetime, seconds: int) -> list[int]:
    parts = shown.split(".")
    if len(parts) != 4:
        return []
    participant, window = whole_number(parts[1]), whole_number(parts[2])
    if participant is None or window is None:
        return []
    if participant not in keys or not is_fresh(window, moment, seconds):
        return []
    wanted = own_code(keys[participant], participant, window).text
    return [participant] if hmac.compare_digest(wanted.encode(), shown.encode()) else []
