"""The outbox: what people are to be told, written in the same transaction as the step that gives
cause; `notices` delivers it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.db import connection, models, transaction

from . import clock
from .tenancy import Tenant

_listeners: list[Callable[[], None]] = []


class OutboxEntry(Tenant):
    """One sentence for some accounts.

    The words are a msgid and its values, so that each reads it in their language.
    """

    at = models.DateTimeField(default=clock.now)
    words = models.TextField()
    values = models.JSONField(default=dict)
    recipients = models.JSONField(default=list)
    url = models.CharField(max_length=200, blank=True)
    kind = models.CharField(max_length=60)
    may_mute = models.BooleanField(default=False)
    delivered_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["id"], condition=models.Q(delivered_at=None), name="outbox_not_delivered"
            )
        ]


def listen(listener: Callable[[], None]) -> None:
    """Call the listener after each commit that left something in the outbox."""
    _listeners.append(listener)


def post(
    kind: str,
    words: str,
    values: Mapping[str, Any],
    recipients: Iterable[int],
    url: str = "",
    *,
    may_mute: bool = False,
) -> None:
    """Queue one sentence.

    `words` is a msgid; accounts named twice are told once; who does not want to be told such things
    is told all the same, unless it `may_mute`.
    """
    if told := sorted(set(recipients)):
        OutboxEntry(
            kind=kind, words=words, values=dict(values), recipients=told, url=url, may_mute=may_mute
        ).save()
        if not any(waiting[1] is _announce for waiting in connection.run_on_commit):
            transaction.on_commit(_announce)


def _announce() -> None:
    for listener in _listeners:
        listener()
