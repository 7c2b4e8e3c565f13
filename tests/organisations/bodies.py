"""Rules and programmes of learning of the small county."""

from __future__ import annotations

import datetime as dt
from typing import Any

from tests.world import World
from yizheng.activities.learning.models import LearningProgramme
from yizheng.activities.learning.views import save
from yizheng.regulations.library import services as library
from yizheng.regulations.models import RuleDocument


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


def programme(world: World, title: str = "委员读书计划", **values: Any) -> LearningProgramme:
    fields = {
        "year": 2026,
        "title": title,
        "about": "",
        "reading": "《论语》选读\nhttps://example.org/reading",
        **values,
    }
    return save(LearningProgramme(), fields, by=world.actor("organiser"))
