"""Writes on notices: delivering what the outbox holds, marking as read, muting kinds."""

from __future__ import annotations

from collections.abc import Collection

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from yizheng.core import doors
from yizheng.core.access import Actor
from yizheng.core.outbox import OutboxEntry
from yizheng.core.refusals import StaleState
from yizheng.people.models import Account

from . import queries
from .models import Mute, Notice
from .notice_kinds import kinds as known_kinds

BATCH = 200


def deliver_pending() -> int:
    """Deliver every entry of the outbox that is not delivered yet, oldest first; returns how many
    entries.

    Each entry is delivered and marked in one transaction: after a crash it is either delivered or
    still pending. Two workers pass each other's entries over, and nobody is told twice.
    """
    done = 0
    while batch := list(
        OutboxEntry.everywhere.filter(delivered_at=None)
        .order_by("id")
        .values_list("pk", flat=True)[:BATCH]
    ):
        delivered = sum(_deliver(pk) for pk in batch)
        done += delivered
        if not delivered:
            break
    return done


def _deliver(pk: int) -> bool:
    with transaction.atomic():
        skip = connection.features.has_select_for_update_skip_locked
        entry = (
            OutboxEntry.everywhere.select_for_update(no_key=True, skip_locked=skip)
            .filter(pk=pk, delivered_at=None)
            .first()
        )
        if entry is None:
            return False
        Notice.everywhere.bulk_create(
            [_notice(entry, account) for account in _listening(entry)], ignore_conflicts=True
        )
        entry.delivered_at = timezone.now()
        entry.save(update_fields=["delivered_at"])
    return True


def _listening(entry: OutboxEntry) -> list[int]:
    """Recipients who have an account in use and have not muted the kind, where this sentence may be
    muted.
    """
    accounts = Account.objects.filter(
        pk__in=entry.recipients, organisation_id=entry.organisation_id, is_active=True
    )
    if entry.may_mute:
        accounts = accounts.exclude(
            pk__in=Mute.everywhere.filter(kind=entry.kind).values("account")
        )
    return list(accounts.order_by("pk").values_list("pk", flat=True))


def _notice(entry: OutboxEntry, account_id: int) -> Notice:
    return Notice(
        organisation_id=entry.organisation_id,
        entry=entry,
        account_id=account_id,
        words=entry.words,
        values=entry.values,
        url=entry.url,
        kind=entry.kind,
        at=entry.at,
    )


def mark_of(muted: Collection[str]) -> str:
    """What the page of preferences says it has shown; `0` where nothing is muted."""
    return " ".join(sorted(muted)) or "0"


def mark_read(account_id: int, pk: int | None = None) -> int:
    """Mark one notice of the account as read, or all; returns how many were unread."""
    unread = Notice.objects.filter(account=account_id, read_at=None)
    if pk is not None:
        unread = unread.filter(pk=pk)
    return unread.update(read_at=timezone.now())


@transaction.atomic
def mute_only(actor: Actor, kinds: Collection[str], seen: str | None = None) -> None:
    """From now on the actor's account is not told of these kinds, and of every other.

    `seen`: what the page had shown (`mark_of`).
    """
    assert actor.account_id is not None
    doors.locked(Account.objects.get(pk=actor.account_id))
    if seen not in (None, mark_of(queries.muted(actor.account_id))):
        raise StaleState(
            _(
                "You changed this in another window since you opened it, so nothing was "
                "changed now. What is chosen by now stands here."
            )
        )
    Mute.objects.filter(account=actor.account_id).delete()
    Mute.objects.bulk_create(
        Mute(organisation_id=actor.organisation_id, account_id=actor.account_id, kind=kind)
        for kind in sorted(set(kinds) & {known.code for known in known_kinds() if known.may_mute})
    )
