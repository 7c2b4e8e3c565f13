"""All topics, each with its category."""

from __future__ import annotations

from .reading import read
from .topic import Topic, Topics

FILES = ("economy", "politics", "culture", "society", "ecology")
TOPICS: tuple[tuple[str, Topic], ...] = tuple(
    (file.category, topic)
    for file in (read(f"topics/{name}.toml", Topics) for name in FILES)
    for topic in file.topics
)
