"""Reads of the annual plan: what was held on each topic, what is late, what was held
outside the plan.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Prefetch
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from yizheng.core import clock
from yizheng.core.access import Actor

from ..enums import ActivityState, PlanState
from ..flow import PLAN_ITEM
from ..models import Activity, PlanItem
from . import label_of, visible_to

HELD, UNDER_WAY, OVERDUE, AHEAD = "held", "under_way", "overdue", "ahead"
WORDS: dict[str, str | Promise] = {
    HELD: pgettext_lazy("activity", "held"),
    UNDER_WAY: _("under way"),
    OVERDUE: _("overdue"),
    AHEAD: _("not yet"),
}
TONES = {HELD: "bamboo", UNDER_WAY: "indigo", OVERDUE: "cinnabar", AHEAD: "neutral"}


@dataclass(frozen=True)
class PlanLine:
    """One topic with the activities that carry it out."""

    item: PlanItem
    form: str
    standing: str
    activities: list[Activity]

    @property
    def words(self) -> str | Promise:
        return WORDS[self.standing] if self.is_planned else PLAN_ITEM.state_of(self.item).label

    @property
    def tone(self) -> str:
        return TONES[self.standing] if self.is_planned else PLAN_ITEM.state_of(self.item).tone

    @property
    def is_planned(self) -> bool:
        return self.item.state in PlanState.of("planned")


@dataclass
class PlanMonth:
    number: int
    lines: list[PlanLine] = field(default_factory=list)
    outside: list[Activity] = field(default_factory=list)

    def count(self, standing: str) -> int:
        return sum(line.standing == standing for line in self.lines if line.is_planned)

    @property
    def planned(self) -> int:
        return sum(line.is_planned for line in self.lines)


@dataclass(frozen=True)
class YearPlan:
    year: int
    months: list[PlanMonth]
    open_items: list[PlanItem]
    dropped: list[PlanItem]

    def count(self, standing: str) -> int:
        return sum(month.count(standing) for month in self.months)

    @property
    def planned(self) -> int:
        return sum(month.planned for month in self.months)

    @property
    def outside(self) -> list[Activity]:
        return [activity for month in self.months for activity in month.outside]

    @property
    def lines(self) -> list[PlanLine]:
        return [line for month in self.months for line in month.lines]


def standing_of(item: PlanItem, activities: Iterable[Activity], today: dt.date) -> str:
    """Held when one activity on it was; overdue when its month has passed and none was; what was
    called off counts for nothing.
    """
    states = {activity.state for activity in activities}
    if states & set(ActivityState.of("held")):
        return HELD
    if (item.year, item.month) < (today.year, today.month):
        return OVERDUE
    return UNDER_WAY if states else AHEAD


def plan_of(actor: Actor, year: int, today: dt.date | None = None) -> YearPlan:
    """Three queries: topics, the activities on them, what was held without one."""
    today = today or clock.today()
    months = [PlanMonth(number) for number in range(1, 13)]
    open_items: list[PlanItem] = []
    dropped: list[PlanItem] = []
    for item in topics(actor, year):
        if item.state in PlanState.of("planned"):
            months[item.month - 1].lines.append(line_of(item, today))
        else:
            (dropped if item.state in PlanState.of("dropped") else open_items).append(item)
    for activity in outside_the_plan(actor, year):
        months[timezone.localtime(activity.starts_at).month - 1].outside.append(activity)
    return YearPlan(year, months, open_items, dropped)


def topics(actor: Actor, year: int) -> list[PlanItem]:
    """Topics of a year with the activities on them that the actor may see, those called off left
    out.
    """
    live = visible_to(actor).exclude(state__in=ActivityState.of("cancelled"))
    found = PLAN_ITEM.visible_to(actor).filter(year=year).select_related("committee")
    return list(
        found.prefetch_related(Prefetch("activities", queryset=live, to_attr="live")).order_by(
            "month", "id"
        )
    )


def line_of(item: PlanItem, today: dt.date) -> PlanLine:
    live: list[Activity] = getattr(item, "live", [])
    return PlanLine(item, label_of("forms", item.form), standing_of(item, live, today), live)


def outside_the_plan(actor: Actor, year: int) -> list[Activity]:
    """What was held in the year on no topic of the plan."""
    found = visible_to(actor).filter(year=year, plan_item=None, state__in=ActivityState.of("held"))
    return list(found.order_by("starts_at"))
