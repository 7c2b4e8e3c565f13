"""Writes on accounts: opening, roles, passwords, sessions.

Every one leaves an entry in the audit chain.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from allauth.usersessions.models import UserSession
from axes.handlers.proxy import AxesProxyHandler
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from yizheng.core import audit, clock, doors
from yizheng.core.access import Actor
from yizheng.core.refusals import BadInput, NotAllowed, NotNow, Wrong
from yizheng.organisations import grants as role_grants
from yizheng.organisations import places
from yizheng.organisations.models import NamedRow, Role, RoleGrant
from yizheng.organisations.queries import not_ended
from yizheng.organisations.rules import clash
from yizheng.organisations.services.grants import end as end_grant
from yizheng.organisations.services.roles import keep_administrators, one_at_a_time

from .. import passwords
from ..models import Account, Person
from ..rules import keep_roster, manage_accounts, own


@dataclass(frozen=True)
class NewAccount:
    """A new account and its first password, which is not kept anywhere in the clear."""

    account: Account
    password: str


@transaction.atomic
def open_account(
    person: Person,
    *,
    by: Actor,
    role: Role | None = None,
    place: NamedRow | None = None,
    since: dt.date | None = None,
    username: str = "",
) -> NewAccount:
    """Give a person an account.

    The office may do so with the members' own roles; all other accounts are the administrator's.
    """
    # two who open one at once: the second finds that there is one
    doors.require(by, None, doors.locked(person))
    rule = (
        keep_roster | manage_accounts if role is not None and role.is_members else manage_accounts
    )
    account = Account(
        person=person,
        username=username or free_username(person.name),
        phone=_free_phone(person.phone),
    )
    with doors.adding(account, "account.opened", by=by, rule=rule) as edit:
        if person.accounts.exists():
            raise NotNow(_("%(name)s has an account already.") % {"name": person.name})
        wrong_in_opening(
            {"username": username, "role": role, "place": place}, account.username
        ).refuse()
        password = passwords.first_password()
        account.set_password(password)
        edit.note(username=account.username)
    if role:
        _grant(account, role, by=by, place=place, since=since or clock.today(), until=None)
    return NewAccount(account, password)


@transaction.atomic
def open_for_member(person: Person, *, by: Actor, since: dt.date | None = None) -> NewAccount:
    """A member's account, with every role that is the members' own."""
    roles = role_grants.members_own()
    if not roles:
        raise NotNow(_("No role is the members' own. Ask the administrator to say which one is."))
    doors.locked(person)
    for role in roles:  # all before the first is given, which holds up whoever changes another
        doors.locked(role)
    opened = open_account(person, by=by, role=roles[0], since=since)
    for role in roles[1:]:
        _grant(opened.account, role, by=by, since=since or clock.today())
    return opened


def free_username(name: str) -> str:
    """The name itself, or with the first number that makes it different from all others."""
    base = "".join(name.split())[:36]
    taken = set(
        Account.objects.filter(username__startswith=base).values_list("username", flat=True)
    )
    candidates = (f"{base}{number or ''}" for number in range(len(taken) + 2) if number != 1)
    return next(candidate for candidate in candidates if candidate not in taken)


def _free_phone(phone: str) -> str:
    """A number that signs another account in already does not sign in this one."""
    return "" if not phone or Account.objects.filter(phone=phone).exists() else phone


def wrong_in_opening(values: Mapping[str, Any], username: str = "") -> Wrong:
    """Of what is there of the values: the sign-in name, and where the role would hold."""
    wrong = wrong_in_granting(values)
    name = username or values.get("username") or ""
    wrong.when(
        name.isdigit(),
        _("A sign-in name cannot be a number alone: it could be somebody's phone."),
        "username",
    )
    wrong.when(
        name and Account.objects.filter(username=name).exists(),
        _("The sign-in name “%(name)s” is taken. Choose another.") % {"name": name},
        "username",
    )
    return wrong


def wrong_in_granting(values: Mapping[str, Any]) -> Wrong:
    """Of what is there of the values: where the role would hold, and how long."""
    role, since, until = (values.get(key) for key in ("role", "since", "until"))
    wrong = Wrong()
    if role and "place" in values:
        try:
            role_grants.check_place(role, values["place"])
        except BadInput as refused:
            wrong.add(refused)
    wrong.when(
        since and until and until < since, _("The role would end before it begins."), "until"
    )
    return wrong


def reset_password(account: Account, *, by: Actor, seen: str | None = None) -> str:
    """A new first password; all sessions of the account end, and a lock-out is lifted."""
    password = passwords.first_password()
    with doors.editing(
        account, "account.password_reset", by=by, rule=manage_accounts, seen=seen
    ) as edit:
        passwords.replace(edit.row, password, must_change=True)
        _end_sessions(edit.row)
        AxesProxyHandler.reset_attempts(username=edit.row.username)
    return password


def set_active(account: Account, active: bool, *, by: Actor, seen: str | None = None) -> None:
    action = "account.activated" if active else "account.deactivated"
    with doors.editing(account, action, by=by, rule=manage_accounts, seen=seen) as edit:
        if account.pk == by.account_id:
            raise NotNow(_("You cannot switch off the account you are using."))
        edit.row.is_active = active
        if not active:
            edit.save()
            _end_sessions(edit.row)
            keep_administrators(by)


def end_sessions(account: Account, *, by: Actor, seen: str | None = None) -> int:
    with doors.editing(
        account, "account.sessions_ended", by=by, rule=manage_accounts, seen=seen, touches=False
    ) as edit:
        count = _end_sessions(edit.row)
        edit.note(count=count)
    return count


def remove_second_factor(account: Account, *, by: Actor, seen: str | None = None) -> None:
    """For whoever lost the device: it has to be set up anew at the next sign-in."""
    from allauth.mfa.models import Authenticator

    with doors.editing(
        account,
        "account.second_factor_reset",
        by=by,
        rule=manage_accounts,
        seen=seen,
        touches=False,
    ) as edit:
        if account.pk == by.account_id:
            raise NotNow(_("Your own second factor is changed under My account."))
        removed, _each = Authenticator.objects.filter(user=edit.row).delete()
        if not removed:
            raise NotNow(_("%(name)s has no second factor.") % {"name": edit.row.person.name})
        _end_sessions(edit.row)
        edit.note()


@transaction.atomic
def end_own_session(session: UserSession, *, by: Actor) -> None:
    """Sign one of one's own devices out."""
    if session.user_id != by.account_id:
        raise NotAllowed
    device = session.user_agent[:120]
    session.end()
    audit.record("account.session_ended", by=by, of=session.user, detail={"device": device})


def _end_sessions(account: Account) -> int:
    sessions = list(UserSession.objects.filter(user=account))
    for session in sessions:
        session.end()
    return len(sessions)


# Roles --------------------------------------------------------------------------------------------


def give_role(
    account: Account,
    role: Role,
    *,
    by: Actor,
    place: NamedRow | None = None,
    since: dt.date,
    until: dt.date | None = None,
) -> RoleGrant:
    """Give a role over the organisation, or at one place in it."""
    doors.require(by, manage_accounts, account)
    return _grant(account, role, by=by, place=place, since=since, until=until)


@transaction.atomic
def _grant(
    account: Account,
    role: Role,
    *,
    by: Actor,
    place: NamedRow | None = None,
    since: dt.date,
    until: dt.date | None = None,
) -> RoleGrant:
    """The place is locked first: it may be closed in another window."""
    role, place = doors.locked(role), doors.locked(place) if place else None
    for row in (role, place):
        if row is not None:
            doors.require(by, None, row)
    with doors.editing(account, "account.role_given", by=by, rule=None, touches=False) as edit:
        wrong_in_granting({"role": role, "place": place, "since": since, "until": until}).refuse()
        one_at_a_time(by)
        _check_separation(edit.row, role)
        there = places.columns(place)
        before = RoleGrant.objects.filter(account=edit.row, role=role, **there).first()
        if before and (before.until is None or before.until >= since):
            raise NotNow(
                _("%(name)s has this role there already.") % {"name": account.person.name},
                field="role",
            )
        if before:
            before.delete()
        grant = RoleGrant(account=account, role=role, since=since, until=until, **there)
        grant.save()
        edit.note(role=role.name, at=str(place or ""), since=since, until=until)
    return grant


def _check_separation(account: Account, role: Role) -> None:
    """Counted over all roles that have not ended, also those that begin later."""
    grants = RoleGrant.objects.filter(not_ended(clock.today()), account=account).select_related(
        "role"
    )
    held = {name for grant in grants for name in grant.role.permissions}
    if refusal := clash(held | set(role.permissions)):
        raise NotNow(refusal, field="role")


def end_role(grant: RoleGrant, *, by: Actor, on: dt.date, seen: str | None = None) -> None:
    """The role holds for the last time the day before `on`; one that never held is taken back
    altogether.
    """
    end_grant(
        grant,
        by=by,
        last=on - dt.timedelta(days=1),
        rule=manage_accounts,
        seen=seen,
        check=lambda: keep_administrators(by),
    )


def change_settings(
    account: Account,
    *,
    by: Actor,
    language: str | None = None,
    elder_mode: bool | None = None,
    phone: str | None = None,
    seen: str | None = None,
) -> None:
    """What everybody may change about their own account; what is not said stays."""
    action = "account.changed" if phone in (None, account.phone) else "account.phone_changed"
    said = {
        name: value
        for name, value in (("language", language), ("elder_mode", elder_mode), ("phone", phone))
        if value is not None
    }
    with doors.editing(account, action, by=by, rule=own, seen=seen) as edit:
        if phone and Account.objects.filter(phone=phone).exclude(pk=account.pk).exists():
            raise BadInput(_("This phone number signs in another account already."), field="phone")
        edit.put(said)
