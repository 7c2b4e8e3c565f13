"""Writes on promises made by others' steps."""

from __future__ import annotations

import datetime as dt

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model

from yizheng.core import numbering
from yizheng.core.access import Actor, system
from yizheng.core.sources import Ending
from yizheng.organisations.models import Unit

from .flow import PROMISE
from .models import Promise


def replace_open(source: Model, unit: Unit, *, by: Actor) -> None:
    """A later answer of the unit takes the place of what it promised on the source before."""
    earlier = Promise.objects.filter(
        content_type=ContentType.objects.get_for_model(source),
        object_id=source.pk,
        unit=unit,
        state__in=PROMISE.steps["replace"].sources,
    )
    for old in earlier:
        PROMISE.perform("replace", old, by=system(by.organisation_id))


def promise(
    *,
    source: Model,
    unit: Unit,
    text: str,
    section: str,
    promised_for: dt.date | None,
    pattern: str,
    by: Actor,
    on: dt.date,
    source_label: str,
    source_url: str,
) -> Promise:
    """A unit promises something by a day.

    An earlier promise of the same unit on the same source is replaced.
    """
    if promised_for is None:
        raise ValueError("a promise has a date")
    # Drawn first: whoever holds the series then waits for the audit chain, never the other way
    # round.
    number = numbering.next_number(f"promise-{on.year}", pattern, year=on.year)
    replace_open(source, unit, by=by)
    made = Promise(
        content_type=ContentType.objects.get_for_model(source),
        object_id=source.pk,
        source_label=source_label[:200],
        source_url=source_url,
        number=number,
        unit=unit,
        text=text,
        section=section,
        promised_for=promised_for,
        made_on=on,
    )
    return PROMISE.begin(made, "promised", by=by)


def void_with(model: type[Model], ending: Ending) -> None:
    """Promises made in answer to objects of a kind are void when what these stand under comes to
    such an end; said at start-up.
    """
    PROMISE.ends_with(ending.of(model, Promise, "void"))
