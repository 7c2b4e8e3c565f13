"""Days as tests name them: counted from the one on which the county was built, and asked for while a
test runs, so that it bears any day of any year and a run that passes midnight.

They stay where they are when a test lets days pass (`clock.at`).
"""

from __future__ import annotations

import datetime as dt

from django.utils import timezone


def today() -> dt.date:
    return timezone.localdate()


def ahead(days: int) -> dt.date:
    return today() + dt.timedelta(days=days)


def ago(days: int) -> dt.date:
    return ahead(-days)


def yesterday() -> dt.date:
    return ago(1)


def first_day() -> dt.date:
    """Since when the county's people hold what they hold: always of a year before."""
    return ago(400)


def new_year() -> dt.date:
    """The first day of the present year."""
    return today().replace(month=1, day=1)
