"""Measures the tables of a page: tables.js says in words what is wrong."""

from __future__ import annotations

from pathlib import Path

from .people import HEIGHTS, Person

MEASURE = (Path(__file__).parent / "tables.js").read_text(encoding="utf-8").rstrip("; \n")
ONE_ROW = """() => document.querySelectorAll("main tbody").forEach(
  (body, at) => [...body.rows].slice(at ? 0 : 1).forEach((row) => row.remove()))"""
COUNT = 'document.querySelectorAll("main .cases-frame:not(.cases-small) tbody tr:not(.cases-group)").length'


def rows(person: Person) -> int:
    return int(person.page.evaluate(COUNT))


def leave_one_row(person: Person) -> None:
    person.page.evaluate(ONE_ROW)


def problems(person: Person, *widths: int) -> list[str]:
    found = []
    for width in widths:
        person.page.set_viewport_size({"width": width, "height": HEIGHTS.get(width, 900)})
        found += [f"at {width}: {each}" for each in person.page.evaluate(MEASURE)]
    return found
