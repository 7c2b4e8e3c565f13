"""Tenancy: many organisations in one database, where a query without a scope is an error, not a
leak.

The scope is set once for a request (from the signed-in account) or a task, and every tenant table
reads it. What has to cross organisations says so by `everywhere`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, ClassVar, Self, TypeVar

from django.apps import apps
from django.conf import settings
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

_scope: ContextVar[int | None] = ContextVar("organisation", default=None)
_memories: ContextVar[tuple[tuple[int, dict[str, Any]], ...]] = ContextVar("memories", default=())
_UNSETTLED = object()
M = TypeVar("M", bound=models.Model, covariant=True)
T = TypeVar("T")


class UnscopedQuery(RuntimeError):
    """A tenant table was read or written with no organisation in scope."""


@contextmanager
def scope(organisation: models.Model | int) -> Iterator[None]:
    place = organisation if isinstance(organisation, int) else organisation.pk
    token, memories = _scope.set(place), _memories.set((*_memories.get(), (place, {})))
    try:
        yield
    finally:
        _memories.reset(memories)
        _scope.reset(token)


def organisations() -> models.QuerySet[Any]:
    """All there are, the oldest first: the rows of `settings.TENANT_MODEL`."""
    found: models.QuerySet[Any] = apps.get_model(settings.TENANT_MODEL)._default_manager.all()
    return found.order_by("pk")


def remembered(key: str, make: Callable[[], T]) -> T:
    """What was made once stays for the rest of the scope (one request or task): calendar,
    regulations in force.
    """
    if not (memories := _memories.get()):
        return make()
    _place, memory = memories[-1]
    if memory.get(key) is _UNSETTLED:
        return make()
    if key not in memory:
        memory[key] = make()
    found: T = memory[key]
    return found


def forget(key: str) -> None:
    """Whoever changes what others may remember says so, and every scope of the organisation that is
    open here asks anew.

    Until the change is committed nothing is kept: it may be taken back.
    """
    organisation = _scope.get()
    memories = [memory for place, memory in _memories.get() if place == organisation]

    def settle() -> None:
        for memory in memories:
            memory.pop(key, None)

    for memory in memories:
        memory[key] = _UNSETTLED
    transaction.on_commit(settle)


def current() -> int:
    """Id of the organisation in scope. Raises UnscopedQuery when there is none."""
    if (organisation := _scope.get()) is None:
        raise UnscopedQuery(
            "No organisation in scope: use tenancy.scope(…), or .everywhere where "
            "organisations cross."
        )
    return organisation


class TenantManager(models.Manager[M]):
    """Rows of the organisation in scope, and none else."""

    def get_queryset(self) -> models.QuerySet[M]:
        """Made once a scope and copied from then on: a page begins here some forty times."""
        organisation, rows = current(), super().get_queryset
        return remembered(
            f"rows of {self.model._meta.label}", lambda: rows().filter(organisation_id=organisation)
        ).all()


class Tenant(models.Model):
    """A table whose rows belong to one organisation."""

    organisation = models.ForeignKey(
        settings.TENANT_MODEL, models.PROTECT, related_name="+", verbose_name=_("organisation")
    )

    objects: ClassVar[TenantManager[Self]] = TenantManager()
    everywhere: ClassVar[models.Manager[Self]] = models.Manager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """A new row belongs to the scope unless it says otherwise."""
        if self.organisation_id is None:
            self.organisation_id = current()
        super().save(*args, **kwargs)
