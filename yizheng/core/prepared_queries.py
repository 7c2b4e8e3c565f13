"""Prepared queries, which every page asks: their SQL is made once a process and then asked with
other values.

Half of what a short query costs is the making of its words. Only the words are kept, never an
answer: the page of one case is drawn in half the time, lists in four fifths (docs/performance.md).

It reaches into what Django does not promise (its compiler, what a relation has fetched), so it does
so only with versions it was tried with. With any other, the same queries are asked the plain way.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING, Any, Generic, TypeVar, cast

import django
from django.db import DEFAULT_DB_ALIAS, connection
from django.db.models import Model, QuerySet

from . import circumstances

if TYPE_CHECKING:
    from .tenancy import Tenant  # a model: not before the apps are loaded

M = TypeVar("M", bound=Model)

TRIED = frozenset({(5, 2)})
"""Versions of Django with which tests/core/test_prepared_queries.py has passed."""

_MOST = 100
_STAND_IN = 2**31 - 1 - _MOST
"""These numbers stand for the values while the words are made; no query names one of its own.

Not below nothing: a positive field would match none.
"""
_NOBODY = -1


def is_tried() -> bool:
    return django.VERSION[:2] in TRIED


class PreparedQuery:
    """`make` builds a `values_list` from ids, each given to it as an argument and used for nothing
    else than `=` or `IN`.
    """

    def __init__(self, make: Callable[..., QuerySet[Any, Any]], ids: int = 1) -> None:
        self.make, self.ids = make, ids

    def of_each(self, ids: Sequence[int]) -> list[tuple[Any, ...]]:
        """The rows of any number of ids, asked for as many at a time as there are places; empty
        places ask for nothing.
        """
        found = []
        for start in range(0, len(ids), self.ids):
            asked = ids[start : start + self.ids]
            found += self(*asked, *[_NOBODY] * (self.ids - len(asked)))
        return found

    def __call__(self, *ids: int) -> list[tuple[Any, ...]]:
        if not is_tried():
            return list(self.make(*ids))
        sql, params, converters = self._words
        with connection.cursor() as cursor:
            cursor.execute(
                sql, [ids[value - _STAND_IN] if _stands_in(value) else value for value in params]
            )
            rows = cursor.fetchall()
        return (
            [tuple(row) for row in self._compiler.apply_converters(rows, converters)]
            if converters
            else rows
        )

    @cached_property
    def _compiler(self) -> Any:
        with circumstances.watched() as asked:
            made = self.make(*(_STAND_IN + n for n in range(self.ids)))
        if asked:
            raise ValueError(f"words that are kept for good may not rest on the {min(asked)}")
        return made.query.get_compiler(connection.alias)

    @cached_property
    def _words(self) -> tuple[str, tuple[Any, ...], dict[int, Any]]:
        sql, params = self._compiler.as_sql()
        columns = [column[0] for column in self._compiler.select]
        return sql, tuple(params), self._compiler.get_converters(columns)


class PreparedObjects(Generic[M]):
    """Whole rows of a model, and of those they point to by the foreign keys in `along` (a path only
    after its beginning).
    """

    def __init__(
        self, model: type[M], make: Callable[..., QuerySet[M]], *along: str, ids: int = 1
    ) -> None:
        self.model, self.make, self.along, self.ids = model, make, along, ids

    def __call__(self, *ids: int) -> list[M]:
        return [self._object(row) for row in self._rows(*ids)]

    @cached_property
    def _parts(self) -> list[tuple[str, str, type[Model], list[str]]]:
        """Whose field it is, its name, the model behind it and that model's columns."""
        found: dict[str, type[Model]] = {"": self.model}
        for path in self.along:
            owner, _separator, name = path.rpartition("__")
            key = found[owner]._meta.get_field(name)
            found[path] = cast("type[Model]", key.related_model)
        return [
            (
                path.rpartition("__")[0],
                path.rpartition("__")[2],
                model,
                [f.attname for f in model._meta.concrete_fields],
            )
            for path, model in found.items()
        ]

    @cached_property
    def _rows(self) -> PreparedQuery:
        paths = ["", *(f"{path}__" for path in self.along)]
        columns = [
            path + name
            for path, (*_part, names) in zip(paths, self._parts, strict=True)
            for name in names
        ]
        return PreparedQuery(lambda *ids: self.make(*ids).values_list(*columns), self.ids)

    def _object(self, row: tuple[Any, ...]) -> M:
        made: dict[str, Any] = {}
        values = iter(row)
        for path, (owner, name, model, names) in zip(("", *self.along), self._parts, strict=True):
            given = list(islice(values, len(names)))
            made[path] = None if given[0] is None else model.from_db(DEFAULT_DB_ALIAS, names, given)
            if name and made[owner] is not None:
                setattr(made[owner], name, made[path])
        whole: M = made[""]
        return whole


def keep(obj: Model, name: str, hanging: list[Any], of: type[Tenant]) -> None:
    """What hangs on an object by a reverse relation, as `prefetch_related` would keep it.

    Where it is not kept, the relation asks again.
    """
    if not is_tried():
        return
    rows: Any = getattr(obj, name).all() if hanging else of.everywhere.none()
    rows._result_cache, rows._prefetch_done = hanging, True
    vars(obj).setdefault("_prefetched_objects_cache", {})[name] = rows


def _stands_in(value: object) -> bool:
    return isinstance(value, int) and _STAND_IN <= value < _STAND_IN + _MOST
