"""The tables of docs/performance.md, written between its two marks; the words around them are
written by hand.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

BEGIN, END = "<!-- tables: python -m bench -->", "<!-- end of tables -->"
ONE_OFFICE = "one_office"
TITLES = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}
Results = Mapping[str, Mapping[str, Any]]


def write(results: Results, page: Path) -> None:
    """Replace the tables; a page without the marks is left alone."""
    text = page.read_text(encoding="utf-8") if page.exists() else f"{BEGIN}\n{END}\n"
    before, begin, rest = text.partition(BEGIN)
    _old, end, after = rest.partition(END)
    if begin and end:
        page.write_text(
            before + BEGIN + "\n\n" + tables(results) + "\n" + END + after, encoding="utf-8"
        )


def tables(results: Results) -> str:
    parts = []
    for kind, by_size in results.items():
        sizes = sorted((key for key in by_size if key != ONE_OFFICE), key=int)
        parts.append(f"### {TITLES[kind]}: own CPU, milliseconds\n\n" + _growth(by_size, sizes))
        for key in ([sizes[-1]] if sizes else []) + [key for key in by_size if key == ONE_OFFICE]:
            parts.append(f"### {TITLES[kind]}, {_title(by_size[key])}\n\n" + _detail(by_size[key]))
    parts.append("### The bare page of 50 rows, by template engine\n\n" + _templates(results))
    parts.append("### First visit\n\n" + _first_visit(results))
    return "\n".join(parts)


def _title(found: Mapping[str, Any]) -> str:
    offices = found["offices"]
    return f"{found['proposals']:,} proposals in {offices:,} office{'s' if offices > 1 else ''}"


def _growth(by_size: Mapping[str, Any], sizes: list[str]) -> str:
    """A line a page; its growth is taken in bare pages, so that a machine slower in one run than in
    another does not count.
    """
    head = [
        "page",
        *(f"{by_size[size]['proposals']:,}" for size in sizes),
        "growth",
        "in bare pages",
        "queries",
    ]
    lines = []
    for name in by_size[sizes[0]]["pages"]:
        found = [by_size[size]["pages"][name] for size in sizes]
        bare = [each["cpu"] / each["bare"] for each in found]
        growth = f"{bare[-1] / bare[0]:.2f} ×" if len(found) > 1 else ""
        lines.append(
            [
                name,
                *(f"{each['cpu']:.1f}" for each in found),
                growth,
                f"{bare[-1]:.2f}",
                found[-1]["queries"],
            ]
        )
    return _table(head, lines)


def _detail(found: Mapping[str, Any]) -> str:
    pages = found["pages"]
    with_backend = any("backend" in each for each in pages.values())
    head = [
        "page",
        "CPU",
        *(["CPU of the backend"] if with_backend else []),
        "p50",
        "p95",
        "p99",
        "queries",
        "kB sent",
    ]
    lines = []
    for name, each in pages.items():
        backend = [f"{each.get('backend', 0):.1f}"] if with_backend else []
        times = [f"{each[key]:.1f}" for key in ("p50", "p95", "p99")]
        lines.append(
            [
                name,
                f"{each['cpu']:.1f}",
                *backend,
                *times,
                each["queries"],
                f"{each['kb']:.1f}" if each["kb"] else "–",
            ]
        )
    return _table(head, lines)


def _templates(results: Results) -> str:
    head = ["run", "Django's templates", "Jinja2", "Django / Jinja2", "the query"]
    lines = []
    for kind, by_size in results.items():
        for found in by_size.values():
            each = found["templates"]
            ratio = f"{each['django'] / each['jinja']:.1f} ×"
            name = f"{TITLES[kind]}, {found['proposals']:,}"
            lines.append(
                [
                    name,
                    f"{each['django']:.1f}",
                    f"{each['jinja']:.1f}",
                    ratio,
                    f"{each['query']:.1f}",
                ]
            )
    return _table(head, lines)


def _first_visit(results: Results) -> str:
    found = next(each["first_visit"] for by_size in results.values() for each in by_size.values())
    lines = [[name, f"{size:.1f}"] for name, size in found.items()]
    return _table(
        ["file", "kB, gzip"], [*lines, ["**together**", f"**{sum(found.values()):.1f}**"]]
    )


def _table(head: list[str], lines: Iterable[list[Any]]) -> str:
    rows = [head, ["---", *["---:"] * (len(head) - 1)], *lines]
    return "".join(f"| {' | '.join(str(cell) for cell in row)} |\n" for row in rows)
