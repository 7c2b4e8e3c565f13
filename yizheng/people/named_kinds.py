"""Named things of people under the settings: sectors, groups, parties and bodies, and the members
of each.
"""

from __future__ import annotations

from typing import Any

from django.db.models import Count, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from yizheng.core import clock
from yizheng.organisations.named_kinds import NamedColumn, NamedKind, register, show
from yizheng.organisations.queries import in_force_on

from .forms.groups import CollectiveForm, GroupForm, SectorForm
from .models import Collective, Group, Sector
from .rules import reads_roster


def _counted(rows: QuerySet[Any]) -> QuerySet[Any]:
    serving = Count("memberships", filter=in_force_on(clock.today(), "memberships__"))
    found: QuerySet[Any] = rows.annotate(members=serving)
    return found


def _members(key: str) -> NamedColumn:
    """How many belong to it, leading to the roster, which filters by `key`."""
    return NamedColumn(
        _("Members"),
        lambda row: row.members,
        url=lambda row: f"{reverse('people:members')}?{key}={row.pk}",
        read_by=reads_roster,
        prepare=_counted,
        counts=True,
    )


def _person(name: str, label: Any) -> NamedColumn:
    return NamedColumn(
        label,
        lambda row: getattr(row, name) or "—",
        prepare=lambda rows: rows.select_related(f"{name}__person"),
    )


SECTORS = NamedKind(
    "sectors",
    Sector,
    10,
    _("Sectors"),
    _("By which members are seated."),
    _("Add a sector"),
    _("Members are seated by sector; add those of your committee."),
    lambda: SectorForm,
    [_members("sector"), _person("convener", _("Convener"))],
)
GROUPS = NamedKind(
    "groups",
    Group,
    30,
    _("Groups of members"),
    _("Which may propose during the session."),
    _("Add a group"),
    _("Groups may propose during the session."),
    lambda: GroupForm,
    [_members("group"), _person("convener", _("Convener"))],
)
COLLECTIVES = NamedKind(
    "collectives",
    Collective,
    40,
    _("Parties and bodies"),
    _("Which may propose in their own name."),
    _("Add a party or body"),
    _("They may propose in their own name."),
    lambda: CollectiveForm,
    [NamedColumn(_("Kind"), lambda row: row.get_kind_display()), _person("contact", _("Contact"))],
)


def add() -> None:
    for kind in (SECTORS, GROUPS, COLLECTIVES):
        register(kind)
    show("committees", _members("committee"))
