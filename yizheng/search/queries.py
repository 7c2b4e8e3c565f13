"""Reads of the search: things by number, by words, and those that are like another."""

from __future__ import annotations

import heapq
import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from markupsafe import Markup

from yizheng.core.access import Actor, Words
from yizheng.core.flow import Flow
from yizheng.core.refusals import BadInput
from yizheng.core.search_registry import SEARCHABLES, Searchable

from . import tokens as search_tokens
from .models import Document
from .store import TokenQuery, store

ROUNDS = 40
"""A query whose pairs stand everywhere and whose word nowhere is given up after so many batches."""


@dataclass(frozen=True)
class Hit:
    layer: Searchable
    obj: Any
    title: Markup
    snippet: Markup
    by_number: bool = False

    @property
    def flow(self) -> Flow[Any]:
        return self.layer.flow

    @property
    def number(self) -> str:
        return self.layer.number(self.obj)

    @property
    def line(self) -> str:
        return self.layer.line(self.obj)

    @property
    def key(self) -> tuple[str, int]:
        return self.flow.code, self.obj.pk


@dataclass(frozen=True)
class SearchResult:
    words: list[str] = field(default_factory=list)
    hits: list[Hit] = field(default_factory=list)
    next_before: int | None = None
    """Hits older than this row of the index follow on the next page; None on the last."""


def find(
    actor: Actor, query: str, *, kind: str = "", limit: int = 20, before: int | None = None
) -> SearchResult:
    """The newest things the actor may see that hold all the words; those named by their number
    stand first.

    `kind`: the code of a flow, to find only its objects. Raises BadInput when there is nothing in
    the query one could look for.
    """
    asked = search_tokens.words(query)
    layers = [layer for layer in SEARCHABLES.values() if kind in ("", layer.flow.code)]
    numbered = [] if before else _by_number(actor, query, asked, layers)
    if not search_tokens.tokens_asked(asked) and not numbered:
        raise BadInput(_("Search takes two characters or more."))
    rows = _by_words(actor, asked, before, limit + 1, layers)
    hits = [_hit(document, obj, asked) for document, obj in rows[:limit]]
    return SearchResult(
        asked, _once([*numbered, *hits]), rows[limit - 1][0].pk if len(rows) > limit else None
    )


def _once(hits: Iterable[Hit]) -> list[Hit]:
    """A thing found in two layers of its text, or by its number too, is one hit."""
    return list({hit.key: hit for hit in reversed(list(hits))}.values())[::-1]


def _by_words(
    actor: Actor, asked: list[str], before: int | None, limit: int, layers: Sequence[Searchable]
) -> list[tuple[Document, Any]]:
    found: list[tuple[Document, Any]] = []
    for batch in _batches(actor, search_tokens.tokens_asked(asked), before, limit, layers):
        documents = Document.objects.in_bulk(batch)
        held = [
            documents[pk]
            for pk in batch
            if pk in documents and search_tokens.holds(documents[pk].text, asked)
        ]
        found += _visible(actor, held)
        if len(found) >= limit:
            break
    return found[:limit]


def _visible(actor: Actor, documents: Sequence[Document]) -> list[tuple[Document, Any]]:
    """The rule of visibility has the last word, layer by layer."""
    ids: dict[str, list[int]] = defaultdict(list)
    for document in documents:
        ids[document.kind].append(document.object_id)
    objects = {
        kind: SEARCHABLES[kind].visible_to(actor).in_bulk(found) for kind, found in ids.items()
    }
    return [(d, objects[d.kind][d.object_id]) for d in documents if d.object_id in objects[d.kind]]


def _batches(
    actor: Actor, tokens: list[str], before: int | None, limit: int, layers: Sequence[Searchable]
) -> Iterator[list[int]]:
    seers = [word for layer in layers for word in layer.words_for(actor)]
    if not tokens or not seers:
        return
    wanted = TokenQuery(actor.organisation_id, seers, tokens)
    for _round in range(ROUNDS):
        batch = store().newest(wanted, before, limit)
        if batch:
            yield batch
        if len(batch) < limit:
            return
        before, limit = batch[-1], min(limit * 2, 500)


def _hit(document: Document, obj: Any, asked: list[str]) -> Hit:
    layer = SEARCHABLES[document.kind]
    matter = document.text.partition("\n")[2]  # the first line is the title, which stands above
    return Hit(
        layer,
        obj,
        search_tokens.mark(layer.title(obj), asked),
        search_tokens.snippet(matter, asked),
    )


def _by_number(
    actor: Actor, query: str, asked: list[str], layers: Iterable[Searchable]
) -> list[Hit]:
    if not any(character.isdigit() for character in query):
        return []
    found = []
    for layer in layers:
        ids = list(layer.numbered(query)) if layer.numbered else []
        visible = layer.visible_to(actor).in_bulk(ids) if ids else {}
        found += [
            Hit(layer, obj, search_tokens.mark(layer.title(obj), asked), Markup(""), by_number=True)
            for _pk, obj in sorted(visible.items())[::-1]
        ]
    return found


# Likeness -----------------------------------------------------------------------------------------

SAMPLE = 60
"""Newest texts asked for each pair of the title."""
ALIKE = 0.30


@dataclass(frozen=True)
class SimilarMatch:
    layer: Searchable
    obj: Any
    share: float
    """Of what is particular to this title, how much the other has, 0 to 1."""
    common: list[str]

    @property
    def number(self) -> str:
        return self.layer.number(self.obj)

    @property
    def title(self) -> str:
        return self.layer.title(self.obj)

    @property
    def line(self) -> str:
        return self.layer.line(self.obj)

    @property
    def url(self) -> str:
        return self.layer.flow.url(self.obj)

    @property
    def state(self) -> Words:
        return self.layer.flow.state_of(self.obj).label


def similar(actor: Actor, obj: Any, marks: Sequence[str], limit: int = 5) -> list[SimilarMatch]:
    """Things of these layers the actor may see that share what is rare in this title: possible
    duplicates, most alike first.
    """
    layers = [SEARCHABLES[mark] for mark in marks]
    title = next(layer.title(obj) for layer in SEARCHABLES.values() if layer.flow is obj.flow)
    weights, holders = _weigh(
        actor, [token for token in search_tokens.tokens(title) if len(token) > 1], layers
    )
    total = sum(weights.values())
    scores: defaultdict[int, float] = defaultdict(float)
    for pair, ids in holders.items():
        for pk in ids:
            scores[pk] += weights[pair]
    best = heapq.nlargest(limit * 4, scores, key=scores.__getitem__)
    documents = Document.objects.in_bulk(best)
    found = _visible(actor, [documents[pk] for pk in best if pk in documents])
    alike = [_compare(document, other, weights, total) for document, other in found if other != obj]
    return sorted((s for s in alike if s.share >= ALIKE), key=lambda s: -s.share)[:limit]


def _weigh(
    actor: Actor, pairs: list[str], layers: Iterable[Searchable]
) -> tuple[dict[str, float], dict[str, list[int]]]:
    """How particular each pair is, told from how far back its newest holders reach: no count of a
    million is needed.
    """
    seers = [word for layer in layers for word in layer.words_for(actor)]
    newest = Document.objects.order_by("-pk").values_list("pk", flat=True).first() or 1
    weights, holders = {}, {}
    for pair in pairs if seers else ():
        ids = store().newest(TokenQuery(actor.organisation_id, seers, [pair]), None, SAMPLE)
        density = (
            len(ids) / max(newest - ids[-1] + 1, len(ids))
            if len(ids) == SAMPLE
            else len(ids) / max(newest, SAMPLE)
        )
        weights[pair] = max(-math.log(max(density, 1e-9)), 0.0) if density < 0.2 else 0.0
        holders[pair] = ids if weights[pair] else []
    return weights, holders


def _compare(
    document: Document, other: Any, weights: Mapping[str, float], total: float
) -> SimilarMatch:
    layer = SEARCHABLES[document.kind]
    theirs = set(search_tokens.tokens(layer.title(other)))
    common = [pair for pair, weight in weights.items() if weight and pair in theirs]
    share = sum(weights[pair] for pair in common) / total if total else 0.0
    return SimilarMatch(layer, other, share, _joined(common, layer.title(other)))


def _joined(pairs: list[str], title: str) -> list[str]:
    """Overlapping pairs put together to the words a person reads: 饮水, 水管, 管网 → 饮水管网."""
    joined: list[str] = []
    for pair in pairs:
        longer = joined[-1] + pair[1:] if joined and joined[-1][-1] == pair[0] else ""
        if longer and longer in search_tokens.fold(title):
            joined[-1] = longer
        else:
            joined.append(pair)
    return joined
