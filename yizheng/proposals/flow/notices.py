"""What the proposal flows share: days counted by the regulation in force, and whom to tell."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache

from django.urls import reverse
from django.utils import timezone

from yizheng.core import clock
from yizheng.core.flow import Flowing
from yizheng.organisations.queries import calendar
from yizheng.people.queries import accounts_at_unit, accounts_holding, accounts_of

from .. import parameters
from ..enums import CosignState
from ..models import Assignment, Proposal


def rules_of(on: dt.date | None = None) -> parameters.ProposalParameters:
    return parameters.in_force(on or clock.today())


def day_of(obj: Flowing) -> dt.date:
    """The day on which it came into its state: its clock runs from there, whenever it
    is looked at.
    """
    return timezone.localdate(obj.state_since)


def working_days(field: str) -> Callable[[Flowing], dt.date]:
    """Since an object is in its state, the working days that the regulation gave that day under
    that deadline.
    """

    def due(obj: Flowing) -> dt.date:
        days: int = getattr(rules_of(day_of(obj)).deadlines, field)
        return calendar().add_working_days(day_of(obj), days)

    return due


def calendar_days(start: dt.date, days: int) -> dt.date:
    """A period in days that ends on a day off ends on the next working day."""
    return calendar().on_or_after(start + dt.timedelta(days=days))


def proposer_ids(proposal: Proposal) -> list[int]:
    """Memberships of the first proposer and all who co-signed, of the proposal and those merged
    into it.
    """
    proposals = [proposal, *proposal.merged.all()] if proposal.pk else [proposal]
    ids = [p.proposer_id for p in proposals if p.proposer_id]
    for each in proposals:
        ids += each.cosignatures.filter(state__in=CosignState.of("cosigned")).values_list(
            "membership_id", flat=True
        )
    return list(dict.fromkeys(ids))


def tell_proposers(proposal: Proposal) -> Iterable[int]:
    entered = (
        [proposal.entered_by_id] if proposal.collective_name and proposal.entered_by_id else []
    )
    return [*accounts_of(proposer_ids(proposal)), *entered]


def tell_checkers(_obj: object) -> Iterable[int]:
    return accounts_holding("proposals.check")


def tell_assigners(_obj: object) -> Iterable[int]:
    return accounts_holding("proposals.assign")


def tell_unit(assignment: Assignment) -> Iterable[int]:
    return accounts_at_unit(assignment.unit_id, "proposals.handle")


def values_of(proposal: Proposal) -> Mapping[str, str]:
    return {"title": proposal.title, "number": proposal.case_number}


def proposal_url(proposal: Proposal) -> str:
    return _detail_url(proposal.pk)


@lru_cache(maxsize=20_000)
def _detail_url(pk: int) -> str:
    """Every row of a list leads there."""
    return reverse("proposals:detail", args=[pk])
