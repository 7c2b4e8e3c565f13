"""The backend that signs in by name or phone number."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.backends import ModelBackend
from django.http import HttpRequest

from .models import Account
from .queries import account_named, active_account


class NameOrPhoneBackend(ModelBackend):
    def authenticate(
        self,
        request: HttpRequest | None,
        username: str | None = None,
        password: str | None = None,
        **_rest: Any,
    ) -> Account | None:
        if not username or password is None:
            return None
        account = account_named(username)
        if account is None:
            Account().set_password(
                password
            )  # the same work as for a known name, so that timing tells nothing
            return None
        return (
            account
            if account.check_password(password) and self.user_can_authenticate(account)
            else None
        )

    def get_user(self, user_id: int) -> Account | None:
        return active_account(user_id)


def lockout_name(request: HttpRequest, credentials: dict[str, Any] | None = None) -> str:
    """Failures by name and by phone number count for one account, and none for a letter more or
    less.
    """
    typed = (credentials or {}).get("username") or request.POST.get("login", "")
    account = account_named(str(typed).strip())
    return account.username if account else str(typed).strip()[:150]
