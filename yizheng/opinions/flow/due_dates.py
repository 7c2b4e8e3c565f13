"""Due dates of the opinion flows, counted by the regulation in force."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from django.utils import timezone

from yizheng.core import clock
from yizheng.core.flow import FlowRow
from yizheng.organisations.queries import calendar

from .. import parameters
from ..enums import Urgency
from ..models import Opinion


def rules_of(on: dt.date | None = None) -> parameters.OpinionParameters:
    return parameters.in_force(on or clock.today())


def days(field: str) -> Callable[[Opinion], dt.date]:
    """When an opinion is to have left its state by that deadline."""
    return lambda opinion: counted(field, opinion, opinion)


def counted(field: str, opinion: Opinion, waiting: FlowRow) -> dt.date:
    """Since what waits is in its state, the working days that the regulation gave that day under
    that deadline; what is urgent gets the urgent ones where they are fewer.
    """
    since = timezone.localdate(waiting.state_since)
    deadlines = rules_of(since).deadlines
    given: int = getattr(deadlines, field)
    if opinion.urgency != Urgency.ORDINARY:
        given = min(given, deadlines.urgent_days)
    return calendar().add_working_days(since, given)
