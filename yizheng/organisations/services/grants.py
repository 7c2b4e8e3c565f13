"""The end of grants of roles."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from yizheng.core import clock, doors
from yizheng.core.access import Actor, Rule
from yizheng.core.refusals import NotNow

from .. import places
from ..models import RoleGrant
from ..queries import longer_than


def end(
    grant: RoleGrant,
    *,
    by: Actor,
    last: dt.date,
    rule: Rule | None,
    seen: str | None = None,
    check: Callable[[], None] | None = None,
) -> None:
    """The role holds for the last time on that day; one that never held is taken back altogether.

    It is told of the account. Without a rule it follows from the end of something else.
    """
    with doors.editing(
        grant.account, "account.role_ended", by=by, rule=rule, also=(grant,), touches=False
    ) as edit:
        if seen not in (None, doors.mark(grant)):
            raise doors.stale(edit.row)
        if rule is not None and grant.until is not None and grant.until < clock.today():
            raise NotNow(_("This role has ended already."))
        edit.note(role=grant.role.name, at=str(grant.place or ""), last_day=last)
        if last < grant.since:
            grant.delete()
        else:
            grant.until = last
            grant.save()
        if check:
            check()


def end_all(grants: QuerySet[RoleGrant], *, by: Actor, last: dt.date) -> None:
    """With that day, whatever of these runs longer: their place is closed, or what their holders
    had them for has ended.
    """
    longer = grants.filter(longer_than(last)).select_related("account", "role")
    for grant in places.load(longer):
        end(grant, by=by, last=last, rule=None)
