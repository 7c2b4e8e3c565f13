"""Rules of the small county."""

from __future__ import annotations

import datetime as dt
from typing import Any

from tests.world import World
from yizheng.library import services as library
from yizheng.library.models import RuleDocument


def rule(world: World, title: str = "委员履职管理办法", **values: Any) -> RuleDocument:
    fields = {
        "title": title,
        "number": "",
        "meeting": "九届常委会第十次会议",
        "adopted_on": dt.date(2026, 3, 2),
        "in_force_from": dt.date(2026, 4, 1),
        "replaces": None,
        "subject": "",
        "about": "",
        **values,
    }
    return library.save(RuleDocument(), fields, by=world.actor("organiser"))
