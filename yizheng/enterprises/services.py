"""Writes on enterprises."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from yizheng.core import clock, doors
from yizheng.core.access import Actor
from yizheng.core.refusals import NotNow, Wrong
from yizheng.organisations.rules import keep

from .models import Enterprise, EnterpriseMember

FIELDS = ("name", "unit", "trade", "above_scale_since", "above_scale_until")


def save(
    enterprise: Enterprise,
    values: Mapping[str, Any],
    members: Sequence[Any],
    *,
    by: Actor,
    origin: Mapping[str, Any] | None = None,
    seen: str | None = None,
) -> Enterprise:
    """An enterprise and who of it is a member; whoever is no longer named is taken off.

    `origin`: where a row came from.
    """
    with doors.saving(enterprise, "enterprise", by=by, rule=keep, seen=seen) as edit:
        wrong_in(enterprise, values).refuse()
        edit.put(values, FIELDS)
        edit.save()
        if _set_members(edit.row, members):
            edit.note(members=[str(m) for m in members])
        if origin:
            edit.note(**origin)
    return enterprise


def wrong_in(enterprise: Enterprise, values: Mapping[str, Any]) -> Wrong:
    """Of what is there of the values."""
    name, wrong = values.get("name"), Wrong()
    known = Enterprise.objects.filter(name=name).exclude(pk=enterprise.pk)
    wrong.when(
        name and known.exists(),
        _("There is an enterprise “%(name)s” already.") % {"name": name},
        "name",
    )
    if "above_scale_since" in values and (until := values.get("above_scale_until")):
        since = values["above_scale_since"]
        wrong.when(
            since is None or until < since,
            _("It would no longer be above scale before it was: check the two days."),
            "above_scale_until",
        )
    return wrong


def _set_members(enterprise: Enterprise, members: Sequence[Any]) -> bool:
    """Answers whether it changed."""
    wanted = {member.pk: member for member in members}
    there = set(enterprise.people.values_list("membership_id", flat=True))
    enterprise.people.exclude(membership__in=wanted).delete()
    for member in (member for pk, member in wanted.items() if pk not in there):
        EnterpriseMember(enterprise=enterprise, membership=member).save()
    return there != wanted.keys()


def close(enterprise: Enterprise, *, by: Actor, on: dt.date, seen: str | None = None) -> None:
    """It is no longer there; years before still count it."""
    with doors.editing(enterprise, "enterprise.closed", by=by, rule=keep, seen=seen) as edit:
        if edit.row.closed_on:
            raise NotNow(_("%(name)s is not there any more.") % {"name": edit.row.name})
        clock.require_come(on, field="on")
        edit.row.closed_on = on
