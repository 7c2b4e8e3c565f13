"""Reads of enterprises: which are above scale, which have a member, the share."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from yizheng.core import clock
from yizheng.core.access import Actor
from yizheng.organisations.queries import in_force_on

from .models import Enterprise, EnterpriseMember
from .rules import visible_enterprises


def visible_to(actor: Actor) -> QuerySet[Enterprise]:
    return Enterprise.objects.filter(visible_enterprises(actor))


def above_scale(on: dt.date) -> Q:
    return in_force_on(on, "above_scale_")


def _people(on: dt.date) -> QuerySet[EnterpriseMember]:
    """Of members who serve on the day."""
    return EnterpriseMember.objects.filter(in_force_on(on, "membership__"))


def with_member(on: dt.date) -> Exists:
    return Exists(_people(on).filter(enterprise=OuterRef("pk")))


def filtered(
    found: QuerySet[Enterprise], wanted: Mapping[str, Any], on: dt.date
) -> QuerySet[Enterprise]:
    """`wanted`: q, unit, scale, member, state."""
    if text := wanted.get("q", "").strip():
        named = _people(on).filter(membership__person__name__icontains=text)
        found = found.filter(
            Q(name__icontains=text)
            | Q(trade__icontains=text)
            | Q(pk__in=named.values("enterprise"))
        )
    if unit := wanted.get("unit"):
        found = found.filter(unit=unit)
    if scale := wanted.get("scale"):
        found = found.filter(above_scale(on)) if scale == "yes" else found.exclude(above_scale(on))
    if member := wanted.get("member"):
        found = found.filter(with_member(on)) if member == "yes" else found.exclude(with_member(on))
    if wanted.get("state") != "all":
        found = found.filter(closed_on__isnull=wanted.get("state") != "closed")
    return found


def for_list(found: QuerySet[Enterprise], on: dt.date) -> QuerySet[Enterprise]:
    people = Prefetch("people", _people(on).select_related("membership__person"), to_attr="serving")
    return found.select_related("unit").prefetch_related(people).order_by("pk")


@dataclass(frozen=True)
class EnterpriseShare:
    """Of the enterprises above scale, how many have a member."""

    above: int
    reached: int

    @property
    def share(self) -> float | None:
        return self.reached / self.above if self.above else None


def share(actor: Actor, on: dt.date | None = None) -> EnterpriseShare:
    """Today, of those the list has as being there: what closes today has left it."""
    on = on or clock.today()
    there = Q(closed_on=None) | Q(closed_on__gt=on)
    above = visible_to(actor).filter(there, above_scale(on))
    return EnterpriseShare(above.count(), above.filter(with_member(on)).count())
