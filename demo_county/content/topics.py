"""All topics of proposals, each with its category, and what a file of them is made of.

The texts are templates of `text`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal

from .places import SCENE
from .reading import one_of, read
from .text import LATER, template
from .units import NAMES

Scope = Literal["town", "city", "county"]
Template = Annotated[str, template(*SCENE)]
AnswerTemplate = Annotated[str, template(*SCENE, *LATER)]
UnitTemplate = Annotated[str, one_of("unit", {*NAMES, "{镇}人民政府", "{街道}办事处"})]

ECONOMY = "经济建设"
POLITICS = "政治建设"
CULTURE = "文化建设"
SOCIETY = "社会建设"
ECOLOGY = "生态文明建设"
CATEGORIES = (ECONOMY, POLITICS, CULTURE, SOCIETY, ECOLOGY)


@dataclass(frozen=True)
class Ask:
    """One suggestion, with what a unit would honestly say to it.

    ``no`` is the reason against it; a suggestion nobody could fairly refuse has none. ``months`` is
    how long a planned one takes. ``unit`` is the natural unit where it is not the lead.
    """

    text: Template
    section: str
    done: AnswerTemplate
    plan: AnswerTemplate
    months: int
    no: AnswerTemplate = ""
    unit: UnitTemplate = ""


@dataclass(frozen=True)
class Topic:
    key: str
    subject: str
    scope: Scope
    lead: UnitTemplate
    assist: tuple[UnitTemplate, ...]
    words: tuple[str, ...]
    titles: tuple[Template, ...]
    facts: tuple[Template, ...]
    causes: tuple[Template, ...]
    asks: tuple[Ask, ...]


@dataclass(frozen=True)
class TopicFile:
    category: Annotated[str, one_of("category", CATEGORIES)]
    topics: tuple[Topic, ...]

    def __post_init__(self) -> None:
        keys = [topic.key for topic in self.topics]
        if twice := [key for key in keys if keys.count(key) > 1]:
            raise ValueError(f"two topics have the key {twice[0]}")


FILES = ("economy", "politics", "culture", "society", "ecology")
TOPICS: tuple[tuple[str, Topic], ...] = tuple(
    (file.category, topic)
    for file in (read(f"topics/{name}.toml", TopicFile) for name in FILES)
    for topic in file.topics
)
