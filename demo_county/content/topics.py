"""All topics, each with its category."""

from __future__ import annotations

from . import (
    topics_culture,
    topics_culture_more,
    topics_ecology,
    topics_ecology_more,
    topics_economy,
    topics_economy_land,
    topics_economy_more,
    topics_livelihood,
    topics_politics,
    topics_politics_more,
    topics_public,
    topics_society,
)
from .topic import CULTURE, ECOLOGY, ECONOMY, POLITICS, SOCIETY, Topic

_TABLES: tuple[tuple[str, tuple[Topic, ...]], ...] = (
    (ECONOMY, topics_economy.TOPICS + topics_economy_more.TOPICS + topics_economy_land.TOPICS),
    (POLITICS, topics_politics.TOPICS + topics_politics_more.TOPICS),
    (CULTURE, topics_culture.TOPICS + topics_culture_more.TOPICS),
    (SOCIETY, topics_society.TOPICS + topics_livelihood.TOPICS + topics_public.TOPICS),
    (ECOLOGY, topics_ecology.TOPICS + topics_ecology_more.TOPICS),
)
TOPICS: tuple[tuple[str, Topic], ...] = tuple(
    (category, topic) for category, table in _TABLES for topic in table
)
