"""Kinds of objects that can be given to units to be handled.

The app whose objects they are (`core.sources`) says so once, in its `apps.ready`; the panel of
instructions and transfers, with its buttons, stands on their pages from then on:

    transferables.register(TransferTerms(
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

from yizheng.core import panels

from . import transfer_terms
from .flow import TRANSFER
from .models import Transfer
from .panels import panel_of
from .transfer_terms import TransferTerms


def register(terms: TransferTerms) -> None:
    transfer_terms.keep(terms)
    for ending in terms.ends:
        TRANSFER.ends_with(ending.of(terms.model, Transfer, "lapse"))
    source = terms.source
    panels.register(source.place, lambda actor, obj: panel_of(source, actor, obj))
