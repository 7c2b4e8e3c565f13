"""Writes on roles: what each may do, and that somebody always administers them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from django.utils.translation import gettext_lazy as _

from yizheng.core import access, clock, doors
from yizheng.core.access import Actor
from yizheng.core.refusals import NotNow, Wrong

from .. import grants as role_grants
from .. import places
from ..models import Organisation, Role, RoleGrant
from ..queries import in_force_on, not_ended
from ..rules import ADMINISTRATION, clash, manage


def has_holder(permission: str, on: dt.date | None = None) -> bool:
    """Whether an active account holds the permission over the whole organisation that day."""
    on = on or clock.today()
    roles = [role.pk for role in Role.objects.all() if permission in role.permissions]
    grants = role_grants.everywhere().filter(
        in_force_on(on), role__in=roles, account__is_active=True
    )
    return grants.exists()


def keep_administrators(by: Actor, field: str = "") -> None:
    """Refuse what has just been written, inside its transaction, if it leaves the organisation
    without administrator.

    Counted for tomorrow too, so that a role ended today does not slip through; and one after the
    other, so that two who take each other's right away do not both find that one is left.
    """
    if by.is_system:
        return
    one_at_a_time(by)
    days = (clock.today(), clock.today() + dt.timedelta(days=1))
    if not all(has_holder(permission, day) for permission in ADMINISTRATION for day in days):
        raise NotNow(
            _(
                "Then nobody could administer accounts and roles any more. Give somebody "
                "else that right first."
            ),
            field=field,
        )


def one_at_a_time(by: Actor) -> None:
    """What is counted over a whole table (who holds what, one of a name, one person once) is
    settled by one after the other: the second counts what the first has written.

    Locked last, after role, place and account, so that nobody waits crosswise.
    """
    Organisation.objects.select_for_update(no_key=True).get(pk=by.organisation_id)


def administrators_role() -> Role:
    """The first role that administers accounts and everything else: whoever begins a new house gets
    it.
    """
    return next(
        role for role in Role.objects.order_by("pk") if set(role.permissions) >= ADMINISTRATION
    )


def save_role(
    role: Role,
    *,
    by: Actor,
    name: str,
    permissions: Collection[str],
    needs_second_factor: bool,
    place: str | None = None,
    is_members: bool | None = None,
    seen: str | None = None,
) -> Role:
    """Change what a role may do, where it holds and whose it is, or add one.

    What is not said stays. Refuses what would put two separate duties into one hand, and a place
    that does not fit those who hold it.
    """
    values = {
        "name": name,
        "permissions": sorted(permissions),
        "needs_second_factor": needs_second_factor,
    }
    said = {
        key: value
        for key, value in (("place", place or None), ("is_members", is_members))
        if value is not None
    }
    with doors.saving(role, "role", by=by, rule=manage, seen=seen) as edit:
        before, row = set(edit.row.permissions), edit.row
        edit.put(values | said)
        one_at_a_time(by)
        _check_role(row)
        row.code = row.code or _new_role_code()
        edit.save()
        _check_holders(row)
        keep_administrators(by, "permissions")
        if before != set(permissions):
            edit.note(
                added=sorted(set(permissions) - before), removed=sorted(before - set(permissions))
            )
    return role


def _check_role(role: Role) -> None:
    unknown = set(role.permissions) - set(access.REGISTRY)
    wrong = Wrong()
    wrong.when(
        unknown,
        _("There is no permission “%(name)s”.") % {"name": ", ".join(sorted(unknown))},
        "permissions",
    )
    wrong.when(
        Role.objects.filter(name=role.name).exclude(pk=role.pk).exists(),
        _("There is a role of this name already."),
        "name",
    )
    wrong.when(
        role.is_members and not role.is_anywhere,
        _("What is the members' own holds over the whole organisation, not at one place of it."),
        "place",
    )
    wrong.refuse()


def _new_role_code() -> str:
    taken = set(Role.objects.values_list("code", flat=True))
    return next(
        code for number in range(1, len(taken) + 2) if (code := f"role-{number}") not in taken
    )


def _check_holders(role: Role) -> None:
    """The role by itself, and with whatever else its holders hold, must keep the duties apart; and
    hold where they are.
    """
    if refusal := clash(role.permissions):
        raise NotNow(refusal, field="permissions")
    current = not_ended(clock.today())
    own = RoleGrant.objects.filter(current, role=role)
    if elsewhere := [
        grant
        for grant in places.load(own.select_related("account"))
        if not places.fits(role.place, grant.place)
    ]:
        raise NotNow(
            _("%(name)s holds this role elsewhere. End that first.")
            % {"name": elsewhere[0].account},
            field="place",
        )
    held: dict[int, set[str]] = {}
    for grant in RoleGrant.objects.filter(
        current, account__in=own.values("account")
    ).select_related("role"):
        held.setdefault(grant.account_id, set()).update(grant.role.permissions)
    for permissions in held.values():
        if refusal := clash(permissions):
            raise NotNow(refusal, field="permissions")
