"""Writes on persons: one known by name and phone stays one person, whatever they come to
the house as.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Q, QuerySet

from yizheng.core import clock, doors
from yizheng.core.access import Actor
from yizheng.organisations.queries import in_force_on
from yizheng.organisations.services.roles import one_at_a_time

from ..models import Person

FIELDS = ("name", "sex", "phone", "employer")
belongings: list[Callable[[], Q]] = [lambda: in_force_on(clock.today(), "memberships__")]
"""Who belongs to the house today: its members, and whom higher floors add."""


def of_the_house() -> QuerySet[Person]:
    """By name, for a choice."""
    there = reduce(or_, (belonging() for belonging in belongings))
    return Person.objects.filter(there).distinct().order_by("name")


def same_person(name: str, phone: str) -> Person | None:
    """The person of that name and phone; where one of the phones is not known, the only one of that
    name.
    """
    namesakes = list(Person.objects.filter(name=name))
    exact = [person for person in namesakes if phone and person.phone == phone]
    if exact:
        return exact[0]
    vague = [person for person in namesakes if not phone or not person.phone]
    return vague[0] if len(namesakes) == 1 and vague else None


def remember(values: Mapping[str, Any], *, by: Actor) -> Person:
    """Whoever is known by that name and phone, brought up to date by what is said now; else a new
    person.

    Whoever calls has asked whether the actor may, and tells what they came as.
    """
    said = {name: values[name] for name in FIELDS if values.get(name)}
    one_at_a_time(by)  # two who write down the same new person at once: the second finds them
    known = same_person(said["name"], said.get("phone", ""))
    if known is None:
        person = Person(**said)
        person.save()
        return person
    with doors.editing(known, "person.changed", by=by, rule=None) as edit:
        edit.put(said)
    return known
