"""Reads of notices."""

from __future__ import annotations

from django.db.models import F, QuerySet

from yizheng.people.models import Account

from .models import Mute, Notice


def unread(account: Account | int) -> int:
    """How many notices the account has not opened; for the badge of the shell."""
    return unread_of(account if isinstance(account, int) else account.pk).count()


def unread_of(account_id: int) -> QuerySet[Notice]:
    return Notice.objects.filter(account=account_id, read_at=None)


def inbox(account_id: int) -> QuerySet[Notice]:
    """Unread first, then newest first."""
    return Notice.objects.filter(account=account_id).order_by(
        F("read_at").desc(nulls_first=True), "-id"
    )


def muted(account_id: int) -> set[str]:
    return set(Mute.objects.filter(account=account_id).values_list("kind", flat=True))
