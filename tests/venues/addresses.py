"""Addresses of venues in the matrix of tests/test_urls.py, and what their arguments stand for."""

from __future__ import annotations

import datetime as dt
from typing import Any

from tests.world import World
from yizheng.core import clock
from yizheng.venues import services
from yizheng.venues.models import WallNotice

from .making import serving, venue, visit

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
    return {
        "venue": place.pk,
        "venue_member": member.pk,
        "rota_day": place.rota.get().pk,
        "wall_notice": notice.pk,
        "visit": visit(world, place).pk,
    }
