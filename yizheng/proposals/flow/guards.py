"""Guards of the steps on a proposal: each says in a sentence why the step cannot be taken now, or
None.
"""

from __future__ import annotations

from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from yizheng.core import clock, handover
from yizheng.core.access import Words
from yizheng.core.refusals import all_of
from yizheng.organisations.queries import collecting_session

from ..enums import (
    COLLECTIVE_KINDS,
    PLENARY_ONLY_KINDS,
    AssignmentState,
    EvaluationState,
    ProposalBodyForm,
    ProposalState,
)
from ..models import Proposal, Reply
from .due_dates import rules_of

ONLY_THE_FIRST_INVITES = _("Only its first proposer invites co-signers.")
NO_MORE_SIGNING = _("Co-signers can be invited only before the proposal is filed.")


def is_of_members(proposal: Proposal) -> Words | None:
    if proposal.kind in COLLECTIVE_KINDS:
        return _("A collective proposes in its own name; nobody co-signs it.")
    return None


def may_be_joined(proposal: Proposal) -> Words | None:
    """Before it is filed, and not where a collective proposes."""
    return (
        is_of_members(proposal)
        if proposal.state in ProposalState.of("cosigning")
        else NO_MORE_SIGNING
    )


UNKNOWN_CATEGORY = _("The regulation in force does not know this category; choose another.")


def is_complete(proposal: Proposal) -> Words | None:
    written = "body" if proposal.body_form == ProposalBodyForm.TEXT else "situation"
    missing = {
        "title": not proposal.title.strip() and _("The subject is still missing."),
        "category": (not proposal.category and _("The category is still missing."))
        or (proposal.category not in rules_of().categories and UNKNOWN_CATEGORY),
        written: not getattr(proposal, written).strip() and _("The text is still missing."),
        "suggestions": not proposal.suggestions.exists()
        and _("At least one numbered suggestion is needed: the reply answers each of them."),
        "no_publication_reason": not proposal.may_publish
        and not proposal.no_publication_reason
        and _("Say why the proposal should not be published."),
    }
    return all_of(missing)


def kind_in_season(proposal: Proposal) -> Words | None:
    """Sectors and groups propose only for a plenary."""
    if proposal.kind not in PLENARY_ONLY_KINDS:
        return None
    months = rules_of().plenary_opens_months_before
    if collecting_session(clock.today(), months) is None:
        return _(
            "A sector or group can propose only for a plenary, and none is collecting "
            "proposals now."
        )
    return None


def has_not_gone_on(proposal: Proposal) -> Words | None:
    if handover.became("opinion", proposal) is not None:
        return _("It has gone on as public-opinion information already.")
    return None


def nothing_released(proposal: Proposal) -> Words | None:
    if Reply.objects.filter(assignment__proposal=proposal, released_at__isnull=False).exists():
        return _("A reply is already out; a proposal can be withdrawn only before it is answered.")
    if proposal.merged.exists():
        return _(
            "Other proposals are handled together with this one; it cannot be withdrawn alone."
        )
    return None


def round_is_over(proposal: Proposal) -> Words | None:
    pending = proposal.evaluations.filter(round=proposal.round, state=EvaluationState.PENDING)
    if (waiting := pending.filter(due_on__gte=clock.today()).count()) > 0:
        return _(
            "%(n)s proposers can still rate until their date; the round is sealed until then."
        ) % {"n": waiting}
    return None


def key_was_supervised(proposal: Proposal) -> Words | None:
    wanted = rules_of().key.supervision_acts
    if proposal.is_key and proposal.supervision_acts.count() < wanted:
        return _("A key proposal needs %(n)s recorded supervision before it can be concluded.") % {
            "n": wanted
        }
    return None


def key_share(proposal: Proposal) -> Words | None:
    share = rules_of().key.largest_share
    filed = Proposal.objects.filter(session=proposal.session_id).exclude(case_number="")
    total, key = filed.count(), filed.filter(is_key=True).count()
    if key + 1 > max(Decimal(1), total * Decimal(str(share))):  # exactly: 0.58 of 50 is 29
        return _(
            "The regulation allows at most %(share)s %% of the filed proposals as key proposals."
        ) % {"share": round(share * 100)}
    return None


def may_be_published(proposal: Proposal) -> Words | None:
    """Consent of the proposer, view of the unit; the secrecy check is the step itself."""
    if not proposal.may_publish:
        return _("The proposer does not consent to publication.")
    refusing = Reply.objects.filter(
        assignment__proposal=proposal, released_at__isnull=False, may_publish=False
    )
    if refusing.exists():
        return _("A unit asks that its reply not be published.")
    return None


def all_replied(proposal: Proposal) -> bool:
    answering = [
        a for a in proposal.assignments.all() if a.state != AssignmentState.REASSIGNED and a.answers
    ]
    return (
        proposal.state == ProposalState.HANDLING
        and bool(answering)
        and all(a.state == AssignmentState.REPLIED for a in answering)
    )
