"""Writes on enterprises."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from yizheng.core import audit, clock
from yizheng.core.access import Actor
from yizheng.core.refusals import BadInput, NotAllowed, NotNow

from ..models import Enterprise, EnterpriseMember
from ..rules import keep, require

FIELDS = ("name", "unit", "trade", "above_scale_since", "above_scale_until")


def _own(enterprise: Enterprise, by: Actor) -> None:
    require(by, keep)
    if enterprise.organisation_id not in (None, by.organisation_id):
        raise NotAllowed


@transaction.atomic
def save(
    enterprise: Enterprise, values: Mapping[str, Any], members: Sequence[Any], *, by: Actor, origin: Mapping[str, Any] | None = None
) -> Enterprise:
    """An enterprise and who of it is a member; whoever is no longer named is taken off. `origin`: where a row came from."""
    _own(enterprise, by)
    if Enterprise.objects.filter(name=values["name"]).exclude(pk=enterprise.pk).exists():
        raise BadInput(_("There is an enterprise “%(name)s” already.") % {"name": values["name"]})
    since, until = values["above_scale_since"], values["above_scale_until"]
    if until and (since is None or until < since):
        raise BadInput(_("It would no longer be above scale before it was: check the two days."))
    is_new = enterprise.pk is None
    for name in FIELDS:
        setattr(enterprise, name, values[name])
    enterprise.save()
    _set_members(enterprise, members)
    detail = {"members": [str(m) for m in members], **(origin or {})}
    audit.record("enterprise.added" if is_new else "enterprise.changed", by=by, of=enterprise, detail=detail)
    return enterprise


def _set_members(enterprise: Enterprise, members: Sequence[Any]) -> None:
    wanted = {member.pk for member in members}
    enterprise.people.exclude(membership__in=wanted).delete()
    there = set(enterprise.people.values_list("membership_id", flat=True))
    for member in members:
        if member.pk not in there:
            EnterpriseMember(enterprise=enterprise, membership=member).save()


@transaction.atomic
def close(enterprise: Enterprise, *, by: Actor, on: dt.date) -> None:
    """It is no longer there; years before still count it."""
    _own(enterprise, by)
    if enterprise.closed_on:
        raise NotNow(_("%(unit)s is closed already.") % {"unit": enterprise.name})
    if on > clock.today():
        raise BadInput(_("This day has not come yet."))
    enterprise.closed_on = on
    enterprise.save(update_fields=["closed_on"])
    audit.record("enterprise.closed", by=by, of=enterprise, detail={"on": on})
