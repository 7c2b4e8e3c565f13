"""The audit entries of sign-ins, and the words in which the history of an account and of a member
is told.
"""

from __future__ import annotations

import logging
from typing import Any

from allauth.account.signals import password_changed, user_logged_in
from allauth.mfa import signals as second_factor
from axes.signals import user_locked_out
from django.contrib.auth.signals import user_logged_out, user_login_failed
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from yizheng.core import audit
from yizheng.core.access import Actor, Words
from yizheng.core.attributes import Attribute
from yizheng.core.case_display import TOLD

from .models import Account
from .queries import account_named, actor_of

log = logging.getLogger(__name__)
IDLE_ENDED = Attribute("idle_ended", False)
"""Of a request: its session was left alone for too long."""
WORDS: dict[str, Words] = {
    "account.opened": _("Account opened"),
    "account.password_reset": _("New first password given"),
    "account.activated": _("Switched on"),
    "account.deactivated": _("Switched off"),
    "account.sessions_ended": _("Signed out everywhere"),
    "account.session_ended": _("A device signed out"),
    "account.role_given": _("Role given"),
    "account.role_ended": _("Role ended"),
    "account.phone_changed": _("Sign-in phone changed"),
    "account.changed": _("Own settings changed"),
    "account.signed_in": _("Signed in"),
    "account.signed_out": _("Signed out"),
    "account.sign_in_failed": _("Sign-in failed"),
    "account.locked_out": _("Locked after failures"),
    "account.password_changed": _("Password changed"),
    "account.second_factor_added": _("Second factor set up"),
    "account.second_factor_removed": _("Second factor switched off"),
    "account.second_factor_reset": _("Second factor reset"),
    "account.second_factor_failed": _("Wrong code"),
    "account.recovery_codes_made": _("New recovery codes"),
    "account.own_data_taken": _("Took a copy of own data"),
    "member.added": _("Added to the roster"),
    "member.changed": _("Changed"),
    "member.ended": _("Membership ended"),
    "member.phone_read": _("Phone looked at"),
}


def connect() -> None:
    TOLD.update(WORDS)
    user_logged_in.connect(_signed_in)
    user_logged_out.connect(_signed_out)
    user_login_failed.connect(_failed)
    user_locked_out.connect(_locked_out)
    password_changed.connect(_password_changed)
    for signal, action in (
        (second_factor.authenticator_added, "second_factor_added"),
        (second_factor.authenticator_removed, "second_factor_removed"),
        (second_factor.authenticator_reset, "recovery_codes_made"),
    ):
        signal.connect(_second_factor(action), weak=False)


def address_of(request: HttpRequest | None) -> str:
    return request.META.get("REMOTE_ADDR", "") if request else ""


def _record(action: str, account: Account, request: HttpRequest | None, **detail: Any) -> None:
    audit.record(
        f"account.{action}", by=actor_of(account, address_of(request)), of=account, detail=detail
    )


def _by_nobody(action: str, account: Account, request: HttpRequest | None) -> None:
    """An entry without an actor: it is not known who typed."""
    stranger = Actor(account.organisation_id, name="", address=address_of(request))
    audit.record(f"account.{action}", by=stranger, of=account)


def _signed_in(request: HttpRequest, user: Account, **_rest: Any) -> None:
    device = request.META.get("HTTP_USER_AGENT", "")[:120]
    _record("signed_in", user, request, device=device)


def _signed_out(request: HttpRequest | None, user: Account | None, **_rest: Any) -> None:
    if isinstance(user, Account):
        _record("signed_out", user, request, idle=IDLE_ENDED.of(request))


def _failed(credentials: dict[str, Any], request: HttpRequest | None = None, **_rest: Any) -> None:
    if (
        getattr(request, "axes_locked_out", False)
        and getattr(request, "axes_failures_since_start", 0) is None
    ):
        return  # the account rests already, nothing was tried; `_locked_out` says so
    typed = str(credentials.get("username", "")).strip()
    if account := account_named(typed):
        _by_nobody(
            "second_factor_failed" if "code" in credentials else "sign_in_failed", account, request
        )
    else:
        log.warning(
            "sign-in failed for a name nobody has: %r from %s", typed[:40], address_of(request)
        )


def _locked_out(request: HttpRequest, username: str, **_rest: Any) -> None:
    if account := account_named(username):
        _by_nobody("locked_out", account, request)
    else:
        log.warning("locked out a name nobody has: %r from %s", username[:40], address_of(request))


def _password_changed(request: HttpRequest, user: Account, **_rest: Any) -> None:
    _record("password_changed", user, request)


def _second_factor(action: str) -> Any:
    def heard(request: HttpRequest | None, user: Account, authenticator: Any, **_rest: Any) -> None:
        _record(action, user, request, kind=str(authenticator.type))

    return heard
