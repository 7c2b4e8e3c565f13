"""The generated page of figures: every indicator with its definition, as declared by the apps."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .markdown import table

if TYPE_CHECKING:
    from yizheng.core.figures import Indicator, RecordColumn


def page() -> str:
    from django.utils import translation

    from yizheng.core.figures import INDICATORS

    rows = []
    for code, indicator in INDICATORS.items():
        with translation.override("zh-hans"):
            chinese = str(indicator.title)
        rows.append(
            (f"`{code}`", str(indicator.title), chinese, _definition(indicator), *_parts(indicator))
        )
    head = ("Code", "Figure", "In Chinese", "Definition", "Counted in", "Base", "By")
    return (
        "# Figures\n\nEach figure is the count of the list that opens when it is clicked; a "
        "rate is two such lists, "
        "one part of the other. They are declared in the apps' `figures` (see "
        "`core/figures.py`), and shown, frozen into "
        f"reports and checked against texts by `indicators`.\n\n{table(head, rows)}"
        f"\n\n## What the lists hold\n\n{_lists()}"
    )


def _lists() -> str:
    from yizheng.core.figures import INDICATORS

    kinds = {indicator.kind.code: indicator.kind for indicator in INDICATORS.values()}
    rows = [
        (f"`{code}`", str(kind.title), "; ".join(map(_column, kind.columns)), str(kind.dated))
        for code, kind in sorted(kinds.items())
    ]
    head = ("Kind of record", "", "Columns (kind, width in Excel)", "Belongs to a year by")
    return table(head, rows)


def _column(column: RecordColumn) -> str:
    return f"{column.title} ({column.kind}, {column.width:g})"


def _definition(indicator: Indicator) -> str:
    beside = f" Never shown without `{indicator.beside}`." if indicator.beside else ""
    gaps = f" At least so much where there are {indicator.gaps_title}." if indicator.gaps else ""
    return f"{indicator.definition}{gaps}{beside}"


def _parts(indicator: Indicator) -> tuple[str, str, str]:
    breakdowns = ", ".join(str(breakdown.title) for breakdown in indicator.breakdowns)
    return indicator.measure.sign, str(indicator.base_title), breakdowns
