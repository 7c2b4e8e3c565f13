"""How the pages of figures show numbers, periods and comparisons, and to whom they are open."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from yizheng.core.access import Actor, Rule
from yizheng.core.figures import Period
from yizheng.core.refusals import NotAllowed
from yizheng.core.views import actor_of

from .. import queries, rules, wording
from ..queries import Figure


def reader(request: HttpRequest) -> Actor:
    return _holding(request, rules.read)


def writer(request: HttpRequest) -> Actor:
    return _holding(request, rules.report)


def _holding(request: HttpRequest, rule: Rule) -> Actor:
    actor = actor_of(request)
    if not rule.allows(actor, None):
        raise NotAllowed(
            _("This is open only to those in whose role it lies: %(rule)s.") % {"rule": rule.label}
        )
    return actor


def shown(figure: Figure) -> str:
    """112, or 87.5%."""
    if figure.denominator is None:
        return queries.no_less(f"{figure.numerator:,}", figure.at_least)
    return wording.percent_text(figure.numerator, figure.denominator)


def with_measure(figure: Figure) -> str:
    """112 件; a rate bears its sign already."""
    own = (
        figure.wanted.breakdown.signs().get(figure.wanted.key) if figure.wanted.breakdown else None
    )
    return (
        shown(figure)
        if figure.denominator is not None
        else f"{shown(figure)} {own or figure.indicator.measure.words}".strip()
    )


def basis(figure: Figure) -> str:
    return "" if figure.denominator is None else f"{figure.numerator} ÷ {figure.denominator}"


def comparison(now: Figure, before: Figure | None) -> str:
    """Against the period before; nothing when there is none to compare with."""
    if before is None or before.value is None or now.value is None:
        return ""
    if now.denominator is None:
        difference = now.numerator - before.numerator
        return _("last year %(number)s (%(change)s)") % {
            "number": before.numerator,
            "change": _signed(difference),
        }
    points = ((now.value - before.value) * 100).quantize(Decimal("0.1"))
    return _("last year %(number)s (%(change)s points)") % {
        "number": shown(before),
        "change": _signed(points),
    }


def _signed(number: int | Decimal) -> str:
    return "±0" if not number else f"{number:+}".replace("-", "−")


def year_tabs(period: Period | None, url: str) -> list[dict[str, Any]]:
    """The years there are sessions of, the one shown among them."""
    years = queries.years()
    chosen = period.first if period and not period.session and period.first == period.last else None
    if chosen and chosen not in years:
        years = sorted([chosen, *years], reverse=True)
    return [
        {
            "label": _("%(year)s") % {"year": year},
            "url": f"{url}?year={year}",
            "active": year == chosen,
        }
        for year in years
    ]
