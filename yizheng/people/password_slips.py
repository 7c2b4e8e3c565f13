"""Slips with first passwords, kept between the step that made them and the one page that shows
them.

They wait in the session, locked with the installation's key, and are gone after the first look.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass

from django.http import HttpRequest

from .adapters import secret_box

KEY = "first-passwords"


@dataclass(frozen=True)
class PasswordSlip:
    name: str
    username: str
    phone: str
    password: str
    place: str = ""


def keep(request: HttpRequest, slips: list[PasswordSlip]) -> None:
    text = json.dumps([asdict(slip) for slip in slips])
    request.session[KEY] = secret_box().encrypt(text.encode()).decode()


def take(request: HttpRequest) -> list[PasswordSlip]:
    """The slips, once."""
    locked = request.session.pop(KEY, "")
    return (
        [PasswordSlip(**slip) for slip in json.loads(secret_box().decrypt(locked.encode()))]
        if locked
        else []
    )
