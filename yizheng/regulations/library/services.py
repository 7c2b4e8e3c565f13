"""Writes on the rules library."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from yizheng.core import audit, clock
from yizheng.core.access import Actor
from yizheng.core.files import attach
from yizheng.core.refusals import BadInput, NotAllowed, NotNow

from .. import rules
from .models import RuleDocument

FIELDS = ("title", "number", "meeting", "adopted_on", "in_force_from", "replaces", "subject", "about")


def require(by: Actor, rule: RuleDocument | None = None) -> None:
    if not rules.reads_drafts(by):
        raise NotAllowed(_("The rules library is kept by whoever drafts or adopts regulations."))
    if rule is not None and rule.organisation_id not in (None, by.organisation_id):
        raise NotAllowed


@transaction.atomic
def save(rule: RuleDocument, values: Mapping[str, Any], *, by: Actor) -> RuleDocument:
    """A rule as it was adopted. A revision replaces one older rule, which stays readable."""
    require(by, rule)
    values = dict(values)
    file = values.pop("file", None)
    _check(rule, values)
    is_new = rule.pk is None
    for name in FIELDS:
        setattr(rule, name, values[name])
    rule.save()
    if file:
        attach(file, file.name, to=rule, by=by)
    audit.record("rule.added" if is_new else "rule.changed", by=by, of=rule, detail={"adopted_on": rule.adopted_on, "meeting": rule.meeting})
    return rule


def _check(rule: RuleDocument, values: Mapping[str, Any]) -> None:
    if values["adopted_on"] > clock.today():
        raise BadInput(_("This day has not come yet."))
    if values["in_force_from"] < values["adopted_on"]:
        raise BadInput(_("It cannot be in force before it was adopted."))
    if values["number"] and RuleDocument.objects.filter(number=values["number"]).exclude(pk=rule.pk).exists():
        raise BadInput(_("There is a paper of the number “%(number)s” already.") % {"number": values["number"]})
    older = values["replaces"]
    if older is None:
        return
    if older.pk == rule.pk or older.adopted_on > values["adopted_on"]:
        raise BadInput(_("A revision replaces an older rule: check which one it revises."))
    if RuleDocument.objects.filter(replaces=older).exclude(pk=rule.pk).exists():
        raise BadInput(_("“%(title)s” was revised already: choose its newest text.") % {"title": older.title})


@transaction.atomic
def repeal(rule: RuleDocument, *, by: Actor, on: dt.date, meeting: str) -> None:
    """It no longer holds, from the day on, by a meeting."""
    require(by, rule)
    if rule.repealed_on:
        raise NotNow(_("“%(title)s” is repealed already.") % {"title": rule.title})
    if on < rule.in_force_from:
        raise BadInput(_("It is in force from %(day)s; it cannot be repealed before.") % {"day": rule.in_force_from})
    rule.repealed_on, rule.repealed_by = on, meeting
    rule.save(update_fields=["repealed_on", "repealed_by"])
    audit.record("rule.repealed", by=by, of=rule, detail={"on": on, "by": meeting})
