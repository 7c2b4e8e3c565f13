"""The tables on the page of measurements."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from bench import report


def found(proposals: int, cpu: float, bare: float) -> dict[str, Any]:
    page = {
        "cpu": cpu,
        "bare": bare,
        "p50": 20.0,
        "p95": 30.0,
        "p99": 40.0,
        "kb": 6.84,
        "queries": 12,
        "rounds": 20,
    }
    return {
        "proposals": proposals,
        "offices": proposals // 340,
        "pages": {"list": page},
        "templates": {"django": 12.0, "jinja": 4.0, "query": 3.0},
        "first_visit": {"page": 7.0, "app.css": 20.5},
    }


RESULTS = {"sqlite": {"1000": found(1020, 10.0, 5.0), "100000": found(100_000, 24.0, 10.0)}}


def test_growth_is_taken_in_bare_pages_of_the_same_run() -> None:
    """10 ms beside a bare page of 5 are 2.0; 24 beside one of 10 are 2.4: 1.2 times as much, not
    2.4 times.
    """
    assert "| list | 10.0 | 24.0 | 1.20 × | 2.40 | 12 |" in report.tables(RESULTS)


def test_engines_and_first_visit() -> None:
    tables = report.tables(RESULTS)
    assert "| SQLite, 1,020 | 12.0 | 4.0 | 3.0 × | 3.0 |" in tables
    assert "| **together** | **27.5** |" in tables


def test_only_what_stands_between_the_marks_is_replaced(tmp_path: Path) -> None:
    page = tmp_path / "performance.md"
    page.write_text(
        f"# Words before\n\n{report.BEGIN}\nold table\n{report.END}\n\nWords after\n",
        encoding="utf-8",
    )
    report.write(RESULTS, page)
    text = page.read_text(encoding="utf-8")
    assert text.startswith("# Words before") and text.endswith("Words after\n")
    assert "old table" not in text and "100,000" in text
