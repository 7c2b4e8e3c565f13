"""What a member was on a day: sector, committee, group, party, post and standing of that time."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import models
from django.db.models import Case, Exists, F, OuterRef, QuerySet, Subquery, When
from django.db.models.expressions import Combinable

from yizheng.core.dated import holding

from .models import PARTY_COMMUNIST, Membership, SeatPeriod
from .queries import serving_on

OF_PERIOD = ("sector", "committee", "group", "party", "post", "is_standing")
"""What of a seat changes with time, in columns of the same name."""
KEYS = frozenset({"sector", "committee", "group"})
"""Those that are asked for by the number of a row."""
COLUMNS = tuple(f"{name}_id" if name in KEYS else name for name in OF_PERIOD)
"""The same, without asking for the rows behind the numbers."""


def was(field: str, day: Any, of: str = "") -> Case:
    """What stood in a field of the seat on the day, for a query. `day` is a date, or `OuterRef` of
    a column; `of`: how the seat is reached from the rows that are asked for, such as "proposer".
    """
    then = SeatPeriod.everywhere.filter(holding(day), membership=OuterRef(of or "pk"))
    now = F(f"{of}__{field}" if of else field)
    return Case(
        When(Exists(then), then=Subquery(then.values(field)[:1])),
        default=now,
        output_field=models.BigIntegerField() if field in KEYS else None,
    )


def standing_on(day: dt.date) -> QuerySet[Membership]:
    """The Standing Committee as it was that day."""
    return serving_on(day).alias(stood=was("is_standing", day)).filter(stood=True)


def with_party(records: QuerySet[Any], day: Combinable, of: str) -> QuerySet[Any]:
    """Each with `party_then`, the party its member had on the day of the record."""
    dated = records.annotate(day_then=day)
    found: QuerySet[Any] = dated.annotate(party_then=was("party", OuterRef("day_then"), of))
    return found


def with_sector(records: QuerySet[Any], day: Combinable, of: str) -> QuerySet[Any]:
    """Each with `sector_then`, the name of the sector its member had on the day of the record."""
    dated = records.annotate(day_then=day)
    found: QuerySet[Any] = dated.annotate(sector_then=was("sector__name", OuterRef("day_then"), of))
    return found


def of_nonparty(records: QuerySet[Any], day: Combinable, of: str) -> QuerySet[Any]:
    """Those of members who were not of the Communist Party on the day of the record."""
    found: QuerySet[Any] = with_party(records, day, of).exclude(party_then=PARTY_COMMUNIST)
    return found


def seat_on(member: Membership, day: dt.date | None) -> Membership | SeatPeriod:
    """The seat as it was on the day, with the same fields; without a day as it is now."""
    periods = member.periods.all() if day else ()
    return next((each for each in periods if day and each.holds(day)), member)
