"""Facts that hold from a day to a day: what something is called, what somebody is.

Each is a row with the decision behind it. Of one thing never two at once: the database itself
refuses them (`NoOverlap`), by triggers, as SQLite and PostgreSQL both have them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.db import models
from django.db.migrations.operations.base import Operation
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .doors import VersionedRow


class DatedFact(VersionedRow):
    """`since` and `until` are its first day and its last; none means as long as is known."""

    since = models.DateField(_("since"), null=True, blank=True)
    until = models.DateField(_("until"), null=True, blank=True)
    decided_by = models.CharField(_("decided by"), max_length=200, blank=True)

    class Meta:
        abstract = True

    def holds(self, day: dt.date) -> bool:
        return (self.since is None or self.since <= day) and (
            self.until is None or day <= self.until
        )


def holding(day: Any, of: str = "") -> Q:
    """Rows that hold on the day, which may be a column; `of`: how they are reached."""
    begun = Q(**{f"{of}since": None}) | Q(**{f"{of}since__lte": day})
    return begun & (Q(**{f"{of}until": None}) | Q(**{f"{of}until__gte": day}))


CROSSES = (
    "({t}.since IS NULL OR NEW.until IS NULL OR {t}.since <= NEW.until)"
    " AND ({t}.until IS NULL OR NEW.since IS NULL OR {t}.until >= NEW.since)"
)
SAME = {"sqlite": "{t}.{c} IS NEW.{c}", "postgresql": "{t}.{c} IS NOT DISTINCT FROM NEW.{c}"}


class NoOverlap(Operation):
    """Of rows that are alike in `columns` no two hold on one day.

    To be repeated after an operation that makes the table anew, which SQLite does to change a
    column: its triggers are gone with the old table (tests/core/test_dated.py finds out).
    """

    reversible = True

    def __init__(self, model: str, columns: Sequence[str]) -> None:
        self.model, self.columns = model, tuple(columns)

    def state_forwards(self, app_label: str, state: Any) -> None:
        """No table changes."""

    def database_forwards(
        self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any
    ) -> None:
        table = to_state.apps.get_model(app_label, self.model)._meta.db_table
        vendor = schema_editor.connection.vendor
        for statement in _installing(vendor, table, self.columns):
            schema_editor.execute(statement, params=None)

    def database_backwards(
        self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any
    ) -> None:
        table = from_state.apps.get_model(app_label, self.model)._meta.db_table
        for statement in _removing(schema_editor.connection.vendor, table):
            schema_editor.execute(statement, params=None)

    def describe(self) -> str:
        return f"Of {self.model} no two at once"


def _crossing(vendor: str, table: str, columns: Sequence[str]) -> str:
    same = " AND ".join(SAME[vendor].format(t=table, c=column) for column in columns)
    days = CROSSES.format(t=table)
    # Names of our own tables and columns; nothing that anybody typed.
    return f"SELECT 1 FROM {table} WHERE {table}.id <> NEW.id AND {same} AND {days}"  # noqa: S608


def _installing(vendor: str, table: str, columns: Sequence[str]) -> list[str]:
    crossing = _crossing(vendor, table, columns)
    if vendor == "sqlite":  # a new row has no number yet: before it is written no row is itself
        return [
            f"""CREATE TRIGGER {table}_once_{event} AFTER {event} ON {table}
                WHEN EXISTS ({crossing})
                BEGIN SELECT RAISE(ABORT, 'two at once in {table}'); END"""
            for event in ("insert", "update")
        ]
    alike = " || ',' || ".join(f"COALESCE(NEW.{column}::text, '')" for column in columns)
    return [
        # Two at the same moment do not see each other's row: the second waits for the first.
        f"""CREATE FUNCTION {table}_once() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
              PERFORM pg_advisory_xact_lock(hashtext('{table}'), hashtext({alike}));
              IF EXISTS ({crossing}) THEN
                RAISE EXCEPTION 'two at once in {table}' USING ERRCODE = 'exclusion_violation';
              END IF;
              RETURN NULL;
            END $$""",
        f"""CREATE TRIGGER {table}_once AFTER INSERT OR UPDATE ON {table}
            FOR EACH ROW EXECUTE FUNCTION {table}_once()""",
    ]


def _removing(vendor: str, table: str) -> list[str]:
    if vendor == "sqlite":
        return [f"DROP TRIGGER {table}_once_{event}" for event in ("insert", "update")]
    return [f"DROP TRIGGER {table}_once ON {table}", f"DROP FUNCTION {table}_once"]
