"""Proposals of the demo county: a topic, a place, a voice; never two alike."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Set
from dataclasses import dataclass
from itertools import islice
from random import Random
from typing import Annotated, TypeVar

from .places import COUNTY, SCENE, scene_values
from .reading import read
from .text import Scene, ordinal, template
from .topics import TOPICS, Ask, Scope, Topic

_Item = TypeVar("_Item")

STYLES = ("plain", "survey", "letter", "list")
_PATIENCE, _CHOICE = 400, 16
_LONG, _SHORT = 900, 400


Phrase = Annotated[str, template(*SCENE, "题", "界", "几")]


@dataclass(frozen=True)
class Voices:
    """Openings by the style of a paper; a list is begun like a plain one."""

    plain: tuple[Phrase, ...]
    survey: tuple[Phrase, ...]
    letter: tuple[Phrase, ...]


@dataclass(frozen=True)
class Openings:
    town: Voices
    city: Voices
    county: Voices


@dataclass(frozen=True)
class ProposalPhrases:
    """Turns of phrase that hold a proposal together, whatever its matter."""

    title_kinds: tuple[str, ...]
    sectors_that_survey: tuple[str, ...]
    further: tuple[str, ...]
    links: tuple[Phrase, ...]
    cause_openings: tuple[Phrase, ...]
    needs: tuple[Phrase, ...]
    tails: tuple[Phrase, ...]
    closings: tuple[str, ...]
    openings: Openings


_PHRASES = read("proposals.toml", ProposalPhrases)


@dataclass(frozen=True)
class SuggestionText:
    """One numbered suggestion; ``done``, ``planned``, ``refused`` still hold {近} and {期} for the
    reply to fill.
    """

    number: int
    text: str
    unit: str
    section: str
    done: str
    planned: str
    refused: str
    months: int


@dataclass(frozen=True)
class ProposalText:
    topic: str
    year: int
    title: str
    category: str
    style: str
    scope: Scope
    town: str
    street: str
    situation: str
    analysis: str
    suggestions: tuple[SuggestionText, ...]
    closing: str
    lead: str
    assisting: tuple[str, ...]
    keywords: tuple[str, ...]

    @property
    def place(self) -> str:
        return {"town": self.town, "city": self.street, "county": COUNTY}[self.scope]

    @property
    def suggestion_lines(self) -> str:
        return "\n".join(f"{each.number}. {each.text}" for each in self.suggestions)

    @property
    def body(self) -> str:
        """The whole text as one paper: three headed parts, or a letter without headings."""
        end = [self.closing] if self.closing else []
        if self.style == "letter":
            return "\n".join(
                [self.situation, self.analysis, "为此建议：", self.suggestion_lines, *end]
            )
        heads = (
            "一、基本情况",
            self.situation,
            "二、原因分析",
            self.analysis,
            "三、建议",
            self.suggestion_lines,
        )
        return "\n".join([*heads, *end])

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """What must not occur twice in the county: the lines of the three parts, suggestions
        without their numbers.
        """
        return (
            *self.situation.split("\n"),
            *self.analysis.split("\n"),
            *(each.text for each in self.suggestions),
        )


def proposals(seed: int, per_year: Mapping[int, int]) -> tuple[ProposalText, ...]:
    """As many proposals as asked for each year; titles and paragraphs are unique over all years
    together.
    """
    corpus = _Corpus(seed)
    return tuple(corpus.next(year) for year in sorted(per_year) for _ in range(per_year[year]))


def compose(
    topic: Topic, category: str, rng: Random, year: int, avoid: Set[str] = frozenset()
) -> ProposalText:
    scene = Scene(rng, scene_values(rng, year))
    scene.values.update({"题": topic.subject, "界": rng.choice(_PHRASES.sectors_that_survey)})
    style = rng.choice(STYLES)
    asks = _some(rng, topic.asks, rng.choice((3, 4, 4, 4, 5)))
    title = f"关于{_phrase(scene, topic)}的{rng.choice(_PHRASES.title_kinds)}"
    situation, analysis = _situation(scene, topic, style), _analysis(scene, topic)
    scene.repeat = True
    suggestions = tuple(
        _suggestion(scene, topic, ask, number, avoid) for number, ask in enumerate(asks, 1)
    )
    lead = scene.render(topic.lead)
    closing = rng.choice(_PHRASES.closings) if style == "letter" or rng.random() < 0.15 else ""
    return ProposalText(
        topic.key,
        year,
        title,
        category,
        style,
        topic.scope,
        scene.values["镇"],
        scene.values["街道"],
        situation,
        analysis,
        suggestions,
        closing,
        lead,
        _assisting(scene, topic, suggestions, lead),
        topic.words,
    )


def _phrase(scene: Scene, topic: Topic) -> str:
    phrase = scene.pick(topic.titles)
    further = phrase.startswith(_PHRASES.further) and scene.rng.random() < 0.25
    return f"进一步{phrase}" if further else phrase


def _some(rng: Random, pool: tuple[_Item, ...], count: int) -> list[_Item]:
    chosen = sorted(rng.sample(range(len(pool)), min(count, len(pool))))
    return [pool[index] for index in chosen]


def _situation(scene: Scene, topic: Topic, style: str) -> str:
    rng = scene.rng
    voices: Voices = getattr(_PHRASES.openings, topic.scope)
    opening = scene.pick(getattr(voices, "plain" if style == "list" else style))
    facts = [scene.render(fact) for fact in _some(rng, topic.facts, rng.choice((3, 4, 4, 4)))]
    if style == "list":
        lines = (f"（{ordinal(index)}）{fact}" for index, fact in enumerate(facts, 1))
        return "\n".join([opening + "主要情况如下：", *lines])
    return opening + scene.pick(_PHRASES.links) + "".join(facts)


def _analysis(scene: Scene, topic: Topic) -> str:
    rng = scene.rng
    causes = [
        scene.render(cause).rstrip("。")
        for cause in _some(rng, topic.causes, rng.choice((2, 3, 3, 3)))
    ]
    rng.shuffle(causes)
    scene.values["几"] = "零一两三四"[len(causes)]
    opening = scene.pick(_PHRASES.cause_openings)
    need = scene.pick(_PHRASES.needs) if rng.random() < 0.5 else ""
    return opening + _joined(rng, causes) + need


def _joined(rng: Random, causes: list[str]) -> str:
    match rng.randrange(4):
        case 0:
            return (
                "；".join(f"{ordinal(index)}是{cause}" for index, cause in enumerate(causes, 1))
                + "。"
            )
        case 1:
            return "".join(
                f"其{ordinal(index)}，{cause}。" for index, cause in enumerate(causes, 1)
            )
        case 2:
            return (
                causes[0]
                + "。"
                + "".join(
                    f"{word}{cause}。"
                    for word, cause in zip(("同时，", "另外，"), causes[1:], strict=False)
                )
            )
        case _:
            return "".join(f"{cause}。" for cause in causes)


def _said_afresh(scene: Scene, template: str, avoid: Set[str]) -> str:
    """Three in ten carry a tail; one that was said before goes on trying with a tail."""
    text = scene.render(template)
    for attempt in range(12):
        if attempt or scene.rng.random() < 0.3:
            text = scene.render(template).removesuffix("。") + scene.pick(_PHRASES.tails) + "。"
        if text not in avoid:
            break
    return text


def _suggestion(
    scene: Scene, topic: Topic, ask: Ask, number: int, avoid: Set[str]
) -> SuggestionText:
    text = _said_afresh(scene, ask.text, avoid)
    done, planned, refused = (scene.render(each) for each in (ask.done, ask.plan, ask.no))
    unit = scene.render(ask.unit or topic.lead)
    return SuggestionText(number, text, unit, ask.section, done, planned, refused, ask.months)


def _assisting(
    scene: Scene, topic: Topic, suggestions: tuple[SuggestionText, ...], lead: str
) -> tuple[str, ...]:
    """Units named by the suggestions first, then the topic's own, at most three."""
    named = [each.unit for each in suggestions if each.unit != lead]
    usual = [unit for unit in map(scene.render, topic.assist) if unit != lead]
    count = scene.rng.choice((1, 2, 2, 3))
    return tuple(dict.fromkeys([*named, *usual]))[: max(count, len(set(named)))][:3]


class _Corpus:
    """Draws the next proposal and keeps what was said, so that it is not said again."""

    def __init__(self, seed: int) -> None:
        self.rng = Random(f"proposals {seed}")
        self.waiting: list[tuple[str, Topic]] = []
        self.titles: set[str] = set()
        self.said: set[str] = set()
        self.grams: defaultdict[str, set[str]] = defaultdict(set)

    def next(self, year: int) -> ProposalText:
        if not self.waiting:
            self.waiting = list(TOPICS)
            self.rng.shuffle(self.waiting)
        category, topic = self.waiting.pop()
        drafts = (
            compose(topic, category, Random(self.rng.random()), year, self.said)
            for _ in range(_PATIENCE)
        )
        return self._keep(self._freshest(list(islice(filter(self._new, drafts), _CHOICE)), topic))

    def _new(self, draft: ProposalText) -> bool:
        fits = _SHORT <= len(draft.body) <= _LONG
        return fits and draft.title not in self.titles and self.said.isdisjoint(draft.paragraphs)

    def _freshest(self, drafts: list[ProposalText], topic: Topic) -> ProposalText:
        if not drafts:
            raise ValueError(
                f"Topic {topic.key} has nothing new left to say; ask for fewer proposals."
            )
        return min(drafts, key=lambda draft: overlap(grams(draft.body), self.grams[topic.key]))

    def _keep(self, draft: ProposalText) -> ProposalText:
        self.titles.add(draft.title)
        self.said.update(draft.paragraphs)
        self.grams[draft.topic] |= grams(draft.body)
        return draft


def grams(text: str, size: int = 12) -> set[str]:
    run = "".join(text.split())
    return {run[start : start + size] for start in range(len(run) - size + 1)}


def overlap(new: set[str], old: set[str]) -> float:
    """Share of the new text's 12-grams that were written before."""
    return len(new & old) / max(len(new), 1)
