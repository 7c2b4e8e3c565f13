"""Placeholders are read, and what cannot be filled is refused with a sentence that names it."""

from __future__ import annotations

import pytest

from tests.world import World
from yizheng.indicators import outline
from yizheng.indicators.outline import BadOutline, OutlineField, OutlineText, Placeholder, parse


def test_the_usual_outline_is_sound(world: World) -> None:
    assert len(parse(outline.DEFAULT)) > 10


def test_pieces_in_their_order(world: World) -> None:
    [line] = parse("{year}年立案{proposals.filed}，立案率{proposals.filing_rate|percent}。")
    assert line == (
        OutlineField("year"),
        OutlineText("年立案"),
        Placeholder("proposals.filed", "", source="proposals.filed"),
        OutlineText("，立案率"),
        Placeholder("proposals.filing_rate", "percent", source="proposals.filing_rate|percent"),
        OutlineText("。"),
    )


def test_parts_and_blocks(world: World) -> None:
    lines = parse(
        "{proposals.filed|kind=collective}\n\n{proposals.handled|share by "
        "class}\n{proposals.filed|chart by category}"
    )
    first, second, third = (line[0] for line in lines)
    assert isinstance(first, Placeholder) and (first.breakdown, first.key) == ("kind", "collective")
    assert isinstance(second, Placeholder) and (second.how, second.breakdown) == ("share", "class")
    assert isinstance(third, Placeholder) and third.is_block


@pytest.mark.parametrize(
    "text, named",
    [
        ("立案{proposals.fled}", "proposals.filed"),  # the nearest known
        ("{weather}", "weather"),
        ("{proposals.filed|percent}", "proposals.filed|percent"),
        ("{proposals.filing_rate|share by kind}", "proposals.filing_rate|share by kind"),
        ("{proposals.filed|by weather}", "kind, category, occasion"),
        ("{proposals.units|by kind}", "proposals.units"),
        ("{proposals.filed|kind=dog}", "dog"),
        ("{proposals.filed|loudly}", "loudly"),
        ("见图{proposals.filed|chart by kind}", "proposals.filed|chart by kind"),
        ("立案{proposals.filed", "{"),
        ("立案}", "}"),
    ],
)
def test_what_cannot_be_filled_is_named(world: World, text: str, named: str) -> None:
    with pytest.raises(BadOutline) as refused:
        parse(f"一、概况\n{text}")
    [sentence] = refused.value.sentences
    assert named in sentence and "2" in sentence  # the line


def test_every_mistake_is_named_at_once(world: World) -> None:
    with pytest.raises(BadOutline) as refused:
        parse("{a.b}\n{proposals.filed}\n{c.d}")
    assert len(refused.value.sentences) == 2


@pytest.mark.parametrize("text", ["", " \n\n", "长" * (outline.LONGEST + 1)])
def test_an_empty_or_endless_outline_is_refused(world: World, text: str) -> None:
    with pytest.raises(BadOutline):
        parse(text)


def test_a_stretch_in_brackets_may_hold_others(world: World) -> None:
    [line] = parse("[开展[调研{activities.surveys}、][视察{activities.inspections}]。]")
    [whole] = line
    assert isinstance(whole, outline.OptionalStretch)
    assert [type(piece) for piece in whole.pieces] == [
        OutlineText,
        outline.OptionalStretch,
        outline.OptionalStretch,
        OutlineText,
    ]
    assert [each.code for each in outline.placeholders([line])] == [
        "activities.surveys",
        "activities.inspections",
    ]


@pytest.mark.parametrize(
    "text, named",
    [
        ("[调研{activities.surveys}", "["),
        ("调研{activities.surveys}]", "]"),
        ("[见图{activities.held|chart by kind}]", "activities.held|chart by kind"),
        ("{activities.measured}", "activities.measured"),
        ("{activities.measured|chart by measure}", "activities.measured|chart by measure"),
    ],
)
def test_brackets_and_divided_figures_are_refused_with_the_line(
    world: World, text: str, named: str
) -> None:
    with pytest.raises(BadOutline) as refused:
        parse(f"一、概况\n{text}")
    [sentence] = refused.value.sentences
    assert named in sentence and "2" in sentence
