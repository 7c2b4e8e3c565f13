"""Proposals as the public reads them, composed field by field: what is not named here does not
leave the house.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from yizheng.core import clock
from yizheng.core.flow import Seal
from yizheng.core.punctuation import bracketed
from yizheng.core.rich_text import clean_rich_text
from yizheng.organisations.queries import name_on
from yizheng.people.seats import seat_on
from yizheng.promises.flow import PROMISE

from .enums import ProposalBodyForm
from .flow import PROPOSAL
from .models import Proposal, Reply, ReplyItem
from .queries import day_of_it, promises_of


@dataclass(frozen=True)
class PublicCard:
    pk: int
    number: str
    title: str
    proposer: str
    category: str
    seals: Sequence[Seal]


def _proposer(proposal: Proposal) -> str:
    """Name and sector, or the collective."""
    if proposal.collective_name or proposal.proposer is None:
        return proposal.collective_name
    sector = getattr(proposal, "sector_then", None)  # as `with_sector` found it for a list
    if sector is None:
        sector = seat_on(proposal.proposer, day_of_it(proposal)).sector.name
    return proposal.proposer.person.name + bracketed(sector)


def card_of(proposal: Proposal) -> PublicCard:
    return PublicCard(
        proposal.pk,
        proposal.case_number,
        proposal.title,
        _proposer(proposal),
        proposal.category,
        PROPOSAL.seals_of(proposal),
    )


@dataclass(frozen=True)
class PublicAnswer:
    number: int
    suggestion: str
    unit: str
    outcome: str
    outcome_label: str
    text: str
    planned_for: dt.date | None
    promise: str = ""


@dataclass(frozen=True)
class PublicCase:
    card: PublicCard
    session: str
    rich_text: str
    situation: str
    analysis: str
    answers: Sequence[PublicAnswer]
    units: Sequence[str]
    replied_on: dt.date | None


def case_of(proposal: Proposal) -> PublicCase:
    parts = proposal.body_form == ProposalBodyForm.PARTS
    answers = _answers(proposal)
    return PublicCase(
        card=card_of(proposal),
        session=str(proposal.session),
        rich_text="" if parts else clean_rich_text(proposal.body),
        situation=proposal.situation if parts else "",
        analysis=proposal.analysis if parts else "",
        answers=answers,
        units=list(dict.fromkeys(answer.unit for answer in answers if answer.unit)),
        replied_on=clock.day_of(proposal.replied_at),
    )


def _unit_of(reply: Reply) -> str:
    """As it was called when it answered."""
    return name_on(reply.assignment.unit, clock.day_of(reply.released_at)).short_name


def _answers(proposal: Proposal) -> list[PublicAnswer]:
    """Each suggestion with the latest released answer to it, and the state of the promise made with
    it.
    """
    promises = {c.object_id: str(PROMISE.state_of(c).label) for c in promises_of([proposal])}
    released = ReplyItem.objects.filter(
        suggestion__proposal=proposal, reply__released_at__isnull=False, reply__may_publish=True
    )
    latest = {
        item.suggestion_id: item
        for item in released.select_related("reply__assignment__unit")
        .prefetch_related("reply__assignment__unit__names")
        .order_by("reply__round")
    }
    found = []
    for suggestion in proposal.suggestions.all():
        item = latest.get(suggestion.pk)
        found.append(
            PublicAnswer(
                suggestion.position,
                suggestion.text,
                _unit_of(item.reply) if item else "",
                item.outcome if item else "",
                item.get_outcome_display() if item else "",
                item.text if item else "",
                item.planned_for if item else None,
                promises.get(suggestion.pk, "") if item else "",
            )
        )
    return found
