"""Adapters of allauth: accounts are opened by the office, nobody signs up, secrets are
kept encrypted.
"""

from __future__ import annotations

import base64
import hashlib
import time
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from .models import Account
from .queries import grants_of

FRESH_SECONDS = 300
_SAID = {
    "account/messages/password_changed.txt": _(
        "Your password is changed. Other devices have been signed out."
    ),
    "mfa/messages/totp_activated.txt": _(
        "The second factor is set up. From now on a code is asked at sign-in."
    ),
    "mfa/messages/totp_deactivated.txt": _("The second factor is switched off."),
    "mfa/messages/recovery_codes_generated.txt": _(
        "New recovery codes were made; the old ones no longer work."
    ),
    "usersessions/messages/sessions_logged_out.txt": _("All other devices have been signed out."),
}


class AccountAdapter(DefaultAccountAdapter):
    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": _(
            "Name or password is wrong. After five failures the account rests for a while."
        ),
        "enter_current_password": _("This is not your present password."),
        "incorrect_password": _("This is not your password."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """To one's work: whoever changed the first password has just begun."""
        return reverse("home")

    def is_reauthentication_required(self, *, app: str, **rest: Any) -> bool:
        """Whoever has just signed in need not type the password again."""
        required: bool = super().is_reauthentication_required(app=app, **rest)
        records = get_authentication_records(context.request, context.request.user)
        return required and not any(
            time.time() - record["at"] < FRESH_SECONDS for record in records
        )

    def add_message(
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        *_rest: Any,
        **_named: Any,
    ) -> None:
        if message_template in _SAID:
            messages.success(request, str(_SAID[message_template]))


class SecondFactorAdapter(DefaultMFAAdapter):
    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _("The code is wrong or has run out. Look at your authenticator again."),
        "cannot_delete_authenticator": _(
            "One of your roles requires the second factor; it cannot be switched off."
        ),
    }

    def encrypt(self, text: str) -> str:
        return secret_box().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return secret_box().decrypt(encrypted_text.encode()).decode()

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        return not must_have_second_factor(authenticator.user)


def must_have_second_factor(account: Account) -> bool:
    return any(grant.role.needs_second_factor for grant in grants_of(account))


def secret_box() -> MultiFernet:
    """Locked with the installation's key; older keys still open what they locked."""
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet([Fernet(_fernet_key(str(key))) for key in keys])


def _fernet_key(key: str) -> bytes:
    return base64.urlsafe_b64encode(
        hashlib.sha256(f"yizheng.second-factor:{key}".encode()).digest()
    )
