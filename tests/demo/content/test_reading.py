"""A text that is not as it must be is told with its file, its line and its place."""

from __future__ import annotations

import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal, NamedTuple

import pytest

from demo_county.content.reading import TEXTS, UnreadableTexts, at_least, one_of, read
from demo_county.content.text import template

ROOT = Path(__file__).resolve().parents[3]

FAIR = """\
# A fair.
town = "白鹭镇"
days = ["周六", "周日"]

[weather]
wet = false

[[stalls]]
name = "竹器"
sells = "{3~9}只[竹篮|竹席]"

[[stalls]]
name = "茶叶"
sells = "今年的新茶"
hours = [9, 12]

[[stalls.helpers]]
name = "沈禾"
age = 34

[[stalls.helpers]]
name = "林澄"
age = 41
"""


class Helper(NamedTuple):
    name: str
    age: int


@dataclass(frozen=True)
class Stall:
    name: str
    sells: Annotated[str, template("镇")]
    hours: tuple[int, int] = (8, 17)
    helpers: tuple[Helper, ...] = ()
    kind: Literal["food", "craft"] = "food"


@dataclass(frozen=True)
class Weather:
    wet: bool


@dataclass(frozen=True)
class Fair:
    town: Annotated[str, one_of("town", ("白鹭镇", "柳湾镇"))]
    days: Annotated[tuple[str, ...], at_least(2)]
    weather: Weather
    stalls: tuple[Stall, ...]

    def __post_init__(self) -> None:
        if len({stall.name for stall in self.stalls}) < len(self.stalls):
            raise ValueError("two stalls have one name")


def fair(folder: Path, text: str) -> Fair:
    (folder / "fair.toml").write_text(text, encoding="utf-8")
    return read("fair.toml", Fair, folder)


def test_what_is_right_is_read_as_it_stands(tmp_path: Path) -> None:
    assert fair(tmp_path, FAIR) == Fair(
        "白鹭镇",
        ("周六", "周日"),
        Weather(False),
        (
            Stall("竹器", "{3~9}只[竹篮|竹席]"),
            Stall("茶叶", "今年的新茶", (9, 12), (Helper("沈禾", 34), Helper("林澄", 41))),
        ),
    )


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        (
            "age = 41",
            'age = "41"',
            "line 23 (stalls › 2 › helpers › 2 › age): a whole number belongs here.",
        ),
        (
            "age = 34",
            "age = true",
            "line 19 (stalls › 2 › helpers › 1 › age): a whole number belongs here.",
        ),
        ('name = "竹器"\n', "", "line 8 (stalls › 1): name is missing."),
        ("wet = false", "wet = 0", "line 6 (weather › wet): true or false belongs here."),
        ("[weather]\nwet = false\n", "", "line 1: weather is missing."),
        (
            "hours = [9, 12]",
            "hours = [9]",
            "line 15 (stalls › 2 › hours): 2 values belong here, not 1.",
        ),
        (
            "hours = [9, 12]",
            "hours = 9",
            "line 15 (stalls › 2 › hours): a list in square brackets belongs here.",
        ),
        (
            "hours = [9, 12]",
            'kind = "tea"',
            "line 15 (stalls › 2 › kind): “tea” is none of food, craft.",
        ),
        ('town = "白鹭镇"', 'town = "麻岭镇"', "line 2 (town): there is no town “麻岭镇”."),
        ('days = ["周六", "周日"]', 'days = ["周六"]', "line 3 (days): at least 2 are needed."),
        ('days = ["周六", "周日"]', "days = []", "line 3 (days): the list is empty."),
        (
            'days = ["周六", "周日"]',
            'days = [\n  "周六",\n  7,\n]',
            "line 5 (days › 2): a text in quotation marks belongs here.",
        ),
        ("今年的新茶", "{村}的新茶", "line 14 (stalls › 2 › sells): {村} is not known here."),
        (
            "{3~9}",
            "{9~3}",
            "line 10 (stalls › 1 › sells): {9~3} goes from the greater to the less.",
        ),
        (
            "竹席]",
            "竹席",
            "line 10 (stalls › 1 › sells): a bracket has no other, or | stands outside [ ].",
        ),
        ('"茶叶"', '"竹器"', "line 1: two stalls have one name."),
    ],
)
def test_what_is_wrong_is_told_with_its_line_and_place(
    tmp_path: Path, before: str, after: str, said: str
) -> None:
    assert FAIR.count(before) == 1
    with pytest.raises(UnreadableTexts) as told:
        fair(tmp_path, FAIR.replace(before, after))
    assert str(told.value) == f"fair.toml, {said}"


def test_a_name_that_does_not_belong_there_is_told_with_those_that_do(tmp_path: Path) -> None:
    with pytest.raises(UnreadableTexts) as told:
        fair(tmp_path, FAIR.replace("age = 41", "aged = 41"))
    assert str(told.value) == (
        "fair.toml, line 23 (stalls › 2 › helpers › 2 › aged): "
        "nothing of that name belongs here (name, age)."
    )


def test_what_is_no_toml_is_told_with_its_line(tmp_path: Path) -> None:
    with pytest.raises(UnreadableTexts, match=r"^fair\.toml: .*\(at line 14, column \d+\)$"):
        fair(tmp_path, FAIR.replace('"今年的新茶"', '"今年的新茶'))


def test_a_file_that_is_missing_or_not_in_utf_8_is_named(tmp_path: Path) -> None:
    with pytest.raises(UnreadableTexts, match=r"^fair\.toml: .*No such file"):
        read("fair.toml", Fair, tmp_path)
    (tmp_path / "fair.toml").write_bytes(FAIR.encode("gbk"))
    with pytest.raises(UnreadableTexts, match=r"^fair\.toml: 'utf-8' codec"):
        read("fair.toml", Fair, tmp_path)


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("{镇}有{n=3~9}户，{m=1~2}户已搬，占{m/n}，{n}户都同意", ""),
        ("占{m/n}", "{m/n} is not known here"),
        ("{n}户", "{n} is not known here"),
        ("{1.2~0.8}公里", "{1.2~0.8} goes from the greater to the less"),
        ("修路|架桥", "a bracket has no other, or | stands outside [ ]"),
        ("{镇", "a bracket has no other, or | stands outside [ ]"),
    ],
)
def test_a_template_is_told_what_is_wrong_with_it(text: str, fault: str) -> None:
    assert template("镇")(text) == fault


# The texts of the county ---------------------------------------------------------------------------


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """The program with texts of one's own to change."""
    shutil.copytree(
        TEXTS.parent, tmp_path / "demo_county", ignore=shutil.ignore_patterns("__pycache__")
    )
    return tmp_path


def read_texts(own: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "demo_county", "--texts"],
        cwd=own,
        env={"PYTHONPATH": str(ROOT), "LANG": "C.UTF-8"},
        capture_output=True,
        text=True,
        timeout=60,
    )


def change(own: Path, file: str, before: str, after: str) -> int:
    """Change a text once; in which line it stood."""
    path = own / "demo_county" / "texts" / file
    text = path.read_text(encoding="utf-8")
    assert before in text
    path.write_text(text.replace(before, after, 1), encoding="utf-8")
    return text[: text.index(before)].count("\n") + 1


def test_the_command_reads_them_all(own: Path) -> None:
    answer = read_texts(own)
    assert answer.returncode == 0, answer.stderr
    assert answer.stdout == "All texts can be read.\n"


@pytest.mark.parametrize(
    ("file", "before", "after", "said"),
    [
        (
            "topics/ecology.toml",
            '"县水务局"',
            '"县水利局"',
            "(topics › 1 › assist › 1): there is no unit “县水利局”.",
        ),
        (
            "topics/society.toml",
            "months = ",
            'months = "half a year" # ',
            "(topics › 1 › asks › 1 › months): a whole number belongs here.",
        ),
        (
            "process.toml",
            "第{条}条先行启动",
            "第{款}条先行启动",
            "(progress › 1): {款} is not known here.",
        ),
        (
            "gatherings.toml",
            'day = "01-12"',
            'day = "13-12"',
            "(plenary › day): a month and a day belong here, like 03-26.",
        ),
        (
            "opinions.toml",
            'fate = "closed"',
            'fate = "shelved"',
            "(reports › 4 › fate): there is no fate “shelved”.",
        ),
        (
            "roster.toml",
            "县委办公室:副主任",
            "县委办公室副主任",
            "(sectors › 1 › posts › 1): employer:post belongs here, with {town}, {village} or {street} where one is drawn.",
        ),
        (
            "roster.toml",
            "县委政策研究室:主任",
            "县委政策研究室",
            "(sectors › 1 › posts › 5): employer:post belongs here, with {town}, {village} or {street} where one is drawn.",
        ),
        (
            "places.toml",
            'villages = ["石桥村", "北坡村", "上磨村", "青石村", "罗家坪村", "水竹村"]',
            'villages = ["石桥村", "北坡村"]',
            "(towns › 1 › villages): at least 3 are needed.",
        ),
    ],
)
def test_a_slip_of_the_pen_is_one_sentence_with_file_and_line(
    own: Path, file: str, before: str, after: str, said: str
) -> None:
    line = change(own, file, before, after)
    answer = read_texts(own)
    assert answer.returncode == 1
    assert answer.stderr.strip() == f"Error: {file}, line {line} {said}"


@pytest.mark.parametrize(
    ("file", "before", "after", "said"),
    [
        (
            "house.toml",
            'venue = "青石镇委员联络站"',
            'venue = "青石联络站"',
            "there is no venue “青石联络站”",
        ),
        (
            "gatherings.toml",
            'topic = "县域医共体建设"',
            'topic = "医共体"',
            "“县域医共体建设专题调研”: there is no topic “医共体” in the plan",
        ),
        (
            "topics/culture.toml",
            'key = "old-street"',
            'key = "heritage-guard"',
            "two topics have the key heritage-guard",
        ),
    ],
)
def test_what_does_not_fit_together_is_named(
    own: Path, file: str, before: str, after: str, said: str
) -> None:
    change(own, file, before, after)
    answer = read_texts(own)
    assert answer.returncode == 1
    assert answer.stderr.strip() == f"Error: {file}, line 1: {said}."
