"""The doors beside the steps: how a row is added, changed, thrown away.

Each does the same for every row, in one transaction: lock it, check the right, check that it is
still as the actor saw it, let it be changed, raise its version, save, write the audit entry (what
changed, from, to), refresh derived rows. A refusal raised inside leaves nothing behind. Objects
that travel a flow have their edits in the flow's table and come here through `Flow.editing`; all
others are Versioned rows and name their rule where they are changed.

    with editing(row, "thing.changed", by=by, rule=keep, seen=seen) as edit:
        edit.row.name = name
"""

from __future__ import annotations

import copy
from collections.abc import Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from typing import Any, ClassVar, Generic, TypeVar

from django.core.exceptions import ObjectDoesNotExist
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from . import audit, database_errors, derived_rows, files
from .access import Actor, Rule
from .punctuation import shortened
from .refusals import NotAllowed, StaleState
from .tenancy import Tenant

LONGEST_TOLD = 200
UNTRACED = frozenset({"id", "organisation", "version", "state", "state_since", "due_on"})


class VersionedRow(Tenant):
    """A row that several people may change; its version tells whether somebody did since one
    looked.
    """

    version = models.PositiveIntegerField(default=0)

    KEPT_QUIET: ClassVar[frozenset[str]] = frozenset()
    """Fields of which the audit chain tells that they changed, and not what stood there
    (telephones, private words).
    """

    class Meta:
        abstract = True

    @property
    def seen(self) -> str:
        """What a page says it has seen of it: which row, in which version."""
        return f"{self.pk}-{self.version}"


V = TypeVar("V", bound=VersionedRow)


@dataclass
class RowChange(Generic[V]):
    """A change being made: the locked row, and what the audit entry should tell besides the fields
    that differ.
    """

    row: V
    detail: dict[str, Any] = field(default_factory=dict)
    is_noted: bool = False
    of: models.Model | None = None
    """With what the audit entry stands, if not with the row."""

    def note(self, **detail: Any) -> None:
        """Something changed that is no field of the row: what hangs on it."""
        self.detail.update(detail)
        self.is_noted = True

    def put(self, values: Mapping[str, Any], names: Iterable[str] = ()) -> None:
        """The values into the fields of their names (of these names only, if some are given)."""
        put(self.row, values, names)

    def save(self) -> None:
        """A new row is saved before what hangs on it; at the end it is anyway."""
        self.row.save()


def put(row: models.Model, values: Mapping[str, Any], names: Iterable[str] = ()) -> list[str]:
    """The values into the fields of their names; answers the names of those that differ."""
    wanted = [name for name in (names or values) if name in values]
    changed = [name for name in wanted if row.pk is None or getattr(row, name) != values[name]]
    for name in wanted:
        setattr(row, name, values[name])
    return changed


def mark(*rows: VersionedRow | None) -> str:
    """What a page says it has seen: the rows it shows, each in its version; `0` for one that is not
    there yet.

    The row is said too: who is named after another begins with the same version as the one before.
    """
    return ".".join(row.seen if row is not None and row.pk else "0" for row in rows)


def require(by: Actor, rule: Rule | None, obj: Any = None, sentence: Any = "") -> None:
    """Raises NotAllowed unless the actor may: another organisation's row is nobody's here.

    No object: the page as such.
    """
    if obj is not None and obj.organisation_id not in (None, by.organisation_id):
        raise NotAllowed
    if rule is not None and not by.is_system and not rule.allows(by, obj):
        told = _(
            "This is for whoever %(what)s; none of your roles does. Ask the administrator "
            "of your organisation."
        )
        raise NotAllowed(sentence or told % {"what": rule.label})


def locked(row: V) -> V:
    """The row itself, read afresh and locked. Raises StaleState when it is gone.

    Without its key: at its commit, when it holds the head of the audit chain, every transaction
    that wrote something shares the keys of the rows it refers to. A lock of the key would make it
    wait for somebody who waits for the chain.
    """
    try:
        return row.__class__.everywhere.select_for_update(no_key=True).get(
            pk=row.pk, organisation_id=row.organisation_id
        )
    except ObjectDoesNotExist as error:
        raise gone(row) from error


def read_afresh(row: Tenant) -> None:
    """The same object, as the row stands now, and locked. Raises StaleState when it is gone."""
    try:
        row.refresh_from_db(from_queryset=type(row).everywhere.select_for_update(no_key=True))
    except ObjectDoesNotExist as error:
        raise gone(row) from error


def gone(row: models.Model) -> StaleState:
    """The refusal that says it was removed."""
    return StaleState(
        _("“%(what)s” is not there any more: somebody removed it since you opened this page.")
        % {"what": row}
    )


def check_seen(seen: int | str | None, *rows: VersionedRow | None, told: bool = True) -> None:
    """Raises StaleState when it is no longer as the actor saw it; None skips that check (the house
    itself, imports).

    A page of one flowing object says its version alone, as a number. Where nothing is told of such
    changes (`told`), the last entry says neither who made it nor when.
    """
    now = rows[0].version if isinstance(seen, int) and rows[0] is not None else mark(*rows)
    if seen is None or seen == now:
        return
    if told:
        raise stale(*rows, seen=seen)
    raise StaleState(
        _(
            "This was saved in another window or by a colleague since you opened it, so "
            "nothing was changed now. Look at how it stands before you go on."
        ),
        rows,
        seen,
    )


def stale(*rows: VersionedRow | None, seen: int | str | None = None) -> StaleState:
    """The refusal that says who changed one of these last, and when."""
    return StaleState(
        _(
            "This has changed since you opened it (%(who)s, %(when)s). Nothing of yours was "
            "saved: look at how it stands now before you save again."
        )
        % last_hand(*rows),
        rows,
        seen,
    )


@contextmanager
def whole() -> Iterator[None]:
    """All of it, or nothing.

    Raises a refusal where the database has one to tell (`core/database_errors.py`): two asked
    at once.
    """
    try:
        with transaction.atomic():
            yield
    except database_errors.REFUSED as error:
        if refusal := database_errors.refusal_of(error):
            raise refusal from error
        raise


def last_hand(*rows: models.Model | None) -> dict[str, Any]:
    """Who changed one of these last, and when, for a sentence."""
    last = audit.last_change(*(row for row in rows if row is not None))
    return {
        "who": (last and (last.actor_name or _("the platform"))) or "—",
        "when": timezone.localtime(last.at).strftime("%m-%d %H:%M") if last else "—",
    }


@contextmanager
def adding(
    row: V,
    action: str,
    *,
    by: Actor,
    rule: Rule | None,
    stranger: Any = "",
    of: models.Model | None = None,
) -> Iterator[RowChange[V]]:
    """A new row.

    Its audit entry tells only what `note` is given, and stands with `of`, else with the row.
    """
    with whole():
        row.organisation_id = by.organisation_id
        require(by, rule, row, stranger)
        change = RowChange(row, of=of)
        yield change
        row.save()
        audit.record(action, by=by, of=change.of or row, detail=change.detail)
        derived_rows.refresh(row)


@contextmanager
def editing(
    row: V,
    action: str,
    *,
    by: Actor,
    rule: Rule | None,
    seen: int | str | None = None,
    stranger: Any = "",
    also: tuple[VersionedRow, ...] = (),
    touches: bool = True,
) -> Iterator[RowChange[V]]:
    """A change of a row.

    `also` are rows shown and changed on the same page (the person behind an account): locked after
    it, refreshed in place, a part of what was seen. What was only noted makes no page of the row
    stale unless it `touches` it. Nothing that changed nothing leaves a trace. The caller's row
    stands as it is now, refused or not.
    """
    with whole():
        there = locked(row)
        for other in also:
            read_afresh(other)
        _show(row, there)
        require(by, rule, there, stranger)
        check_seen(seen, there, *also)
        rows: list[VersionedRow] = [there, *also]
        before = [snapshot(each) for each in rows]
        change = RowChange(there)
        yield change
        _keep(
            change,
            action,
            by,
            [(each, differences(each, stood)) for each, stood in zip(rows, before, strict=True)],
            touches,
        )
    _show(row, there)


def _show(row: models.Model, there: models.Model) -> None:
    """The fields of the caller's row as they are; what a changed field pointed to is asked for
    again.
    """
    for each in row._meta.concrete_fields:
        setattr(row, each.attname, getattr(there, each.attname))


def _keep(
    change: RowChange[Any],
    action: str,
    by: Actor,
    found: list[tuple[VersionedRow, dict[str, Any]]],
    touches: bool,
) -> None:
    """Each row that differs gets its next version; the row itself also when something was noted
    that touches it.
    """
    told: dict[str, Any] = {}
    for row, changed in found:
        if changed or (change.is_noted and touches and row is change.row):
            told |= changed
            row.version += 1
            row.save()
    if told or change.is_noted:
        audit.record(
            action,
            by=by,
            of=change.of or change.row,
            detail={**change.detail, **({"changed": told} if told else {})},
        )
        for row, _changed in found:
            derived_rows.refresh(row)


def change_all(rows: models.QuerySet[Any], values: Mapping[str, Any]) -> int:
    """The same change of many rows in one statement, each in its next version; how many there were.

    Whoever calls has asked whether the actor may, and keeps one entry that tells of all.
    """
    return rows.update(**values, version=models.F("version") + 1)


def saving(
    row: V,
    noun: str,
    *,
    by: Actor,
    rule: Rule | None,
    seen: int | str | None = None,
    stranger: Any = "",
) -> AbstractContextManager[RowChange[V]]:
    """What one form adds and changes: `noun.added` for a new row, `noun.changed` for one that is
    there.
    """
    if row.pk is None:
        return adding(row, f"{noun}.added", by=by, rule=rule, stranger=stranger)
    return editing(row, f"{noun}.changed", by=by, rule=rule, seen=seen, stranger=stranger)


@contextmanager
def deleting(
    row: V,
    action: str,
    *,
    by: Actor,
    rule: Rule | None,
    seen: int | str | None = None,
    stranger: Any = "",
    of: models.Model | None = None,
) -> Iterator[RowChange[V]]:
    """A row that is gone afterwards, with what hangs on it; its entry stands with `of`, else with
    the row's own number.
    """
    with whole():
        there = locked(row)
        require(by, rule, there, stranger)
        check_seen(seen, there)
        change = RowChange(there, of=of)
        yield change
        audit.record(action, by=by, of=change.of or there, detail=change.detail)
        files.remove_all(there, by=by)
        there.delete()


# What changed -------------------------------------------------------------------------------------


def snapshot(row: models.Model) -> dict[str, Any]:
    """What stands in the fields people change."""
    return {
        f.attname: copy.deepcopy(getattr(row, f.attname))
        for f in row._meta.concrete_fields
        if f.name not in UNTRACED
    }


def differences(row: models.Model, before: dict[str, Any]) -> dict[str, Any]:
    """Field → [from, to], in words that can be kept; of what is kept quiet only that it changed."""
    quiet: frozenset[str] = getattr(row, "KEPT_QUIET", frozenset())
    found: dict[str, Any] = {}
    for each in row._meta.concrete_fields:
        if each.attname in before and before[each.attname] != (now := getattr(row, each.attname)):
            found[each.name] = (
                None
                if each.name in quiet
                else [in_words(each, before[each.attname]), in_words(each, now)]
            )
    return found


def in_words(column: models.Field[Any, Any], value: Any) -> Any:
    """A value as the audit chain keeps it."""
    if value is None or isinstance(value, bool | int | float):
        if value is not None and column.is_relation and column.related_model:
            return str(column.related_model._base_manager.filter(pk=value).first() or value)
        return value
    return shortened(str(value), LONGEST_TOLD)
