"""The cases off the straight road: papers that deserve refusal, twins that are merged, matters sent
on as opinions.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from random import Random
from typing import Annotated, Literal

from .places import scene_values
from .proposals import ProposalText, compose
from .reading import read
from .text import Scene, template
from .topics import TOPICS, Template

Reason = Literal[
    "empty",
    "private",
    "beyond_remit",
    "litigation",
    "advertising",
    "accusing",
    "academic",
    "party_internal",
    "petition",
]


@dataclass(frozen=True)
class RefusedText:
    """A paper that should not be filed.

    ``reason`` is a code of the regulation; ``explanation`` is the sentence to the proposer.
    """

    reason: Reason
    title: Template
    body: Template
    suggestions: tuple[Template, ...]
    explanation: Template
    into_opinion: bool


@dataclass(frozen=True)
class Exceptions:
    opinion_notes: tuple[Annotated[str, template()], ...]
    return_notes: tuple[str, ...]
    refused: tuple[RefusedText, ...]


_READ = read("exceptions.toml", Exceptions)


def refused(seed: int, year: int) -> tuple[RefusedText, ...]:
    """All the cases once, in an order of the seed's, each placed somewhere in the county."""
    rng = Random(f"refused {seed} {year}")
    papers = rng.sample(_READ.refused, len(_READ.refused))
    return tuple(_refused(Scene(rng, scene_values(rng, year)), paper) for paper in papers)


def _refused(scene: Scene, paper: RefusedText) -> RefusedText:
    lines = tuple(scene.render(each) for each in paper.suggestions)
    return replace(
        paper,
        title=scene.render(paper.title),
        body=scene.render(paper.body),
        suggestions=lines,
        explanation=scene.render(paper.explanation),
    )


def twins(seed: int, year: int, count: int) -> tuple[tuple[ProposalText, ProposalText], ...]:
    """Pairs on the same matter in the same place by two hands: other wording, other title."""
    rng = Random(f"twins {seed} {year}")
    local = [(category, topic) for category, topic in TOPICS if topic.scope != "county"]
    return tuple(
        _pair(rng, category, topic.key, year)
        for category, topic in rng.sample(local, min(count, len(local)))
    )


def _pair(rng: Random, category: str, key: str, year: int) -> tuple[ProposalText, ProposalText]:
    topic = next(topic for _, topic in TOPICS if topic.key == key)
    drafts: Iterator[ProposalText] = (
        compose(topic, category, Random(rng.random()), year) for _ in range(10_000)
    )
    first = next(drafts)
    for draft in drafts:
        if (
            draft.place == first.place
            and draft.title != first.title
            and not set(draft.paragraphs) & set(first.paragraphs)
        ):
            return first, draft
    raise ValueError(f"Topic {key} cannot be said in two ways.")


def opinion_note(seed: int) -> str:
    return Scene(Random(f"opinion {seed}")).pick(_READ.opinion_notes)


def return_note(seed: int) -> str:
    """Why the office gives a paper back for revision."""
    return Random(f"return {seed}").choice(_READ.return_notes)
