"""The sets of records that the figures of people count, each for a period, in the organisation in
scope.
"""

from __future__ import annotations

from django.db.models import Exists, OuterRef, QuerySet

from yizheng.core.figures import Period

from ..models import Account, Group, Membership
from ..queries import serving_on


def serving(period: Period) -> QuerySet[Membership]:
    """Members on the last day of the period, or today while it runs."""
    return serving_on(period.as_of)


def with_account(period: Period) -> QuerySet[Membership]:
    signed_in = Account.objects.filter(
        person=OuterRef("person"), is_active=True, last_login__isnull=False
    )
    return serving(period).filter(Exists(signed_in))


def groups(period: Period) -> QuerySet[Group]:
    return Group.objects.filter(
        pk__in=serving(period).filter(group__isnull=False).order_by().values("group")
    )
