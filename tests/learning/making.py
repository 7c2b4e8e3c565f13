"""Programmes of learning of the small county."""

from __future__ import annotations

from typing import Any

from tests.days import today
from tests.world import World
from yizheng.activities.models import LearningProgramme
from yizheng.learning.services import save


def programme(world: World, title: str = "委员读书计划", **values: Any) -> LearningProgramme:
    fields = {
        "year": today().year,
        "title": title,
        "about": "",
        "reading": "《论语》选读\nhttps://example.org/reading",
        **values,
    }
    return save(LearningProgramme(), fields, by=world.actor("organiser"))
