"""What 云溪县政协 planned and held in the year: topics of the plan, activities with what was said
and what came of it.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Annotated, Literal, NamedTuple

from .reading import one_of, read
from .roster import COMMITTEES
from .text import template
from .units import NameOfUnit

CommitteeName = Annotated[str, one_of("committee", ("", *COMMITTEES))]


def _day_fault(day: str) -> str:
    try:
        dt.date.fromisoformat(f"2025-{day}")
    except ValueError:
        return "a month and a day belong here, like 03-26"
    return ""


Day = Annotated[str, _day_fault]
Title = Annotated[str, template("y")]


def _audience_fault(who: str) -> str:
    fits = who in ("all", "standing") or who.isdecimal()
    return "" if fits else "all, standing or a number belongs here"


@dataclass(frozen=True)
class PlanTopic:
    month: int
    title: str
    form: str
    committee: CommitteeName
    reason: str
    fate: Literal["approved", "dropped", "proposed"] = "approved"


@dataclass(frozen=True)
class ActivitySuggestionText:
    """A suggestion: what, for which unit, how it was decided, and in how many days it
    is promised.
    """

    text: str
    unit: NameOfUnit
    adoption: Literal["adopted", "partly", "not_adopted", "pending"] = "adopted"
    answer: str = ""
    days: int = 0


@dataclass(frozen=True)
class OutcomeText:
    """An outcome: its kind, title, to whom, and how far it went."""

    kind: str
    title: str
    recipient: str
    unit: NameOfUnit = ""
    answer: str = ""
    effect: str = ""


class Talk(NamedTuple):
    title: str
    speaker: str


@dataclass(frozen=True, kw_only=True)
class ActivityText:
    """`day` is a month and day of the year, `who` an audience: all, standing, or a number by lot,
    most of them from the committee.
    """

    day: Day = ""
    title: str
    form: str
    place: str
    who: Annotated[str, _audience_fault]
    summary: str
    minutes: str = ""
    results: str = ""
    committee: CommitteeName = ""
    topic: str = ""
    units: tuple[NameOfUnit, ...] = ()
    said: tuple[ActivitySuggestionText, ...] = ()
    sent: OutcomeText | None = None
    measures: dict[str, int] = field(default_factory=dict)
    programme: str = ""
    counterpart: str = ""
    hours: tuple[int, int] = (9, 12)
    nights: int = 0
    talk: Talk | None = None


@dataclass(frozen=True, kw_only=True)
class CurrentActivityText(ActivityText):
    """Around today: in how many days, and the state in which it is left."""

    in_days: int
    stands: Literal["cancelled", "held", "invited", "approved", "approving", "draft"]


@dataclass(frozen=True, kw_only=True)
class DeskActivityText(ActivityText):
    """What was suggested there and what came of it waits for the unit whose people can sign in."""

    suggestion: str
    outcome: str


@dataclass(frozen=True, kw_only=True)
class CallText(ActivityText):
    """Asks for speeches in these words."""

    words: str


class Excuse(NamedTuple):
    """Why somebody asks for leave, and in which words."""

    reason: Literal["duty", "illness", "family", "other"]
    words: str


class Speech(NamedTuple):
    title: str
    state: Literal["oral", "shortlisted", "revising", "offered", "not_used"]


@dataclass(frozen=True)
class PastActivityText:
    """Held in each of the two years before this one, under a title for each."""

    day: Day
    part: Literal["上午", "下午", "晚上", "全天"]
    titles: tuple[Title, Title]
    form: str
    place: str
    came: int
    committee: CommitteeName = ""


@dataclass(frozen=True)
class ActivityTexts:
    topics: tuple[PlanTopic, ...]
    plenary: ActivityText
    this_year: tuple[ActivityText, ...]
    around: tuple[CurrentActivityText, ...]
    at_the_desk: DeskActivityText
    call: CallText
    excuses: tuple[Excuse, ...]
    speeches: tuple[Speech, ...]
    past: tuple[PastActivityText, ...]

    def __post_init__(self) -> None:
        planned = {"", *(topic.title for topic in self.topics)}
        for each in (self.plenary, *self.this_year, *self.around, self.at_the_desk, self.call):
            if each.topic not in planned:
                raise ValueError(f"“{each.title}”: there is no topic “{each.topic}” in the plan")
        if undated := [each.title for each in (self.plenary, *self.this_year) if not each.day]:
            raise ValueError(f"“{undated[0]}” has no day")


_READ = read("gatherings.toml", ActivityTexts)
TOPICS = _READ.topics
PLENARY = _READ.plenary
THIS_YEAR = _READ.this_year
AROUND = tuple((each.in_days, each.stands, each) for each in _READ.around)
AT_THE_DESK = _READ.at_the_desk
DESK_SUGGESTION = AT_THE_DESK.suggestion
DESK_OUTCOME = AT_THE_DESK.outcome
CALL = _READ.call
CALL_WORDS = CALL.words
EXCUSES = _READ.excuses
SPEECHES = _READ.speeches


@dataclass(frozen=True)
class PastActivity:
    """An activity of a year gone by, as a list tells it."""

    day: str
    part: str
    title: str
    form: str
    committee: str
    place: str
    came: int


def past(place: int, year: int) -> tuple[PastActivity, ...]:
    """Those of the first or second year before this one."""
    return tuple(
        PastActivity(
            f"{year}-{row.day}",
            row.part,
            row.titles[place].format(y=year),
            row.form,
            row.committee,
            row.place,
            row.came + place,
        )
        for row in _READ.past
    )
