"""The chart of a year's activities month by month, divided by kind."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from yizheng.core.figures import Period

from .. import periods, queries
from .number_display import reader

HELD = "activities.held"
DRAWN = 4
"""Kinds with a tone of their own: those with most activities.

The others are drawn together; the table has all.
"""
TONES = ("indigo", "cinnabar", "bamboo", "ochre", "third")


class _YearChart:
    """Activities by kind and month, with the lists behind."""

    def __init__(self, period: Period) -> None:
        self.period = period
        self.counts = queries.crossed(HELD, period, "kind", "month")
        self.months = list(range(1, 13))
        whole = queries.wanted(HELD, period, "kind")
        assert whole.breakdown is not None
        self.kinds = queries.labels_of(whole.breakdown, {kind for kind, _month in self.counts})
        by_month = queries.wanted(HELD, period, "month").breakdown
        assert by_month is not None
        self.names = queries.labels_of(by_month, self.months)
        self.totals: Counter[Any] = Counter()
        for (kind, _month), count in self.counts.items():
            self.totals[kind] += count

    def url(self, by: str, key: object) -> str:
        return queries.wanted(HELD, self.period, by, str(key)).url()

    def of(self, kind: object) -> list[int]:
        return [self.counts.get((kind, month), 0) for month in self.months]


def drawn(period: Period) -> dict[str, Any]:
    """The chart's place on the page and the table that says the same: a row a kind, months and
    kinds open their lists.
    """
    year = _YearChart(period)
    query = "&".join(f"{name}={value}" for name, value in period.params.items())
    rows = [
        [
            {"text": str(label), "url": year.url("kind", kind)},
            *(count or "" for count in year.of(kind)),
            year.totals[kind],
        ]
        for kind, label in year.kinds.items()
    ]
    sums = [sum(year.counts.get((kind, month), 0) for kind in year.kinds) for month in year.months]
    if rows:
        cells: list[Any] = [
            {"text": n, "url": year.url("month", month)} if n else ""
            for month, n in zip(year.months, sums, strict=True)
        ]
        rows.append([_("Together"), *cells, sum(sums)])
    return {
        "spec_url": f"{reverse('indicators:month-chart')}?{query}" if rows else "",
        "table": {
            "head": [_("kind of activity"), *year.names.values(), _("Together")],
            "rows": rows,
        },
        "empty": not rows,
    }


def chart(request: HttpRequest) -> HttpResponse:
    reader(request)
    period = periods.from_params(request.GET.dict())
    if period is None:
        raise queries.UnknownFigure(_("No session has been set up yet."))
    year = _YearChart(period)
    common = [kind for kind, _n in year.totals.most_common(DRAWN)]
    others = [kind for kind in year.kinds if kind not in common]
    series = [
        _series(year, str(year.kinds[kind]), [kind], year.url("kind", kind))
        for kind in year.kinds
        if kind in common
    ]
    if others:
        series.append(_series(year, _("other kinds"), others, ""))
    return JsonResponse(
        {
            "kind": "bar",
            "stacked": True,
            "unit": "",
            "title": _("Activities month by month"),
            "categories": [str(name) for name in year.names.values()],
            "series": [{**one, "tone": tone} for one, tone in zip(series, TONES, strict=False)],
        }
    )


def _series(year: _YearChart, name: str, kinds: list[Any], url: str) -> dict[str, Any]:
    """Each bar opens its kind; what is drawn together opens its month."""
    values = [sum(column) for column in zip(*(year.of(kind) for kind in kinds), strict=True)]
    urls = [url or year.url("month", month) for month in year.months]
    return {"name": name, "values": [value or None for value in values], "urls": urls}
