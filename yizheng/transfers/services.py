"""Writes on transfers: giving an object to units to be handled."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.db.models import Model

from yizheng.core import clock
from yizheng.core.access import Actor
from yizheng.core.punctuation import shortened
from yizheng.instructions.models import Instruction
from yizheng.organisations.models import Unit
from yizheng.organisations.queries import calendar
from yizheng.organisations.services.units import require_open

from . import transfer_terms
from .flow import TRANSFER
from .models import Transfer


def answer_day(model: type[Model], today: dt.date | None = None) -> dt.date:
    """The day by which a unit answers what it is given of this kind, by the regulation; one on a
    day off moves to the next working day.
    """
    return calendar().on_or_after(_period_ends(model, today or clock.today()))


def _period_ends(model: type[Model], today: dt.date) -> dt.date:
    return today + dt.timedelta(days=transfer_terms.for_model(model).days())


@transaction.atomic
def transfer(
    obj: Any,
    units: Iterable[Unit],
    *,
    by: Actor,
    words: str = "",
    until: dt.date | None = None,
    instruction: Instruction | None = None,
) -> list[Transfer]:
    """Give the object to units to be handled. A unit that still has it is not given it twice."""
    return [_give(obj, unit, by, words, until, instruction) for unit in units]


def _give(
    obj: Any,
    unit: Unit,
    by: Actor,
    words: str,
    until: dt.date | None,
    instruction: Instruction | None,
) -> Transfer:
    require_open(unit, "units")
    ends = _period_ends(type(obj), clock.today())
    if until is not None and until != answer_day(type(obj)):
        ends = until
    made = Transfer(
        source=obj,
        instruction=instruction,
        unit=unit,
        words=words,
        sent_on=clock.today(),
        answer_period_ends_on=ends,
        answer_due_on=calendar().on_or_after(ends),
    )
    TRANSFER.begin(
        made, "transferred", by=by, detail={"unit": unit.short_name, "note": shortened(words)}
    )
    transfer_terms.of(made).transferred(made, by)
    return made
