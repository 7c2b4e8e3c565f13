"""The register of what can be found by full text: each app says it of its own objects, the search
(a higher floor) keeps the index.

A searchable is one layer of text of one kind of object, with its readers: what everybody who sees
the object may read, or what only those concerned may (notes of what was said in private, a text as
its writer wrote it). The audience is written into the index as short words, so that whoever sees
fifty cases finds them among a million; it may let too much through, because the rule of visibility
has the last word on every hit, but a reader it leaves out never finds the object.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Model, Q, QuerySet

from .access import Actor, Words
from .flow import Flow


def _as_it_is(found: QuerySet[Any]) -> QuerySet[Any]:
    return found


@dataclass(frozen=True)
class Searchable:
    """`mark`: one letter, this layer's own, before the words of its audience; `text`: a line a
    field, the first the title, nothing when there is nothing to be found; `related`: whose change
    changes what is found, and of which objects.
    """

    mark: str
    flow: Flow[Any]
    label: Words
    text: Callable[[Any], str]
    audience: Callable[[Any], Iterable[str]]
    seers: Callable[[Actor], Iterable[str]]
    visible: Callable[[Actor], Q]
    title: Callable[[Any], str] = str
    number: Callable[[Any], str] = lambda obj: ""
    line: Callable[[Any], str] = lambda obj: ""
    since: Callable[[Any], dt.datetime] = lambda obj: obj.state_since
    related: Mapping[type[Model], Callable[[Any], Iterable[Any]]] = field(default_factory=dict)
    prepare: Callable[[QuerySet[Any]], QuerySet[Any]] = _as_it_is
    for_list: Callable[[QuerySet[Any]], QuerySet[Any]] = _as_it_is
    numbered: Callable[[str], Iterable[int]] | None = None
    """Ids of the objects whose number a query is."""
    opens: Callable[[Actor], bool] = lambda actor: True
    """Whether this kind is the actor's at all."""

    def visible_to(self, actor: Actor) -> QuerySet[Any]:
        return self.for_list(self.flow.model.objects.filter(self.visible(actor)))

    def words_of(self, obj: Any) -> list[str]:
        return sorted(f"_{self.mark}{word}" for word in set(self.audience(obj)))

    def words_for(self, actor: Actor) -> list[str]:
        return [f"_{self.mark}{word}" for word in dict.fromkeys(self.seers(actor))]


@dataclass(frozen=True)
class SimilaritySearch:
    """Where one looks for what is much like an object before going on: at its page, while one of
    these steps is open.
    """

    flow: Flow[Any]
    title: Words
    hint: Words
    steps: frozenset[str]
    among: tuple[str, ...]
    """Marks of the layers that are compared."""
    places: tuple[str, ...] = ()
    """Panels of which pages show it."""


SEARCHABLES: dict[str, Searchable] = {}
COMPARISONS: dict[str, SimilaritySearch] = {}


def register(searchable: Searchable) -> None:
    known = SEARCHABLES.setdefault(searchable.mark, searchable)
    if known is not searchable:
        raise ValueError(f"two searchables are marked {searchable.mark}")


def compare(comparison: SimilaritySearch) -> None:
    COMPARISONS[comparison.flow.code] = comparison


def kinds(actor: Actor) -> dict[str, Words]:
    """The kinds of things the actor may look for: code of the flow → what they are called."""
    return {each.flow.code: each.label for each in SEARCHABLES.values() if each.opens(actor)}
