"""The lookup of activities for imports, by title and day; read once for a file."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from yizheng.core.access import Actor
from yizheng.documents.import_preview import ImportColumn, SheetPreview

from ..models import Activity
from ..rules import visible_activities

ActivityKey = tuple[str, dt.date]
"""An activity is known by its title and the day it begins."""
ACTIVITY_COLUMNS = (
    ImportColumn(
        key="activity",
        titles=("活动名称", "名称", "活动主题", "会议名称", "活动"),
        required=True,
        max_length=100,
        example="农村饮水安全专题调研",
    ),
    ImportColumn(
        key="day",
        titles=("日期", "活动日期", "时间", "活动时间"),
        kind="date",
        example="2025-03-18",
    ),
)
"""The columns by which a sheet names one."""


def key_of(activity: Activity) -> ActivityKey:
    return activity.title, timezone.localdate(activity.starts_at)


@dataclass
class ActivityLookup:
    """Those of the records, and those the same file brings."""

    held: dict[ActivityKey, Activity]
    coming: set[ActivityKey] = field(default_factory=set)
    days: dict[str, list[dt.date]] = field(default_factory=dict)

    @classmethod
    def of(
        cls, by: Actor | None, before: Mapping[str, SheetPreview] | None = None
    ) -> ActivityLookup:
        """What of the records `by` may see; all where rows that were found sound are written: they
        may belong to what the same file brings, which whoever brings it need not be able to read.
        """
        seen = Activity.objects.filter(Q() if by is None else visible_activities(by))
        held = {key_of(activity): activity for activity in seen}
        coming = (
            {(row.values["title"], row.values["day"]) for row in before["activities"].rows}
            if before and "activities" in before
            else set()
        )
        found = cls(held, coming)
        for title, day in {*held, *coming}:
            found.days.setdefault(title, []).append(day)
        return found

    def find(self, title: str, day: dt.date | None) -> tuple[ActivityKey | None, str]:
        """Which activity is meant, or a sentence why none is."""
        days = sorted(self.days.get(title, []))
        if not days:
            return None, _(
                "There is no activity “%(title)s”, neither in the records nor in this file."
            ) % {"title": title}
        if day in days:
            return (title, day), ""
        if day is None and len(days) == 1:
            return (title, days[0]), ""
        if day is None:
            return None, _("“%(title)s” was held on %(n)d days; give its date.") % {
                "title": title,
                "n": len(days),
            }
        return None, _("“%(title)s” was not held on %(day)s, but on %(days)s.") % {
            "title": title,
            "day": day,
            "days": "、".join(map(str, days[:5])),
        }

    def is_live(self, key: ActivityKey) -> bool:
        """Kept in the system itself: an import does not touch it."""
        return key in self.held and not self.held[key].is_imported
