"""The figures of venues, of units' contacts, and of the office's establishment."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Mapping
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from yizheng.core.access import NOTHING, Actor, Words
from yizheng.core.figures import (
    PERCENT,
    Breakdown,
    Column,
    Indicator,
    Measure,
    Period,
    RecordKind,
    declare,
    number,
)

from .models import StaffPost, Unit, UnitContact, Venue, VenueCategory
from .venues.enums import Kind, Sort
from .venues.rules import visible_venues

VENUES = Measure("个", pgettext_lazy("counter", "venues"))
AREA = Measure("平方米", pgettext_lazy("counter", "square metres"))
CATEGORIES = Measure("类", pgettext_lazy("counter", "categories"))
POSTS = Measure("个", pgettext_lazy("counter", "posts"))


def _own(label: str) -> Callable[[Collection[int]], Mapping[int, list[tuple[str, int]]]]:
    return lambda ids: {each: [(label, each)] for each in ids}


def _choices(choices: Any) -> Callable[[], Mapping[Any, Words]]:
    named = {each.value: each.label for each in choices}
    return lambda: named


def _posts_visible(actor: Actor) -> Q:
    return Q() if actor.is_system or actor.holds("staff.keep") else NOTHING


# Sets ---------------------------------------------------------------------------------------------


def venues(period: Period) -> QuerySet[Venue]:
    """Open on the last day of the period, or today while it runs."""
    day = period.as_of
    return Venue.objects.filter(Q(closed_on=None) | Q(closed_on__gt=day), opened_on__lte=day)


def measured_venues(period: Period) -> QuerySet[Venue]:
    return venues(period).filter(area__isnull=False)


def venue_categories(period: Period) -> QuerySet[VenueCategory]:
    return VenueCategory.objects.filter(pk__in=venues(period).order_by().values("category"))


def units(period: Period) -> QuerySet[Unit]:
    return Unit.objects.filter(Q(closed_on=None) | Q(closed_on__gt=period.as_of))


def units_with_contacts(period: Period) -> QuerySet[Unit]:
    return units(period).filter(*(_has_contact(duty, period.as_of) for duty in UnitContact.Duty))


def _has_contact(duty: str, day: dt.date) -> Exists:
    return Exists(
        UnitContact.objects.filter(
            Q(until=None) | Q(until__gte=day), unit=OuterRef("pk"), duty=duty, since__lte=day
        )
    )


def posts(period: Period) -> QuerySet[StaffPost]:
    day = period.as_of
    return StaffPost.objects.filter(Q(until=None) | Q(until__gte=day), since__lte=day)


def posts_added(period: Period) -> QuerySet[StaffPost]:
    return StaffPost.objects.filter(since__range=period.days)


# Kinds of record ----------------------------------------------------------------------------------

VENUE = RecordKind(
    "venue",
    _("Venue"),
    Venue,
    number=lambda v: "",
    name=str,
    url=lambda v: reverse("venues:venue", args=[v.pk]),
    visible=visible_venues,
    trail=_own("organisations.venue"),
    related=("category", "unit"),
    columns=(
        Column("category", _("category"), lambda v: v.category.name, width=14),
        Column("unit", _("town"), lambda v: v.unit.short_name if v.unit else "", width=10),
        Column("area", _("area"), lambda v: None if v.area is None else number(v.area), "number"),
        Column("opened", _("opened on"), lambda v: v.opened_on, "date"),
    ),
)
CATEGORY = RecordKind(
    "venue_category",
    _("Category of venues"),
    VenueCategory,
    number=lambda c: "",
    name=str,
    url=lambda c: reverse("venues:list"),
    visible=lambda actor: Q(),
    trail=_own("organisations.venuecategory"),
    columns=(Column("sort", _("counts as"), lambda c: c.get_sort_display(), width=12),),
)
UNIT = RecordKind(
    "unit_contacts",
    _("Unit"),
    Unit,
    number=lambda u: "",
    name=lambda u: u.name,
    url=lambda u: reverse("organisations:unit", args=[u.pk]),
    visible=lambda actor: Q(),
    trail=_own("organisations.unit"),
    columns=(Column("kind", _("kind"), lambda u: u.get_kind_display(), width=10),),
)
POST = RecordKind(
    "staff_post",
    _("Post"),
    StaffPost,
    number=lambda p: "",
    name=str,
    url=lambda p: reverse("staff:office"),
    visible=_posts_visible,
    trail=_own("organisations.staffpost"),
    columns=(
        Column("number", _("how many"), lambda p: p.number, "number"),
        Column("level", _("level"), lambda p: p.get_level_display(), width=12),
        Column("since", _("since"), lambda p: p.since, "date"),
        Column("paper", _("by which paper"), lambda p: p.paper, width=20),
    ),
)
BY_CATEGORY = Breakdown.of_named("category", _("category"), "category", VenueCategory)
LEVEL = Breakdown.of_list("level", _("level"), "level", _choices(StaffPost.Level))
ESTABLISHMENT = Breakdown.of_list(
    "kind", _("kind of establishment"), "kind", _choices(StaffPost.Kind)
)
BY_SORT = Breakdown.of_list("sort", _("counts as"), "category__sort", _choices(Sort))

FIGURES = [
    Indicator(
        "organisations.venues",
        _("Venues"),
        VENUES,
        _("Venues open on the last day of the period, or today while it runs."),
        VENUE,
        venues,
        breakdowns=(
            BY_SORT,
            BY_CATEGORY,
            Breakdown.of_list("kind", _("kind"), "kind", _choices(Kind)),
            Breakdown.of_named("unit", _("town"), "unit", Unit, "short_name"),
        ),
    ),
    Indicator(
        "organisations.venue_area",
        _("Area of venues"),
        AREA,
        _(
            "The areas of the venues open on the last day of the period, or today while it "
            "runs, as far as recorded, added up."
        ),
        VENUE,
        measured_venues,
        breakdowns=(BY_SORT, BY_CATEGORY),
        amount="area",
    ),
    Indicator(
        "organisations.contacts_rate",
        _("Rate of units with leader and officer named"),
        PERCENT,
        _(
            "Units for which both a leader in charge and an officer are named, of all units "
            "that are open."
        ),
        UNIT,
        units_with_contacts,
        units,
        _("units"),
        (Breakdown.of_list("kind", _("kind"), "kind", _choices(Unit.Kind)),),
    ),
    Indicator(
        "organisations.posts",
        _("Posts of the office"),
        POSTS,
        _(
            "The posts of the office's establishment on the last day of the period, or "
            "today while it runs, added up."
        ),
        POST,
        posts,
        amount="number",
        breakdowns=(LEVEL, ESTABLISHMENT),
    ),
    Indicator(
        "organisations.posts_added",
        _("Posts added"),
        POSTS,
        _(
            "The posts of the office's establishment that began in the period, added up; "
            "those that ended are not taken off."
        ),
        POST,
        posts_added,
        amount="number",
        breakdowns=(LEVEL, ESTABLISHMENT),
    ),
    Indicator(
        "organisations.venue_categories",
        _("Categories of venues"),
        CATEGORIES,
        _(
            "The place's own categories in which at least one venue is open on the last day "
            "of the period, or today while it runs."
        ),
        CATEGORY,
        venue_categories,
        breakdowns=(Breakdown.of_list("sort", _("counts as"), "sort", _choices(Sort)),),
    ),
]

declare(FIGURES)

from . import sayings  # noqa: E402, F401  (words for what is declared above)
