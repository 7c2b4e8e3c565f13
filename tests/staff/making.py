"""Posts of the small county, and who is on them."""

from __future__ import annotations

import datetime as dt
from typing import Any

from tests.world import World
from yizheng.staff import services as staff
from yizheng.staff.models import StaffPost, StaffService

NEW_YEAR = dt.date(2026, 1, 1)


def post(world: World, name: str = "办公室主任", **values: Any) -> StaffPost:
    fields = {
        "name": name,
        "level": "section",
        "kind": "administrative",
        "number": 1,
        "since": dt.date(2020, 1, 1),
        "paper": "",
        **values,
    }
    return staff.save_post(StaffPost(), fields, by=world.actor("organiser"))


def arrived(world: World, place: StaffPost, name: str, **values: Any) -> StaffService:
    fields = {
        "name": name,
        "phone": "",
        "title": "",
        "since": NEW_YEAR,
        "came": "selected",
        "came_from": "",
        **values,
    }
    return staff.arrive(place, by=world.actor("organiser"), **fields)


def office(world: World) -> tuple[StaffPost, StaffService]:
    place = post(world)
    return place, arrived(world, place, "邵荻")
