"""How long is left until a day, in words that name what is counted: working days or calendar days.

Due soon, overdue and long overdue are computed, never stored.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from enum import StrEnum

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .access import Words
from .clock import Calendar
from .punctuation import colon

SOON = 3
"""Working days from which on a date is called soon."""


class DayCount(StrEnum):
    """How the days up to a date are counted: as the regulation that set the date counts them.

    A date that somebody named (what was promised for a day) and one that lies months ahead
    are counted by the calendar.
    """

    WORKING = "working days"
    CALENDAR = "calendar days"


@dataclass(frozen=True)
class TimeLeft:
    date: dt.date | None
    days_left: int
    level: str
    text: str
    certain: bool = True

    def of(self, what: Words) -> TimeLeft:
        """Said with what is due, where another day stands beside it."""
        text = colon(what, self.text)
        return replace(self, text=text)


def due_of(
    date: dt.date | None, calendar: Calendar, today: dt.date, counted: DayCount = DayCount.WORKING
) -> TimeLeft | None:
    """None when nothing is due. What is soon is told by working days, however they are counted.

    Where no working day lies between, as from a Friday to its Saturday, days are said by the
    calendar.
    """
    if date is None:
        return None
    working = calendar.working_days_between(today, date)
    certain = calendar.is_known(date)
    if date == today:
        return TimeLeft(date, 0, "today", _("due today"), certain)
    if not working:
        counted = DayCount.CALENDAR
    days = abs(working if counted is DayCount.WORKING else (date - today).days)
    if date < today:
        return TimeLeft(date, -days, "overdue", _late(days, counted), certain)
    level = "soon" if working <= SOON else "later"
    return TimeLeft(date, days, level, _left(days, counted), certain)


def _left(days: int, counted: DayCount) -> str:
    if counted is DayCount.WORKING:
        text = ngettext("%(n)s working day left", "%(n)s working days left", days)
    else:
        text = ngettext("%(n)s calendar day left", "%(n)s calendar days left", days)
    return text % {"n": days}


def _late(days: int, counted: DayCount) -> str:
    if counted is DayCount.WORKING:
        text = ngettext("%(n)s working day late", "%(n)s working days late", days)
    else:
        text = ngettext("%(n)s calendar day late", "%(n)s calendar days late", days)
    return text % {"n": days}
