"""Writes on accounts: opening, roles, passwords, sessions. Every one leaves an entry in the audit chain."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from allauth.usersessions.models import UserSession
from axes.handlers.proxy import AxesProxyHandler
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from yizheng.core import audit, clock
from yizheng.core.access import Actor
from yizheng.core.refusals import BadInput, NotAllowed, NotNow
from yizheng.organisations.models import Committee, Role, RoleGrant, Unit, Venue
from yizheng.organisations.services import keep_administrators

from . import passwords
from .models import Account, Person
from .rules import clash, keep_roster, manage_accounts, require

MEMBER = "member"


@dataclass(frozen=True)
class Opened:
    """A new account and its first password, which is not kept anywhere in the clear."""

    account: Account
    password: str


@transaction.atomic
def open_account(
    person: Person,
    *,
    by: Actor,
    role: Role | None = None,
    unit: Unit | None = None,
    committee: Committee | None = None,
    venue: Venue | None = None,
    since: dt.date | None = None,
    username: str = "",
) -> Opened:
    """Give a person an account. The office may do so for members; all other accounts are the administrator's."""
    _may_open(by, role)
    if person.accounts.exists():
        raise NotNow(_("%(name)s has an account already.") % {"name": person.name})
    account = Account(
        organisation_id=by.organisation_id, person=person, username=username or free_username(person.name),
        phone=_free_phone(person.phone),
    )  # fmt: skip
    _check_username(account)
    password = passwords.first_password()
    account.set_password(password)
    account.save()
    audit.record("account.opened", by=by, of=account, detail={"username": account.username})
    if role:
        _grant(account, role, by=by, unit=unit, committee=committee, venue=venue, since=since or clock.today(), until=None)
    return Opened(account, password)


def _may_open(by: Actor, role: Role | None) -> None:
    members_only = role is not None and role.code == MEMBER
    require(by, keep_roster | manage_accounts if members_only else manage_accounts)


def free_username(name: str) -> str:
    """The name itself, or with the first number that makes it different from all others."""
    base = "".join(name.split())[:36]
    taken = set(Account.objects.filter(username__startswith=base).values_list("username", flat=True))
    candidates = (f"{base}{number or ''}" for number in range(len(taken) + 2) if number != 1)
    return next(candidate for candidate in candidates if candidate not in taken)


def _free_phone(phone: str) -> str:
    """A number that signs another account in already does not sign in this one."""
    return "" if not phone or Account.objects.filter(phone=phone).exists() else phone


def _check_username(account: Account) -> None:
    if account.username.isdigit():
        raise BadInput(_("A sign-in name cannot be a number alone: it could be somebody's phone."))
    if Account.objects.filter(username=account.username).exists():
        raise BadInput(_("The sign-in name “%(name)s” is taken. Choose another.") % {"name": account.username})


@transaction.atomic
def reset_password(account: Account, *, by: Actor) -> str:
    """A new first password; all sessions of the account end, and a lock-out is lifted."""
    _own(account, by)
    password = passwords.first_password()
    passwords.replace(account, password, must_change=True)
    _end_sessions(account)
    AxesProxyHandler.reset_attempts(username=account.username)
    audit.record("account.password_reset", by=by, of=account)
    return password


@transaction.atomic
def set_active(account: Account, active: bool, *, by: Actor) -> None:
    _own(account, by)
    if account.pk == by.account_id:
        raise NotNow(_("You cannot switch off the account you are using."))
    account.is_active = active
    account.save(update_fields=["is_active"])
    if not active:
        _end_sessions(account)
        keep_administrators(by)
    audit.record("account.activated" if active else "account.deactivated", by=by, of=account)


@transaction.atomic
def end_sessions(account: Account, *, by: Actor) -> int:
    _own(account, by)
    count = _end_sessions(account)
    audit.record("account.sessions_ended", by=by, of=account, detail={"count": count})
    return count


@transaction.atomic
def remove_second_factor(account: Account, *, by: Actor) -> None:
    """For whoever lost the device: it has to be set up anew at the next sign-in."""
    from allauth.mfa.models import Authenticator

    _own(account, by)
    if account.pk == by.account_id:
        raise NotNow(_("Your own second factor is changed under My account."))
    removed, _each = Authenticator.objects.filter(user=account).delete()
    if not removed:
        raise NotNow(_("%(name)s has no second factor.") % {"name": account.person.name})
    _end_sessions(account)
    audit.record("account.second_factor_reset", by=by, of=account)


@transaction.atomic
def end_own_session(session: UserSession, *, by: Actor) -> None:
    """Sign one of one's own devices out."""
    if session.user_id != by.account_id:
        raise NotAllowed
    device = session.user_agent[:120]
    session.end()
    audit.record("account.session_ended", by=by, of=session.user, detail={"device": device})


def _own(account: Account, by: Actor) -> None:
    require(by, manage_accounts)
    if account.organisation_id != by.organisation_id:
        raise NotAllowed


def _end_sessions(account: Account) -> int:
    sessions = list(UserSession.objects.filter(user=account))
    for session in sessions:
        session.end()
    return len(sessions)


@transaction.atomic
def give_role(
    account: Account,
    role: Role,
    *,
    by: Actor,
    unit: Unit | None = None,
    committee: Committee | None = None,
    venue: Venue | None = None,
    since: dt.date,
    until: dt.date | None = None,
) -> RoleGrant:
    """Give a role over the organisation, or over one unit, committee or venue of it."""
    _own(account, by)
    return _grant(account, role, by=by, unit=unit, committee=committee, venue=venue, since=since, until=until)


def _grant(
    account: Account,
    role: Role,
    *,
    by: Actor,
    unit: Unit | None,
    committee: Committee | None,
    venue: Venue | None,
    since: dt.date,
    until: dt.date | None,
) -> RoleGrant:
    _check_place(role, unit, committee, venue)
    _check_separation(account, role)
    if until and until < since:
        raise BadInput(_("The role would end before it begins."))
    grant = RoleGrant.objects.filter(account=account, role=role, unit=unit, committee=committee, venue=venue).first()
    if grant and (grant.until is None or grant.until >= since):
        raise NotNow(_("%(name)s has this role there already.") % {"name": account.person.name})
    grant = grant or RoleGrant(account=account, role=role, unit=unit, committee=committee, venue=venue)
    grant.since, grant.until = since, until
    grant.save()
    place = unit or committee or venue
    audit.record(
        "account.role_given", by=by, of=account,
        detail={"role": role.name, "at": str(place or ""), "since": since, "until": until},
    )  # fmt: skip
    return grant


AT_UNIT = ("unit-officer", "unit-leader")
AT_VENUE = ("venue-keeper",)


def _check_place(role: Role, unit: Unit | None, committee: Committee | None, venue: Venue | None) -> None:
    if sum(place is not None for place in (unit, committee, venue)) > 1:
        raise BadInput(_("A role reaches over one unit, one committee or one venue, not several."))
    if role.code in AT_VENUE and venue is None:
        raise BadInput(_("“%(role)s” is a role at a venue: choose the venue.") % {"role": role.name})
    if venue and venue.closed_on:
        raise BadInput(_("%(unit)s is closed.") % {"unit": venue.name})
    if role.code in AT_UNIT and unit is None:
        raise BadInput(_("“%(role)s” is a role at a unit: choose the unit.") % {"role": role.name})
    if unit and unit.closed_on:
        raise BadInput(_("%(unit)s is closed.") % {"unit": unit.name})


def _check_separation(account: Account, role: Role) -> None:
    """Counted over all roles that have not ended, also those that begin later."""
    today = clock.today()
    grants = RoleGrant.objects.filter(account=account).select_related("role")
    held = {name for grant in grants if grant.until is None or grant.until >= today for name in grant.role.permissions}
    if refusal := clash(held | set(role.permissions)):
        raise NotNow(refusal)


@transaction.atomic
def end_role(grant: RoleGrant, *, by: Actor, on: dt.date) -> None:
    """The role holds for the last time the day before `on`; one that never held is taken back altogether."""
    _own(grant.account, by)
    last = on - dt.timedelta(days=1)
    detail = {"role": grant.role.name, "at": str(grant.place or ""), "last_day": last}
    if last < grant.since:
        grant.delete()
    else:
        grant.until = last
        grant.save(update_fields=["until"])
    keep_administrators(by)
    audit.record("account.role_ended", by=by, of=grant.account, detail=detail)


@transaction.atomic
def change_settings(account: Account, *, by: Actor, language: str, elder_mode: bool, phone: str) -> None:
    """What everybody may change about their own account."""
    if account.pk != by.account_id:
        raise NotAllowed
    if phone and Account.objects.filter(phone=phone).exclude(pk=account.pk).exists():
        raise BadInput(_("This phone number signs in another account already."))
    if phone != account.phone:
        audit.record("account.phone_changed", by=by, of=account)
    account.language, account.elder_mode, account.phone = language, elder_mode, phone
    account.save(update_fields=["language", "elder_mode", "phone"])
