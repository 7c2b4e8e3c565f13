"""Declarations of figures: what is counted, in words and as a list of records.

The number of a figure is the count of the list that opens when it is clicked, or what the values in
that list add up to (`amount`). A rate is two such lists, one of them part of the other; both open.
What nobody recorded is no nought: each kind of record says by what one knows that it was kept
(`Keeping`), a rate which records it cannot judge (`unknown`), a count what kept no record (`gaps`).
Apps declare theirs in `figures.py`; `indicators` counts, shows, freezes and checks them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import Any, Literal

from django.db.models import F, Model, Q, QuerySet
from django.db.models.expressions import Combinable
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from . import clock
from .access import NOTHING, Actor, Words

Which = Literal["records", "base", "unknown"]
Key = Any
Number = int | Decimal


def number(value: object) -> Number:
    """A sum as it is written: whole where it is whole, else to the hundredth at most."""
    exact = Decimal(str(value or 0)).quantize(Decimal("0.01"))
    return int(exact) if exact == exact.to_integral_value() else exact.normalize()


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

    @property
    def days(self) -> tuple[dt.date, dt.date]:
        """Its first and its last day."""
        return dt.date(self.first, 1, 1), dt.date(self.last, 12, 31)

    @property
    def as_of(self) -> dt.date:
        """The day for what is counted as it stands: the last one, or today while the
        period runs.
        """
        return min(clock.today(), self.days[1])

    def before(self) -> Period | None:
        """The period of the same length before it; a session has none by itself."""
        length = self.last - self.first + 1
        return None if self.session else Period(self.first - length, self.last - length)

    @property
    def params(self) -> dict[str, int]:
        """The period as it stands in an address."""
        if self.session:
            return {"session": self.session}
        return (
            {"year": self.first}
            if self.first == self.last
            else {"from": self.first, "to": self.last}
        )


Records = Callable[[Period], QuerySet[Any]]
NOT_RECORDED: Words = gettext_lazy("not recorded")
"""How pages and files say it, of a figure as of a day."""


class Standing(StrEnum):
    """What a number is: counted (also nought), of a time of which nothing is kept, or of nothing
    there could be (nothing was due).
    """

    COUNTED = "counted"
    NOT_RECORDED = "not_recorded"
    NOT_APPLICABLE = "not_applicable"


@dataclass(frozen=True)
class Keeping:
    """By which records one knows in which years a sort of thing was kept.

    Kept is a year to which any of `records` belongs, whatever it counts as; and every year since
    the first of them that was written down as the work was done (`live`): from then on nought is
    nought. A list of an earlier year that was brought in speaks for its own year alone, so
    a gap between such lists stays a gap.

    A register whose entries do not tell how they came in (no `live`) is kept since the
    organisation works here, if it has an entry of then or before. What is `lasting` (a place, a
    post) is kept from the first there is: it stands until it is closed.
    """

    code: str
    records: Callable[[], QuerySet[Any]]
    year: Combinable
    live: Q | None = None
    lasting: bool = False


ALL_LIVE = Q()
"""Of what can only be written down as the work is done."""
NONE_LIVE = NOTHING
"""Of what says nothing of any year but its own."""


@dataclass(frozen=True)
class KeptYears:
    """Years of which there are records, and the year from which on all are kept."""

    years: frozenset[int] = frozenset()
    since: int | None = None

    def __contains__(self, year: int) -> bool:
        return year in self.years or (self.since is not None and year >= self.since)


@dataclass(frozen=True)
class Measure:
    """A counter: its Chinese sign in official papers, and how a page calls it."""

    sign: str
    words: Words


PERCENT = Measure("%", "%")


@dataclass(frozen=True)
class RecordColumn:
    """One fact of a record in a list and in Excel."""

    code: str
    title: Words
    value: Callable[[Any], object]
    kind: Literal["text", "number", "date", "percent"] = "text"
    width: float = 10


@dataclass(frozen=True)
class RecordKind:
    """A sort of record that is counted: how a list shows it, who may see which, whose history
    explains it, and by what one knows that it was kept.

    `opens` says for whom a record has a page, where that is not everybody who sees its row. `dated`
    says to which year such a record belongs, where the definitions do not. `trail` gives
    for each id the objects (type as in the audit chain, id) whose entries tell what happened to it.
    """

    code: str
    title: Words
    model: type[Model]
    number: Callable[[Any], str]
    name: Callable[[Any], str]
    url: Callable[[Any], str]
    visible: Callable[[Actor], Q]
    trail: Callable[[Collection[int]], Mapping[int, list[tuple[str, int]]]]
    keeping: Keeping
    columns: tuple[RecordColumn, ...] = ()
    related: tuple[str, ...] = ()
    dated: Words = ""
    opens: Callable[[Actor], bool] = lambda _actor: True


def own_trail(
    model: type[Model],
) -> Callable[[Collection[int]], Mapping[int, list[tuple[str, int]]]]:
    """Of a record whose history is told by its own entries alone."""
    label = model._meta.label_lower
    return lambda ids: {each: [(label, each)] for each in ids}


def state_label(record: Any) -> object:
    """The state of a record that travels a flow, in words: a column of its list."""
    return type(record).flow.state_of(record).label


def in_words(choices: Any) -> Callable[[], Mapping[Any, Words]]:
    """The values of a field's choices with their labels, for a breakdown."""
    named = {each.value: each.label for each in choices}
    return lambda: named


PLUS = "+"
"""Joins several keys of one breakdown that are counted together."""

Labels = Callable[[Collection[Key]], Mapping[Key, Words]]


def in_order(
    known: Callable[[], Mapping[Key, Words]],
    *,
    closed: bool = False,
    empty: Words = "",
    gone: Callable[[Any], Words] = str,
) -> Labels:
    """The keys found, in the order of the known ones.

    Unless the list is closed, what a regulation does not name any more stands at the end: `gone`
    says what it was called.
    """

    def labels(found: Collection[Key]) -> Mapping[Key, Words]:
        ordered = {key: label for key, label in known().items() if key in found}
        others = [] if closed else sorted(key for key in found if key and key not in ordered)
        return (
            ordered
            | {key: gone(key) for key in others}
            | ({"": empty} if "" in found and empty else {})
        )

    return labels


def by_path(path: str) -> Callable[[QuerySet[Any]], QuerySet[Any]]:
    return lambda records: records.annotate(breakdown_key=F(path))


@dataclass(frozen=True)
class Breakdown:
    """A way to divide records: `keyed` annotates each with its `breakdown_key`, `labels` names the
    keys in order.

    `known` are the keys there can be, with their names, where that is a list. `groups` puts several
    keys under one name (all kinds of collective proposers). `signs` are the counters of parts that
    are not counted alike (patients, trees).
    """

    code: str
    title: Words
    keyed: Callable[[QuerySet[Any]], QuerySet[Any]]
    labels: Callable[[Collection[Key]], Mapping[Key, Words]]
    groups: Mapping[str, tuple[Words, frozenset[Key]]] = field(default_factory=dict)
    known: Callable[[], Mapping[Key, Words]] = dict
    cast: Callable[[str], Key] = str
    signs: Callable[[], Mapping[Key, str]] = dict

    @classmethod
    def of_list(
        cls,
        code: str,
        title: Words,
        path: str,
        known: Callable[[], Mapping[Key, Words]],
        gone: Callable[[Any], Words] = str,
        **more: Any,
    ) -> Breakdown:
        """By a field whose values a list names."""
        return cls(code, title, by_path(path), in_order(known, gone=gone), known=known, **more)

    @classmethod
    def of_named(
        cls, code: str, title: Words, path: str, model: type[Model], name: str = "name"
    ) -> Breakdown:
        """By a related record that has a name, also one that is closed by now."""

        def labels(found: Collection[Key]) -> Mapping[Key, Words]:
            return dict(
                model._default_manager.filter(pk__in=[key for key in found if key]).values_list(
                    "pk", name
                )
            )

        return cls(code, title, by_path(path), labels, cast=int)

    def keys(self, key: str) -> Collection[Key]:
        """What the key in an address stands for.

        Raises ValueError when it can stand for nothing.
        """
        if key in self.groups:
            return self.groups[key][1]
        several = PLUS in key and key not in map(str, self.known())
        return tuple(self.cast(each) for each in (key.split(PLUS) if several else (key,)))


@dataclass(frozen=True)
class Indicator:
    """One figure. With a `base` it is a rate: `records` are those of the base for which it holds.

    `beside` names a figure without which this one must not be shown. `nearly` are sets, named, that
    people often count in: when a text differs by just so many, they are the likely reason. With an
    `amount`, a field of the record, the figure is what the records' values add up to; the kind of
    record shows that value as one of its columns. `at_least` is the field that says that a value
    may be more (200+): then the sum is "at least" too. A figure that is not `whole` is stated only
    part by part, since its parts are not of one sort.

    `keeping` stands where another record than the one counted tells whether it was kept (a talk,
    for the cases in which there was one). `unknown` are records of a rate of which nobody recorded
    whether it holds: they are in neither of its lists. `gaps` are what of the period kept no
    record, so that the number is "at least"; pages name them by their title.
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
    amount: str = ""
    at_least: str = ""
    whole: bool = True
    keeping: Keeping | None = None
    unknown: Records | None = None
    gaps: Records | None = None
    gaps_title: Words = ""

    @property
    def kept_by(self) -> Keeping:
        return self.keeping or self.kind.keeping

    def breakdown(self, code: str) -> Breakdown | None:
        return next((each for each in self.breakdowns if each.code == code), None)


INDICATORS: dict[str, Indicator] = {}


def declare(indicators: Iterable[Indicator]) -> None:
    """Add an app's indicators.

    Two of one code, or one beside nothing, is a mistake of the programmer.
    """
    added = {each.code: each for each in indicators}
    if twice := added.keys() & INDICATORS.keys():
        raise ValueError(f"declared twice: {sorted(twice)}")
    if (
        missing := {each.beside for each in added.values() if each.beside}
        - added.keys()
        - INDICATORS.keys()
    ):
        raise ValueError(f"to be shown beside unknown figures: {sorted(missing)}")
    INDICATORS.update(added)
