"""Reads of the years in which a sort of thing was kept: of others nothing is known, and nought is
not said.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Case, CharField, IntegerField, QuerySet, Value, When
from django.db.models.functions import Cast, ExtractYear

from yizheng.core import tenancy
from yizheng.core.audit import AuditEntry
from yizheng.core.figures import ALL_LIVE, NONE_LIVE, Keeping, KeptYears

_IN_USE = ""
"""In place of a code: the year in which this organisation began to work here."""
_FIELDS = ("keeping", "kept_year", "as_it_was_done")


def kept_years(keepings: Iterable[Keeping]) -> Mapping[str, KeptYears]:
    """Of each, by its code; asked in one query."""
    asked = {each.code: each for each in keepings}
    if not asked:
        return {}
    found: dict[str, set[tuple[int, bool]]] = defaultdict(set)
    first, *others = [_in_use(), *map(_years, asked.values())]
    for code, year, live in first.union(*others, all=True):
        if year is not None:
            found[code].add((int(year), bool(live)))
    began = min((year for year, _live in found[_IN_USE]), default=None)
    return {code: _kept(each, found[code], began) for code, each in asked.items()}


def _kept(keeping: Keeping, found: set[tuple[int, bool]], began: int | None) -> KeptYears:
    years = frozenset(year for year, _live in found)
    if keeping.lasting:
        return KeptYears(years, min(years, default=None))
    if keeping.live is None:
        return KeptYears(years, max(min(years), began) if years and began else None)
    return KeptYears(years, min((year for year, live in found if live), default=None))


def _years(keeping: Keeping) -> QuerySet[Any, Any]:
    return _rows(keeping.records(), keeping.code, keeping.year, _live(keeping))


def _live(keeping: Keeping) -> Any:
    if keeping.live is None or keeping.live in (ALL_LIVE, NONE_LIVE):
        return Value(1 if keeping.live == ALL_LIVE else 0, IntegerField())
    return Case(When(keeping.live, then=1), default=0, output_field=IntegerField())


def _in_use() -> QuerySet[Any, Any]:
    first = AuditEntry.objects.filter(organisation=tenancy.current(), sequence=1)
    return _rows(first, _IN_USE, ExtractYear("at"), Value(1, IntegerField()))


def _rows(records: QuerySet[Any], code: str, year: Any, live: Any) -> QuerySet[Any, Any]:
    named: QuerySet[Any] = records.order_by().annotate(
        keeping=Value(code, CharField()), kept_year=Cast(year, IntegerField()), as_it_was_done=live
    )
    return named.values_list(*_FIELDS).distinct()
