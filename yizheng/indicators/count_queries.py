"""Counts, and sums, of many record sets in one query."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import F, QuerySet

from yizheng.core.figures import Number, number

TOGETHER = 60
"""Sets counted in one query; databases limit how many sub-queries and parameters a query holds."""


CountedSet = tuple[QuerySet[Any], str]
"""A set, and the field of its records to add up; empty where the records themselves are counted."""


@dataclass(frozen=True)
class CountQuery:
    """The SQL that counts record sets together, and its parameters."""

    sql: str
    params: tuple[Any, ...]

    def answer(self) -> list[Number]:
        with connections[DEFAULT_DB_ALIAS].cursor() as cursor:
            cursor.execute(self.sql, self.params)
            return [number(value) for value in cursor.fetchone()]


def counts(sets: Sequence[CountedSet]) -> list[Number]:
    groups = (sets[start : start + TOGETHER] for start in range(0, len(sets), TOGETHER))
    return [value for group in groups for value in question(group).answer()]


def question(sets: Sequence[CountedSet]) -> CountQuery:
    """Each set as a sub-query of its own: `SELECT (SELECT COUNT(*) FROM (…) s0), (SELECT COUNT(*)
    FROM (…) s1), …`.
    """
    columns: list[str] = []
    params: list[Any] = []
    for place, (records, amount) in enumerate(sets):
        try:
            sql, values = _rows(records, amount).query.get_compiler(DEFAULT_DB_ALIAS).as_sql()
        except EmptyResultSet:
            columns.append("0")
            continue
        what = "COALESCE(SUM(its_amount), 0)" if amount else "COUNT(*)"
        columns.append(f"(SELECT {what} FROM ({sql}) s{place})")  # noqa: S608 - Django's own SQL, with parameters
        params.extend(values)
    return CountQuery(f"SELECT {', '.join(columns)}", tuple(params))


def _rows(records: QuerySet[Any], amount: str) -> QuerySet[Any]:
    """Each record once, with its amount."""
    if amount:
        amounts: QuerySet[Any] = (
            records.order_by().annotate(its_amount=F(amount)).values("pk", "its_amount").distinct()
        )
        return amounts
    return records.order_by().values("pk").distinct()
