"""Writes on the rules library."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from yizheng.core import clock, doors
from yizheng.core.access import Actor
from yizheng.core.files import attach
from yizheng.core.refusals import BadInput, NotNow, Wrong

from .models import RuleDocument
from .rules import KEEPERS_ONLY, keeper

FIELDS = (
    "title",
    "number",
    "meeting",
    "adopted_on",
    "in_force_from",
    "replaces",
    "subject",
    "about",
)


def save(
    rule: RuleDocument, values: Mapping[str, Any], *, by: Actor, seen: str | None = None
) -> RuleDocument:
    """A rule as it was adopted. A revision replaces one older rule, which stays readable."""
    values = dict(values)
    file = values.pop("file", None)
    with doors.saving(rule, "rule", by=by, rule=keeper, seen=seen, stranger=KEEPERS_ONLY) as edit:
        wrong_in(rule, values).refuse()
        edit.put(values, FIELDS)
        if file:
            edit.save()
            attach(file, file.name, to=edit.row, by=by)
            edit.note(file=file.name)
    return rule


def wrong_in(rule: RuleDocument, values: Mapping[str, Any]) -> Wrong:
    """Of what is there of the values."""
    number, adopted, wrong = values.get("number"), values.get("adopted_on"), Wrong()
    begins = values.get("in_force_from")
    wrong.when(adopted and not clock.has_come(adopted), clock.NOT_YET, "adopted_on")
    wrong.when(
        adopted and begins and begins < adopted,
        _("It cannot be in force before it was adopted."),
        "in_force_from",
    )
    same = RuleDocument.objects.filter(number=number).exclude(pk=rule.pk)
    wrong.when(
        number and same.exists(),
        _("There is a paper of the number “%(number)s” already.") % {"number": number},
        "number",
    )
    if (older := values.get("replaces")) is not None:
        wrong.when(
            older.pk == rule.pk or (adopted and older.adopted_on > adopted),
            _("A revision replaces an older rule: check which one it revises."),
            "replaces",
        )
        wrong.when(
            RuleDocument.objects.filter(replaces=older).exclude(pk=rule.pk).exists(),
            _("“%(title)s” was revised already: choose its newest text.") % {"title": older.title},
            "replaces",
        )
    return wrong


def repeal(
    rule: RuleDocument, *, by: Actor, on: dt.date, meeting: str, seen: str | None = None
) -> None:
    """It no longer holds, from the day on, by a meeting."""
    with doors.editing(
        rule, "rule.repealed", by=by, rule=keeper, seen=seen, stranger=KEEPERS_ONLY
    ) as edit:
        there = edit.row
        if there.repealed_on:
            raise NotNow(_("“%(title)s” is repealed already.") % {"title": there.title})
        if on < there.in_force_from:
            raise BadInput(
                _("It is in force from %(day)s; it cannot be repealed before.")
                % {"day": there.in_force_from},
                field="on",
            )
        there.repealed_on, there.repealed_by = on, meeting
