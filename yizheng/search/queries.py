"""Finding proposals: by number, by words, and those that are like another."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from markupsafe import Markup

from yizheng.core import clock, numbering
from yizheng.core.access import Actor
from yizheng.core.refusals import BadInput
from yizheng.organisations.queries import sessions
from yizheng.proposals import parameters
from yizheng.proposals.flow import PROPOSAL
from yizheng.proposals.models import Proposal
from yizheng.regulations import NoRegulation

from . import audience, text
from .models import Document
from .store import Wanted, store

ROUNDS = 40
"""A query whose pairs stand everywhere and whose word nowhere is given up after so many batches."""


@dataclass(frozen=True)
class Hit:
    proposal: Proposal
    title: Markup
    snippet: Markup
    by_number: bool = False


@dataclass(frozen=True)
class Found:
    words: list[str] = field(default_factory=list)
    hits: list[Hit] = field(default_factory=list)
    next_before: int | None = None
    """Hits older than this proposal follow on the next page; None on the last."""


def find(actor: Actor, query: str, *, limit: int = 20, before: int | None = None) -> Found:
    """The newest proposals the actor may see that hold all the words; one named by its number stands first.

    Raises BadInput when there is nothing in the query one could look for.
    """
    asked = text.words(query)
    numbered = [] if before else _by_number(actor, query)
    if not text.tokens_asked(asked) and not numbered:
        raise BadInput(_("Search takes two characters or more."))
    rows = [row for row in _by_words(actor, asked, before, limit + 1) if row[0] not in numbered]
    hits = [_hit(proposal, document, asked) for proposal, document in rows[:limit]]
    first = [Hit(p, text.mark(p.title, asked), Markup(""), by_number=True) for p in numbered]
    return Found(asked, first + hits, rows[limit - 1][0].pk if len(rows) > limit else None)


def _visible(actor: Actor) -> QuerySet[Proposal]:
    return PROPOSAL.visible_to(actor).select_related("proposer__person", "session")


def _by_words(actor: Actor, asked: list[str], before: int | None, limit: int) -> list[tuple[Proposal, Document]]:
    found: list[tuple[Proposal, Document]] = []
    for batch in _batches(actor, text.tokens_asked(asked), before, limit):
        visible = _visible(actor).in_bulk(batch)
        documents = Document.objects.in_bulk(batch)
        found += [
            (visible[pk], documents[pk])
            for pk in batch
            if pk in visible and pk in documents and text.holds(documents[pk].text, asked)
        ]
        if len(found) >= limit:
            break
    return found[:limit]


def _batches(actor: Actor, tokens: list[str], before: int | None, limit: int) -> Iterator[list[int]]:
    seers = audience.of_actor(actor)
    if not tokens or not seers:
        return
    wanted = Wanted(actor.organisation_id, seers, tokens)
    for _round in range(ROUNDS):
        batch = store().newest(wanted, before, limit)
        if batch:
            yield batch
        if len(batch) < limit:
            return
        before, limit = batch[-1], min(limit * 2, 500)


def _hit(proposal: Proposal, document: Document, asked: list[str]) -> Hit:
    _head, *rest = document.text.split("\n")
    matter = "\n".join(rest[2:])  # after proposer and category, which stand below the hit anyway
    return Hit(proposal, text.mark(proposal.title, asked), text.snippet(matter, asked))


# Numbers ---------------------------------------------------------------------------------------------------------

_NUMBER = re.compile(r"^\W*(?:(?P<year>20\d\d)\W*(?:年)?\W*)?(?:第)?0*(?P<serial>\d{1,4})\s*号?$")
YEARS_BACK = 4


def _by_number(actor: Actor, query: str) -> list[Proposal]:
    """Proposals whose case number the query is: in full, as year and serial, or the serial alone of the last years."""
    if not any(character.isdigit() for character in query):
        return []
    written = {query.strip(), *_composed(query)}
    # In two steps, and with the words of the unique index, which leaves the numberless out: else all is walked.
    ids = list(Proposal.objects.filter(case_number__in=written).exclude(case_number="").order_by().values_list("pk", flat=True))
    return sorted(_visible(actor).filter(pk__in=ids), key=lambda proposal: -proposal.pk)


def _composed(query: str) -> Iterator[str]:
    match = _NUMBER.match(text.fold(query).replace("〔", "[").strip())
    if not match or not int(match["serial"]):
        return
    try:
        patterns = parameters.in_force(clock.today()).numbering
    except NoRegulation:
        return
    held = [s for s in sessions()[:YEARS_BACK] if not match["year"] or s.year == int(match["year"])]
    for session in held:
        for pattern in {patterns.case, patterns.case_ordinary}:
            yield numbering.compose(
                pattern, int(match["serial"]), year=session.year, term=session.term.ordinal, session=session.ordinal
            )


# Likeness --------------------------------------------------------------------------------------------------------

SAMPLE = 60
"""Newest proposals asked for each pair of the title."""
ALIKE = 0.30


@dataclass(frozen=True)
class Similar:
    proposal: Proposal
    share: float
    """Of what is particular to this title, how much the other has, 0 to 1."""
    common: list[str]


def similar(actor: Actor, proposal: Proposal, limit: int = 5) -> list[Similar]:
    """Proposals the actor may see that share what is rare in this title: possible duplicates, most alike first."""
    pairs = [token for token in text.tokens(proposal.title) if len(token) > 1]
    weights, holders = _weigh(actor, pairs)
    total = sum(weights.values())
    scores: Counter[int] = Counter()
    for pair, ids in holders.items():
        for pk in ids:
            scores[pk] += weights[pair]  # type: ignore[assignment]
    scores.pop(proposal.pk, None)
    best = [pk for pk, _score in scores.most_common(limit * 4)]
    visible = _visible(actor).in_bulk(best)
    alike = [_compare(visible[pk], weights, total) for pk in best if pk in visible]
    return sorted((s for s in alike if s.share >= ALIKE), key=lambda s: -s.share)[:limit]


def _weigh(actor: Actor, pairs: list[str]) -> tuple[dict[str, float], dict[str, list[int]]]:
    """How particular each pair is, told from how far back its newest holders reach: no count of a million is needed."""
    seers = audience.of_actor(actor)
    newest = Document.objects.order_by("-pk").values_list("pk", flat=True).first() or 1
    weights, holders = {}, {}
    for pair in pairs:
        ids = store().newest(Wanted(actor.organisation_id, seers, [pair]), None, SAMPLE)
        density = len(ids) / max(newest - ids[-1] + 1, len(ids)) if len(ids) == SAMPLE else len(ids) / max(newest, SAMPLE)
        weights[pair] = max(-math.log(max(density, 1e-9)), 0.0) if density < 0.2 else 0.0
        holders[pair] = ids if weights[pair] else []
    return weights, holders


def _compare(other: Proposal, weights: dict[str, float], total: float) -> Similar:
    theirs = set(text.tokens(other.title))
    common = [pair for pair, weight in weights.items() if weight and pair in theirs]
    return Similar(other, sum(weights[pair] for pair in common) / total if total else 0.0, _joined(common, other.title))


def _joined(pairs: list[str], title: str) -> list[str]:
    """Overlapping pairs put together to the words a person reads: 饮水, 水管, 管网 → 饮水管网."""
    joined: list[str] = []
    for pair in pairs:
        longer = joined[-1] + pair[1:] if joined and joined[-1][-1] == pair[0] else ""
        if longer and longer in text.fold(title):
            joined[-1] = longer
        else:
            joined.append(pair)
    return joined
