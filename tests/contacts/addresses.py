"""Addresses of contacts in the matrix of tests/test_urls.py, and what their arguments stand for."""

from __future__ import annotations

from typing import Any

from tests.days import first_day
from tests.world import World
from yizheng.contacts import services
from yizheng.contacts.models import ContactLink
from yizheng.core import clock

MATRIX = """
contacts:list                     |                    | GET  | sign-in | 200 | editor 403  | member 200
contacts:export                   |                    | GET  | sign-in | 200 | editor 403  | member 200
contacts:choose                   |                    | GET  | sign-in | 200 | secretary 403 | organiser 200
contacts:assign                   | contact_kind       | GET  | sign-in | 200 | secretary 403 | organiser 200
contacts:link                     | contact            | GET  | sign-in | 404 | third 403   | member 200
contacts:note                     | contact            | GET  | sign-in | 404 | secretary 403 | member 200
contacts:end                      | contact            | GET  | sign-in | 404 | member 403  | organiser 200
contacts:take_back                | contact contact_entry | POST | sign-in | 404 | organiser 403 | member 302
"""


def places(world: World) -> dict[str, Any]:
    services.assign(
        "members_to_places",
        [world.members["member"]],
        by=world.actor("organiser"),
        since=first_day(),
        words=["石桥村"],
    )
    link = ContactLink.objects.get()
    entry = services.note(link, by=world.actor("member"), day=clock.today(), way="visit")
    return {"contact": link.pk, "contact_entry": entry.pk, "contact_kind": "members_to_places"}
