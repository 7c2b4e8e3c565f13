"""Middleware of every request: who acts, in which organisation; sessions that end when left alone;
what an account owes before it may do anything else.
"""

from __future__ import annotations

import time
from collections.abc import Callable

from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import Resolver404, resolve, reverse
from django.utils import translation
from django_htmx.http import HttpResponseClientRedirect

from yizheng.core import tenancy
from yizheng.core.access import SIGNED_IN
from yizheng.core.attributes import Attribute
from yizheng.people.sign_in_audit import IDLE_ENDED

from .ended_sessions import to_sign_in
from .models import Account
from .queries import actor_of, held_by
from .sign_in_audit import address_of

Get = Callable[[HttpRequest], HttpResponse]
CHANGING_PASSWORD = frozenset({"account_change_password", "account_logout"})
SETTING_UP = frozenset(
    {
        "mfa_activate_totp",
        "mfa_view_recovery_codes",
        "account_reauthenticate",
        "account_change_password",
        "account_logout",
    }
)


NEEDS_SECOND_FACTOR = Attribute("needs_second_factor", False)


def idle_timeout(get_response: Get) -> Get:
    """End a session that was left alone for too long; the clock is written at most
    once a minute.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            now, seen = int(time.time()), request.session.get("seen", 0)
            if seen and now - seen > settings.IDLE_MINUTES * 60:
                IDLE_ENDED.put(request, True)
                logout(request)
                # Told by the sign-in page, whenever a person comes to it: this request may be one
                # that the browser made by itself.
                request.session["left_alone"] = True
                return to_sign_in(request)
            if now - seen > 60:
                request.session["seen"] = now
        return get_response(request)

    return middleware


def _go(request: HttpRequest, address: str) -> HttpResponse:
    """Send the browser there, also when only a part of a page was asked for."""
    if request.headers.get("HX-Request"):
        return HttpResponseClientRedirect(address)
    return redirect(address)


def actor(get_response: Get) -> Get:
    """Set `request.actor`, the tenancy scope and the account's language."""

    def middleware(request: HttpRequest) -> HttpResponse:
        account = request.user
        if not isinstance(account, Account):
            SIGNED_IN.put(request, None)
            return get_response(request)
        held = held_by(account)
        NEEDS_SECOND_FACTOR.put(request, any(role.needs_second_factor for role in held))
        SIGNED_IN.put(request, actor_of(account, address_of(request), held=held))
        with tenancy.scope(account.organisation_id), translation.override(account.language):
            request.LANGUAGE_CODE = account.language
            return get_response(request)

    return middleware


def account_duties(get_response: Get) -> Get:
    """A first password is changed, and a second factor that a role needs is set up, before anything
    else.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        account = request.user
        if isinstance(account, Account) and (duty := _duty(request, account)):
            return _go(request, reverse(duty))
        return get_response(request)

    return middleware


def _duty(request: HttpRequest, account: Account) -> str | None:
    if account.must_change_password:
        return None if _name(request) in CHANGING_PASSWORD else "account_change_password"
    if NEEDS_SECOND_FACTOR.of(request) and _name(request) not in SETTING_UP:
        return None if is_mfa_enabled(account, [Authenticator.Type.TOTP]) else "mfa_activate_totp"
    return None


def _name(request: HttpRequest) -> str:
    try:
        return resolve(request.path_info).view_name
    except Resolver404:
        return ""
