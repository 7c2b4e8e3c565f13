"""Counts of many record sets in one query."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import QuerySet

TOGETHER = 60
"""Sets counted in one query; databases limit how many sub-queries and parameters a query holds."""


@dataclass(frozen=True)
class Question:
    """The SQL that counts record sets together, and its parameters."""

    sql: str
    params: tuple[Any, ...]

    def answer(self) -> list[int]:
        with connections[DEFAULT_DB_ALIAS].cursor() as cursor:
            cursor.execute(self.sql, self.params)
            return [int(count) for count in cursor.fetchone()]


def counts(sets: Sequence[QuerySet[Any]]) -> list[int]:
    groups = (sets[start : start + TOGETHER] for start in range(0, len(sets), TOGETHER))
    return [count for group in groups for count in question(group).answer()]


def question(sets: Sequence[QuerySet[Any]]) -> Question:
    """Each set as a sub-query of its own: `SELECT (SELECT COUNT(*) FROM (…) s0), (SELECT COUNT(*) FROM (…) s1), …`."""
    columns: list[str] = []
    params: list[Any] = []
    for place, records in enumerate(sets):
        try:
            sql, values = records.order_by().values("pk").distinct().query.get_compiler(DEFAULT_DB_ALIAS).as_sql()
        except EmptyResultSet:
            columns.append("0")
            continue
        columns.append(f"(SELECT COUNT(*) FROM ({sql}) s{place})")  # noqa: S608 - Django's own SQL, with parameters
        params.extend(values)
    return Question(f"SELECT {', '.join(columns)}", tuple(params))
