"""Founding an organisation, its roles and who has them; the writes on its tables are in `keeping` and `units`."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Collection
from pathlib import Path

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from yizheng.core import access, audit, clock, tenancy
from yizheng.core.access import Actor
from yizheng.core.refusals import BadInput, NotNow

from .models import Committee, Organisation, Role, RoleGrant, Unit, Venue, VenueCategory
from .rules import ADMINISTRATION, clash, manage, require

ROLES = Path(__file__).with_name("roles.json")
CATEGORIES = Path(__file__).with_name("venues") / "categories.json"


@transaction.atomic
def found(*, code: str, name: str, short_name: str, region: str, parent: Organisation | None = None) -> Organisation:
    """A new organisation with its roles; an office may change them afterwards."""
    organisation = Organisation.objects.create(
        code=code, name=name, short_name=short_name, region=region, parent=parent
    )
    with tenancy.scope(organisation):
        Role.objects.bulk_create(Role(organisation=organisation, **role) for role in json.loads(ROLES.read_text(encoding="utf-8")))
        categories = json.loads(CATEGORIES.read_text(encoding="utf-8"))
        VenueCategory.objects.bulk_create(VenueCategory(organisation=organisation, **category) for category in categories)
    return organisation


def grant(
    account_id: int, role: str, *, since: dt.date, unit: Unit | None = None, committee: Committee | None = None,
    venue: Venue | None = None,
) -> RoleGrant:  # fmt: skip
    """Give an account a role of the organisation in scope."""
    row = RoleGrant(
        account_id=account_id, role=Role.objects.get(code=role), unit=unit, committee=committee, venue=venue, since=since
    )
    row.save()
    return row


def has_holder(permission: str, on: dt.date | None = None) -> bool:
    """Whether an active account holds the permission over the whole organisation that day."""
    on = on or clock.today()
    roles = [role.pk for role in Role.objects.all() if permission in role.permissions]
    grants = RoleGrant.objects.filter(
        role__in=roles, unit=None, committee=None, venue=None, account__is_active=True, since__lte=on
    )
    return grants.filter(Q(until=None) | Q(until__gte=on)).exists()


def keep_administrators(by: Actor) -> None:
    """Refuse what has just been written, inside its transaction, if it leaves the organisation without administrator.

    Counted for tomorrow too, so that a role ended today does not slip through.
    """
    if by.is_system:
        return
    days = (clock.today(), clock.today() + dt.timedelta(days=1))
    if not all(has_holder(permission, day) for permission in ADMINISTRATION for day in days):
        raise NotNow(
            _("Then nobody could administer accounts and roles any more. Give somebody else that right first.")
        )


@transaction.atomic
def save_role(
    role: Role, *, by: Actor, name: str, permissions: Collection[str], needs_second_factor: bool
) -> Role:
    """Change what a role may do, or add one. Refuses what would put two separate duties into one hand."""
    require(by, manage)
    if unknown := set(permissions) - set(access.REGISTRY):
        raise BadInput(_("There is no permission “%(name)s”.") % {"name": ", ".join(sorted(unknown))})
    if Role.objects.filter(name=name).exclude(pk=role.pk).exists():
        raise BadInput(_("There is a role of this name already."))
    before = {"name": role.name, "permissions": sorted(role.permissions)} if role.pk else {}
    role.name, role.permissions = name, sorted(permissions)
    role.needs_second_factor = needs_second_factor
    role.code = role.code or _new_role_code()
    role.save()
    _check_holders(role)
    keep_administrators(by)
    audit.record(
        "role.changed" if before else "role.added", by=by, of=role,
        detail={
            "added": sorted(set(permissions) - set(before.get("permissions", []))),
            "removed": sorted(set(before.get("permissions", [])) - set(permissions)),
            "needs_second_factor": needs_second_factor,
        },
    )  # fmt: skip
    return role


def _new_role_code() -> str:
    taken = set(Role.objects.values_list("code", flat=True))
    return next(code for number in range(1, len(taken) + 2) if (code := f"role-{number}") not in taken)


def _check_holders(role: Role) -> None:
    """The role by itself, and with whatever else its holders hold, must keep the duties apart."""
    if refusal := clash(role.permissions):
        raise NotNow(refusal)
    today = clock.today()
    current = Q(until=None) | Q(until__gte=today)
    holders = RoleGrant.objects.filter(current, role=role).values("account")
    held: dict[int, set[str]] = {}
    for grant in RoleGrant.objects.filter(current, account__in=holders).select_related("role"):
        held.setdefault(grant.account_id, set()).update(grant.role.permissions)
    for permissions in held.values():
        if refusal := clash(permissions):
            raise NotNow(refusal)
