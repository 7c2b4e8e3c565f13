"""What a topic table is made of. The strings are templates of `text`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Scope = Literal["town", "city", "county"]

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

    text: str
    section: str
    done: str
    plan: str
    no: str = ""
    unit: str = ""
    months: int = 6


@dataclass(frozen=True)
class Topic:
    key: str
    subject: str
    scope: Scope
    lead: str
    assist: str
    words: str
    titles: tuple[str, ...]
    facts: tuple[str, ...]
    causes: tuple[str, ...]
    asks: tuple[Ask, ...]
