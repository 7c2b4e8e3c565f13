"""What the fields refuse and what the service refuses is said together."""

from __future__ import annotations

import re
from typing import Any

from tests.signing_in import SignedIn
from tests.venues.making import venue
from tests.world import World
from yizheng.organisations.models import Role, Session
from yizheng.people.models import Account
from yizheng.venues.models import VenueCategory


def _lines(answer: Any) -> list[str]:
    """Of the summary: which field."""
    assert answer.status_code == 422
    summary = answer.content.decode().split("data-refusal-summary", 1)[1].split("</div>", 1)[0]
    return re.findall(r'<a href="#id_(\w+)">', summary)


def test_a_session(world: World, signed_in: SignedIn) -> None:
    known = Session.objects.first()
    assert known
    typed = {
        "term": known.term_id,
        "ordinal": known.ordinal,
        "year": "1800",
        "opens_on": "2026-03-05",
        "closes_on": "2026-03-01",
        "proposals_until": "2026-03-04",
    }
    answer = signed_in("clerk").post("/organisation/sessions/add/", typed)
    assert _lines(answer) == ["ordinal", "year", "closes_on", "proposals_until"]


def test_an_account(world: World, signed_in: SignedIn) -> None:
    taken = Account.objects.exclude(username="").first()
    assert taken
    typed = {
        "name": "新来的",
        "phone": "123",
        "role": Role.objects.filter(place="unit").first().pk,  # type: ignore[union-attr]
        "since": "2026-01-01",
        "username": taken.username,
    }
    answer = signed_in("administrator").post("/people/accounts/open/", typed)
    assert _lines(answer) == ["phone", "unit", "username"]
    answer = signed_in("administrator").post(
        "/people/accounts/open/", {**typed, "phone": "13900001111"}
    )
    assert _lines(answer) == ["unit", "username"]


def test_a_venue(world: World, signed_in: SignedIn) -> None:
    there = venue(world)
    typed = {
        "name": there.name,
        "category": VenueCategory.objects.first().pk,  # type: ignore[union-attr]
        "kind": "regional",
        "place": "石桥村 2 号",
        "phone": "abc",
        "opened_on": "2026-01-01",
    }
    answer = signed_in("organiser").post("/venues/add/", typed)
    assert {"name", "phone"} <= set(_lines(answer))
