"""Passwords: the first one the office hands out, and those that may not come back."""

from __future__ import annotations

import secrets

from django.contrib.auth.hashers import check_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from .models import Account, PastPassword

KEPT = 3
# Signs that are not mistaken for one another on paper.
LETTERS, DIGITS = "abcdefghjkmnpqrstuvwxyz", "23456789"


def first_password() -> str:
    """Three groups that can be read out on the telephone: about 60 bits."""
    groups = ["".join(secrets.choice(LETTERS) for _place in range(4)) for _group in range(2)]
    return "-".join([*groups, "".join(secrets.choice(DIGITS) for _place in range(6))])


def replace(account: Account, password: str, *, must_change: bool) -> None:
    """Set the password and remember the one before. Every session of the account ends with it."""
    if account.password:
        PastPassword.objects.create(account=account, hash=account.password)
        stale = account.past_passwords.values_list("pk", flat=True)[KEPT - 1 :]
        PastPassword.objects.filter(pk__in=list(stale)).delete()
    account.set_password(password)
    account.must_change_password = must_change
    account.save(update_fields=["password", "must_change_password"])


class ReuseValidator:
    """Validator: not the present password, and none of the last ones."""

    def validate(self, password: str, user: Account | None = None) -> None:
        if user is None or user.pk is None:
            return
        known = [user.password, *user.past_passwords.values_list("hash", flat=True)[: KEPT - 1]]
        if any(check_password(password, old) for old in known if old):
            raise ValidationError(self.get_help_text(), code="password_reused")

    def get_help_text(self) -> str:
        return _("Your last %(count)d passwords cannot be used again.") % {"count": KEPT}
