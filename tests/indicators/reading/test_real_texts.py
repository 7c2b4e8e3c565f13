"""Real published texts, where they are at hand: every figure a person read in them is found, and
nothing else.
"""

import json
import re
import time
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from yizheng.indicators.reading import TextReading, read
from yizheng.indicators.reading.verdict import judge

from .test_verdict import Records, verdicts

SHARED = Path(__file__).resolve().parents[4] / "shared"
REPORTS = SHARED / "data" / "reports"
SEEDS = SHARED / "seeds"
IN_WORDS = {"四年": [4], "七委一室": [7, 1]}

needs_shared = pytest.mark.skipif(
    not REPORTS.is_dir() or not SEEDS.is_dir(), reason="the real texts are not here"
)


def body(path: Path) -> str:
    """Without the remarks on where the text comes from."""
    return "\n".join(line for line in path.read_text().splitlines() if not line.startswith("# "))


def report(name: str) -> TextReading:
    (path,) = REPORTS.glob(f"{name}_*.txt")
    return read(body(path))


def seed(number: str) -> TextReading:
    (path,) = SEEDS.glob(f"{number}_*.txt")
    return read(path.read_text())


def numbers(noted: object) -> Iterator[Decimal]:
    """The numbers in a note made by hand: 271, "79.7%", [46, 68], {"2并1": 5}, "四年"."""
    match noted:
        case int():
            yield Decimal(noted)
        case str():
            yield from map(Decimal, IN_WORDS.get(noted) or re.findall(r"\d+(?:\.\d+)?", noted))
        case list():
            yield from (number for each in noted for number in numbers(each))
        case dict():
            yield from (number for each in noted.values() for number in numbers(each))


def by_hand(name: str) -> dict[str, object]:
    lines = map(json.loads, (REPORTS / "figures.jsonl").read_text().splitlines())
    figures: dict[str, object] = next(
        line["figures"] for line in lines if line["id"].startswith(name)
    )
    return {key: noted for key, noted in figures.items() if key != "checks"}


@needs_shared
@pytest.mark.parametrize("name", ["r01", "r04", "r05", "r12", "r14", "r16", "r18", "r21"])
def test_the_figures_read_by_hand_and_no_others(name: str) -> None:
    noted = set(numbers(by_hand(name)))
    # The title of r05, the share of the opinions in it and a share of r04 are in the text but were
    # not noted.
    unnoted = {"r05": {40, 4}}.get(name, set())
    assert {mention.value for mention in report(name).mentions} == noted | unnoted


@needs_shared
@pytest.mark.parametrize("name", ["r24", "r27"])
def test_texts_without_figures_yield_nothing(name: str) -> None:
    assert report(name) == TextReading((), ())


@needs_shared
def test_the_arithmetic_of_the_reports() -> None:
    wrong = {
        (name, each.expression)
        for name in ("r01", "r04", "r05", "r12", "r14", "r16", "r18", "r21")
        for each in report(name).arithmetic
        if not each.holds
    }
    assert wrong == {("r12", "15/205=7.3%≠6.7%; 15/223=6.7%")}


@needs_shared
@pytest.mark.parametrize(
    ("name", "expressions"),
    [
        ("r01", {"94+177=271", "46+68+91+11=216", "216+55=271", "216/271=79.7%"}),
        (
            "r04",
            {"169+15=184", "66+34+4+35+20+10=169", "169-(5×1+3×2+1×3+1×5+1×8)=142", "5+3+1+1+1=11"},
        ),
        ("r05", {"129+5=134", "63+27+14+12+4+9=129", "129/134=96%"}),
        ("r12", {"205+6+12=223", "37+52+116=205"}),
        ("r18", {"354+163=517", "228/252=90%"}),
    ],
)
def test_the_arithmetic_worked_out_by_hand_is_found(name: str, expressions: set[str]) -> None:
    assert expressions <= {each.expression for each in report(name).arithmetic if each.holds}


@needs_shared
@pytest.mark.parametrize(
    ("number", "values"),
    [
        ("000", [190, 300, 4, 5, 190, None, 1000, 81, 66, 70]),
        ("001", [9, 1, 16, 5, 12, 10, 8, 125, 17, 34, 7, 12]),
        ("002", [5, 8, 6, 13, 1, 1, 17]),
        (
            "003",
            [
                9,
                42,
                13,
                10,
                1,
                7,
                5,
                220,
                2,
                4,
                1,
                48,
                100,
                100,
                100,
                65,
                16,
                2,
                200,
                1500,
                130,
                60,
                60,
                60,
            ]
            + [3, 120, 2, 65, 3, 150, 212, 2, 100, 3, 240],
        ),
        ("004", [56, 52, 25, 100, 6, 27, 63, 26, 52, 21, 107, 38, 23, 142, 42, 13]),
    ],
)
def test_the_source_documents_figure_by_figure(number: str, values: list[int | None]) -> None:
    assert [mention.value for mention in seed(number).mentions] == values


@needs_shared
def test_the_lost_digit_is_unreadable() -> None:
    assert [mention.text for mention in seed("000").mentions if mention.unreadable] == ["?1%"]


@needs_shared
def test_the_four_proposal_figures_of_the_county_agree_until_a_record_is_missing() -> None:
    reading = seed("003")
    proposals = [
        each
        for each in judge(reading, Records(handled=48, replied=48))
        if (each.mention.indicator or "").startswith("proposals.")
        and each.mention.indicator != "proposals.nonparty_share"
    ]
    assert [each.mention.value for each in proposals] == [48, 100, 100, 100]
    assert verdicts(tuple(proposals)) == ["agrees"] * 4
    assert verdicts(judge(reading, Records(handled=47, replied=47))).count("differs") == 1


def test_a_long_text_takes_about_a_second() -> None:
    sentence = (
        "2023年收到提案200件，立案160件，立案率80%。有关教育的提案20件，占12.5%；"
        "见面率、答复率均达100%。走访群众220余人。\n"
    )
    text = sentence * (100_000 // len(sentence))
    started = time.process_time()
    assert len(read(text).mentions) == 8 * text.count("\n")
    assert (
        time.process_time() - started < 5
    )  # a slow machine; it takes half a second on a quiet one
