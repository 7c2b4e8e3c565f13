"""Grants of roles, over the organisation or at a place in it: where one holds, how it ends."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.db.models import ProtectedError, QuerySet
from django.db.models.signals import pre_delete
from django.utils.translation import gettext_lazy as _

from yizheng.core import clock, doors
from yizheng.core.access import Actor, Rule
from yizheng.core.refusals import BadInput, NotNow

from . import places
from .models import Named, Role, RoleGrant
from .queries import longer_than


def members_own() -> list[Role]:
    """The roles that whoever is a member holds."""
    return list(Role.objects.filter(is_members=True).order_by("pk"))


def register(kind: places.PlaceKind) -> None:
    """From now on roles can be given at places of this kind."""
    if places.KINDS.setdefault(kind.code, kind) is not kind:
        raise ValueError(f"two kinds of place are named {kind.code}")
    pre_delete.connect(_stays_while_held, sender=kind.model, dispatch_uid=f"place {kind.code}")


def _stays_while_held(instance: Named, **_rest: Any) -> None:
    """What a foreign key would see to, if grants had one for each kind."""
    held = RoleGrant.everywhere.filter(**places.columns(instance))
    if held.exists():
        raise ProtectedError(f"somebody holds a role at {instance}", set(held))


def at(place: Named) -> QuerySet[RoleGrant]:
    """The grants that hold at just this place."""
    return RoleGrant.objects.filter(**places.columns(place))


def everywhere() -> QuerySet[RoleGrant]:
    """The grants that hold over the whole organisation."""
    return RoleGrant.objects.filter(**places.columns(None))


def check_place(role: Role, place: Named | None) -> None:
    """Raises BadInput unless the role may hold there, at a place that is not closed."""
    if not places.fits(role.place, place):
        raise BadInput(places.KINDS[role.place].needs % {"role": role.name}, field=role.place)
    if place is not None and getattr(place, "closed_on", None):
        kind = places.columns(place)["place_kind"]
        raise BadInput(_("%(unit)s is closed.") % {"unit": place.name}, field=kind)


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
