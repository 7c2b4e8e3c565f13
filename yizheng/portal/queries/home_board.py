"""The board beside the things to do on the home page: the year's few numbers, promises, how units
stand.

All from the figures: what is not recorded is none of them, neither a number nor a unit's bar.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from yizheng.core.access import Actor
from yizheng.core.figures import Period
from yizheng.indicators.queries import Figure, of_period
from yizheng.indicators.rules import read as reads_figures
from yizheng.indicators.views.number_display import shown_briefly
from yizheng.organisations.models import Session
from yizheng.organisations.rules import UNIT
from yizheng.promises.queries import PromiseStanding, standing
from yizheng.promises.rules import reporter
from yizheng.proposals.figures.record_sets import answered_or_overdue, in_time
from yizheng.proposals.models import Assignment
from yizheng.regulations import NoRegulation

from ..jinja import percent

UNITS_SHOWN = 6
CODES = (
    "proposals.received",
    "proposals.filed",
    "proposals.filing_rate",
    "proposals.in_time_rate",
    "proposals.done_rate",
)


@dataclass(frozen=True)
class HomeBoard:
    year: int
    numbers: list[dict[str, Any]] = field(default_factory=list)
    promises: PromiseStanding | None = None
    units: list[dict[str, Any]] = field(default_factory=list)


def board_for(actor: Actor, session: Session | None) -> HomeBoard | None:
    """The office sees the year, a unit its promises; a member's page has no board."""
    if session is None:
        return None
    if reads_figures.allows(actor, None):
        numbers: list[dict[str, Any]] = []
        units: list[dict[str, Any]] = []
        with suppress(NoRegulation):  # before the first is adopted there is nothing to count
            numbers = _numbers(session)
            units = _units(session)
        return HomeBoard(session.year, numbers, standing(actor), units)
    if actor.reach(reporter.code).at(UNIT):
        return HomeBoard(session.year, promises=standing(actor))
    return None


def _numbers(session: Session) -> list[dict[str, Any]]:
    """On time and done always stand side by side."""
    found = of_period(CODES, Period.of_year(session.year))

    def number(code: str, label: str, tone: str = "", comparison: str = "") -> dict[str, Any]:
        figure: Figure = found[code]
        return {
            "value": shown_briefly(figure),
            "label": label,
            "url": figure.url,
            "tone": tone,
            "comparison": comparison,
        }

    filed = found["proposals.filing_rate"]
    rate = percent(filed.value) if filed.is_counted else ""
    return [
        number("proposals.received", _("received")),
        number("proposals.filed", _("filed"), comparison=rate),
        number("proposals.in_time_rate", _("replied in time")),
        number("proposals.done_rate", _("matters done"), "cinnabar"),
    ]


def _units(session: Session) -> list[dict[str, Any]]:
    """Replies in time of the units with most to answer: of their parts that are answered or overdue
    and whose day is known.
    """
    period = Period.of_year(session.year)
    good = Count("pk", filter=Q(pk__in=in_time(period).order_by().values("pk")))
    rows = (
        Assignment.objects.filter(pk__in=answered_or_overdue(period).order_by().values("pk"))
        .order_by()
        .values("unit", "unit__short_name")
        .annotate(total=Count("pk"), good=good)
        .order_by("-total", "unit")[:UNITS_SHOWN]
    )
    return [
        {
            "label": row["unit__short_name"],
            "share": row["good"] / row["total"],
            "text": f"{row['good']}/{row['total']}",
            "url": f"{reverse('proposals:list')}?unit={row['unit']}&session={session.pk}",
            "tone": "cinnabar" if row["good"] * 2 < row["total"] else "indigo",
        }
        for row in rows
    ]
