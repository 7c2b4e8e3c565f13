"""Who may find a proposal, as tokens inside the index: so that a unit with fifty cases finds them among a million.

This mirrors `proposals.rules.visible_proposals`, which has the last word on every hit; a token missing here hides a
case from search, it can never show one. A test holds the two against each other.
"""

from __future__ import annotations

from yizheng.core.access import Actor
from yizheng.proposals.enums import AssignmentState, CosignState, ProposalState
from yizheng.proposals.models import Assignment, Cosignature, Proposal
from yizheng.proposals.rules import FILED_STATES, READ, READ_FILED

PRIVATE_STATES = (ProposalState.DRAFT, ProposalState.CONFIRMING)


def of_proposal(proposal: Proposal) -> list[str]:
    """`_` starts what no text can hold: the tokenizer gives letters and digits only."""
    here = proposal.organisation_id
    own = {f"_o{here}"}
    if proposal.state not in PRIVATE_STATES:
        own.add(f"_r{here}")
    if proposal.state in FILED_STATES:
        own.add(f"_f{here}")
    if proposal.published_at:
        own.add(f"_p{here}")
    if proposal.entered_by_id:
        own.add(f"_a{proposal.entered_by_id}")
    return sorted(own | _members(proposal) | _units(proposal))


def _members(proposal: Proposal) -> set[str]:
    cosigners = Cosignature.everywhere.filter(
        proposal=proposal, state__in=[CosignState.INVITED, CosignState.ACCEPTED]
    ).values_list("membership_id", flat=True)
    return {f"_m{pk}" for pk in [*cosigners, proposal.proposer_id] if pk}


def _units(proposal: Proposal) -> set[str]:
    handled = [pk for pk in (proposal.pk, proposal.merged_into_id) if pk]
    assigned = Assignment.everywhere.filter(proposal__in=handled).exclude(state=AssignmentState.REASSIGNED)
    return {f"_u{pk}" for pk in assigned.values_list("unit_id", flat=True)}


def of_actor(actor: Actor) -> list[str]:
    here = actor.organisation_id
    if actor.is_system:
        return [f"_o{here}"]
    own = [f"_m{pk}" for pk in sorted(actor.membership_ids)]
    own += [f"_u{pk}" for pk in sorted(actor.reach("proposals.handle").units)]
    own += [f"_a{actor.account_id}"] if actor.account_id else []
    own += [f"_p{here}"] if actor.membership_ids else []
    own += [f"_r{here}"] if actor.holds(READ) else []
    own += [f"_f{here}"] if actor.holds(READ_FILED) else []
    return own
