"""Venues, visitors, contacts, rules on paper, posts and enterprises of 云溪县: all invented."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal, NamedTuple

from .reading import read
from .text import template
from .units import NameOfUnit


class VenueText(NamedTuple):
    name: str
    category: str
    kind: Literal["regional", "sector"]
    place: str
    town: NameOfUnit
    stars: int
    about: str


class WallNoticeText(NamedTuple):
    board: Literal["duties", "procedure", "rules"]
    title: str
    text: str


@dataclass(frozen=True)
class VisitText:
    """Somebody came so many days ago; it was answered, handed on as information, or still waits."""

    ago: int
    venue: str
    who: str
    raised: str
    answer: str = ""
    becomes: str = ""


class ContactNote(NamedTuple):
    way: Literal["visit", "phone", "met", "message"]
    note: str


@dataclass(frozen=True)
class LearningText:
    title: str
    about: str
    reading: str


class RuleText(NamedTuple):
    title: str
    number: Annotated[str, template("y")]
    meeting: str
    years_ago: int
    replaces: str
    about: str


class Holder(NamedTuple):
    name: str
    title: str
    years: int
    came: Literal["present", "transferred", "selected", "recruited"]
    came_from: str


class Post(NamedTuple):
    name: str
    level: Literal["section", "deputy_section", "clerk"]
    number: int
    holders: tuple[Holder, ...] = ()


class EnterpriseText(NamedTuple):
    name: str
    trade: str
    town: NameOfUnit
    years: int


@dataclass(frozen=True)
class House:
    kept: str
    places: tuple[str, ...]
    notes: tuple[ContactNote, ...]
    venues: tuple[VenueText, ...]
    wall: tuple[WallNoticeText, ...]
    visits: tuple[VisitText, ...]
    learning: LearningText
    rules: tuple[RuleText, ...]
    posts: tuple[Post, ...]
    enterprises: tuple[EnterpriseText, ...]

    def __post_init__(self) -> None:
        venues = {venue.name for venue in self.venues}
        for name in (self.kept, *(visit.venue for visit in self.visits)):
            if name not in venues:
                raise ValueError(f"there is no venue “{name}”")
        titles = [rule.title for rule in self.rules]
        for place, rule in enumerate(self.rules):
            if rule.replaces not in ("", *titles[:place]):
                raise ValueError(f"“{rule.title}” replaces what does not stand before it")


_READ = read("house.toml", House)
KEPT = _READ.kept
PLACES = _READ.places
NOTES = _READ.notes
VENUES = _READ.venues
WALL = _READ.wall
VISITS = _READ.visits
LEARNING = _READ.learning.title
LEARNING_ABOUT = _READ.learning.about
READING = _READ.learning.reading
RULES = _READ.rules
POSTS = _READ.posts
ENTERPRISES = _READ.enterprises
