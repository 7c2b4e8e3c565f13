"""Due dates of the opinion flows, counted by the regulation in force."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from yizheng.core import clock
from yizheng.organisations.queries import calendar

from .. import parameters
from ..enums import Urgency
from ..models import Opinion


def rules_of(on: dt.date | None = None) -> parameters.OpinionParameters:
    return parameters.in_force(on or clock.today())


def days(field: str) -> Callable[[Opinion], dt.date]:
    """Today and the working days under that deadline; what is urgent gets the urgent ones where
    they are fewer.
    """

    def due(opinion: Opinion) -> dt.date:
        deadlines = rules_of().deadlines
        given: int = getattr(deadlines, field)
        if opinion.urgency != Urgency.ORDINARY:
            given = min(given, deadlines.urgent_days)
        return calendar().add_working_days(clock.today(), given)

    return due
