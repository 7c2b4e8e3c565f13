"""Signing standing persons in, and their second factor."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from allauth.mfa.totp.internal import auth as totp
from allauth.mfa.utils import is_mfa_enabled
from django.test import Client

from tests.world import World
from yizheng.people.adapters import must_have_second_factor
from yizheng.people.models import Account

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
SignedIn = Callable[[str], Client]


def code_now(secret: str = SECRET) -> str:
    """What an authenticator shows at this moment: of the three that are tolerated, the second."""
    counter = list(totp.yield_hotp_counters_from_time())[1]
    return totp.format_hotp_value(totp.hotp_value(secret, counter))


def with_second_factor(account: Account) -> None:
    if not is_mfa_enabled(account):
        totp.TOTP.activate(account, SECRET)


def browser_for(account: Account, browser: Client | None = None) -> Client:
    """A browser in which this account is signed in, whatever it still has to do first."""
    browser = browser or Client()
    browser.force_login(account)
    return browser


def browser_of(world: World, who: str, **how: Any) -> Client:
    """A browser in which one of the standing persons is signed in, second factor included."""
    account = world.accounts[who]
    if must_have_second_factor(account):
        with_second_factor(account)
    return browser_for(account, Client(**how))
