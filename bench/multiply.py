"""Many counties out of one, by INSERT … SELECT.

The demo county is walked through the real flow once; its rows are then copied, county by county.
The n-th copy of row `id` gets the id `(id + offset) * factor + n`, and every reference moves with
it. So the counties' rows lie among each other by time, as they would where three thousand offices
work at once: no county has its rows side by side, and a page reads as many blocks of the disk as it
would there.

What is no key stays as it was copied: addresses inside notices and promises, account numbers in
the outbox.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.core.management.color import no_style
from django.db import connection, models, transaction
from django.db.models import Field, ForeignKey, Max, Min, Model, UniqueConstraint

ROWS_AT_ONCE = 20_000
NEVER = {"documents", "portal", "search"}
"""Apps without tables, and the index of search, which is written by its own store."""
POINTERS = {"object_id", "place_id"}
"""Ids whose table stands in a column beside them; 0 points nowhere."""

TellCopied = Callable[[int, int, str], None]


def tables_of_a_county() -> list[type[Model]]:
    return [m for m in _ours() if m._meta.label_lower != "core.auditentry"]


def audit_entries() -> list[type[Model]]:
    return [apps.get_model("core", "AuditEntry")]


def tables_of_proposals() -> list[type[Model]]:
    """What belongs to the proposals themselves; members, units and accounts stay the same."""
    return [m for m in _ours() if m._meta.app_label in ("proposals", "promises")]


def _ours() -> list[type[Model]]:
    found = []
    for app in apps.get_app_configs():
        if app.name.startswith("yizheng.") and app.label not in NEVER:
            found += list(app.get_models(include_auto_created=True))
    return found


@dataclass(frozen=True)
class Shift:
    """How ids move. `moved` are the tables that are copied: references to any other table stay."""

    offset: int
    factor: int
    moved: frozenset[str]

    def of(self, column: str) -> str:
        return f"((t.{column} + {self.offset}) * {self.factor} + n.k)"

    def id(self, old: int, copy: int) -> int:
        return (old + self.offset) * self.factor + copy


def shift_for(copies: int, models_: Iterable[type[Model]]) -> Shift:
    """Far enough that no copy meets an original; the same for all tables."""
    highest = max(_span(model)[1] for model in _ours())
    return Shift(highest, copies + 1, frozenset(model._meta.label for model in models_))


def _span(model: type[Model]) -> tuple[int, int]:
    span = model._base_manager.aggregate(low=Min("pk"), high=Max("pk"))
    return span["low"] or 0, span["high"] or 0


def multiply(copies: int, models_: list[type[Model]], shift: Shift, progress: TellCopied) -> None:
    """Copy all rows there are of these tables."""
    spans = {model: _span(model) for model in models_}
    _numbers(copies)
    with _unchecked(), _without_indexes(models_):
        for place, model in enumerate(models_):
            low, high = spans[model]
            step = max(1, ROWS_AT_ONCE // max(copies, 1))
            sql = _copy_sql(model, shift)
            for start in range(low, high + 1, step) if high else ():
                progress(
                    place * 1000 + 1000 * (start - low) // (high - low + 1),
                    len(models_) * 1000,
                    model.__name__,
                )
                _execute(sql, [start, min(start + step - 1, high)])
    progress(1, 1, "")
    _reset_sequences(models_)


def _execute(sql: str, params: list[Any] | None = None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)


def _numbers(copies: int) -> None:
    _execute("DROP TABLE IF EXISTS bench_copies")
    _execute("CREATE TABLE bench_copies (k bigint PRIMARY KEY)")
    _execute(
        "INSERT INTO bench_copies WITH RECURSIVE n(k) AS (SELECT 1 UNION ALL SELECT k + 1 "
        "FROM n WHERE k < %s) "
        "SELECT k FROM n WHERE k <= %s",
        [copies, copies],
    )


# One table ----------------------------------------------------------------------------------------


def _copy_sql(model: type[Model], shift: Shift) -> str:
    fields = list(model._meta.concrete_fields)
    distinct = _distinct_texts(model, shift)
    columns = ", ".join(_column(field) for field in fields)
    values = ", ".join(_value(field, shift, distinct) for field in fields)
    table, key = connection.ops.quote_name(model._meta.db_table), _column(model._meta.pk)
    return (
        f"INSERT INTO {table} ({columns}) SELECT {values} FROM {table} AS t CROSS JOIN "
        "bench_copies AS n "
        f"WHERE t.{key} BETWEEN %s AND %s ORDER BY t.{key}, n.k"
    )


def _column(field: Field[Any, Any]) -> str:
    return connection.ops.quote_name(field.column or "")


def _value(field: Field[Any, Any], shift: Shift, distinct: set[str]) -> str:
    column = _column(field)
    if field.name in POINTERS:
        return f"CASE WHEN t.{column} = 0 THEN 0 ELSE {shift.of(column)} END"
    if _moves(field, shift):
        return shift.of(column)
    if field.name in distinct:
        return f"CASE WHEN t.{column} = '' THEN '' ELSE t.{column} || '-' || n.k END"
    return f"t.{column}"


def _moves(field: Field[Any, Any], shift: Shift) -> bool:
    if isinstance(field, ForeignKey):
        return field.related_model._meta.label in shift.moved
    return field.primary_key or field.name in POINTERS


def _distinct_texts(model: type[Model], shift: Shift) -> set[str]:
    """Texts that would repeat against a unique constraint none of whose columns moves."""
    constraints = [c for c in model._meta.constraints if isinstance(c, UniqueConstraint)]
    together = [list(c.fields) for c in constraints]
    together += [[f.name] for f in model._meta.concrete_fields if f.unique]
    by_name = {field.name: field for field in model._meta.concrete_fields}
    found: set[str] = set()
    for names in together:
        fields = [by_name[name] for name in names]
        if not any(_moves(field, shift) for field in fields):
            found |= {f.name for f in fields if isinstance(f, models.CharField)}
    return found


# The database while it is filled ------------------------------------------------------------------


@contextmanager
def _unchecked() -> Iterator[None]:
    """Copies of sound rows need no foreign keys or checks checked."""
    if connection.vendor == "sqlite":
        before = ["PRAGMA foreign_keys = OFF", "PRAGMA ignore_check_constraints = ON"]
        after = ["PRAGMA foreign_keys = ON", "PRAGMA ignore_check_constraints = OFF"]
    else:
        before = [
            "SET session_replication_role = replica",
            "SET synchronous_commit = off",
            "SET work_mem = '512MB'",
            "SET maintenance_work_mem = '1GB'",
        ]
        after = [
            "RESET session_replication_role",
            "RESET synchronous_commit",
            "RESET work_mem",
            "RESET maintenance_work_mem",
        ]
    for sql in before:
        _execute(sql)
    try:
        yield
    finally:
        for sql in after:
            _execute(sql)


@contextmanager
def _without_indexes(models_: Iterable[type[Model]]) -> Iterator[None]:
    """Indexes that no constraint stands on are made once at the end."""
    tables = {model._meta.db_table for model in models_}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT name, tbl_name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL"
            if connection.vendor == "sqlite"
            else "SELECT indexname, tablename, indexdef FROM pg_indexes WHERE schemaname = "
            "'public' AND NOT EXISTS "
            "(SELECT 1 FROM pg_constraint WHERE conname = indexname)"
        )
        indexes = [(name, sql) for name, table, sql in cursor.fetchall() if table in tables]
    for name, _sql in indexes:
        _execute(f"DROP INDEX {connection.ops.quote_name(name)}")
    yield
    for _name, sql in indexes:
        _execute(sql)


def _reset_sequences(models_: list[type[Model]]) -> None:
    with transaction.atomic():
        for sql in connection.ops.sequence_reset_sql(no_style(), models_):
            _execute(sql)


def hurry() -> None:
    """A bench needs no safety against a power cut while it fills its database."""
    if connection.vendor == "sqlite":
        _execute("PRAGMA journal_mode = OFF")
        _execute("PRAGMA synchronous = OFF")


def analyze() -> None:
    """Statistics for the planner, as autovacuum or `PRAGMA optimize` keeps them."""
    _execute("DROP TABLE IF EXISTS bench_copies")
    _execute("ANALYZE" if connection.vendor == "sqlite" else "VACUUM ANALYZE")
