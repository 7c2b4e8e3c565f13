"""The terms on which objects of a kind are given to units to be handled."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Model, Q

from yizheng.core import sources
from yizheng.core.access import Actor, Words
from yizheng.core.sources import Ending, Source

if TYPE_CHECKING:
    from .models import Transfer


@dataclass(frozen=True)
class TransferTerms:
    """Of one kind of object; `transferables` says what each field is."""

    model: type[Any]
    days: Callable[[], int]
    admits: Callable[[Actor, Any], bool] = lambda actor, obj: True
    admitted: Callable[[Actor], Q] = lambda actor: Q()
    closed_to: Callable[[Transfer], Words | None] = lambda transfer: None
    transferred: Callable[[Transfer, Actor], None] = lambda transfer, by: None
    answered: Callable[[Transfer, Actor], None] = lambda transfer, by: None
    tell: Callable[[Any], Iterable[int]] = lambda obj: ()
    tell_office: Callable[[Any], Iterable[int]] = lambda obj: ()
    ends: Sequence[Ending] = ()

    @property
    def source(self) -> Source:
        return sources.for_model(self.model)


_terms: dict[type[Model], TransferTerms] = {}


def keep(terms: TransferTerms) -> None:
    """Called by `transferables.register`."""
    _terms[terms.model] = terms


def all_terms() -> list[TransferTerms]:
    return list(_terms.values())


def is_given(model: type[Model]) -> bool:
    """Whether objects of the kind are given to units at all."""
    return model in _terms


def for_model(model: type[Model]) -> TransferTerms:
    return _terms[model]


def of(transfer: Transfer) -> TransferTerms:
    return for_model(sources.of(transfer).model)
