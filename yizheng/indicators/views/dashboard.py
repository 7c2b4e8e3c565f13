"""Pages of all figures of a year: few numbers on the dashboard, each with its comparison
and its list.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yizheng.core.figures import INDICATORS, Period
from yizheng.core.punctuation import clauses
from yizheng.organisations.queries import sessions
from yizheng.organisations.rules import manage

from .. import periods, queries, rules
from ..queries import Figure
from . import months
from .number_display import basis, comparison, left_out, reader, shown, with_measure, year_tabs

# What stands at the top, in groups; of each group the members belong side by side.
HEADLINES = (
    (
        gettext_lazy("Received and filed"),
        ("proposals.received", "proposals.filed", "proposals.filing_rate", "proposals.key"),
    ),
    (
        gettext_lazy("On time and done"),
        ("proposals.in_time_rate", "proposals.done_rate", "proposals.promises_kept_rate"),
    ),
    (
        gettext_lazy("Proposers"),
        ("proposals.met_rate", "proposals.satisfaction", "proposals.response_rate"),
    ),
    (
        gettext_lazy("Activities and attendance"),
        (
            "activities.held",
            "activities.member_attendances",
            "activities.coverage",
            "activities.suggestions",
        ),
    ),
    (
        gettext_lazy("Public-opinion information"),
        ("opinions.received", "opinions.sent", "opinions.adopted", "opinions.instructions"),
    ),
)
CHARTS = (
    ("proposals.filed", "category"),
    ("proposals.filed", "kind"),
    ("proposals.handled", "class"),
)
UNIT_CHART = ("proposals.in_time_rate", "proposals.done_rate")


def dashboard(request: HttpRequest) -> HttpResponse:
    actor = reader(request)
    period = periods.from_params(request.GET.dict())
    if period is None:
        return render(request, "indicators/empty.html", {"may_set_up": manage.allows(actor, None)})
    now, before = _both([code for _title, codes in HEADLINES for code in codes], period)
    context = {
        "period": period,
        "groups": _groups(now, before),
        "months": months.drawn(period),
        "charts": [_chart(code, by, period) for code, by in CHARTS],
        "units": _units(period),
        "years": year_tabs(period, reverse("indicators:dashboard")),
        "sessions": _session_tabs(period),
        "may_report": rules.report.allows(actor, None),
        "year": period.last,
    }
    return render(request, "indicators/dashboard.html", context)


def everything(request: HttpRequest) -> HttpResponse:
    """Every figure there is, with the year before: a page of its own, since counting them all takes
    its time.
    """
    reader(request)
    period = periods.from_params(request.GET.dict())
    if period is None:
        return redirect("indicators:dashboard")
    now, before = _both([code for code, each in INDICATORS.items() if each.whole], period)
    context = {
        "period": period,
        "figures": _all(now, before),
        "years": year_tabs(period, reverse("indicators:all")),
        "earlier": next((str(figure.wanted.period) for figure in before.values()), ""),
    }
    return render(request, "indicators/all.html", context)


def _both(
    codes: Sequence[str], period: Period
) -> tuple[Mapping[str, Figure], Mapping[str, Figure]]:
    """The figures of the period and of the one before it, counted together."""
    earlier = _comparable(period)
    asked = [queries.wanted(code, each) for each in (period, earlier) if each for code in codes]
    figures = queries.figures(asked)
    return dict(zip(codes, figures, strict=False)), dict(
        zip(codes, figures[len(codes) :], strict=False)
    )


def _comparable(period: Period) -> Period | None:
    """The period before, if there is a session of it."""
    earlier = period.before()
    return earlier if earlier and earlier.first in queries.years() else None


def _groups(now: Mapping[str, Figure], before: Mapping[str, Figure]) -> list[dict[str, Any]]:
    return [
        {
            "title": title,
            "stats": [_stat(now[code], before.get(code)) for code in codes if code in now],
        }
        for title, codes in HEADLINES
    ]


def _stat(now: Figure, before: Figure | None) -> dict[str, Any]:
    return {
        "value": shown(now),
        "label": now.indicator.title,
        "url": now.url,
        "comparison": clauses(filter(None, [comparison(now, before), left_out(now)])),
    }


def _all(now: Mapping[str, Figure], before: Mapping[str, Figure]) -> list[dict[str, Any]]:
    return [
        {
            "title": figure.indicator.title,
            "value": with_measure(figure),
            "url": figure.url,
            "basis": basis(figure),
            "before": shown(before[code]) if code in before else "",
            "definition": figure.indicator.definition,
        }
        for code, figure in now.items()
    ]


def _chart(code: str, by: str, period: Period) -> dict[str, Any]:
    parts = queries.parts(code, period, by)
    whole = queries.wanted(code, period, by)
    assert whole.breakdown is not None
    return {
        "id": f"chart-{code.replace('.', '-')}-{by}",
        "title": _("%(figure)s by %(by)s")
        % {"figure": whole.indicator.title, "by": whole.breakdown.title},
        "spec_url": f"{reverse('indicators:chart', args=[code])}?{_query(period, by)}"
        if parts
        else "",
        "table": {
            "head": [whole.breakdown.title, whole.indicator.measure.words],
            "rows": [[part.label, {"text": shown(part), "url": part.url}] for part in parts],
        },
        "empty": not parts,
    }


def _query(period: Period, by: str) -> str:
    return "&".join(f"{name}={value}" for name, value in {**period.params, "breakdown": by}.items())


CHARTED_UNITS = 15
"""The slowest units are drawn; the table below the chart has all."""


def _units(period: Period) -> dict[str, Any]:
    """Units by what they did in time and what they got done, side by side."""
    titles = [INDICATORS[code].title for code in UNIT_CHART]
    rows = unit_rows(period)
    return {
        "spec_url": f"{reverse('indicators:unit-chart')}?{_query(period, 'unit')}" if rows else "",
        "table": {
            "head": [_("unit"), *titles],
            "rows": [
                [name, *({"text": shown(f), "url": f.url} if f else "—" for f in pair)]
                for name, pair in rows
            ],
        },
        "empty": not rows,
    }


def unit_rows(period: Period) -> list[tuple[str, tuple[Figure | None, ...]]]:
    """Each unit with its figures, the slowest first: those a reader looks for."""
    by_code = [
        {part.wanted.key: part for part in queries.parts(code, period, "unit")}
        for code in UNIT_CHART
    ]
    names = {
        key: str(part.label)
        for parts in by_code
        for key, part in parts.items()
        if key != queries.NO_KEY
    }
    rows = [(name, tuple(parts.get(key) for parts in by_code)) for key, name in names.items()]
    return sorted(rows, key=lambda row: (_share(row[1][0]), row[0]))


def _share(figure: Figure | None) -> float:
    return float(figure.value) if figure and figure.value is not None else 2.0


def _session_tabs(period: Period) -> list[dict[str, Any]]:
    return [
        {"label": str(s), "url": f"?session={s.pk}", "active": s.pk == period.session}
        for s in sessions()
        if s.year == period.first
    ]


# Charts -------------------------------------------------------------------------------------------


def chart(request: HttpRequest, code: str) -> HttpResponse:
    """The parts of a figure as data for the chart component."""
    reader(request)
    period = periods.from_params(request.GET.dict())
    if period is None:
        raise queries.UnknownFigure(_("No session has been set up yet."))
    wanted = queries.wanted(code, period, request.GET.get("breakdown", ""))
    parts = queries.parts(code, period, wanted.breakdown.code) if wanted.breakdown else []
    title = _("%(figure)s by %(by)s") % {
        "figure": wanted.indicator.title,
        "by": wanted.breakdown.title if wanted.breakdown else "",
    }
    rate = wanted.indicator.base is not None
    series = {
        "name": str(wanted.indicator.title),
        "values": [_point(p) for p in parts],
        "urls": [p.url for p in parts],
    }
    return JsonResponse(
        {
            "kind": "bar",
            "horizontal": True,
            "unit": "%" if rate else "",
            "title": title,
            "categories": [str(part.label) for part in parts],
            "series": [series],
        }
    )


def unit_chart(request: HttpRequest) -> HttpResponse:
    reader(request)
    period = periods.from_params(request.GET.dict())
    rows = (unit_rows(period) if period else [])[:CHARTED_UNITS]
    series = [
        {
            "name": str(INDICATORS[code].title),
            "tone": tone,
            "values": [_point(pair[place]) for _name, pair in rows],
            "urls": [figure.url if (figure := pair[place]) else "" for _name, pair in rows],
        }
        for place, (code, tone) in enumerate(zip(UNIT_CHART, ("indigo", "bamboo"), strict=True))
    ]
    return JsonResponse(
        {
            "kind": "bar",
            "horizontal": True,
            "unit": "%",
            "title": _("Units: on time and done"),
            "categories": [name for name, _pair in rows],
            "series": series,
        }
    )


def _point(figure: Figure | None) -> float | None:
    if figure is None or figure.value is None:
        return None
    return (
        float(figure.numerator)
        if figure.denominator is None
        else round(float(figure.value) * 100, 1)
    )
