"""The figures of enterprises: those above scale, and those of which somebody is a member."""

from __future__ import annotations

from django.db.models import QuerySet
from django.db.models.functions import ExtractYear
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from yizheng.core.figures import (
    PERCENT,
    Indicator,
    Keeping,
    Measure,
    Period,
    RecordColumn,
    RecordKind,
    declare,
    own_trail,
)
from yizheng.organisations.queries import not_closed

from . import queries
from .models import Enterprise, EnterpriseMember
from .rules import visible_enterprises

ENTERPRISES = Measure("家", pgettext_lazy("counter", "enterprises"))


# Sets ---------------------------------------------------------------------------------------------


def above_scale(period: Period) -> QuerySet[Enterprise]:
    """On the last day of the period, or today while it runs."""
    day = period.as_of
    return Enterprise.objects.filter(queries.above_scale(day) & not_closed(day))


def with_member(period: Period) -> QuerySet[Enterprise]:
    return above_scale(period).filter(queries.with_member(period.as_of))


# Kinds of record ----------------------------------------------------------------------------------

ENTERPRISE = RecordKind(
    "enterprise",
    _("Enterprise"),
    Enterprise,
    number=lambda e: "",
    name=str,
    url=lambda e: reverse("enterprises:list"),
    visible=visible_enterprises,
    trail=own_trail(Enterprise),
    keeping=Keeping(
        "enterprises",
        lambda: Enterprise.objects.filter(above_scale_since__isnull=False),
        ExtractYear("above_scale_since"),
        lasting=True,
    ),
    columns=(
        RecordColumn("trade", _("trade"), lambda e: e.trade, width=12),
        RecordColumn("since", _("above scale since"), lambda e: e.above_scale_since, "date"),
    ),
)
FIGURES = [
    Indicator(
        "enterprises.above_scale",
        _("Enterprises above scale"),
        ENTERPRISES,
        _("Enterprises above scale on the last day of the period, or today while it runs."),
        ENTERPRISE,
        above_scale,
    ),
    Indicator(
        "enterprises.with_member_rate",
        _("Rate of enterprises with a member"),
        PERCENT,
        _(
            "Enterprises above scale of which at least one member serving is recorded, of "
            "the enterprises above scale."
        ),
        ENTERPRISE,
        with_member,
        above_scale,
        _("enterprises above scale"),
        keeping=Keeping(
            "enterprises' members",
            EnterpriseMember.objects.all,
            ExtractYear("membership__since"),
            lasting=True,
        ),
    ),
]

declare(FIGURES)

from . import sayings  # noqa: E402, F401  (words for what is declared above)
