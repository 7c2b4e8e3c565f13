"""The table in docs/checker.md says of the real texts what the checker really makes of them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from yizheng.indicators.reading import Mention, read

from .test_real_texts import SEEDS, needs_shared

ROOT = Path(__file__).resolve().parents[3]
TEXTS = {"K": "000", "T": "001", "D": "002", "W": "003", "F": "004"}
_ROW = re.compile(
    r"\| (?P<row>[KTDWF]\d+) \| (?P<words>\S+) (?P<said>[^|]+) "
    r"\| (?:`(?P<code>[a-z_.]+)`(?: · (?P<by>\w+)=(?P<key>[\w+]+))?|—) \| (?P<how>yes|narrowed|no) \|"
)
ROWS = [
    match
    for line in (ROOT / "docs" / "checker.md").read_text().splitlines()
    if (match := _ROW.fullmatch(line))
]


def _as_in_the_table(mention: Mention) -> tuple[str | None, tuple[str, str] | None, str]:
    how = "no" if mention.indicator is None else "narrowed" if mention.narrowed else "yes"
    return mention.indicator, mention.breakdown, how


@needs_shared
@pytest.mark.parametrize("text", TEXTS)
def test_the_table_is_true(text: str) -> None:
    [path] = SEEDS.glob(f"{TEXTS[text]}_*.txt")
    mentions = read(path.read_text()).mentions
    rows = [row for row in ROWS if row["row"].startswith(text)]
    assert rows
    for row in rows:
        found = [
            each
            for each in mentions
            if each.text == row["said"] and each.subject.endswith(row["words"].lstrip("…"))
        ]
        assert (row["code"], (row["by"], row["key"]) if row["by"] else None, row["how"]) in map(
            _as_in_the_table, found
        ), row[0]


def test_how_many_are_recognised() -> None:
    """As the words below the table say."""
    assert [
        len([row for row in ROWS if row["how"] == how]) for how in ("yes", "narrowed", "no")
    ] == [51, 24, 1]
