"""Reads of people, and the actor behind a request."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from yizheng.core import audit, clock
from yizheng.core.access import NOTHING, REGISTRY, Actor, Reach
from yizheng.core.prepared_queries import PreparedObjects, PreparedQuery
from yizheng.organisations import places
from yizheng.organisations.models import Role, RoleGrant
from yizheng.organisations.queries import in_force_on, not_ended
from yizheng.organisations.rules import COMMITTEE, UNIT

from .models import Account, Membership, Person
from .rules import keep_roster, manage_accounts, read_roster


def grants_of(account: Account, on: dt.date | None = None) -> list[RoleGrant]:
    """The roles the account has today."""
    on = on or clock.today()
    rows = RoleGrant.everywhere.filter(account=account, organisation_id=account.organisation_id)
    return places.load(grant for grant in rows.select_related("role") if grant.in_force(on))


# Who asks: every request begins with these three queries ------------------------------------------


_ACCOUNT = PreparedObjects(
    Account,
    lambda account: Account.objects.filter(pk=account, is_active=True),
    "person",
    "organisation",
)
_HELD = PreparedQuery(
    lambda account, organisation: (
        RoleGrant.everywhere.filter(account=account, organisation=organisation)
        .order_by("pk")
        .values_list(
            "role__is_members",
            "role__name",
            "role__permissions",
            "role__needs_second_factor",
            "place_kind",
            "place_id",
            places.called(),
            "since",
            "until",
        )
    ),
    ids=2,
)
_SERVED = PreparedQuery(
    lambda person: (
        Membership.everywhere.filter(person=person)
        .order_by("pk")
        .values_list("pk", "sector__name", "since", "until")
    )
)


@dataclass(frozen=True)
class HeldRole:
    """A role an account holds, as far as rights go."""

    is_members: bool
    name: str
    permissions: list[str]
    needs_second_factor: bool
    place_kind: str
    place_id: int
    place_called: str
    since: dt.date
    until: dt.date | None

    @property
    def reach(self) -> Reach:
        if not self.place_kind:
            return Reach(everywhere=True)
        return Reach(places=frozenset({(self.place_kind, self.place_id)}))


def active_account(pk: int) -> Account | None:
    """With its person and organisation; None when there is none, or it was closed."""
    return next(iter(_ACCOUNT(pk)), None)


def held_by(account: Account, on: dt.date | None = None) -> list[HeldRole]:
    """The roles the account has that day."""
    held = (HeldRole(*row) for row in _HELD(account.pk, account.organisation_id))
    day = on or clock.today()
    return [role for role in held if clock.holds(day, role.since, role.until)]


def actor_of(
    account: Account,
    address: str = "",
    on: dt.date | None = None,
    held: list[HeldRole] | None = None,
) -> Actor:
    """What the account may do in its organisation today: two queries. The members' own roles are
    worth nothing to who is no member that day.
    """
    on = on or clock.today()
    held = held_by(account, on) if held is None else held
    serving = {
        pk: sector
        for pk, sector, since, until in _SERVED(account.person_id)
        if clock.holds(on, since, until)
    }
    return Actor(
        organisation_id=account.organisation_id,
        name=account.person.name,
        account_id=account.pk,
        membership_ids=frozenset(serving),
        grants=_reaches(role for role in held if serving or not role.is_members),
        place=_place(held, list(serving.values())),
        address=address,
    )


def _reaches(held: Iterable[HeldRole]) -> dict[str, Reach]:
    reaches: dict[str, Reach] = {}
    for role in held:
        reach = role.reach
        for permission in role.permissions:
            reaches[permission] = reaches[permission] | reach if permission in reaches else reach
    return reaches


def _place(held: list[HeldRole], sectors: list[str]) -> str:
    """Where the account stands, in one word: the place of a role (its unit), the role, or the
    sector.
    """
    for role in held:
        if role.place_called:
            return role.place_called
    for role in held:
        if not role.is_members:
            return role.name
    return sectors[0] if sectors else ""


# Lists --------------------------------------------------------------------------------------------


def serving_on(day: dt.date) -> QuerySet[Membership]:
    """Members who serve on a day: who resigned before is off the roll, who was added since is on
    it.
    """
    return Membership.objects.filter(in_force_on(day))


def members_visible_to(actor: Actor) -> QuerySet[Membership]:
    """The roster: the office reads it whole, members find each other to co-sign."""
    sees = actor.membership_ids or (read_roster | keep_roster).allows(actor, None)
    visible = Q() if sees else NOTHING
    return Membership.objects.filter(visible).select_related(
        "person", "sector", "committee", "group", "term"
    )


def serving_visible_to(actor: Actor) -> QuerySet[Membership]:
    """The roster of today."""
    return members_visible_to(actor).filter(in_force_on(clock.today()))


def serving_members() -> QuerySet[Membership]:
    """Members of today by name, for a choice."""
    return serving_on(clock.today()).select_related("person", "sector").order_by("person__name")


def accounts_of(membership_ids: Iterable[int]) -> list[int]:
    """Ids of the accounts of these members."""
    return list(
        Account.objects.filter(is_active=True, person__memberships__in=membership_ids).values_list(
            "pk", flat=True
        )
    )


def accounts_at_unit(unit_id: int, permission: str) -> list[int]:
    """Ids of the accounts that hold the permission at the unit today."""
    there = RoleGrant.objects.filter(place_kind=UNIT, place_id=unit_id)
    return _holders(there, permission)


def accounts_holding(permission: str, committee_id: int | None = None) -> list[int]:
    """Ids of the accounts that hold the permission today over the whole organisation, or over the
    committee if one is named.
    """
    over = Q(place_kind="")
    if committee_id is not None:
        over |= Q(place_kind=COMMITTEE, place_id=committee_id)
    return _holders(RoleGrant.objects.filter(over), permission)


def _holders(grants: QuerySet[RoleGrant], permission: str) -> list[int]:
    """The roles first: they are few, and most people hold none of those that are asked for."""
    today = clock.today()
    roles = [
        pk for pk, given in Role.objects.values_list("pk", "permissions") if permission in given
    ]
    holding = grants.filter(in_force_on(today), role__in=roles, account__is_active=True)
    return list(holding.order_by("pk").values_list("account", flat=True))


def accounts_visible_to(actor: Actor) -> QuerySet[Account]:
    """The accounts of the actor's organisation, for those who keep them."""
    if not manage_accounts.allows(actor, None):
        return Account.objects.none()
    return Account.objects.filter(organisation_id=actor.organisation_id).select_related("person")


def found_accounts(actor: Actor, wanted: Mapping[str, Any]) -> QuerySet[Account]:
    """Accounts by search words, role, unit and state; people with a role that has ended there are
    not found by it.
    """
    found = accounts_visible_to(actor).order_by("-is_active", "person__name", "pk")
    if text := wanted.get("q", "").strip():
        found = found.filter(
            Q(person__name__icontains=text) | Q(username__icontains=text) | Q(phone__contains=text)
        )
    current = RoleGrant.objects.filter(not_ended(clock.today()))
    if role := wanted.get("role"):
        found = found.filter(pk__in=current.filter(role=role).values("account"))
    if unit := wanted.get("unit"):
        there = current.filter(**places.columns(unit))
        found = found.filter(pk__in=there.values("account"))
    if wanted.get("active"):
        found = found.filter(is_active=wanted["active"] == "yes")
    return found


def found_members(actor: Actor, wanted: Mapping[str, Any]) -> QuerySet[Membership]:
    """The roster by search words and by every place a member can have; without a state only those
    who serve now.
    """
    found = members_visible_to(actor).order_by("sector", "-is_standing", "pk")
    if text := wanted.get("q", "").strip():
        found = found.filter(
            Q(person__name__icontains=text)
            | Q(person__employer__icontains=text)
            | Q(number__icontains=text)
        )
    for key in ("term", "sector", "committee", "group", "party"):
        if wanted.get(key):
            found = found.filter(**{key: wanted[key]})
    if wanted.get("standing"):
        found = found.filter(is_standing=wanted["standing"] == "yes")
    today, state = clock.today(), wanted.get("state") or "serving"
    return (
        found
        if state == "all"
        else found.filter(in_force_on(today) if state == "serving" else Q(until__lt=today))
    )


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
            {
                "role": grant.role.name,
                "at": str(grant.place or ""),
                "since": grant.since,
                "until": grant.until,
            }
            for grant in places.load(
                RoleGrant.objects.filter(account=account).select_related("role")
            )
        ],
        "sign_ins_and_changes": [
            {"at": entry.at, "action": entry.action, "address": entry.address}
            for entry in audit.history(account)
        ],
    }


def _memberships_of(person: Person) -> QuerySet[Membership]:
    return person.memberships.select_related("term", "sector", "committee", "group").order_by(
        "-since"
    )


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
