"""The doors beside the steps: how a row is added, changed, thrown away.

Each does the same for every row, in one transaction: lock it, check the right, check that it is still as the actor saw it,
let it be changed, raise its version, save, write the audit entry (what changed, from, to), refresh derived rows. A refusal
raised inside leaves nothing behind. Objects that travel a flow have their edits in the flow's table and come here through
`Flow.editing`; all others are Versioned rows and name their rule where they are changed.

    with editing(unit, "unit.changed", by=by, rule=keep, seen=seen) as edit:
        edit.row.name = name
"""

from __future__ import annotations

import copy
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, ClassVar, Generic, TypeVar

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from . import audit, derived, files
from .access import Actor, Rule
from .refusals import NotAllowed, StaleState
from .tenancy import Tenant

LONGEST_TOLD = 200
UNTRACED = frozenset({"id", "organisation", "version", "state", "state_since", "due_on"})


class Versioned(Tenant):
    """A row that several people may change; its version tells whether somebody did since one looked."""

    version = models.PositiveIntegerField(default=0)

    KEPT_QUIET: ClassVar[frozenset[str]] = frozenset()
    """Fields of which the audit chain tells that they changed, and not what stood there (telephones, private words)."""

    class Meta:
        abstract = True


V = TypeVar("V", bound=Versioned)


@dataclass
class Change(Generic[V]):
    """A change being made: the locked row, and what the audit entry should tell besides the fields that differ."""

    row: V
    detail: dict[str, Any] = field(default_factory=dict)
    is_noted: bool = False

    def note(self, **detail: Any) -> None:
        """Something changed that is no field of the row: its members, its agenda."""
        self.detail.update(detail)
        self.is_noted = True

    def save(self) -> None:
        """A new row is saved before what hangs on it; at the end it is anyway."""
        self.row.save()


def mark(*rows: Versioned | None) -> str:
    """What a page says it has seen: the versions of the rows it shows, `0` for one that is not there yet."""
    return ".".join(str(row.version) if row is not None else "0" for row in rows)


def require(by: Actor, rule: Rule | None, obj: Any, sentence: Any = "") -> None:
    """Raises NotAllowed unless the actor may: another organisation's row is nobody's here."""
    if obj.organisation_id not in (None, by.organisation_id):
        raise NotAllowed
    if rule is not None and not by.is_system and not rule.allows(by, obj):
        raise NotAllowed(sentence or _("This is for whoever %(what)s; none of your roles does.") % {"what": rule.label})


def locked(row: V) -> V:
    """The row itself, read afresh and locked. Raises StaleState when it is gone."""
    found = type(row).everywhere.select_for_update().filter(pk=row.pk, organisation_id=row.organisation_id).first()
    if found is None:
        raise StaleState(_("“%(what)s” is not there any more: somebody removed it since you opened this page.") % {"what": row})
    return found


def check_seen(seen: int | str | None, *rows: Versioned | None, told: bool = True) -> None:
    """Raises StaleState when it is no longer as the actor saw it; None skips that check (the house itself, imports).

    Where nothing is told of such changes (`told`), the last entry says neither who made it nor when.
    """
    if seen is None or str(seen) == mark(*rows):
        return
    if not told:
        raise StaleState(
            _("This was saved in another window or by a colleague since you opened it. What you typed is still on this page: compare before you save again.")
        )
    last = max((entry for row in rows if row is not None and (entry := audit.history(row).last())), key=lambda entry: entry.pk, default=None)
    raise StaleState(
        _("This has changed since you opened it (%(who)s, %(when)s). What you typed is still on this page: compare before you save again.")
        % {
            "who": (last and last.actor_name) or "—",
            "when": timezone.localtime(last.at).strftime("%m-%d %H:%M") if last else "—",
        }
    )


@contextmanager
def adding(
    row: V, action: str, *, by: Actor, rule: Rule | None, stranger: Any = "", of: models.Model | None = None
) -> Iterator[Change[V]]:
    """A new row. Its audit entry tells only what `note` is given, and stands with `of`, else with the row."""
    with transaction.atomic():
        row.organisation_id = by.organisation_id
        require(by, rule, row, stranger)
        change = Change(row)
        yield change
        row.save()
        audit.record(action, by=by, of=of or row, detail=change.detail)
        derived.refresh(row)


@contextmanager
def editing(
    row: V, action: str, *, by: Actor, rule: Rule | None, seen: int | str | None = None, stranger: Any = "", also: tuple[Versioned, ...] = (),
) -> Iterator[Change[V]]:  # fmt: skip
    """A change of a row. `also` are rows shown and changed on the same page (the person behind a member): locked after it,
    refreshed in place, a part of what was seen. Nothing that changed nothing leaves a trace."""
    with transaction.atomic():
        there = locked(row)
        for other in also:
            other.refresh_from_db(from_queryset=type(other).everywhere.select_for_update())
        require(by, rule, there, stranger)
        check_seen(seen, there, *also)
        rows: list[Versioned] = [there, *also]
        before = [snapshot(each) for each in rows]
        change = Change(there)
        yield change
        _keep(change, action, by, [(each, differences(each, stood)) for each, stood in zip(rows, before, strict=True)])
    row.__dict__.update({name: value for name, value in there.__dict__.items() if name != "_state"})


def _keep(change: Change[Any], action: str, by: Actor, found: list[tuple[Versioned, dict[str, Any]]]) -> None:
    """Each row that differs gets its next version; the row itself also when something was noted of it."""
    told: dict[str, Any] = {}
    for row, changed in found:
        if changed or (change.is_noted and row is change.row):
            told |= changed
            row.version += 1
            row.save()
    if told or change.is_noted:
        audit.record(action, by=by, of=change.row, detail={**change.detail, **({"changed": told} if told else {})})
        for row, _changed in found:
            derived.refresh(row)


@contextmanager
def deleting(
    row: V, action: str, *, by: Actor, rule: Rule | None, seen: int | str | None = None, stranger: Any = "", of: models.Model | None = None
) -> Iterator[Change[V]]:
    """A row that is gone afterwards, with what hangs on it; its entry stands with `of`, else with the row's own number."""
    with transaction.atomic():
        there = locked(row)
        require(by, rule, there, stranger)
        check_seen(seen, there)
        change = Change(there)
        yield change
        audit.record(action, by=by, of=of or there, detail=change.detail)
        files.remove_all(there, by=by)
        there.delete()


# What changed ------------------------------------------------------------------------------------------------------


def snapshot(row: models.Model) -> dict[str, Any]:
    """What stands in the fields people change."""
    return {f.attname: copy.deepcopy(getattr(row, f.attname)) for f in row._meta.concrete_fields if f.name not in UNTRACED}


def differences(row: models.Model, before: dict[str, Any]) -> dict[str, Any]:
    """Field → [from, to], in words that can be kept; of what is kept quiet only that it changed."""
    quiet: frozenset[str] = getattr(row, "KEPT_QUIET", frozenset())
    found: dict[str, Any] = {}
    for each in row._meta.concrete_fields:
        if each.attname in before and before[each.attname] != (now := getattr(row, each.attname)):
            found[each.name] = None if each.name in quiet else [_told(each, before[each.attname]), _told(each, now)]
    return found


def _told(column: models.Field[Any, Any], value: Any) -> Any:
    if value is None or isinstance(value, bool | int | float):
        if value is not None and column.is_relation and column.related_model:
            return str(column.related_model._base_manager.filter(pk=value).first() or value)
        return value
    text = str(value)
    return text if len(text) <= LONGEST_TOLD else f"{text[:LONGEST_TOLD]}…"
