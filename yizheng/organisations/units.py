"""Writes on units. A unit that is renamed, merged or closed keeps its history."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from yizheng.core import audit, clock
from yizheng.core.access import Actor, Words
from yizheng.core.refusals import BadInput, NotAllowed, NotNow

from . import merging
from .models import RoleGrant, Unit, UnitContact, UnitName
from .rules import keep, require

hindrances: list[Callable[[Unit], Words | None]] = []
"""Higher floors add why a unit cannot be closed now: it holds cases that somebody must take over first."""


@transaction.atomic
def add_unit(values: Mapping[str, Any], *, by: Actor) -> Unit:
    require(by, keep)
    unit = Unit(name=values["name"], short_name=values["short_name"], kind=values["kind"])
    _check_names(unit)
    unit.save()
    audit.record("unit.added", by=by, of=unit)
    return unit


@transaction.atomic
def rename_unit(unit: Unit, *, by: Actor, name: str, short_name: str, kind: str, on: dt.date) -> None:
    """From `on` the unit bears its new name; the old one is kept with the day until which it was used."""
    _mine(unit, by)
    before = (unit.name, unit.short_name)
    if before != (name, short_name):
        UnitName(unit=unit, name=unit.name, short_name=unit.short_name, until=on - dt.timedelta(days=1)).save()
    unit.name, unit.short_name, unit.kind = name, short_name, kind
    _check_names(unit)
    unit.save()
    audit.record("unit.renamed", by=by, of=unit, detail={"before": before[0], "on": on})


def _check_names(unit: Unit) -> None:
    others = Unit.objects.exclude(pk=unit.pk)
    if others.filter(name=unit.name).exists():
        raise BadInput(_("There is a unit “%(name)s” already.") % {"name": unit.name})
    if others.filter(short_name=unit.short_name, closed_on=None).exists():
        raise BadInput(_("Another unit is called “%(name)s” for short.") % {"name": unit.short_name})


@transaction.atomic
def close_unit(unit: Unit, *, by: Actor, on: dt.date, merged_into: Unit | None = None) -> None:
    """Close a unit, or merge it into another, which takes over what is not past. Its people's roles there end; what it handled
    keeps its name."""
    _mine(unit, by)
    if unit.closed_on:
        raise NotNow(_("%(unit)s is closed already.") % {"unit": unit.name})
    if on > clock.today():
        raise BadInput(_("This day has not come yet. Close the unit on the day."))
    if merged_into and (merged_into.pk == unit.pk or merged_into.closed_on):
        raise BadInput(_("Choose another unit that is open."))
    if reason := next((reason for hindrance in hindrances if (reason := hindrance(unit))), None):
        raise NotNow(reason)
    moved = _hand_over(unit, merged_into, by)
    unit.closed_on, unit.merged_into = on, merged_into
    unit.save()
    RoleGrant.objects.filter(Q(until=None) | Q(until__gt=on), unit=unit, since__lte=on).update(until=on)
    RoleGrant.objects.filter(unit=unit, since__gt=on).delete()
    unit.contacts.filter(until=None).update(until=on)
    action = "unit.merged" if merged_into else "unit.closed"
    audit.record(action, by=by, of=unit, detail={"on": on, "into": str(merged_into or ""), "moved": moved})


def _hand_over(unit: Unit, into: Unit | None, by: Actor) -> int:
    if into:
        return merging.hand_over(unit, into, by)
    merging.require_heir(unit)
    return 0


@transaction.atomic
def set_contact(unit: Unit, duty: str, *, by: Actor, name: str, post: str, phone: str) -> UnitContact | None:
    """Who leads or handles there now; whoever did before is kept with the day of change. No name: nobody."""
    _mine(unit, by)
    today = clock.today()
    current = unit.contacts.filter(duty=duty, until=None).first()
    if current and current.name != name:
        current.until = today
        current.save()
        current = None
    if name:
        current = current or UnitContact(unit=unit, duty=duty, name=name, since=today)
        current.post, current.phone = post, phone
        current.save()
    audit.record("unit.contact_set", by=by, of=unit, detail={"duty": duty, "name": name})
    return current


@dataclass(frozen=True)
class Coverage:
    """Of the open units, how many have named both a leader in charge and an officer."""

    units: int
    both: int

    @property
    def share(self) -> float | None:
        return self.both / self.units if self.units else None


def covered() -> Q:
    """Units with one leader in charge and one officer today."""
    current = UnitContact.objects.filter(until=None)
    return Q(pk__in=current.filter(duty=UnitContact.Duty.LEADER).values("unit")) & Q(
        pk__in=current.filter(duty=UnitContact.Duty.OFFICER).values("unit")
    )


def coverage() -> Coverage:
    there = Unit.objects.filter(closed_on=None)
    return Coverage(there.count(), there.filter(covered()).count())


def name_on(unit: Unit, day: dt.date) -> str:
    """What the unit was called that day."""
    former = unit.former_names.filter(until__gte=day).order_by("until").first()
    return former.name if former else unit.name


def _mine(unit: Unit, by: Actor) -> None:
    require(by, keep)
    if unit.organisation_id != by.organisation_id:
        raise NotAllowed
