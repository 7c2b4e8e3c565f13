"""How long is left until a day, in working days and in words.

Due soon, overdue and long overdue are computed, never stored.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .clock import Calendar

SOON = 3
"""Working days from which on a date is called soon."""


@dataclass(frozen=True)
class TimeLeft:
    date: dt.date | None
    days_left: int
    level: str
    text: str
    certain: bool = True


def due_of(date: dt.date | None, calendar: Calendar, today: dt.date) -> TimeLeft | None:
    """None when nothing is due."""
    if date is None:
        return None
    days = calendar.working_days_between(today, date)
    certain = calendar.is_known(date)
    if date == today:
        return TimeLeft(date, 0, "today", _("today"), certain)
    if date < today:
        late = max(1, -days)
        return TimeLeft(
            date,
            -late,
            "overdue",
            ngettext("%(n)s day late", "%(n)s days late", late) % {"n": late},
            certain,
        )
    left = max(1, days)
    text = ngettext("%(n)s day left", "%(n)s days left", left) % {"n": left}
    return TimeLeft(date, left, "soon" if left <= SOON else "later", text, certain)
