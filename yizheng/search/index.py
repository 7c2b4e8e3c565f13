"""Keeping the index: refreshed with each step on a proposal, rebuilt from the records when asked."""

from __future__ import annotations

from collections.abc import Iterator

from django.db import transaction
from django.db.models import QuerySet

from yizheng.core import tenancy
from yizheng.proposals.models import Assignment, Cosignature, Proposal
from yizheng.proposals.text import plain_text

from . import audience
from .models import Document
from .store import Entry, store

BATCH = 500


def text_of(proposal: Proposal) -> str:
    """All a reader may look for, a line a field; the first line is the number and the title."""
    lines = [
        f"{proposal.case_number} {proposal.title}".strip(),
        proposal.collective_name or (str(proposal.proposer) if proposal.proposer else ""),
        proposal.category,
        plain_text(proposal.body) if proposal.body else "",
        plain_text(proposal.situation),
        plain_text(proposal.analysis),
        *(suggestion.text for suggestion in proposal.suggestions.all()),
        *_replies(proposal),
    ]
    return "\n".join(line for line in lines if line)


def _replies(proposal: Proposal) -> Iterator[str]:
    """Replies count when they are released, and when the unit lets others read them."""
    for assignment in proposal.assignments.all():
        yield assignment.unit.short_name
        for reply in assignment.replies.all():
            if reply.released_at and reply.may_publish:
                yield from (plain_text(part) for part in (reply.opening, reply.closing))
                yield from (plain_text(item.text) for item in reply.items.all())


def entry_of(proposal: Proposal) -> Entry:
    return Entry(
        proposal.pk, proposal.organisation_id, text_of(proposal), " ".join(audience.of_proposal(proposal))
    )


@transaction.atomic
def refresh(proposal: Proposal) -> None:
    """Index the proposal as it stands, and those merged into it (who may find them hangs on its units)."""
    entries = [entry_of(each) for each in (proposal, *proposal.merged.all())]
    known = {d.pk: (d.text, d.audience) for d in Document.everywhere.filter(pk__in=[e.proposal_id for e in entries])}
    if changed := [e for e in entries if known.get(e.proposal_id) != (e.text, e.audience)]:
        store().write(changed)


def refresh_assignment(assignment: Assignment) -> None:
    refresh(assignment.proposal)


def refresh_cosignature(cosignature: Cosignature) -> None:
    refresh(cosignature.proposal)


def rebuild(organisation_id: int) -> Iterator[int]:
    """Make the organisation's index anew; yields how many are done, batch by batch."""
    with tenancy.scope(organisation_id):
        store().clear(organisation_id)
        done, last = 0, 0
        while batch := list(_with_text().filter(pk__gt=last).order_by("pk")[:BATCH]):
            with transaction.atomic():
                store().write([entry_of(proposal) for proposal in batch])
            done, last = done + len(batch), batch[-1].pk
            yield done


def _with_text() -> QuerySet[Proposal]:
    return Proposal.objects.select_related("proposer__person").prefetch_related(
        "suggestions", "assignments__unit", "assignments__replies__items"
    )
