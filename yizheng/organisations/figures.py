"""The figures of units' contacts."""

from __future__ import annotations

import datetime as dt

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import ExtractYear
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from yizheng.core.figures import (
    PERCENT,
    Breakdown,
    Indicator,
    Keeping,
    Period,
    RecordColumn,
    RecordKind,
    declare,
    in_words,
    own_trail,
)

from .models import Unit, UnitContact
from .queries import in_force_on, not_closed
from .rules import keep

# Sets ---------------------------------------------------------------------------------------------


def units(period: Period) -> QuerySet[Unit]:
    return Unit.objects.filter(not_closed(period.as_of))


def units_with_contacts(period: Period) -> QuerySet[Unit]:
    return units(period).filter(*(_has_contact(duty, period.as_of) for duty in UnitContact.Duty))


def _has_contact(duty: str, day: dt.date) -> Exists:
    return Exists(UnitContact.objects.filter(in_force_on(day), unit=OuterRef("pk"), duty=duty))


# Kinds of record ----------------------------------------------------------------------------------

UNIT = RecordKind(
    "unit_contacts",
    _("Unit"),
    Unit,
    number=lambda u: "",
    name=lambda u: u.name,
    url=lambda u: reverse("organisations:unit", args=[u.pk]),
    visible=lambda actor: Q(),
    trail=own_trail(Unit),
    keeping=Keeping("unit contacts", UnitContact.objects.all, ExtractYear("since"), lasting=True),
    opens=lambda actor: keep.allows(actor, None),
    columns=(RecordColumn("kind", _("kind"), lambda u: u.get_kind_display(), width=10),),
)
FIGURES = [
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
        (Breakdown.of_list("kind", _("kind"), "kind", in_words(Unit.UnitKind)),),
        keeping=UNIT.keeping,
    )
]

declare(FIGURES)

from . import sayings  # noqa: E402, F401  (words for what is declared above)
