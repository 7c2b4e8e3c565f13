"""Roles over the committee or a part of it: where one holds, and how it ends.

Who has none is told by nobody else.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from yizheng.core import clock, doors
from yizheng.core.access import Actor, Rule
from yizheng.core.refusals import BadInput, NotNow

from .models import Committee, Role, RoleGrant, Unit, Venue

Place = Unit | Committee | Venue


def running(on: dt.date) -> Q:
    """Grants that have not ended before the day, also those that begin later."""
    return Q(until=None) | Q(until__gte=on)


def members_own() -> list[Role]:
    """The roles that whoever is a member holds."""
    return list(Role.objects.filter(is_members=True).order_by("pk"))


def check_place(role: Role, *places: Place | None) -> None:
    """Raises BadInput unless the role may hold there, over one place at most that is not closed."""
    given = [place for place in places if place is not None]
    if len(given) > 1:
        raise BadInput(
            _("A role reaches over one unit, one committee or one venue, not several."),
            field="unit",
        )
    if not fits(role, given[0] if given else None):
        raise BadInput(NEEDS[role.place] % {"role": role.name}, field=role.place)
    for place in given:
        if getattr(place, "closed_on", None):
            raise BadInput(_("%(unit)s is closed.") % {"unit": place.name}, field="unit")


_KINDS = {
    Role.Place.UNIT.value: Unit,
    Role.Place.COMMITTEE.value: Committee,
    Role.Place.VENUE.value: Venue,
}
NEEDS = {
    Role.Place.UNIT.value: _("“%(role)s” is a role at a unit: choose the unit."),
    Role.Place.COMMITTEE.value: _(
        "“%(role)s” is a role at a special committee: choose the committee."
    ),
    Role.Place.VENUE.value: _("“%(role)s” is a role at a venue: choose the venue."),
}


def fits(role: Role, place: Place | None) -> bool:
    return role.place not in _KINDS or isinstance(place, _KINDS[role.place])


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
    """With that day, whatever of these runs longer: their unit or venue is closed, their membership
    has ended.
    """
    for grant in grants.filter(Q(until=None) | Q(until__gt=last)).select_related(
        "account__person", "role", "unit", "committee", "venue"
    ):
        end(grant, by=by, last=last, rule=None)
