"""How the pages of figures show numbers, periods and comparisons, and to whom they are open."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yizheng.core.access import Actor, Rule
from yizheng.core.figures import NOT_RECORDED, Period, Standing
from yizheng.core.punctuation import clauses, join_cn
from yizheng.core.refusals import NotAllowed
from yizheng.core.views import actor_of

from .. import queries, rules, wording
from ..queries import Figure

STANDINGS = {
    Standing.NOT_RECORDED: NOT_RECORDED,
    Standing.NOT_APPLICABLE: gettext_lazy("not applicable"),
}


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
    """112, or 87.5%; words where nothing is counted."""
    if not figure.is_counted:
        return str(STANDINGS[figure.standing])
    if figure.denominator is None:
        return queries.no_less(f"{figure.numerator:,}", figure.at_least)
    percent = wording.percent_text(figure.numerator, figure.denominator)
    return queries.no_less(percent, figure.at_least)


def shown_briefly(figure: Figure) -> str:
    """As a card with little room shows it: whole percents."""
    if figure.denominator is None or not figure.is_counted:
        return shown(figure)
    percent = wording.percent_text(figure.numerator, figure.denominator, digits=0)
    return queries.no_less(percent, figure.at_least)


def with_measure(figure: Figure) -> str:
    """112 件; a rate bears its sign already."""
    own = (
        figure.wanted.breakdown.signs().get(figure.wanted.key) if figure.wanted.breakdown else None
    )
    return (
        shown(figure)
        if figure.denominator is not None or not figure.is_counted
        else f"{shown(figure)} {own or figure.indicator.measure.words}".strip()
    )


def basis(figure: Figure) -> str:
    """What the number rests on: of a rate its parts, and of every figure what it leaves out."""
    told = [
        f"{figure.numerator} ÷ {figure.denominator}"
        if figure.denominator is not None and figure.is_counted
        else "",
        _("%(n)s not recorded") % {"n": figure.unknown} if figure.unknown else "",
        f"{figure.indicator.gaps_title} {figure.gaps}" if figure.gaps else "",
        _("nothing recorded of %(years)s")
        % {"years": join_cn(str(year) for year in figure.years_missing)}
        if figure.years_missing
        else "",
    ]
    return clauses(filter(None, told))


def left_out(figure: Figure) -> str:
    """What it rests on, where something is left out; for a card that has no room for more."""
    missing = figure.unknown or figure.gaps or figure.years_missing
    return basis(figure) if missing else ""


def comparison(now: Figure, before: Figure | None) -> str:
    """Against the period before; nothing when there is none to compare with."""
    if before is None or now.value is None:
        return ""
    if before.value is None:
        return _("last year %(standing)s") % {"standing": shown(before)}
    about = now.at_least or before.at_least
    if now.denominator is None:
        difference = now.numerator - before.numerator
        return _("last year %(number)s (%(change)s)") % {
            "number": shown(before),
            "change": _signed(difference, about),
        }
    points = ((now.value - before.value) * 100).quantize(Decimal("0.1"))
    return _("last year %(number)s (%(change)s points)") % {
        "number": shown(before),
        "change": _signed(points, about),
    }


def _signed(number: int | Decimal, about: bool = False) -> str:
    signed = "±0" if not number else f"{number:+}".replace("-", "−")
    return _("about %(number)s") % {"number": signed} if about else signed


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
