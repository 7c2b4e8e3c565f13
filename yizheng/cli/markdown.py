"""Tables in Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Sequence


def cell(text: str) -> str:
    return " ".join(str(text).split()).replace("|", "\\|")


def row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cell(each) for each in cells)} |"


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    return "\n".join([row(head), row("---" for _title in head), *(row(each) for each in rows)])
