"""The sets of records that the figures of people count, each for a period, in the organisation in
scope.
"""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from yizheng.core.figures import Period

from ..models import Account, Group, Membership
from ..queries import serving_on
from ..seats import was


def serving(period: Period) -> QuerySet[Any]:
    """Members on the last day of the period, or today while it runs, with what they were then."""
    day = period.as_of
    then = {f"{field}_then": was(field, day) for field in ("sector", "party", "group")}
    found: QuerySet[Any] = serving_on(day).annotate(**then, standing_then=was("is_standing", day))
    return found


def with_account(period: Period) -> QuerySet[Membership]:
    signed_in = Account.objects.filter(
        person=OuterRef("person"), is_active=True, last_login__isnull=False
    )
    return serving(period).filter(Exists(signed_in))


def groups(period: Period) -> QuerySet[Group]:
    return Group.objects.filter(
        pk__in=serving(period).filter(group_then__isnull=False).order_by().values("group_then")
    )
