"""Figures declared once: what is counted, in words and as a list of records.

The number of a figure is the count of the list that opens when it is clicked. A rate is two such lists, one of them
part of the other; both open. Apps declare theirs in `figures.py`; `indicators` counts, shows, freezes and checks them.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from django.db.models import F, Model, Q, QuerySet
from django.utils.translation import gettext as _

from .access import Actor, Words

Which = Literal["records", "base"]
Key = Any


@dataclass(frozen=True)
class Period:
    """What time a figure is for: a year, some years, or one session."""

    first: int
    last: int
    session: int | None = None
    session_label: str = ""

    @classmethod
    def of_year(cls, year: int) -> Period:
        return cls(year, year)

    def __str__(self) -> str:
        if self.session:
            return self.session_label
        if self.first == self.last:
            return _("%(year)s") % {"year": self.first}
        return _("%(first)s to %(last)s") % {"first": self.first, "last": self.last}

    def before(self) -> Period | None:
        """The period of the same length before it; a session has none by itself."""
        length = self.last - self.first + 1
        return None if self.session else Period(self.first - length, self.last - length)

    @property
    def params(self) -> dict[str, int]:
        """The period as it stands in an address."""
        if self.session:
            return {"session": self.session}
        return {"year": self.first} if self.first == self.last else {"from": self.first, "to": self.last}


Records = Callable[[Period], QuerySet[Any]]


@dataclass(frozen=True)
class Measure:
    """A counter: its Chinese sign in official papers, and how a page calls it."""

    sign: str
    words: Words


PERCENT = Measure("%", "%")


@dataclass(frozen=True)
class Column:
    """One fact of a record in a list and in Excel."""

    code: str
    title: Words
    value: Callable[[Any], object]
    kind: Literal["text", "number", "date", "percent"] = "text"
    width: float = 10


@dataclass(frozen=True)
class RecordKind:
    """A sort of record that is counted: how a list shows it, who may see which, and whose history explains it.

    `trail` gives for each id the objects (type as in the audit chain, id) whose entries tell what happened to it.
    """

    code: str
    title: Words
    model: type[Model]
    number: Callable[[Any], str]
    name: Callable[[Any], str]
    url: Callable[[Any], str]
    visible: Callable[[Actor], Q]
    trail: Callable[[Collection[int]], Mapping[int, list[tuple[str, int]]]]
    columns: tuple[Column, ...] = ()
    related: tuple[str, ...] = ()


def by_path(path: str) -> Callable[[QuerySet[Any]], QuerySet[Any]]:
    return lambda records: records.annotate(breakdown_key=F(path))


@dataclass(frozen=True)
class Breakdown:
    """A way to divide records: `keyed` annotates each with its `breakdown_key`, `labels` names the keys in order.

    `known` are the keys there can be, with their names, where that is a list. `groups` puts several keys under one name (all kinds of collective proposers).
    """

    code: str
    title: Words
    keyed: Callable[[QuerySet[Any]], QuerySet[Any]]
    labels: Callable[[Collection[Key]], Mapping[Key, Words]]
    groups: Mapping[str, tuple[Words, frozenset[Key]]] = field(default_factory=dict)
    known: Callable[[], Mapping[Key, Words]] = dict
    cast: Callable[[str], Key] = str

    def keys(self, key: str) -> Collection[Key]:
        """What the key in an address stands for. Raises ValueError when it can stand for nothing."""
        if key in self.groups:
            return self.groups[key][1]
        return (self.cast(key),)


@dataclass(frozen=True)
class Indicator:
    """One figure. With a `base` it is a rate: `records` are those of the base for which it holds.

    `beside` names a figure without which this one must not be shown. `nearly` are sets, named, that people often count
    in: when a text differs by just so many, they are the likely reason.
    """

    code: str
    title: Words
    measure: Measure
    definition: Words
    kind: RecordKind
    records: Records
    base: Records | None = None
    base_title: Words = ""
    breakdowns: tuple[Breakdown, ...] = ()
    beside: str = ""
    nearly: tuple[tuple[Words, Records], ...] = ()

    def breakdown(self, code: str) -> Breakdown | None:
        return next((each for each in self.breakdowns if each.code == code), None)


INDICATORS: dict[str, Indicator] = {}


def declare(indicators: Iterable[Indicator]) -> None:
    """Add an app's indicators. Two of one code, or one beside nothing, is a mistake of the programmer."""
    added = {each.code: each for each in indicators}
    if twice := added.keys() & INDICATORS.keys():
        raise ValueError(f"declared twice: {sorted(twice)}")
    if missing := {each.beside for each in added.values() if each.beside} - added.keys() - INDICATORS.keys():
        raise ValueError(f"to be shown beside unknown figures: {sorted(missing)}")
    INDICATORS.update(added)
