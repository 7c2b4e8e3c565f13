"""The figures of members, their groups and accounts, enterprises with a member, and the office's
own staff.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import Any

from django.db.models import Case, Q, QuerySet, Value, When
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
    RecordKind,
    by_path,
    declare,
)
from yizheng.organisations.enterprises.queries import may_read as reads_enterprises
from yizheng.organisations.models import Enterprise, Group, Sector

from ..models import Membership, StaffService
from ..rules import keep_roster, read_roster
from ..staff.models import Came, Left
from ..staff.rules import keep as keeps_staff
from . import sets

MEMBERS = Measure("名", pgettext_lazy("counter", "members"))
GROUPS = Measure("个", pgettext_lazy("counter", "groups"))
ENTERPRISES = Measure("家", pgettext_lazy("counter", "enterprises"))
STAFF = Measure("人", pgettext_lazy("counter", "people"))


def _own(label: str) -> Callable[[Collection[int]], Mapping[int, list[tuple[str, int]]]]:
    return lambda ids: {each: [(label, each)] for each in ids}


def _roster(actor: Actor) -> Q:
    sees = (
        actor.is_system or actor.membership_ids or (read_roster | keep_roster).allows(actor, None)
    )
    return Q() if sees else NOTHING


def _office(actor: Actor) -> Q:
    return Q() if actor.is_system or keeps_staff.allows(actor, None) else NOTHING


def _open(actor: Actor) -> Q:
    return Q() if reads_enterprises(actor) else NOTHING


def _choices(choices: Any) -> Callable[[], Mapping[Any, Words]]:
    named = {each.value: each.label for each in choices}
    return lambda: named


def _by_standing(records: QuerySet[Any]) -> QuerySet[Any]:
    found: QuerySet[Any] = records.annotate(
        breakdown_key=Case(When(is_standing=True, then=Value("standing")), default=Value("member"))
    )
    return found


_STANDING: Mapping[Any, Words] = {
    "standing": _("standing member"),
    "member": pgettext_lazy("of a breakdown", "other member"),
}


def _parties(found: Collection[Any]) -> Mapping[Any, Words]:
    return {party: party for party in sorted(found) if party}


MEMBER_PARTS = (
    Breakdown.of_named("sector", _("sector"), "sector", Sector),
    Breakdown("party", _("party"), by_path("party"), _parties),
    Breakdown(
        "standing",
        _("standing members"),
        _by_standing,
        lambda found: {k: v for k, v in _STANDING.items() if k in found},
        known=lambda: _STANDING,
    ),
)

MEMBER = RecordKind(
    "membership",
    _("Member"),
    Membership,
    number=lambda m: m.number,
    name=str,
    url=lambda m: reverse("people:member", args=[m.pk]),
    visible=_roster,
    trail=_own("people.membership"),
    related=("person", "sector"),
    columns=(
        Column("sector", _("sector"), lambda m: m.sector.name, width=10),
        Column("party", _("party"), lambda m: m.party, width=10),
        Column("since", _("since"), lambda m: m.since, "date"),
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
    trail=_own("organisations.group"),
)
ENTERPRISE = RecordKind(
    "enterprise",
    _("Enterprise"),
    Enterprise,
    number=lambda e: "",
    name=str,
    url=lambda e: reverse("enterprises:list"),
    visible=_open,
    trail=_own("organisations.enterprise"),
    columns=(
        Column("trade", _("trade"), lambda e: e.trade, width=12),
        Column("since", _("above scale since"), lambda e: e.above_scale_since, "date"),
    ),
)
SERVICE = RecordKind(
    "staff_service",
    _("Staff"),
    StaffService,
    number=lambda s: "",
    name=str,
    url=lambda s: reverse("staff:office"),
    visible=_office,
    trail=_own("people.staffservice"),
    related=("person", "post"),
    columns=(
        Column("post", _("post"), lambda s: str(s.post), width=14),
        Column("came", _("came"), lambda s: s.get_came_display(), width=12),
        Column("since", _("since"), lambda s: s.since, "date"),
        Column("left", _("left"), lambda s: s.get_left_display(), width=12),
        Column("until", _("until"), lambda s: s.until, "date"),
    ),
)

FIGURES = [
    Indicator(
        "people.members",
        _("Members"),
        MEMBERS,
        _("Members serving on the last day of the period, or today while it runs."),
        MEMBER,
        sets.serving,
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
        sets.with_account,
        sets.serving,
        _("members serving"),
        MEMBER_PARTS,
    ),
    Indicator(
        "people.groups",
        _("Groups of members"),
        GROUPS,
        _("Groups to which at least one member serving belongs."),
        GROUP,
        sets.groups,
    ),
    Indicator(
        "people.enterprises",
        _("Enterprises above scale"),
        ENTERPRISES,
        _("Enterprises above scale on the last day of the period, or today while it runs."),
        ENTERPRISE,
        sets.enterprises,
    ),
    Indicator(
        "people.enterprises_rate",
        _("Rate of enterprises with a member"),
        PERCENT,
        _(
            "Enterprises above scale of which at least one member serving is recorded, of "
            "the enterprises above scale."
        ),
        ENTERPRISE,
        sets.enterprises_with_member,
        sets.enterprises,
        _("enterprises above scale"),
    ),
    Indicator(
        "people.staff_in",
        _("Staff who came"),
        STAFF,
        _(
            "Staff who came to the office in the period: recruited, selected or "
            "transferred; a change of post within it does not count."
        ),
        SERVICE,
        sets.staff_in,
        breakdowns=(Breakdown.of_list("came", _("how they came"), "came", _choices(Came)),),
    ),
    Indicator(
        "people.staff_out",
        _("Staff who left"),
        STAFF,
        _(
            "Staff who left the office in the period, on promotion or otherwise; a change "
            "of post within it does not count."
        ),
        SERVICE,
        sets.staff_out,
        breakdowns=(Breakdown.of_list("left", _("how they left"), "left", _choices(Left)),),
    ),
]

declare(FIGURES)

from . import sayings  # noqa: E402, F401  (words for what is declared above)
