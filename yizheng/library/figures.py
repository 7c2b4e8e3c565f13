"""The figures of the rules library."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from django.db.models import Case, Q, QuerySet, Value, When
from django.db.models.functions import ExtractYear
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from yizheng.core.access import Words
from yizheng.core.figures import (
    Breakdown,
    Indicator,
    Keeping,
    Measure,
    Period,
    RecordColumn,
    RecordKind,
    declare,
)

from .models import RuleDocument
from .rules import visible_rules

RULES = Measure("项", pgettext_lazy("measure", "rules"))


def _trail(ids: Collection[int]) -> Mapping[int, list[tuple[str, int]]]:
    return {each: [("library.ruledocument", each)] for each in ids}


def adopted(period: Period) -> QuerySet[RuleDocument]:
    return RuleDocument.objects.filter(adopted_on__range=period.days)


def in_force(period: Period) -> QuerySet[RuleDocument]:
    """Neither repealed nor replaced by a later one that is itself in force by then."""
    day = period.as_of
    found = RuleDocument.objects.filter(
        Q(repealed_on=None) | Q(repealed_on__gt=day), in_force_from__lte=day
    )
    return found.exclude(replaced_by__in_force_from__lte=day)


def _by_newness(records: QuerySet[Any]) -> QuerySet[Any]:
    found: QuerySet[Any] = records.annotate(
        breakdown_key=Case(When(replaces=None, then=Value("new")), default=Value("revised"))
    )
    return found


_NEW: Mapping[Any, Words] = {
    "new": pgettext_lazy("rule", "new"),
    "revised": pgettext_lazy("rule", "revised"),
}
NEWNESS = Breakdown(
    "newness",
    _("new or revised"),
    _by_newness,
    lambda found: {key: label for key, label in _NEW.items() if key in found},
    known=lambda: _NEW,
)
RULE = RecordKind(
    "rule",
    _("Rule"),
    RuleDocument,
    number=lambda r: r.number,
    name=str,
    url=lambda r: reverse("library:rule", args=[r.pk]),
    visible=visible_rules,
    trail=_trail,
    keeping=Keeping("rules", RuleDocument.objects.all, ExtractYear("adopted_on")),
    columns=(
        RecordColumn("meeting", _("adopted by"), lambda r: r.meeting, width=20),
        RecordColumn("adopted_on", _("adopted on"), lambda r: r.adopted_on, "date"),
    ),
)

FIGURES = [
    Indicator(
        "library.adopted",
        _("Rules adopted"),
        RULES,
        _("Rules of the library adopted in the period, new ones and revisions."),
        RULE,
        adopted,
        breakdowns=(NEWNESS,),
    ),
    Indicator(
        "library.in_force",
        _("Rules in force"),
        RULES,
        _("Rules of the library in force on the last day of the period, or today while it runs."),
        RULE,
        in_force,
    ),
]

declare(FIGURES)

from . import sayings  # noqa: E402, F401  (words for what is declared above)
