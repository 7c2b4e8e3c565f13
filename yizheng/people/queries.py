"""Reads of people, and the actor behind a request."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Q, QuerySet

from yizheng.core import audit, clock
from yizheng.core.access import NOTHING, REGISTRY, Actor, Reach
from yizheng.organisations.models import Role, RoleGrant

from .models import Account, Membership, Person
from .rules import keep_roster, manage_accounts, read_roster


def grants_of(account: Account, on: dt.date | None = None) -> list[RoleGrant]:
    """The roles the account has today."""
    on = on or clock.today()
    rows = RoleGrant.everywhere.filter(account=account, organisation_id=account.organisation_id)
    return [grant for grant in rows.select_related("role", "unit", "venue") if grant.in_force(on)]


def actor_of(
    account: Account, address: str = "", on: dt.date | None = None, grants: list[RoleGrant] | None = None
) -> Actor:
    """What the account may do in its organisation today: two queries."""
    on = on or clock.today()
    grants = grants_of(account, on) if grants is None else grants
    memberships = Membership.everywhere.filter(person_id=account.person_id).select_related("sector")
    serving = [m for m in memberships if m.since <= on and (m.until is None or on <= m.until)]
    return Actor(
        organisation_id=account.organisation_id,
        name=account.person.name,
        account_id=account.pk,
        membership_ids=frozenset(m.pk for m in serving),
        grants=_reaches(grants),
        place=_place(grants, serving),
        address=address,
        role_codes=frozenset(grant.role.code for grant in grants),
    )


def _reaches(grants: Iterable[RoleGrant]) -> dict[str, Reach]:
    reaches: dict[str, Reach] = {}
    for grant in grants:
        reach = Reach(
            everywhere=not (grant.unit_id or grant.committee_id or grant.venue_id),
            committees=frozenset({grant.committee_id} if grant.committee_id else ()),
            units=frozenset({grant.unit_id} if grant.unit_id else ()),
            venues=frozenset({grant.venue_id} if grant.venue_id else ()),
        )
        for permission in grant.role.permissions:
            reaches[permission] = reaches.get(permission, Reach()) | reach
    return reaches


def _place(grants: list[RoleGrant], serving: list[Membership]) -> str:
    """Where the account stands, in one word: its unit or venue, its role, or its sector."""
    for grant in grants:
        if grant.unit:
            return grant.unit.short_name
        if grant.venue:
            return grant.venue.name
    for grant in grants:
        if grant.role.code != "member":
            return grant.role.name
    return serving[0].sector.name if serving else ""


def members_visible_to(actor: Actor) -> QuerySet[Membership]:
    """The roster: the office reads it whole, members find each other to co-sign."""
    sees = actor.membership_ids or (read_roster | keep_roster).allows(actor, None)
    visible = Q() if sees else NOTHING
    return Membership.objects.filter(visible).select_related("person", "sector", "committee", "group", "term")


def accounts_of(membership_ids: Iterable[int]) -> list[int]:
    """Ids of the accounts of these members."""
    return list(
        Account.objects.filter(is_active=True, person__memberships__in=membership_ids).values_list("pk", flat=True)
    )


def accounts_at_unit(unit_id: int, permission: str) -> list[int]:
    """Ids of the accounts that hold the permission at the unit today."""
    return _holders(RoleGrant.objects.filter(unit_id=unit_id), permission)


def accounts_at_venue(venue_id: int, permission: str) -> list[int]:
    """Ids of the accounts that hold the permission at the venue today."""
    return _holders(RoleGrant.objects.filter(venue_id=venue_id), permission)


def accounts_holding(permission: str) -> list[int]:
    """Ids of the accounts that hold the permission over the whole organisation today."""
    return _holders(RoleGrant.objects.filter(unit=None, committee=None, venue=None), permission)


def _holders(grants: QuerySet[RoleGrant], permission: str) -> list[int]:
    today = clock.today()
    rows = grants.filter(account__is_active=True).select_related("role")
    return [grant.account_id for grant in rows if permission in grant.role.permissions and grant.in_force(today)]


def accounts_visible_to(actor: Actor) -> QuerySet[Account]:
    """The accounts of the actor's organisation, for those who keep them."""
    if not manage_accounts.allows(actor, None):
        return Account.objects.none()
    return Account.objects.filter(organisation_id=actor.organisation_id).select_related("person")


def found_accounts(actor: Actor, wanted: Mapping[str, Any]) -> QuerySet[Account]:
    """Accounts by search words, role, unit and state; people with a role that has ended there are not found by it."""
    found = accounts_visible_to(actor).order_by("-is_active", "person__name", "pk")
    if text := wanted.get("q", "").strip():
        found = found.filter(Q(person__name__icontains=text) | Q(username__icontains=text) | Q(phone__contains=text))
    for key in ("role", "unit"):
        if wanted.get(key):
            today = clock.today()
            current = RoleGrant.objects.filter(Q(until=None) | Q(until__gte=today), **{key: wanted[key]})
            found = found.filter(pk__in=current.values("account"))
    if wanted.get("active"):
        found = found.filter(is_active=wanted["active"] == "yes")
    return found


def found_members(actor: Actor, wanted: Mapping[str, Any]) -> QuerySet[Membership]:
    """The roster by search words and by every place a member can have; without a state only those who serve now."""
    found = members_visible_to(actor).order_by("sector", "-is_standing", "pk")
    if text := wanted.get("q", "").strip():
        found = found.filter(
            Q(person__name__icontains=text) | Q(person__employer__icontains=text) | Q(number__icontains=text)
        )
    for key in ("term", "sector", "committee", "group", "party"):
        if wanted.get(key):
            found = found.filter(**{key: wanted[key]})
    if wanted.get("standing"):
        found = found.filter(is_standing=wanted["standing"] == "yes")
    today, state = clock.today(), wanted.get("state") or "serving"
    serving = Q(since__lte=today) & (Q(until=None) | Q(until__gte=today))
    return found if state == "all" else found.filter(serving if state == "serving" else Q(until__lt=today))


def parties() -> list[str]:
    return list(Membership.objects.order_by("party").values_list("party", flat=True).distinct())


def account_named(text: str) -> Account | None:
    """Whose account is meant by a sign-in name or a phone number."""
    if not text:
        return None
    found = Account.objects.filter(Q(username=text) | Q(phone=text)).select_related("person")
    return min(found, key=lambda account: account.username != text, default=None)


def own_record(account: Account) -> dict[str, Any]:
    """What is kept about the account's person, to be handed out to that person."""
    person = account.person
    return {
        "name": person.name,
        "sex": person.sex,
        "phone": person.phone,
        "employer": person.employer,
        "account": {
            "sign_in_name": account.username,
            "sign_in_phone": account.phone,
            "opened_at": account.created_at,
            "last_sign_in": account.last_login,
            "language": account.language,
            "large_type": account.elder_mode,
        },
        "memberships": [_membership_record(member) for member in _memberships_of(person)],
        "roles": [
            {"role": grant.role.name, "at": str(grant.place or ""), "since": grant.since, "until": grant.until}
            for grant in RoleGrant.objects.filter(account=account).select_related("role", "unit", "committee", "venue")
        ],
        "sign_ins_and_changes": [
            {"at": entry.at, "action": entry.action, "address": entry.address} for entry in audit.history(account)
        ],
    }


def _memberships_of(person: Person) -> QuerySet[Membership]:
    return person.memberships.select_related("term", "sector", "committee", "group").order_by("-since")


def _membership_record(member: Membership) -> dict[str, Any]:
    return {
        "term": str(member.term),
        "sector": member.sector.name,
        "committee": member.committee.name if member.committee else "",
        "group": member.group.name if member.group else "",
        "party": member.party,
        "post": member.post,
        "standing": member.is_standing,
        "since": member.since,
        "until": member.until,
        "ended_because": member.get_end_reason_display(),
        "ended_by_record": member.end_record,
    }


def permission_words(role: Role) -> list[str]:
    """What a role may do, in words."""
    return [str(REGISTRY[code]) for code in role.permissions if code in REGISTRY]
