"""Derived rows: what a higher floor keeps about an object of a lower one (search text, duty facts),
refreshed in the same transaction as the step that changed it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.db.models import Model

from . import tenancy

Refresh = Callable[[Any], None]
_waiting: ContextVar[dict[tuple[type[Model], int], Model] | None] = ContextVar(
    "waiting", default=None
)
_refreshers: dict[type[Model], list[Refresh]] = defaultdict(list)


def register(model: type[Model], refresh: Refresh) -> None:
    _refreshers[model].append(refresh)


def refresh(obj: Model) -> None:
    waiting = _waiting.get()
    if waiting is not None:
        waiting[type(obj), obj.pk] = obj
        return
    for refresher in _refreshers[type(obj)]:
        refresher(obj)


@contextmanager
def at_the_end() -> Iterator[None]:
    """Long work of many steps refreshes each object once, when it is done, each in the organisation
    it belongs to.
    """
    waiting: dict[tuple[type[Model], int], Model] = {}
    token = _waiting.set(waiting)
    try:
        yield
    finally:
        _waiting.reset(token)
    by_organisation: dict[int, list[Model]] = defaultdict(list)
    for obj in waiting.values():
        by_organisation[getattr(obj, "organisation_id", 0)].append(obj)
    for organisation, objects in by_organisation.items():
        with tenancy.scope(organisation):
            for obj in objects:
                refresh(obj)
