"""Every sentence of the tables can be said, and every unit it names exists."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from random import Random

import pytest

from demo_county.content.places import scene_values
from demo_county.content.text import Scene, fill, ordinal
from demo_county.content.topics import CATEGORIES, TOPICS, Topic
from demo_county.content.units import units

BY_KEY = {topic.key: topic for _, topic in TOPICS}
UNIT_NAMES = {unit.name for unit in units(1)}


def scene(seed: int = 1) -> Scene:
    return Scene(Random(seed), scene_values(Random(seed), 2026))


def pieces(topic: Topic) -> Iterator[str]:
    yield from (*topic.titles, *topic.facts, *topic.causes)
    for ask in topic.asks:
        yield from (ask.text, ask.done, ask.plan, ask.no)


def test_there_are_enough_topics_in_every_category() -> None:
    counts = Counter(category for category, _ in TOPICS)
    assert len(BY_KEY) == len(TOPICS) >= 120
    assert set(counts) == set(CATEGORIES)
    assert min(counts.values()) >= 12


@pytest.mark.parametrize("key", BY_KEY)
def test_a_topic_can_be_said(key: str) -> None:
    for piece in pieces(BY_KEY[key]):
        said = scene().render(piece)
        assert not set(said) & set("[]|~="), said
        assert not any(pair in said for pair in ("。。", "，，", "，。", "；。")), said


@pytest.mark.parametrize("key", BY_KEY)
def test_a_topic_names_real_units(key: str) -> None:
    topic = BY_KEY[key]
    named = [topic.lead, *topic.assist, *(ask.unit for ask in topic.asks if ask.unit)]
    assert {scene().render(name) for name in named} <= UNIT_NAMES
    assert any(not ask.unit for ask in topic.asks), "the lead has nothing to do"


@pytest.mark.parametrize("key", BY_KEY)
def test_a_planned_answer_says_by_when_and_others_do_not(key: str) -> None:
    for ask in BY_KEY[key].asks:
        assert "{期}" in ask.plan and "{近}" not in ask.plan
        assert "{期}" not in ask.done + ask.no
        assert (
            ask.done.endswith("。")
            and ask.plan.endswith("。")
            and (not ask.no or ask.no.endswith("。"))
        )
        assert 1 <= ask.months <= 12


def test_the_template_language() -> None:
    drawn = scene()
    drawn.values["a"] = "甲"
    assert drawn.render("{a}[乙|乙]") == "甲乙"
    assert drawn.render("{7~7}个，{n=40~40}户中{m=10~10}户，占{m/n}") == "7个，40户中10户，占25.0%"
    assert drawn.render("{100~100:10}米，{1.5~1.5}公里，再说{n}户") == "100米，1.5公里，再说40户"
    assert fill(drawn.render("{期}前完成"), 期="2026年11月底") == "2026年11月底前完成"
    with pytest.raises(KeyError):
        drawn.render("{没有}")


def test_ordinals() -> None:
    assert [ordinal(n) for n in (1, 4, 10, 12)] == ["一", "四", "十", "十二"]
