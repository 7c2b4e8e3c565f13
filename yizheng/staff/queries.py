"""Reads of the establishment and of who came and went; every number is a list of records."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from yizheng.core.access import Actor
from yizheng.organisations.queries import in_force_on

from .models import ArrivalWay, DepartureWay, StaffPost, StaffService
from .rules import visible_staff


@dataclass(frozen=True)
class PostRow:
    """A post with how many there are and who fills it."""

    post: StaffPost
    people: list[StaffService]

    @property
    def vacant(self) -> int:
        return self.post.number - len(self.people)


def visible_posts(actor: Actor) -> QuerySet[StaffPost]:
    return StaffPost.objects.filter(visible_staff(actor))


def visible_services(actor: Actor) -> QuerySet[StaffService]:
    return StaffService.objects.filter(visible_staff(actor))


def posts(actor: Actor, today: dt.date) -> list[PostRow]:
    rows = visible_posts(actor).filter(in_force_on(today)).order_by("pk")
    serving = visible_services(actor).filter(in_force_on(today))
    here = list(serving.select_related("person", "post"))
    return [
        PostRow(post, [service for service in here if service.post_id == post.pk]) for post in rows
    ]


@dataclass(frozen=True)
class Total:
    """The establishment together: posts there are, people on them, posts at section level."""

    number: int
    filled: int
    at_section_level: int


def total(rows: Iterable[PostRow]) -> Total:
    rows = list(rows)
    section = sum(row.post.number for row in rows if row.post.level == StaffPost.PostLevel.SECTION)
    return Total(
        sum(row.post.number for row in rows), sum(len(row.people) for row in rows), section
    )


def added_in(actor: Actor, year: int) -> QuerySet[StaffPost]:
    """Posts that began in the year; how many they are is the sum of their numbers."""
    return visible_posts(actor).filter(since__year=year)


def came_in(actor: Actor, year: int) -> QuerySet[StaffService]:
    """Who came to the office in the year; who was there before it was recorded did not come, nor
    who changed the post.
    """
    return (
        visible_services(actor)
        .filter(since__year=year)
        .exclude(came__in=[ArrivalWay.PRESENT, ArrivalWay.INTERNAL])
    )


def left_in(actor: Actor, year: int) -> QuerySet[StaffService]:
    return (
        visible_services(actor)
        .filter(until__year=year)
        .exclude(left__in=["", DepartureWay.INTERNAL])
    )


@dataclass(frozen=True)
class Movement:
    day: dt.date
    person: str
    words: Any
    where: str
    post: str
    arrived: bool


def movements(actor: Actor, year: int) -> list[Movement]:
    """Arrivals and departures of the year, by day."""
    came = [
        Movement(s.since, str(s.person), s.get_came_display(), s.came_from, s.post.name, True)
        for s in came_in(actor, year).select_related("person", "post")
    ]
    left = [
        Movement(
            s.until or dt.date.max,
            str(s.person),
            s.get_left_display(),
            s.left_to,
            s.post.name,
            False,
        )
        for s in left_in(actor, year).select_related("person", "post")
    ]
    return sorted([*came, *left], key=lambda movement: (movement.day, movement.person))


def by_way(actor: Actor, year: int) -> list[tuple[str, int]]:
    """How many by each way of coming and going, those that happened."""
    found = []
    for choices, rows, field in (
        (ArrivalWay, came_in(actor, year), "came"),
        (DepartureWay, left_in(actor, year), "left"),
    ):
        ways = list(rows.values_list(field, flat=True))
        found += [(str(way.label), ways.count(way.value)) for way in choices if way.value in ways]
    return found


def years(actor: Actor, today: dt.date) -> list[int]:
    days = {
        day.year
        for name in ("since", "until")
        for day in visible_services(actor).order_by().dates(name, "year")
    }
    days |= {day.year for day in visible_posts(actor).order_by().dates("since", "year")}
    return sorted(days | {today.year}, reverse=True)
