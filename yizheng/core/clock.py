"""The time of the house and its calendar of working days, by which deadlines are computed.

Statutory holidays come from `chinesecalendar`, which knows them only up to a certain year. Beyond
it weekends count, corrected by the organisation's own table of days; whoever reads such a date is
told so, until the organisation has said that its table of that year is complete (`is_known`).
"""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field, replace
from functools import lru_cache

import chinese_calendar
from chinese_calendar.constants import holidays, workdays
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from . import circumstances
from .refusals import BadInput

KNOWN_FROM: int = min(day.year for day in holidays)
KNOWN_UNTIL: int = max(day.year for day in holidays | workdays)


@lru_cache(maxsize=20_000)
def _statutory(day: dt.date) -> bool:
    if KNOWN_FROM <= day.year <= KNOWN_UNTIL:
        return bool(chinese_calendar.is_workday(day))
    return day.weekday() < 5


@lru_cache(maxsize=20_000)
def _statutory_between(start: dt.date, end: dt.date) -> int:
    days = (start + dt.timedelta(days=n) for n in range(1, (end - start).days + 1))
    return sum(map(_statutory, days))


@dataclass(frozen=True)
class Calendar:
    """Working days of one organisation: the statutory calendar and its own corrections (day → is a
    working day).
    """

    corrections: Mapping[dt.date, bool] = field(default_factory=dict)
    complete: frozenset[int] = frozenset()
    """Years past the statutory calendar of which the organisation said that all days are in."""

    def is_working_day(self, day: dt.date) -> bool:
        own = self.corrections.get(day)
        return _statutory(day) if own is None else own

    def add_working_days(self, start: dt.date, days: int) -> dt.date:
        """The day `days` working days after `start`; the start itself does not count."""
        day = start
        while days > 0:
            day += dt.timedelta(days=1)
            days -= self.is_working_day(day)
        return day

    def on_or_after(self, day: dt.date) -> dt.date:
        """A period that ends on a day off ends on the next working day."""
        while not self.is_working_day(day):
            day += dt.timedelta(days=1)
        return day

    def working_days_between(self, start: dt.date, end: dt.date) -> int:
        """Working days after `start` up to and including `end`; negative when `end` lies before."""
        if end < start:
            return -self.working_days_between(end, start)
        corrected = (
            own - _statutory(day) for day, own in self.corrections.items() if start < day <= end
        )
        return _statutory_between(start, end) + sum(corrected)

    def is_known(self, day: dt.date) -> bool:
        """Whether the statutory holidays of that year are known, so that the date can
        be relied on: from the statutory calendar, or because they were entered and said to be
        complete. Single days that were entered leave a year as unknown as it was.
        """
        return day.year <= KNOWN_UNTIL or day.year in self.complete

    def with_day(self, day: dt.date, *, works: bool | None) -> Calendar:
        """The same calendar with that day corrected; None: as the statutory calendar has it."""
        own = {each: works_then for each, works_then in self.corrections.items() if each != day}
        return replace(self, corrections=own if works is None else {**own, day: works})


_given: ContextVar[Calendar | None] = ContextVar("calendar", default=None)


def given_calendar() -> Calendar | None:
    """The calendar by which days are counted just here, if it is another than the kept one."""
    return _given.get()


@contextmanager
def counting_by(given: Calendar) -> Iterator[None]:
    """Count by this calendar: what was due before a day was corrected, what would be due after."""
    token = _given.set(given)
    try:
        yield
    finally:
        _given.reset(token)


def add_months(start: dt.date, months: int) -> dt.date:
    """The same day of a later month, or that month's last day."""
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    return dt.date(year, month + 1, min(start.day, calendar.monthrange(year, month + 1)[1]))


# What time it is ----------------------------------------------------------------------------------

_moment: ContextVar[dt.datetime | None] = ContextVar("moment", default=None)


def now() -> dt.datetime:
    """The moment at which steps are taken: the present, unless a past is being told (`at`)."""
    circumstances.on(circumstances.MOMENT)
    return _moment.get() or timezone.now()


def today() -> dt.date:
    circumstances.on(circumstances.DAY)
    return timezone.localdate(_moment.get())


circumstances.register(circumstances.DAY, today)
NOT_YET = _("This day has not come yet.")


def has_come(day: dt.date) -> bool:
    return day <= today()


def day_of(moment: dt.datetime | None) -> dt.date | None:
    """The day of what was done at a moment, where it was done."""
    return timezone.localdate(moment) if moment else None


def holds(day: dt.date, since: dt.date, until: dt.date | None) -> bool:
    """Whether the day lies in a time with a first day and a last one, or none yet."""
    return since <= day and (until is None or day <= until)


def require_come(day: dt.date, sentence: object = NOT_YET, *, field: str = "") -> None:
    """Raises BadInput where something is said to have happened on a day still to come; `field`:
    where it was said.
    """
    if not has_come(day):
        raise BadInput(sentence, field=field)


@contextmanager
def at(moment: dt.datetime) -> Iterator[None]:
    """Take steps as of another moment: who tells the past takes them then, tests let days pass."""
    token = _moment.set(moment)
    try:
        yield
    finally:
        _moment.reset(token)
