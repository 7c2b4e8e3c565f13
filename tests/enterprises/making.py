"""Enterprises of the small county."""

from __future__ import annotations

import datetime as dt
from typing import Any

from tests.world import World
from yizheng.enterprises import services as enterprises
from yizheng.enterprises.models import Enterprise

NEW_YEAR = dt.date(2026, 1, 1)


def enterprise(
    world: World, name: str = "云溪机械厂", members: tuple[str, ...] = (), **values: Any
) -> Enterprise:
    fields = {
        "name": name,
        "unit": None,
        "trade": "",
        "above_scale_since": NEW_YEAR,
        "above_scale_until": None,
        **values,
    }
    return enterprises.save(
        Enterprise(), fields, [world.members[who] for who in members], by=world.actor("organiser")
    )
