"""Writes on units. A unit that is renamed, merged or closed keeps its history."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from yizheng.core import clock, doors
from yizheng.core.access import Actor, Words
from yizheng.core.dated import holding
from yizheng.core.refusals import NotNow, Wrong

from .. import grants, unit_mergers
from ..models import Unit, UnitContact, UnitName
from ..rules import keep
from .grants import end_all
from .roles import one_at_a_time

hindrances: list[Callable[[Unit], Words | None]] = []
"""Higher floors add why a unit cannot be closed now: it holds cases that somebody must take over
first.
"""


def add_unit(values: Mapping[str, Any], *, by: Actor) -> Unit:
    unit = Unit()
    with doors.adding(unit, "unit.added", by=by, rule=keep) as edit:
        edit.put(values, NAMED)
        _check_names(unit, by)
        edit.save()
        UnitName(unit=unit, **{name: getattr(unit, name) for name in NAMED}).save()
    return unit


NAMED = ("name", "short_name", "kind")


def rename_unit(
    unit: Unit,
    *,
    by: Actor,
    name: str,
    short_name: str,
    kind: str,
    on: dt.date,
    decided_by: str = "",
    seen: str | None = None,
) -> None:
    """From `on` the unit bears its new name; papers of earlier days keep the old one.

    A day to come is a plan: the night of that day the unit bears it. From the very day of its
    present name the name is put right.
    """
    new = {"name": name, "short_name": short_name, "kind": kind}
    with doors.editing(unit, "unit.renamed", by=by, rule=keep, seen=seen) as edit:
        there = edit.row
        _is_open(there)
        wrong_in_day(there, on).refuse()
        one_at_a_time(by)
        wrong_in_names(there, new).refuse()
        present = _present_name(there)
        if {each: getattr(present, each) for each in NAMED} != new:
            _call(there, present, new, on, decided_by)
            edit.note(on=on, decided_by=decided_by, name=name)
        if on <= clock.today():
            edit.put(new)


def _present_name(unit: Unit) -> UnitName:
    """The last of its names, planned or not."""
    known = unit.names.filter(until=None).first()
    if known is None:
        known = UnitName(unit=unit, **{name: getattr(unit, name) for name in NAMED})
        known.save()
    return known


def _call(unit: Unit, present: UnitName, new: Mapping[str, Any], on: dt.date, why: str) -> None:
    if present.since == on:
        doors.put(present, {**new, "decided_by": why})
        present.save()
        return
    present.until = on - dt.timedelta(days=1)
    present.save()
    UnitName(unit=unit, since=on, decided_by=why, **new).save()


def wrong_in_day(unit: Unit, on: dt.date) -> Wrong:
    """Names follow one another: the next begins after the last one did."""
    wrong, last = Wrong(), unit.names.filter(until=None).first()
    wrong.when(
        last and last.since and on < last.since,
        _("It is called “%(name)s” from %(day)s on; a later name begins after that.")
        % {"name": last and last.name, "day": last and last.since},
        "on",
    )
    return wrong


def bear_new_names(by: Actor) -> int:
    """In the night: a name whose day has come is the unit's own; returns how many."""
    due = UnitName.objects.filter(holding(clock.today()), unit__closed_on=None).exclude(
        name=F("unit__name"), short_name=F("unit__short_name"), kind=F("unit__kind")
    )
    return sum(_bear(called, by) for called in due.select_related("unit"))


def _bear(called: UnitName, by: Actor) -> bool:
    with doors.editing(called.unit, "unit.renamed", by=by, rule=None) as edit:
        edit.put({name: getattr(called, name) for name in NAMED})
    return True


def drop_planned_name(unit: Unit, *, by: Actor, seen: str | None = None) -> None:
    """A name of a day to come is taken back: the present one goes on."""
    with doors.editing(unit, "unit.name_dropped", by=by, rule=keep, seen=seen) as edit:
        planned = edit.row.names.filter(until=None, since__gt=clock.today()).first()
        if planned is None or planned.since is None:
            raise NotNow(_("No name is planned for %(unit)s.") % {"unit": unit.name})
        edit.note(name=planned.name, on=planned.since)
        last = planned.since - dt.timedelta(days=1)
        planned.delete()
        edit.row.names.filter(until=last).update(until=None)


def _check_names(unit: Unit, by: Actor) -> None:
    one_at_a_time(by)
    wrong_in_names(unit, {"name": unit.name, "short_name": unit.short_name}).refuse()


def wrong_in_names(unit: Unit, values: Mapping[str, Any]) -> Wrong:
    """Of what is there of the values."""
    others = Unit.objects.exclude(pk=unit.pk)
    planned = UnitName.objects.filter(until=None).exclude(unit=unit.pk)
    name, short = values.get("name"), values.get("short_name")
    wrong = Wrong()
    wrong.when(
        name and (others.filter(name=name).exists() or planned.filter(name=name).exists()),
        _("There is a unit “%(name)s” already.") % {"name": name},
        "name",
    )
    wrong.when(
        short and others.filter(short_name=short, closed_on=None).exists(),
        _("Another unit is called “%(name)s” for short.") % {"name": short},
        "short_name",
    )
    return wrong


def _is_open(unit: Unit) -> None:
    if unit.closed_on:
        raise NotNow(_("%(unit)s is closed already.") % {"unit": unit.name})


def require_open(unit: Unit, field: str = "unit") -> None:
    """Before something is given to a unit: it is open, and stays so until that is written.

    Who closes it sees what it then holds. `field`: where the unit is chosen.
    """
    there = doors.locked(unit)
    if there.closed_on:
        raise NotNow(
            _("%(unit)s is closed; choose the unit that took over its work.")
            % {"unit": there.short_name},
            field=field,
        )


@transaction.atomic
def close_unit(
    unit: Unit, *, by: Actor, on: dt.date, merged_into: Unit | None = None, seen: str | None = None
) -> None:
    """Close a unit, or merge it into another, which takes over what is not past.

    Its people's roles there end; what it handled keeps its name.
    """
    into = _locked_pair(unit, merged_into)
    with doors.editing(
        unit, "unit.merged" if into else "unit.closed", by=by, rule=keep, seen=seen
    ) as edit:
        there = edit.row
        _is_open(there)
        wrong = Wrong()
        wrong.when(
            not clock.has_come(on), _("This day has not come yet. Close the unit on the day."), "on"
        )
        wrong.when(
            into and (into.pk == there.pk or into.closed_on),
            _("Choose another unit that is open."),
            "merged_into",
        )
        wrong.refuse()
        if reason := next(
            (reason for hindrance in hindrances if (reason := hindrance(there))), None
        ):
            raise NotNow(reason)
        edit.note(on=on, into=str(into or ""), moved=_hand_over(there, into, by))
        there.closed_on, there.merged_into = on, into
        end_all(grants.at(there), by=by, last=on)
        for contact in there.contacts.filter(until=None):
            _end_contact(contact, by, on)


def _locked_pair(unit: Unit, into: Unit | None) -> Unit | None:
    """Both are locked, always the older one first: two that are merged crosswise wait for each
    other in one order.
    """
    locked = {
        each.pk: doors.locked(each)
        for each in sorted({unit, *([into] if into else [])}, key=lambda each: each.pk)
    }
    return locked[into.pk] if into else None


def _hand_over(unit: Unit, into: Unit | None, by: Actor) -> int:
    if into:
        return unit_mergers.hand_over(unit, into, by)
    unit_mergers.require_heir(unit)
    return 0


# Contacts -----------------------------------------------------------------------------------------


def contact_of(unit: Unit, duty: str) -> UnitContact | None:
    """Who leads or handles there now."""
    return unit.contacts.filter(duty=duty, until=None).first()


@transaction.atomic
def set_contact(
    unit: Unit, duty: str, *, by: Actor, name: str, post: str, phone: str, seen: str | None = None
) -> UnitContact | None:
    """Who leads or handles there now; whoever did before is kept with the day of change.

    No name: nobody.
    """
    there = doors.locked(unit)
    doors.require(by, keep, there)
    _is_open(there)
    current = contact_of(there, duty)
    if seen not in (None, doors.mark(current)):
        raise doors.stale(there.contacts.filter(duty=duty).order_by("pk").last())
    if current and current.name != name:
        _end_contact(current, by, clock.today())
        current = None
    if not name:
        return None
    contact = current or UnitContact(unit=there, duty=duty, name=name, since=clock.today())
    door = doors.editing if contact.pk else doors.adding
    with door(contact, "unit.contact_set", by=by, rule=keep) as edit:
        edit.put({"post": post, "phone": phone})
    return contact


def _end_contact(contact: UnitContact, by: Actor, on: dt.date) -> None:
    with doors.editing(contact, "unit.contact_ended", by=by, rule=keep) as edit:
        edit.row.until = on
