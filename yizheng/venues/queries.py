"""Reads of venues, their rota and their visits."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Count, Prefetch, Q, QuerySet, Sum

from yizheng.core import clock
from yizheng.core.access import Actor
from yizheng.core.files import Attachment, attached_to_each
from yizheng.organisations.queries import in_force_on, not_ended
from yizheng.people.models import Membership

from .enums import Sort
from .models import RotaDay, Venue, VenueMember, Visit, WallNotice
from .rules import visible_venues, visible_visits

UPCOMING_DAYS = 56


def visible_to(actor: Actor) -> QuerySet[Venue]:
    return Venue.objects.filter(visible_venues(actor)).select_related("category", "unit", "sector")


def visits_visible_to(actor: Actor) -> QuerySet[Visit]:
    return Visit.objects.filter(visible_visits(actor)).select_related("venue", "served_by__person")


def filtered(venues: QuerySet[Venue], wanted: Mapping[str, Any]) -> QuerySet[Venue]:
    """`wanted`: q, category, sort, kind, unit, state (open without one)."""
    if text := wanted.get("q", "").strip():
        people = VenueMember.objects.filter(
            in_force_on(clock.today()), membership__person__name__icontains=text
        )
        venues = venues.filter(
            Q(name__icontains=text)
            | Q(place__icontains=text)
            | Q(label__icontains=text)
            | Q(pk__in=people.values("venue"))
        )
    if wanted.get("category"):
        venues = venues.filter(category=wanted["category"])
    if wanted.get("sort"):
        venues = venues.filter(category__sort=wanted["sort"])
    if wanted.get("kind"):
        venues = venues.filter(kind=wanted["kind"])
    if unit := wanted.get("unit"):
        venues = venues.filter(unit=unit)
    if wanted.get("state") != "all":
        venues = venues.filter(closed_on__isnull=wanted.get("state") != "closed")
    return venues


def for_list(venues: QuerySet[Venue]) -> QuerySet[Venue]:
    """With who serves there today, in two queries however many there are."""
    serving = VenueMember.objects.filter(in_force_on(clock.today())).select_related(
        "membership__person"
    )
    return venues.order_by("category", "pk").prefetch_related(
        Prefetch("members", serving, to_attr="serving")
    )


@dataclass(frozen=True)
class CategoryCount:
    """How many open venues a category has, and their floor area together."""

    category_id: int
    name: str
    sort: str
    count: int
    area: Decimal | None


def by_category(actor: Actor) -> list[CategoryCount]:
    rows = (
        Venue.objects.filter(visible_venues(actor), closed_on=None)
        .order_by("category")
        .values("category_id", "category__name", "category__sort")
    )
    counted = rows.annotate(count=Count("pk"), total=Sum("area"))
    return [
        CategoryCount(
            row["category_id"],
            row["category__name"],
            row["category__sort"],
            row["count"],
            row["total"],
        )
        for row in counted
    ]


def sorts(categories: Iterable[CategoryCount]) -> list[tuple[Sort, int, int, Decimal | None]]:
    """What reports count: for each sort the categories, the venues, the area."""
    found = []
    rows = list(categories)
    for sort in Sort:
        of_sort = [row for row in rows if row.sort == sort]
        if of_sort:
            areas = [row.area for row in of_sort if row.area is not None]
            found.append(
                (
                    sort,
                    len(of_sort),
                    sum(row.count for row in of_sort),
                    sum(areas, Decimal(0)) if areas else None,
                )
            )
    return found


def serving(venue: Venue, today: dt.date) -> list[VenueMember]:
    rows = venue.members.filter(not_ended(today))
    return list(rows.select_related("membership__person", "membership__sector"))


def members_from(venue: Venue, first: dt.date) -> QuerySet[Membership]:
    """Members who serve here on the day or later, by name, for a choice; who of them does on a
    certain day is asked when it is known.
    """
    places = VenueMember.objects.filter(not_ended(first), venue=venue)
    found = Membership.objects.filter(not_ended(first), pk__in=places.values("membership"))
    return found.select_related("person", "sector").order_by("person__name")


def rota(venue: Venue, today: dt.date) -> list[RotaDay]:
    """The coming eight weeks."""
    rows = venue.rota.filter(day__range=(today, today + dt.timedelta(days=UPCOMING_DAYS)))
    return list(rows.select_related("membership__person"))


def wall(venue: Venue, today: dt.date) -> list[tuple[WallNotice, list[Attachment]]]:
    """What hangs there on the day, each with its papers."""
    notices = list(
        venue.wall.filter(not_ended(today), posted_on__lte=today).order_by(
            "board", "-posted_on", "-id"
        )
    )
    papers = attached_to_each(notices)
    return [(notice, papers[notice.pk]) for notice in notices]


def next_days(membership_ids: Iterable[int], today: dt.date, count: int = 3) -> list[RotaDay]:
    """When these members serve next."""
    rows = RotaDay.objects.filter(
        membership__in=list(membership_ids), day__gte=today, venue__closed_on=None
    )
    return list(rows.select_related("venue")[:count])


def venues_of(membership_ids: Iterable[int], today: dt.date) -> list[Venue]:
    """Where these members serve."""
    places = VenueMember.objects.filter(in_force_on(today), membership__in=list(membership_ids))
    return list(Venue.objects.filter(pk__in=places.values("venue"), closed_on=None).order_by("pk"))


def filtered_visits(visits: QuerySet[Visit], wanted: Mapping[str, Any]) -> QuerySet[Visit]:
    """`wanted`: q, venue, state, year."""
    if text := wanted.get("q", "").strip():
        visits = visits.filter(
            Q(raised__icontains=text) | Q(answer__icontains=text) | Q(visitor__icontains=text)
        )
    if wanted.get("venue"):
        visits = visits.filter(venue=wanted["venue"])
    if wanted.get("state"):
        visits = visits.filter(state=wanted["state"])
    if wanted.get("year"):
        visits = visits.filter(day__year=int(wanted["year"]))
    return visits


def visit_years(actor: Actor) -> list[int]:
    return sorted(
        (day.year for day in visits_visible_to(actor).order_by().dates("day", "year")), reverse=True
    )
