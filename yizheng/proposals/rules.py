"""Who may do what with proposals. When it may be done is the flow's affair."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from yizheng.core.access import (
    NOTHING,
    Actor,
    Rule,
    Words,
    is_account,
    is_member,
    office,
    permission,
)
from yizheng.organisations.rules import UNIT, at_unit

from .enums import AssignmentState, CosignState, ProposalState
from .models import Assignment, Cosignature, Evaluation, Proposal

SUBMIT = permission("proposals.submit", _("submits proposals"))
check = office("proposals.check", _("checks and enters proposals for the office"))
enter = office("proposals.enter", _("enters proposals on a member's behalf"))
review = office("proposals.review", _("reviews proposals and decides on filing"))
assign = office("proposals.assign", _("assigns proposals and decides hand-backs and extensions"))
urge = office("proposals.urge", _("urges units"))
publish = office("proposals.publish", _("checks secrecy and publishes"))
evaluate_round = office("proposals.evaluate_round", _("closes rounds of rating"))
choose_key = office("proposals.choose_key", _("chooses key proposals"))
reopen = office("proposals.reopen", _("reopens closed proposals"))
import_proposals = office("proposals.import", _("imports proposals"))
READ = permission("proposals.read", _("reads all proposals of the office"))
READ_FILED = permission("proposals.read_filed", _("reads filed proposals"))
LEAD_KEY = permission("proposals.lead_key", _("leads key proposals and their supervision"))


def _where(rule: Rule, code: str, label: Words, holds: Callable[[Any], bool], rows: Q) -> Rule:
    """The rule, for the objects of which something holds besides."""

    def scope(actor: Actor) -> Q:
        own = rule.scope(actor)
        return own if own == NOTHING else own & rows

    return Rule(
        code, label, lambda actor, obj: rule.allows(actor, obj) and holds(obj), scope, rule.depends
    )


_DRAFT = ProposalState.of("begun")
_entered = is_account("entered", _("entered it"), "entered_by_id")
proposer = is_member("proposer", _("is its first proposer"), "proposer_id")
author = proposer | _where(
    _entered,
    "enterer",
    _("entered it for its proposer"),
    lambda p: p.state in _DRAFT,
    Q(state__in=_DRAFT),
)
reviser = proposer | _where(
    _entered,
    "collective_enterer",
    _("entered it for a collective"),
    lambda p: bool(p.collective_name),
    ~Q(collective_name=""),
)
drafter = proposer | enter
inviter = is_member(
    "inviter", _("is the proposal's first proposer"), "proposal__proposer_id"
) | _where(
    is_account("proposal_entered", _("entered the proposal"), "proposal__entered_by_id"),
    "inviting_enterer",
    _("entered the proposal for its proposer"),
    lambda c: c.proposal.state in _DRAFT,
    Q(proposal__state__in=_DRAFT),
)
invited = is_member("invited", _("is the invited member"))
rater = is_member("rater", _("is the proposer who rates, from their own account"))

unit_officer = at_unit("proposals.handle", _("handles proposals at its unit"))
unit_leader = at_unit("proposals.sign", _("signs off replies at its unit"))
HANDLE, SIGN = unit_officer.code, unit_leader.code
supervisor = office("proposals.supervise", _("supervises the handling of proposals"))


def visible_proposals(actor: Actor) -> Q:
    """Which proposals the actor may see: a draft is its author's alone, whatever role the reader
    has.
    """
    if actor.is_system:
        return Q()
    seen = _own(actor)
    if actor.membership_ids:
        seen |= Q(published_at__isnull=False)
    if actor.holds(READ):
        return seen | ~Q(state__in=ProposalState.of("private"))
    if actor.holds(READ_FILED):
        return seen | Q(state__in=ProposalState.of("numbered"))
    return seen


def _own(actor: Actor) -> Q:
    """Those the actor proposed, was invited to sign, entered, or handles; with what they are
    handled together with.
    """
    own = NOTHING
    if actor.membership_ids:
        own |= Q(proposer__in=actor.membership_ids)
        signed = Cosignature.objects.filter(membership__in=actor.membership_ids)
        own |= Q(pk__in=signed.filter(state__in=CosignState.of("concerned")).values("proposal"))
        merged = Proposal.objects.filter(
            proposer__in=actor.membership_ids, merged_into__isnull=False
        )
        own |= Q(pk__in=merged.values("merged_into"))
        with_others = signed.filter(
            state__in=CosignState.of("cosigned"), proposal__merged_into__isnull=False
        )
        own |= Q(pk__in=with_others.values("proposal__merged_into"))
    if actor.account_id:
        own |= Q(entered_by=actor.account_id)
    if units := actor.reach(HANDLE).at(UNIT):
        assigned = Assignment.objects.filter(unit__in=units).exclude(
            state__in=AssignmentState.of("passed")
        )
        own |= Q(pk__in=assigned.values("proposal")) | Q(
            merged_into__in=assigned.values("proposal")
        )
    return own


def is_concerned(actor: Actor, proposal: Proposal) -> bool:
    """Whether the actor reads a visible proposal from inside; to all others it is open only as far
    as it is published.
    """
    if actor.is_system or actor.holds(READ) or actor.holds(READ_FILED):
        return True
    return Proposal.objects.filter(_own(actor), pk=proposal.pk).exists()


def _through(path: str) -> Callable[[Actor], Q]:
    """What hangs on a proposal is seen by whoever sees the proposal."""

    def visible(actor: Actor) -> Q:
        if actor.is_system or actor.holds(READ):
            return Q()
        return Q(**{f"{path}__in": Proposal.objects.filter(visible_proposals(actor)).values("pk")})

    return visible


visible_cosignatures = _through("proposal")
visible_assignments = _through("proposal")
visible_extensions = _through("assignment__proposal")


def reads_assignments(actor: Actor) -> bool:
    """The list of what each unit has: the office's and the units'."""
    return bool(actor.holds(READ) or actor.holds(READ_FILED) or actor.reach(HANDLE).at(UNIT))


def visible_evaluations(actor: Actor) -> Q:
    """One's own rating; others' only when the round is over, and then for the office and the units
    concerned.
    """
    own = Q(membership__in=actor.membership_ids) if actor.membership_ids else NOTHING
    return own | (Q(opened_at__isnull=False) & _through("proposal")(actor))


def reads_rating(actor: Actor, evaluation: Evaluation) -> bool:
    """The same of one rating, by whoever sees its proposal."""
    return evaluation.membership_id in actor.membership_ids or evaluation.opened_at is not None


def may_read_files(actor: Actor, proposal: Proposal) -> bool:
    """Attachments are open to those concerned; publication does not reach them."""
    visible = Proposal.objects.filter(visible_proposals(actor), pk=proposal.pk).exists()
    return visible and is_concerned(actor, proposal)
