"""The sets of records that the figures of people count, each for a period, in the organisation in
scope.
"""

from __future__ import annotations

import datetime as dt

from django.db.models import Exists, OuterRef, Q, QuerySet

from yizheng.core.figures import Period
from yizheng.organisations.models import Enterprise, Group

from ..models import Account, Membership, StaffService
from ..staff.models import Came, Left

IN = (Came.RECRUITED, Came.SELECTED, Came.TRANSFERRED)


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


def enterprises(period: Period) -> QuerySet[Enterprise]:
    day = period.as_of
    above = Q(above_scale_since__lte=day) & (
        Q(above_scale_until=None) | Q(above_scale_until__gte=day)
    )
    return Enterprise.objects.filter(above & (Q(closed_on=None) | Q(closed_on__gt=day)))


def enterprises_with_member(period: Period) -> QuerySet[Enterprise]:
    return (
        enterprises(period)
        .filter(people__membership__in=serving(period).order_by().values("pk"))
        .distinct()
    )


def staff_in(period: Period) -> QuerySet[StaffService]:
    return StaffService.objects.filter(since__range=period.days, came__in=IN)


def staff_out(period: Period) -> QuerySet[StaffService]:
    return StaffService.objects.filter(until__range=period.days).exclude(
        left__in=("", Left.INTERNAL)
    )
