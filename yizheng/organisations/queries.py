"""Reads of the organisation's own tables."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import BooleanField, Q, QuerySet, Value

from yizheng.core import clock, tenancy
from yizheng.core.audit import AuditEntry
from yizheng.core.clock import Calendar
from yizheng.core.prepared_queries import PreparedObjects, PreparedQuery

from .models import CalendarDay, CalendarYear, Session, Unit, UnitContact, UnitName


def not_ended(day: dt.date, of: str = "") -> Q:
    """Rows with an `until` that have not ended before the day, also those that begin later.

    `of`: how they are reached from the rows that are asked for, such as "membership__".
    """
    return Q(**{f"{of}until": None}) | Q(**{f"{of}until__gte": day})


def in_force_on(day: dt.date, of: str = "") -> Q:
    """Rows with `since` and `until` that hold on the day; `of` as in `not_ended`."""
    return Q(**{f"{of}since__lte": day}) & not_ended(day, of)


def not_closed(day: dt.date) -> Q:
    """Rows with a `closed_on`, which is their last day, that have not closed before the day."""
    return Q(closed_on=None) | Q(closed_on__gte=day)


def longer_than(day: dt.date) -> Q:
    """Rows that still run, or are to run, after the day; which may be the last of all days."""
    return Q(until=None) | Q(until__gt=day)


_DAYS = PreparedQuery(
    lambda place: (
        CalendarDay.everywhere.filter(organisation=place)
        .order_by()
        .values_list("day", "is_working_day", Value(False, BooleanField()))
        .union(
            CalendarYear.everywhere.filter(organisation=place)
            .order_by()
            .values_list("first_day", Value(False, BooleanField()), Value(True, BooleanField())),
            all=True,
        )
    )
)
"""Days with whether they are worked on, and the first days of the years that are complete."""
_UNITS = PreparedQuery(
    lambda place: Unit.everywhere.filter(organisation=place).values_list("pk", "short_name")
)
_SESSIONS = PreparedObjects(
    Session, lambda place: Session.everywhere.filter(organisation=place), "term"
)


def calendar() -> Calendar:
    """The working-day calendar of the organisation in scope, or the one by which is being counted
    (`clock.counting_by`).
    """
    return clock.given_calendar() or tenancy.remembered("calendar", kept_calendar)


def kept_calendar() -> Calendar:
    """As it stands in the tables at this moment."""
    rows = _DAYS(tenancy.current())
    return Calendar(
        {day: bool(works) for day, works, is_year in rows if not is_year},
        frozenset(day.year for day, _works, is_year in rows if is_year),
    )


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


def open_units() -> QuerySet[Unit]:
    return Unit.objects.filter(closed_on=None)


def units_by_name() -> dict[str, Unit]:
    """All there ever were, by their names and their short ones, and by those they once had where no
    other has them now.
    """
    units = {unit.pk: unit for unit in Unit.objects.all()}
    former = UnitName.objects.order_by("pk").values_list("unit", "name", "short_name")
    once = {name: units[pk] for pk, *names in former for name in names}
    return once | {name: unit for unit in units.values() for name in (unit.name, unit.short_name)}


def name_on(unit: Unit, day: dt.date | None) -> UnitName:
    """What the unit was called on the day; without a day, what it is called now."""
    asked = day or clock.today()
    called = next((each for each in unit.names.all() if each.holds(asked)), None)
    return called or UnitName(unit=unit, name=unit.name, short_name=unit.short_name, kind=unit.kind)


def history(unit: Unit) -> QuerySet[AuditEntry]:
    """What happened to a unit and to who leads or handles there, newest first."""
    of_contacts = Q(
        object_type=UnitContact._meta.label_lower,
        object_id__in=list(unit.contacts.values_list("pk", flat=True)),
    )
    own = Q(object_type=Unit._meta.label_lower, object_id=unit.pk)
    return AuditEntry.objects.filter(own | of_contacts).order_by("-id")


@dataclass(frozen=True)
class ContactCoverage:
    """Of the open units, how many have named both a leader in charge and an officer."""

    units: int
    both: int

    @property
    def share(self) -> float | None:
        return self.both / self.units if self.units else None


def current_contacts() -> QuerySet[UnitContact]:
    """Who leads or handles there now; whoever was replaced today does no more."""
    return UnitContact.objects.filter(until=None)


def covered() -> Q:
    """Units with one leader in charge and one officer today."""
    current = current_contacts()
    return Q(pk__in=current.filter(duty=UnitContact.Duty.LEADER).values("unit")) & Q(
        pk__in=current.filter(duty=UnitContact.Duty.OFFICER).values("unit")
    )


def coverage() -> ContactCoverage:
    there = open_units()
    return ContactCoverage(there.count(), there.filter(covered()).count())
