"""The sets of records that the figures of people count, each for a period, in the organisation in
scope.
"""

from __future__ import annotations

import datetime as dt

from django.db.models import Exists, OuterRef, Q, QuerySet

from yizheng.core.figures import Period

from ..models import Account, Group, Membership


def _in_force(day: dt.date) -> Q:
    return Q(since__lte=day) & (Q(until=None) | Q(until__gte=day))


def serving(period: Period) -> QuerySet[Membership]:
    """Members on the last day of the period, or today while it runs."""
    return Membership.objects.filter(_in_force(period.as_of))


def with_account(period: Period) -> QuerySet[Membership]:
    signed_in = Account.objects.filter(
        person=OuterRef("person"), is_active=True, last_login__isnull=False
    )
    return serving(period).filter(Exists(signed_in))


def groups(period: Period) -> QuerySet[Group]:
    return Group.objects.filter(
        pk__in=serving(period).filter(group__isnull=False).order_by().values("group")
    )
