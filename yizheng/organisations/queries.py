"""Reads of the organisation's own tables."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from yizheng.core import clock, tenancy
from yizheng.core.clock import Calendar
from yizheng.core.prepared_queries import PreparedObjects, PreparedQuery

from .models import CalendarDay, Session, Unit

_DAYS = PreparedQuery(
    lambda place: CalendarDay.everywhere.filter(organisation=place).values_list(
        "day", "is_working_day"
    )
)
_UNITS = PreparedQuery(
    lambda place: Unit.everywhere.filter(organisation=place).values_list("pk", "short_name")
)
_SESSIONS = PreparedObjects(
    Session, lambda place: Session.everywhere.filter(organisation=place), "term"
)


def calendar() -> Calendar:
    """The working-day calendar of the organisation in scope."""
    return tenancy.remembered("calendar", lambda: Calendar(dict(_DAYS(tenancy.current()))))


def unit_choices() -> list[tuple[str, str]]:
    """Units by their short names, for a choice."""
    return [(str(pk), name) for pk, name in _UNITS(tenancy.current())]


def sessions() -> list[Session]:
    """Newest first."""
    return _SESSIONS(tenancy.current())


def current_session(on: dt.date | None = None) -> Session | None:
    """The session whose year of work it is: the last one that has opened, or the first to come."""
    return current_among(sessions(), on or clock.today())


def current_among(held: Sequence[Session], on: dt.date) -> Session | None:
    """The current one of all sessions there are, newest first."""
    return next((session for session in held if session.opens_on <= on), held[-1] if held else None)


def collecting_session(on: dt.date, months_before: int) -> Session | None:
    """The session for whose plenary proposals are collected on that day, if any."""
    coming = Session.objects.select_related("term").filter(proposals_until__gte=on).last()
    if coming and on >= coming.opens_on - dt.timedelta(days=31 * months_before):
        return coming
    return None


def open_units(on: dt.date | None = None) -> list[Unit]:
    return list(Unit.objects.filter(closed_on=None))
