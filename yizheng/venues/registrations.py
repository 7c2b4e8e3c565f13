"""Registrations of venues with the organisation: as places where roles are given, as categories
under its settings, and as what goes over when the unit of their town is merged.
"""

from __future__ import annotations

from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from yizheng.core.access import NOTHING
from yizheng.organisations.named_kinds import NamedColumn, NamedKind
from yizheng.organisations.places import PlaceKind
from yizheng.organisations.unit_mergers import Legacy

from .forms import CategoryForm
from .models import Venue, VenueCategory
from .rules import VENUE, visible_venues

PLACE = PlaceKind(
    VENUE,
    Venue,
    _("at a venue"),
    _("“%(role)s” is a role at a venue: choose the venue."),
    _("At the venue"),
    _("For whoever keeps one studio or station."),
    called="name",
)
CATEGORIES = NamedKind(
    "venue-categories",
    VenueCategory,
    50,
    _("Categories of venues"),
    _("By which the venues of members are counted."),
    _("Add a category"),
    _("Venues are counted by category."),
    lambda: CategoryForm,
    [
        NamedColumn(_("Counts as"), lambda row: row.get_sort_display()),
        NamedColumn(
            _("Venues"),
            lambda row: row.count,
            url=lambda row: f"{reverse('venues:list')}?state=all&category={row.pk}",
            read_by=lambda actor: visible_venues(actor) != NOTHING,
            prepare=lambda rows: rows.annotate(count=Count("venues")),
            counts=True,
        ),
    ],
)
LEGACY = Legacy("venue", "", lambda unit: Venue.objects.filter(unit=unit), waits=False)
