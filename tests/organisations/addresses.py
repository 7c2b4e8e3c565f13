"""Addresses of the committee beyond units and roles in the matrix of tests/test_urls.py, and what
their arguments stand for.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from tests.organisations.bodies import enterprise, office
from tests.organisations.venues import serving, venue, visit
from tests.world import World
from yizheng.core import clock
from yizheng.organisations.models import Group, WallNotice
from yizheng.organisations.venues import services
from yizheng.people.contacts import services as contacts
from yizheng.people.models import ContactLink

MATRIX = """
venues:list                       |                    | GET  | sign-in | 200 | editor 403  | member 200
venues:export                     |                    | GET  | sign-in | 200 | editor 403  | member 200
venues:add                        |                    | GET  | sign-in | 200 | member 403  | organiser 200
venues:venue                      | venue              | GET  | sign-in | 404 | editor 403  | third 200
venues:edit                       | venue              | GET  | sign-in | 404 | member 403  | organiser 200
venues:close                      | venue              | GET  | sign-in | 404 | member 403  | organiser 200
venues:reopen                     | venue              | POST | sign-in | 404 | member 403  | organiser 302
venues:add_members                | venue              | GET  | sign-in | 404 | member 403  | organiser 200
venues:end_member                 | venue venue_member | GET  | sign-in | 404 | member 403  | organiser 200
venues:fill_rota                  | venue              | GET  | sign-in | 404 | member 403  | organiser 200
venues:change_rota                | venue rota_day     | GET  | sign-in | 404 | third 403   | member 200
venues:strike_rota                | venue rota_day     | POST | sign-in | 404 | member 403  | organiser 302
venues:add_notice                 | venue              | GET  | sign-in | 404 | member 403  | organiser 200
venues:edit_notice                | venue wall_notice  | GET  | sign-in | 404 | member 403  | organiser 200
venues:take_down                  | venue wall_notice  | POST | sign-in | 404 | member 403  | organiser 302
venues:add_visit                  | venue              | GET  | sign-in | 404 | third 403   | member 200
venues:visits                     |                    | GET  | sign-in | 200 | editor 403  | member 200
venues:export_visits              |                    | GET  | sign-in | 200 | editor 403  | member 200
venues:visit                      | visit              | GET  | sign-in | 404 | third 403   | member 200
venues:show_visitor               | visit              | POST | sign-in | 404 | secretary 403 | member 200

groups:list                       |                    | GET  | sign-in | 200 | officer 403 | member 200
groups:export                     |                    | GET  | sign-in | 200 | officer 403 | member 200
groups:group                      | group              | GET  | sign-in | 404 | officer 403 | member 200
contacts:list                     |                    | GET  | sign-in | 200 | editor 403  | member 200
contacts:export                   |                    | GET  | sign-in | 200 | editor 403  | member 200
contacts:choose                   |                    | GET  | sign-in | 200 | secretary 403 | organiser 200
contacts:assign                   | contact_kind       | GET  | sign-in | 200 | secretary 403 | organiser 200
contacts:link                     | contact            | GET  | sign-in | 404 | third 403   | member 200
contacts:note                     | contact            | GET  | sign-in | 404 | secretary 403 | member 200
contacts:end                      | contact            | GET  | sign-in | 404 | member 403  | organiser 200
contacts:take_back                | contact contact_entry | POST | sign-in | 404 | organiser 403 | member 302

staff:office                      |                    | GET  | sign-in | 200 | member 403  | secretary 200
staff:export                      |                    | GET  | sign-in | 200 | member 403  | secretary 200
staff:add_post                    |                    | GET  | sign-in | 200 | member 403  | organiser 200
staff:edit_post                   | staff_post         | GET  | sign-in | 404 | member 403  | organiser 200
staff:end_post                    | staff_post         | GET  | sign-in | 404 | member 403  | organiser 200
staff:arrive                      |                    | GET  | sign-in | 200 | member 403  | organiser 200
staff:leave                       | staff              | GET  | sign-in | 404 | member 403  | organiser 200
staff:move                        | staff              | GET  | sign-in | 404 | member 403  | organiser 200
enterprises:list                  |                    | GET  | sign-in | 200 | officer 403 | member 200
enterprises:export                |                    | GET  | sign-in | 200 | officer 403 | member 200
enterprises:add                   |                    | GET  | sign-in | 200 | member 403  | organiser 200
enterprises:edit                  | enterprise         | GET  | sign-in | 404 | member 403  | organiser 200
enterprises:close                 | enterprise         | GET  | sign-in | 404 | member 403  | organiser 200
"""


def places(world: World) -> dict[str, Any]:
    place = venue(world)
    member = serving(place, world, "member")[0]
    organiser, day = world.actor("organiser"), clock.today() + dt.timedelta(days=1)
    services.fill_rota(
        place, [world.members["member"]], [day], by=organiser, begins=dt.time(9), ends=dt.time(11)
    )
    notice = WallNotice(venue=place)
    services.post_notice(
        notice,
        {"board": "news", "title": "值守", "text": "每周三", "posted_on": day, "until": None},
        by=organiser,
    )
    contacts.assign(
        "members_to_places",
        [world.members["member"]],
        by=organiser,
        since=dt.date(2026, 1, 1),
        words=["石桥村"],
    )
    link = ContactLink.objects.get()
    entry = contacts.note(link, by=world.actor("member"), day=clock.today(), way="visit")
    post, staff = office(world)
    return {
        "staff_post": post.pk,
        "staff": staff.pk,
        "enterprise": enterprise(world).pk,
        "contact": link.pk,
        "contact_entry": entry.pk,
        "contact_kind": "members_to_places",
        "group": Group.objects.get().pk,
        "venue": place.pk,
        "venue_member": member.pk,
        "rota_day": place.rota.get().pk,
        "wall_notice": notice.pk,
        "visit": visit(world, place).pk,
    }
