"""Writes that change no state: drafts, invitations, replies being written; and what the night does."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as msgid

from yizheng.core import audit, clock, derived, files, outbox
from yizheng.core.access import Actor
from yizheng.core.refusals import BadInput, NotAllowed, NotNow, StaleState
from yizheng.organisations.models import Unit
from yizheng.organisations.queries import collecting_session, current_session
from yizheng.people.models import Membership
from yizheng.people.queries import accounts_of

from . import rules
from .enums import (
    COLLECTIVE_KINDS,
    AssignmentState,
    CosignState,
    EvaluationState,
    Occasion,
    Outcome,
    ProposalState,
    ProposerKind,
)
from .flow import COSIGNATURE, PROPOSAL
from .flow.common import rules_of, values_of
from .flow.handling import suggestions_to_answer
from .models import Assignment, Cosignature, Evaluation, Proposal, Reply, ReplyItem, Suggestion
from .text import clean_rich_text

EDITABLE = frozenset({ProposalState.DRAFT, ProposalState.RETURNED})
FIELDS = (
    "title", "kind", "collective_name", "contact_name", "contact_phone", "category", "body_form", "body", "situation",
    "analysis", "may_publish", "no_publication_reason",
)  # fmt: skip


# Drafts -----------------------------------------------------------------------------------------------------------


@transaction.atomic
def create_draft(*, by: Actor, proposer: Membership | None = None, **values: Any) -> Proposal:
    """A draft of the actor, or one that the office enters for a member or a collective."""
    own = min(by.membership_ids, default=None)
    if proposer is None and own is None and not by.holds("proposals.enter"):
        raise NotAllowed(_("Only members and the office write proposals."))
    if proposer is not None and proposer.pk not in by.membership_ids and not by.holds("proposals.enter"):
        raise NotAllowed(_("Only the office enters proposals for others."))
    today = clock.today()
    session = collecting_session(today, rules_of(today).plenary_opens_months_before) or current_session(today)
    if session is None:
        raise NotNow(_("No session has been set up yet; the office does that under Settings."))
    proposal = Proposal(
        session=session, year=session.year, occasion=Occasion.ORDINARY, entered_by_id=by.account_id,
        proposer_id=proposer.pk if proposer else own,
    )  # fmt: skip
    _fill(proposal, values)
    PROPOSAL.begin(proposal, ProposalState.DRAFT, by=by, action="drafted")
    _fill_related(proposal, values)
    derived.refresh(proposal)
    return proposal


@transaction.atomic
def save_draft(proposal: Proposal, *, by: Actor, seen: int | None = None, **values: Any) -> Proposal:
    """Save what was typed; the version tells two open windows apart, so that neither overwrites the other unseen."""
    locked = Proposal.objects.select_for_update().get(pk=proposal.pk)
    may_write = rules.author.allows(by, locked) or rules.reviser.allows(by, locked)
    if locked.state not in EDITABLE:
        raise NotNow(_("It is submitted; its text can be changed only when it is returned for revision."))
    if not may_write:
        raise NotAllowed(_("Only its author may change this draft."))
    if seen is not None and seen != locked.version:
        raise StaleState(
            _("This draft was saved in another window since you opened it. What you typed here is kept on this page: compare before you save again.")
        )
    _fill(locked, values)
    locked.version += 1
    locked.save()
    _fill_related(locked, values)
    derived.refresh(locked)
    return locked


def _fill(proposal: Proposal, values: Mapping[str, Any]) -> None:
    for name in FIELDS:
        if name in values:
            setattr(proposal, name, values[name])
    proposal.body = clean_rich_text(proposal.body)
    if proposal.kind in COLLECTIVE_KINDS and not proposal.collective_name:
        raise BadInput(_("Name the collective that proposes."))
    if proposal.kind not in COLLECTIVE_KINDS:
        proposal.collective_name = ""


def _fill_related(proposal: Proposal, values: Mapping[str, Any]) -> None:
    if "suggestions" in values:
        _set_suggestions(proposal, values["suggestions"])
    if "suggested_units" in values:
        proposal.suggested_units.set(values["suggested_units"])


def _set_suggestions(proposal: Proposal, texts: Iterable[str]) -> None:
    """Number them anew; a row keeps its identity by its position."""
    kept = [text.strip() for text in texts if text.strip()]
    existing = {s.position: s for s in proposal.suggestions.all()}
    for position, text in enumerate(kept, start=1):
        row = existing.pop(position, None) or Suggestion(proposal=proposal, position=position)
        if row.text != text:
            row.text = text
            row.save()
    for row in existing.values():
        row.delete()


@transaction.atomic
def discard(proposal: Proposal, *, by: Actor) -> None:
    """Throw a draft away; nothing else ever is."""
    if proposal.state != ProposalState.DRAFT or not rules.author.allows(by, proposal):
        raise NotAllowed(_("Only a draft can be thrown away, by its author."))
    audit.record("proposal.discarded", by=by, of=proposal)
    files.remove_all(proposal, by=by)
    proposal.delete()


# Co-signing -------------------------------------------------------------------------------------------------------

INVITING = frozenset(
    {ProposalState.DRAFT, ProposalState.CONFIRMING, ProposalState.SUBMITTED, ProposalState.RETURNED, ProposalState.REVIEW}
)


@transaction.atomic
def invite(proposal: Proposal, members: Iterable[Membership], *, by: Actor) -> list[Cosignature]:
    """Invite members to co-sign; who is invited already, or is the proposer, is passed over."""
    if proposal.state not in INVITING:
        raise NotNow(_("Co-signers can be invited only before the proposal is filed."))
    if not (rules.author.allows(by, proposal) or rules.proposer.allows(by, proposal)):
        raise NotAllowed(_("Only its first proposer invites co-signers."))
    if proposal.kind in COLLECTIVE_KINDS:
        raise BadInput(_("A collective proposes in its own name; nobody co-signs it."))
    known = set(proposal.cosignatures.values_list("membership_id", flat=True)) | {proposal.proposer_id}
    invited = []
    for member in members:
        if member.pk in known:
            continue
        invitation = Cosignature(proposal=proposal, membership=member)
        COSIGNATURE.begin(invitation, CosignState.INVITED, by=by, action="invited")
        invited.append(invitation)
    recipients = accounts_of([invitation.membership_id for invitation in invited])
    outbox.post(
        "cosignature.invited", msgid("You are invited to co-sign “%(title)s”"), values_of(proposal), recipients,
        PROPOSAL.url(proposal),
    )  # fmt: skip
    if invited and proposal.kind == ProposerKind.INDIVIDUAL:
        Proposal.objects.filter(pk=proposal.pk).update(kind=ProposerKind.JOINT)
    return invited


# Replies ----------------------------------------------------------------------------------------------------------


@transaction.atomic
def save_reply(
    assignment: Assignment, *, by: Actor, items: Mapping[int, Mapping[str, Any]], seen: str | None = None,
    **values: Any,
) -> Reply:  # fmt: skip
    """Save the reply being written. `items`: suggestion id → outcome, text, planned_for, section.

    `seen` is the `mark_of` the reply that the writer had before their eyes: two officers do not overwrite each other.
    """
    locked = Assignment.objects.select_for_update().get(pk=assignment.pk)
    if locked.state != AssignmentState.HANDLING or not locked.answers:
        raise NotNow(_("The reply can be changed only while it is with the unit's officer."))
    if not rules.unit_officer.allows(by, locked):
        raise NotAllowed
    reply = Reply.objects.filter(assignment=locked, round=locked.round).first()
    if seen is not None and seen != mark_of(reply):
        raise StaleState(
            _(
                "This reply was saved in another window or by a colleague since you opened it. "
                "What you typed is kept on this page: compare before you save again."
            )
        )
    reply = reply or Reply(assignment=locked, round=locked.round, organisation_id=by.organisation_id)
    for name in (
        "opening", "closing", "result_class", "class_argument", "contact_name", "contact_phone", "may_publish",
        "no_publication_reason",
    ):  # fmt: skip
        if name in values:
            setattr(reply, name, values[name])
    reply.save()
    for suggestion in suggestions_to_answer(locked):
        if suggestion.pk in items:
            _save_item(reply, suggestion, items[suggestion.pk])
    return reply


def mark_of(reply: Reply | None) -> str:
    """Tells one saving of a reply from another; empty before the first."""
    return reply.saved_at.isoformat() if reply else ""


def _save_item(reply: Reply, suggestion: Suggestion, values: Mapping[str, Any]) -> None:
    item = ReplyItem.objects.filter(reply=reply, suggestion=suggestion).first()
    item = item or ReplyItem(reply=reply, suggestion=suggestion)
    item.outcome, item.text = values.get("outcome", ""), values.get("text", "").strip()
    item.planned_for = values.get("planned_for") if item.outcome == Outcome.PLANNED else None
    item.section = values.get("section", "").strip()
    item.save()


# The night --------------------------------------------------------------------------------------------------------


def lapse_invitations(by: Actor) -> int:
    """Invitations nobody answered in time lapse; returns how many."""
    late = Cosignature.objects.filter(state=CosignState.INVITED, due_on__lt=clock.today())
    for invitation in late:
        COSIGNATURE.perform("lapse", invitation, by=by)
    return len(late)


def conclude_ratings(by: Actor) -> int:
    """Rounds whose last date has passed are concluded; a key proposal without supervision waits for the office.

    A collective has no account of its own: its round ends with the proposal's own date.
    """
    late = Evaluation.objects.filter(state=EvaluationState.PENDING, due_on__lt=clock.today())
    over = Q(pk__in=late.values("proposal")) | Q(due_on__lt=clock.today())
    concluded = 0
    for proposal in Proposal.objects.filter(over, state=ProposalState.EVALUATING):
        try:
            PROPOSAL.perform("conclude", proposal, by=by)
            concluded += 1
        except NotNow:
            continue
    return concluded


def comes_from_a_unit(evaluation: Evaluation, address: str) -> bool:
    """Whether the address a rating comes from is one that a handling unit's accounts sign in from."""
    if not address:
        return False
    accounts = [
        account
        for unit in Unit.objects.filter(assignments__proposal=evaluation.proposal_id).distinct()
        for account in unit.grants.values_list("account_id", flat=True)
    ]
    since = clock.now() - dt.timedelta(days=90)
    return audit.AuditEntry.objects.filter(actor__in=accounts, address=address, at__gte=since).exists()


