"""What the steps of the proposal flows tell: to whom, and with which values and address."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache

from django.urls import reverse

from yizheng.people.queries import accounts_at_unit, accounts_holding, accounts_of

from .. import rules
from ..enums import AssignmentState, CosignState, Part
from ..models import Assignment, Proposal


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
    return [*tell_raters(proposal), *tell_body(proposal)]


def tell_raters(proposal: Proposal) -> Iterable[int]:
    """Who is asked what they think of the reply: nobody else can say it."""
    return accounts_of(proposer_ids(proposal))


def tell_body(proposal: Proposal) -> Iterable[int]:
    """Whoever entered it for a party or body, and so speaks for it; not a proposer of it anyhow."""
    entered = proposal.entered_by_id if proposal.collective_name else None
    return [] if entered is None or entered in tell_raters(proposal) else [entered]


def tell_checkers(_obj: object) -> Iterable[int]:
    return accounts_holding(rules.check.code)


def tell_assigners(_obj: object) -> Iterable[int]:
    return accounts_holding(rules.assign.code)


def tell_unit(assignment: Assignment) -> Iterable[int]:
    return accounts_at_unit(assignment.unit_id, rules.HANDLE)


def tell_leader(assignment: Assignment) -> Iterable[int]:
    return accounts_at_unit(assignment.unit_id, rules.SIGN)


def tell_lead(assignment: Assignment) -> Iterable[int]:
    leads = Assignment.objects.filter(proposal=assignment.proposal_id, part=Part.LEAD).exclude(
        state__in=AssignmentState.of("passed")
    )
    return [account for lead in leads for account in accounts_at_unit(lead.unit_id, rules.HANDLE)]


def values_of(proposal: Proposal) -> Mapping[str, str]:
    return {"title": proposal.title, "number": proposal.case_number}


def called(proposal: Proposal) -> str:
    """With the number it has by now: of the case, before that of its receipt."""
    receipt = "" if proposal.case_number else proposal.flow_number
    return f"{receipt} {proposal}".strip()


def proposal_url(proposal: Proposal) -> str:
    return _detail_url(proposal.pk)


@lru_cache(maxsize=20_000)
def _detail_url(pk: int) -> str:
    """Every row of a list leads there."""
    return reverse("proposals:detail", args=[pk])
