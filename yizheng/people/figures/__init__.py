"""The figures of members, their groups and accounts."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from django.db.models import Case, Q, QuerySet, Value, When
from django.db.models.functions import ExtractYear
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from yizheng.core.access import NOTHING, Actor, Words
from yizheng.core.figures import (
    NONE_LIVE,
    PERCENT,
    Breakdown,
    Indicator,
    Keeping,
    Measure,
    RecordColumn,
    RecordKind,
    by_path,
    declare,
    own_trail,
)

from ..models import Group, Membership, Sector
from ..rules import keep_roster, read_roster
from . import record_sets

MEMBERS = Measure("名", pgettext_lazy("counter", "members"))
GROUPS = Measure("个", pgettext_lazy("counter", "groups"))


def _roster(actor: Actor) -> Q:
    sees = (
        actor.is_system or actor.membership_ids or (read_roster | keep_roster).allows(actor, None)
    )
    return Q() if sees else NOTHING


def _by_standing(records: QuerySet[Any]) -> QuerySet[Any]:
    found: QuerySet[Any] = records.annotate(
        breakdown_key=Case(
            When(standing_then=True, then=Value("standing")), default=Value("member")
        )
    )
    return found


_STANDING: Mapping[Any, Words] = {
    "standing": _("standing member"),
    "member": pgettext_lazy("of a breakdown", "other member"),
}


def _parties(found: Collection[Any]) -> Mapping[Any, Words]:
    return {party: party for party in sorted(found) if party}


MEMBER_PARTS = (
    Breakdown.of_named("sector", _("sector"), "sector_then", Sector),
    Breakdown("party", _("party"), by_path("party_then"), _parties),
    Breakdown(
        "standing",
        _("standing members"),
        _by_standing,
        lambda found: {k: v for k, v in _STANDING.items() if k in found},
        known=lambda: _STANDING,
    ),
)

# A committee has members: of a day on which there are none, its roster is not here.
ROSTER = Keeping("roster", Membership.objects.all, ExtractYear("since"), live=NONE_LIVE)
GROUPING = Keeping(
    "grouping",
    lambda: Membership.objects.filter(group__isnull=False),
    ExtractYear("since"),
    live=NONE_LIVE,
)
MEMBER = RecordKind(
    "membership",
    _("Member"),
    Membership,
    number=lambda m: m.number,
    name=str,
    url=lambda m: reverse("people:member", args=[m.pk]),
    visible=_roster,
    trail=own_trail(Membership),
    keeping=ROSTER,
    related=("person", "sector"),
    columns=(
        RecordColumn("sector", _("sector"), lambda m: m.sector.name, width=10),
        RecordColumn("party", _("party"), lambda m: m.party, width=10),
        RecordColumn("since", _("since"), lambda m: m.since, "date"),
    ),
)
GROUP = RecordKind(
    "group",
    _("Group of members"),
    Group,
    number=lambda g: "",
    name=str,
    url=lambda g: reverse("groups:group", args=[g.pk]),
    visible=_roster,
    trail=own_trail(Group),
    keeping=GROUPING,
)
FIGURES = [
    Indicator(
        "people.members",
        _("Members"),
        MEMBERS,
        _("Members serving on the last day of the period, or today while it runs."),
        MEMBER,
        record_sets.serving,
        breakdowns=MEMBER_PARTS,
    ),
    Indicator(
        "people.accounts_rate",
        _("Rate of accounts in use"),
        PERCENT,
        _(
            "Members who have signed in to their account at least once by now, of the "
            "members serving."
        ),
        MEMBER,
        record_sets.with_account,
        record_sets.serving,
        _("members serving"),
        MEMBER_PARTS,
    ),
    Indicator(
        "people.groups",
        _("Groups of members"),
        GROUPS,
        _("Groups to which at least one member serving belongs."),
        GROUP,
        record_sets.groups,
    ),
]

declare(FIGURES)

from . import sayings  # noqa: E402, F401  (words for what is declared above)
