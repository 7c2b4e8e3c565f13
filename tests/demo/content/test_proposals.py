"""Six hundred proposals that never read like copies."""

from __future__ import annotations

from collections import Counter
from itertools import combinations

import pytest

from demo_county.content import ProposalText, proposals, twins, units
from demo_county.content.proposals import grams, overlap

YEARS = {2024: 190, 2025: 200, 2026: 210}


@pytest.fixture(scope="module")
def texts() -> tuple[ProposalText, ...]:
    return proposals(20260101, YEARS)


def test_as_many_as_asked_for_each_year(texts: tuple[ProposalText, ...]) -> None:
    assert Counter(text.year for text in texts) == YEARS


def test_the_same_seed_says_the_same() -> None:
    assert proposals(3, {2026: 40}) == proposals(3, {2026: 40})
    assert proposals(3, {2026: 40}) != proposals(4, {2026: 40})


def test_no_title_and_no_paragraph_twice(texts: tuple[ProposalText, ...]) -> None:
    assert len({text.title for text in texts}) == 600
    paragraphs = [paragraph for text in texts for paragraph in text.paragraphs]
    assert [line for line, count in Counter(paragraphs).items() if count > 1] == []


def test_few_twelve_grams_are_shared(texts: tuple[ProposalText, ...]) -> None:
    """Between texts of different topics almost nothing; between two of one topic never half, on
    average a fifth.
    """
    marked = [(text.topic, grams(text.body)) for text in texts]
    same: list[float] = []
    other: list[float] = []
    for (topic, mine), (other_topic, theirs) in combinations(marked, 2):
        (same if topic == other_topic else other).append(overlap(mine, theirs))
    assert sum(same) / len(same) < 0.2
    assert max(same) < 0.45
    assert sum(other) / len(other) < 0.005
    assert max(other) < 0.12


def test_length_parts_and_units(texts: tuple[ProposalText, ...]) -> None:
    names = {unit.name for unit in units(1)}
    for text in texts:
        assert 400 <= len(text.body) <= 900
        assert [each.number for each in text.suggestions] == list(
            range(1, len(text.suggestions) + 1)
        )
        assert 2 <= len(text.suggestions) <= 5
        assert 1 <= len(text.assisting) <= 3
        assert text.lead not in text.assisting
        assert {text.lead, *text.assisting, *(each.unit for each in text.suggestions)} <= names
        assert {each.unit for each in text.suggestions} <= {text.lead, *text.assisting}


def test_styles_and_categories_are_mixed(texts: tuple[ProposalText, ...]) -> None:
    assert {text.style for text in texts} == {"plain", "survey", "letter", "list"}
    assert min(Counter(text.category for text in texts).values()) > 50


def test_no_template_mark_is_left(texts: tuple[ProposalText, ...]) -> None:
    assert not [text.title for text in texts if set(text.title + text.body) & set("{}[]|~")]


def test_twins_speak_of_one_place_in_other_words() -> None:
    for first, second in twins(5, 2026, 12):
        assert (first.topic, first.place) == (second.topic, second.place)
        assert first.title != second.title
        assert overlap(grams(first.body), grams(second.body)) < 0.6
