"""On which terms objects of a kind are given to units to be handled.

The app whose objects they are (`core.sources`) says so once, in its `apps.ready`; the panel of
instructions and transfers, with its buttons, stands on their pages from then on:

    terms.register(Terms(
        model=Outcome,  # the kind of object
        days=lambda: 30,  # days a unit has to answer, by the regulation in force
        admits=…, admitted=…,  # optional: whether an officer of a unit may read it (secrecy), and
        # the same as a filter
        closed_to=…,  # optional: why it cannot be given to a unit now, or None
        transferred=…, answered=…,  # optional: follow-ups in the same transaction
        tell=…, tell_office=…,  # optional: accounts of those whose work it is, and of the office
        ends=(Ending("activity", …, …),),  # optional: with what its open transfers end
    ))
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Model, Q

from yizheng.core import panels, sources
from yizheng.core.access import Actor, Words
from yizheng.core.sources import Ending, Source

if TYPE_CHECKING:
    from .models import Transfer


@dataclass(frozen=True)
class TransferTerms:
    """Of one kind of object; see the module's own words for what each field is."""

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


def register(terms: TransferTerms) -> None:
    from .flow import TRANSFER  # it asks the terms for who may
    from .models import Transfer
    from .panels import panel_of

    _terms[terms.model] = terms
    for ending in terms.ends:
        TRANSFER.ends_with(ending.of(terms.model, Transfer, "lapse"))
    source = terms.source
    panels.register(source.place, lambda actor, obj: panel_of(source, actor, obj))


def all_terms() -> list[TransferTerms]:
    return list(_terms.values())


def is_given(model: type[Model]) -> bool:
    """Whether objects of the kind are given to units at all."""
    return model in _terms


def for_model(model: type[Model]) -> TransferTerms:
    return _terms[model]


def of(transfer: Transfer) -> TransferTerms:
    return for_model(sources.of(transfer).model)
