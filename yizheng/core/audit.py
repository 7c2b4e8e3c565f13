"""The audit chain: each entry holds the hash of the one before, and the database refuses to change
or delete one.

One chain for each organisation. What a chain cannot show by itself is that its tail was cut off by
somebody who also rewrote the head; so `yizheng audit verify` prints the head, to be kept on paper
and passed back with `--expect`.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from . import clock, transaction_hooks
from .access import Actor, permission

READ = permission("audit.read", _("reads the audit chain"))
GENESIS = "0" * 64
BATCH = 500
_together: ContextVar[bool] = ContextVar("audit entries together", default=False)


class AuditHead(models.Model):
    """Where the chain of an organisation ends; its row lock orders the writers."""

    organisation = models.OneToOneField(settings.TENANT_MODEL, models.PROTECT, related_name="+")
    sequence = models.PositiveBigIntegerField(default=0)
    hash = models.CharField(max_length=64, default=GENESIS)


class AuditEntry(models.Model):
    organisation = models.ForeignKey(settings.TENANT_MODEL, models.PROTECT, related_name="+")
    sequence = models.PositiveBigIntegerField()
    at = models.DateTimeField(_("when"))
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    actor_name = models.CharField(_("who"), max_length=80, blank=True)
    actor_place = models.CharField(max_length=80, blank=True)
    address = models.CharField(max_length=45, blank=True)
    action = models.CharField(_("what"), max_length=60)
    object_type = models.CharField(max_length=60, blank=True)
    object_id = models.PositiveBigIntegerField(null=True)
    object_label = models.CharField(_("of"), max_length=200, blank=True)
    detail = models.JSONField(default=dict)
    previous = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "sequence"], name="one_audit_entry_of_a_sequence"
            )
        ]
        indexes = [
            models.Index(fields=["object_type", "object_id", "id"], name="audit_of_an_object")
        ]
        ordering = ["id"]

    def computed_hash(self) -> str:
        """What the hash must be if nothing in this entry was altered."""
        content = {
            "organisation": self.organisation_id,
            "sequence": self.sequence,
            "at": self.at.astimezone(dt.UTC).isoformat(timespec="microseconds"),
            "actor": self.actor_id,
            "actor_name": self.actor_name,
            "actor_place": self.actor_place,
            "address": self.address,
            "action": self.action,
            "object": [self.object_type, self.object_id, self.object_label],
            "detail": self.detail,
        }
        canonical = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(f"{self.previous}\n{canonical}".encode()).hexdigest()


@dataclass(frozen=True)
class ChainFlaw:
    """A place where the chain does not hold."""

    sequence: int
    reason: str


def _locked_head(organisation: int) -> AuditHead:
    """Where the chain ends, locked; only the very first entry has to make it."""
    heads = AuditHead.objects.select_for_update(no_key=True)
    if found := heads.filter(organisation_id=organisation).first():
        return found
    AuditHead.objects.get_or_create(organisation_id=organisation)
    return heads.get(organisation_id=organisation)


def record(
    action: str,
    *,
    by: Actor,
    of: models.Model | None = None,
    detail: Mapping[str, Any] | None = None,
) -> AuditEntry:
    """Append an entry to the chain of the actor's organisation, in the caller's transaction if
    there is one.
    """
    entry = AuditEntry(
        organisation_id=by.organisation_id,
        at=clock.now(),
        actor_id=by.account_id,
        actor_name=by.name,
        actor_place=by.place,
        address=by.address,
        action=action,
        object_type=of._meta.label_lower if of else "",
        object_id=of.pk if of else None,
        object_label=str(of)[:200] if of else "",
        detail=json.loads(json.dumps(detail or {}, ensure_ascii=False, default=str)),
    )
    if _together.get():
        transaction_hooks.queue(_PendingEntry(entry))
    else:
        _append(by.organisation_id, [entry])
    return entry


@dataclass(frozen=True)
class _PendingEntry(transaction_hooks.Hook):
    """An entry that enters the chain at the end of `together`; without a transaction to wait for,
    at once.
    """

    entry: AuditEntry

    def __call__(self) -> None:
        _append(self.entry.organisation_id, [self.entry])


@transaction.atomic
def _append(organisation: int, entries: Sequence[AuditEntry]) -> None:
    head = _locked_head(organisation)
    for entry in entries:
        entry.sequence, entry.previous = head.sequence + 1, head.hash
        entry.hash = entry.computed_hash()
        head.sequence, head.hash = entry.sequence, entry.hash
    AuditEntry.objects.bulk_create(entries, batch_size=BATCH)
    head.save(update_fields=["sequence", "hash"])


@contextmanager
def together() -> Iterator[None]:
    """Work of several steps, within its transaction: its entries enter the chain at its end, one
    after the other.

    So whoever else writes does not wait for the head of the chain all the while, and the head is
    the last that is locked. An entry goes with whatever of the work is rolled back. What is inside
    does not see its entries yet.
    """
    if _together.get():
        yield
        return
    token = _together.set(True)
    try:
        yield
    finally:
        _together.reset(token)
    entries = [waiting.entry for waiting in transaction_hooks.queued(_PendingEntry)]
    transaction_hooks.forget(_PendingEntry)
    for organisation in sorted({entry.organisation_id for entry in entries}):
        _append(organisation, [entry for entry in entries if entry.organisation_id == organisation])


def verify(organisation_id: int, expected_head: str = "") -> Iterator[ChainFlaw]:
    """Every place where the chain of the organisation does not hold; nothing when it holds."""
    previous, sequence, seen_expected = GENESIS, 0, not expected_head
    for entry, flaws in _walk(
        _chain(organisation_id).iterator(chunk_size=2000), sequence, previous
    ):
        yield from flaws
        sequence, previous = entry.sequence, entry.hash
        seen_expected |= entry.hash == expected_head
    yield from _at_the_end(organisation_id, sequence, previous)
    if not seen_expected:
        yield ChainFlaw(sequence, NOT_IN_CHAIN)


NOT_IN_CHAIN = "the expected head is not in the chain"


@dataclass(frozen=True)
class ChainStretch:
    """A stretch of the chain that was verified: where it ended, and whether that is the chain's
    end.
    """

    sequence: int
    previous: str
    flaws: tuple[ChainFlaw, ...]
    hashes: frozenset[str]
    ended: bool


def verify_stretch(organisation_id: int, sequence: int, previous: str, count: int) -> ChainStretch:
    """Verify the next entries after one already verified, so that a long chain can be gone through
    piece by piece.
    """
    entries = list(_chain(organisation_id).filter(sequence__gt=sequence)[:count])
    flaws, hashes = [], set()
    for entry, found in _walk(entries, sequence, previous):
        flaws += found
        hashes.add(entry.hash)
        sequence, previous = entry.sequence, entry.hash
    ended = len(entries) < count
    if ended:
        flaws += _at_the_end(organisation_id, sequence, previous)
    return ChainStretch(sequence, previous, tuple(flaws), frozenset(hashes), ended)


def _chain(organisation_id: int) -> models.QuerySet[AuditEntry]:
    return AuditEntry.objects.filter(organisation_id=organisation_id).order_by("sequence")


def _walk(
    entries: Iterable[AuditEntry], sequence: int, previous: str
) -> Iterator[tuple[AuditEntry, list[ChainFlaw]]]:
    """Each entry with what is wrong at it, the one before it being given."""
    for entry in entries:
        flaws = []
        if entry.sequence != sequence + 1:
            flaws.append(ChainFlaw(sequence + 1, f"entry {sequence + 1} is missing"))
        if entry.previous != previous:
            flaws.append(ChainFlaw(entry.sequence, "does not follow from the entry before it"))
        if entry.hash != entry.computed_hash():
            flaws.append(ChainFlaw(entry.sequence, "its content was altered"))
        sequence, previous = entry.sequence, entry.hash
        yield entry, flaws


def _at_the_end(organisation_id: int, sequence: int, previous: str) -> Iterator[ChainFlaw]:
    head = AuditHead.objects.filter(organisation_id=organisation_id).first()
    if (head.sequence, head.hash) != (sequence, previous) if head else sequence:
        yield ChainFlaw(sequence, "the chain does not end where its head says")


LOOKS = r"(read|exported|taken|failed|locked_out|signed_in|signed_out)$"
"""How actions end that leave their object as it was."""


def last_change(*objects: models.Model) -> AuditEntry | None:
    """Who wrote last on one of these; that somebody only looked at it does not count."""
    found = [
        entry for obj in objects if (entry := history(obj).exclude(action__regex=LOOKS).last())
    ]
    return max(found, key=lambda entry: entry.pk, default=None)


def history(obj: models.Model) -> models.QuerySet[AuditEntry]:
    """What happened to an object, first things first."""
    return AuditEntry.objects.filter(object_type=obj._meta.label_lower, object_id=obj.pk).order_by(
        "id"
    )
