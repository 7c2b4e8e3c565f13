"""The figures of venues."""

from __future__ import annotations

from django.db.models import Q, QuerySet
from django.db.models.functions import ExtractYear
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from yizheng.core.figures import (
    Breakdown,
    Indicator,
    Keeping,
    Measure,
    Period,
    RecordColumn,
    RecordKind,
    declare,
    in_words,
    number,
    own_trail,
)
from yizheng.organisations.models import Unit
from yizheng.organisations.queries import not_closed

from .enums import Sort, VenueKind
from .models import Venue, VenueCategory
from .rules import reads_venues, visible_venues

VENUES = Measure("个", pgettext_lazy("counter", "venues"))
AREA = Measure("平方米", pgettext_lazy("counter", "square metres"))
CATEGORIES = Measure("类", pgettext_lazy("counter", "categories"))

# Sets ---------------------------------------------------------------------------------------------


def venues(period: Period) -> QuerySet[Venue]:
    """Open on the last day of the period, or today while it runs."""
    day = period.as_of
    return Venue.objects.filter(not_closed(day), opened_on__lte=day)


def measured_venues(period: Period) -> QuerySet[Venue]:
    return venues(period).filter(area__isnull=False)


def unmeasured_venues(period: Period) -> QuerySet[Venue]:
    return venues(period).filter(area=None)


def venue_categories(period: Period) -> QuerySet[VenueCategory]:
    return VenueCategory.objects.filter(pk__in=venues(period).order_by().values("category"))


# Kinds of record ----------------------------------------------------------------------------------

KEPT = Keeping("venues", Venue.objects.all, ExtractYear("opened_on"), lasting=True)
VENUE = RecordKind(
    "venue",
    _("Venue"),
    Venue,
    number=lambda v: "",
    name=str,
    url=lambda v: reverse("venues:venue", args=[v.pk]),
    visible=visible_venues,
    trail=own_trail(Venue),
    keeping=KEPT,
    related=("category", "unit"),
    columns=(
        RecordColumn("category", _("category"), lambda v: v.category.name, width=14),
        RecordColumn("unit", _("town"), lambda v: v.unit.short_name if v.unit else "", width=10),
        RecordColumn(
            "area", _("area"), lambda v: None if v.area is None else number(v.area), "number"
        ),
        RecordColumn("opened", _("opened on"), lambda v: v.opened_on, "date"),
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
    trail=own_trail(VenueCategory),
    opens=reads_venues,
    keeping=KEPT,
    columns=(
        RecordColumn(
            "sort", pgettext_lazy("venue", "counts as"), lambda c: c.get_sort_display(), width=12
        ),
    ),
)
MEASURED = Keeping(
    "areas",
    lambda: Venue.objects.filter(area__isnull=False),
    ExtractYear("opened_on"),
    lasting=True,
)
BY_CATEGORY = Breakdown.of_named("category", _("category"), "category", VenueCategory)
BY_SORT = Breakdown.of_list(
    "sort", pgettext_lazy("venue", "counts as"), "category__sort", in_words(Sort)
)

FIGURES = [
    Indicator(
        "venues.venues",
        _("Venues"),
        VENUES,
        _("Venues open on the last day of the period, or today while it runs."),
        VENUE,
        venues,
        breakdowns=(
            BY_SORT,
            BY_CATEGORY,
            Breakdown.of_list("kind", _("kind"), "kind", in_words(VenueKind)),
            Breakdown.of_named("unit", _("town"), "unit", Unit, "short_name"),
        ),
    ),
    Indicator(
        "venues.area",
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
        keeping=MEASURED,
        gaps=unmeasured_venues,
        gaps_title=_("venues whose area is not recorded"),
    ),
    Indicator(
        "venues.categories",
        _("Categories of venues"),
        CATEGORIES,
        _(
            "The place's own categories in which at least one venue is open on the last day "
            "of the period, or today while it runs."
        ),
        CATEGORY,
        venue_categories,
        breakdowns=(
            Breakdown.of_list("sort", pgettext_lazy("venue", "counts as"), "sort", in_words(Sort)),
        ),
    ),
]

declare(FIGURES)

from . import sayings  # noqa: E402, F401  (words for what is declared above)
