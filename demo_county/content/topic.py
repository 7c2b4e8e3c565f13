"""What a file of topics is made of. The texts are templates of `text`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal

from .places import SCENE
from .reading import one_of
from .text import LATER, template
from .units import NAMES

Scope = Literal["town", "city", "county"]
Template = Annotated[str, template(*SCENE)]
Answer = Annotated[str, template(*SCENE, *LATER)]
UnitName = Annotated[str, one_of("unit", {*NAMES, "{镇}人民政府", "{街道}办事处"})]

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
    done: Answer
    plan: Answer
    months: int
    no: Answer = ""
    unit: UnitName = ""


@dataclass(frozen=True)
class Topic:
    key: str
    subject: str
    scope: Scope
    lead: UnitName
    assist: tuple[UnitName, ...]
    words: tuple[str, ...]
    titles: tuple[Template, ...]
    facts: tuple[Template, ...]
    causes: tuple[Template, ...]
    asks: tuple[Ask, ...]


@dataclass(frozen=True)
class Topics:
    category: Annotated[str, one_of("category", CATEGORIES)]
    topics: tuple[Topic, ...]

    def __post_init__(self) -> None:
        keys = [topic.key for topic in self.topics]
        if twice := [key for key in keys if keys.count(key) > 1]:
            raise ValueError(f"two topics have the key {twice[0]}")
