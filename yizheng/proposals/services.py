"""Writes on proposals that change no state: drafts, invitations, replies being written; and what
the night does.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from yizheng.core import clock, derived_rows, doors
from yizheng.core.access import Actor
from yizheng.core.refusals import BadInput, NotNow, StaleState
from yizheng.core.rich_text import clean_rich_text
from yizheng.organisations.queries import collecting_session, current_session
from yizheng.people.models import Membership
from yizheng.people.services.roster import require_serving

from .enums import COLLECTIVE_KINDS, Occasion, ProposalOutcome, ProposalState, ProposerKind
from .flow import ASSIGNMENT, COSIGNATURE, EVALUATION, PROPOSAL
from .flow.assignment_guards import reply_of, suggestions_to_answer
from .flow.due_dates import rules_of
from .models import Assignment, Cosignature, Evaluation, Proposal, Reply, ReplyItem, Suggestion

FIELDS = (
    "title",
    "kind",
    "collective_name",
    "contact_name",
    "contact_phone",
    "category",
    "body_form",
    "body",
    "situation",
    "analysis",
    "may_publish",
    "no_publication_reason",
)


# Drafts -------------------------------------------------------------------------------------------


@transaction.atomic
def create_draft(*, by: Actor, proposer: Membership | None = None, **values: Any) -> Proposal:
    """A draft of the actor, or one that the office enters for a member or a collective."""
    today = clock.today()
    session = collecting_session(
        today, rules_of(today).plenary_opens_months_before
    ) or current_session(today)
    if session is None:
        raise NotNow(_("No session has been set up yet; the office does that under Settings."))
    proposal = Proposal(
        session=session,
        year=session.year,
        occasion=Occasion.ORDINARY,
        entered_by_id=by.account_id,
        proposer_id=proposer.pk if proposer else min(by.membership_ids, default=None),
    )
    _fill(proposal, values)
    PROPOSAL.begin(proposal, "drafted", by=by)
    _fill_related(proposal, values)
    derived_rows.refresh(proposal)
    return proposal


def save_draft(
    proposal: Proposal, *, by: Actor, seen: int | None = None, **values: Any
) -> Proposal:
    """Save what was typed; the version tells two open windows apart, so that neither overwrites the
    other unseen.
    """
    with PROPOSAL.editing("save", proposal, by=by, seen=seen) as edit:
        _fill(edit.row, values)
        if changed := _fill_related(edit.row, values):
            edit.note(**changed)
    return edit.row


def _fill(proposal: Proposal, values: Mapping[str, Any]) -> None:
    for name in FIELDS:
        if name in values:
            setattr(proposal, name, values[name])
    proposal.body = clean_rich_text(proposal.body)
    if proposal.kind in COLLECTIVE_KINDS and not proposal.collective_name:
        raise BadInput(_("Name the collective that proposes."), field="collective_name")
    if proposal.kind not in COLLECTIVE_KINDS:
        proposal.collective_name = ""


def _fill_related(proposal: Proposal, values: Mapping[str, Any]) -> dict[str, Any]:
    """Suggestions and proposed units; says what of them changed, from and to."""
    readers: dict[str, Callable[[], list[str]]] = {
        "suggestions": lambda: [suggestion.text for suggestion in proposal.suggestions.all()],
        "suggested_units": lambda: [unit.short_name for unit in proposal.suggested_units.all()],
    }
    given = {name: read for name, read in readers.items() if name in values}
    before = {name: read() for name, read in given.items()}
    if "suggestions" in values:
        _set_suggestions(proposal, values["suggestions"])
    if "suggested_units" in values:
        proposal.suggested_units.set(values["suggested_units"])
    return {
        name: [before[name], now] for name, read in given.items() if (now := read()) != before[name]
    }


def _set_suggestions(proposal: Proposal, texts: Iterable[str]) -> None:
    """Number them anew; a row keeps its identity by its position."""
    kept = [text.strip() for text in texts if text.strip()]
    if len(kept) > (most := rules_of().suggestions_at_most):
        raise BadInput(
            _("At most %(n)s numbered suggestions; put some together or make it two proposals.")
            % {"n": most},
            field="suggestions",
        )
    existing = {s.position: s for s in proposal.suggestions.all()}
    for position, text in enumerate(kept, start=1):
        row = existing.pop(position, None) or Suggestion(proposal=proposal, position=position)
        if row.text != text:
            row.text = text
            row.save()
    for row in existing.values():
        row.delete()


def discard(proposal: Proposal, *, by: Actor, seen: int | None = None) -> None:
    """Throw a draft away, with the invitations to co-sign it; nothing else ever is."""
    with PROPOSAL.editing("discard", proposal, by=by, seen=seen) as edit:
        if invited := [
            str(cosignature)
            for cosignature in edit.row.cosignatures.select_related("membership__person")
        ]:
            edit.note(invited=invited)


# Co-signing ---------------------------------------------------------------------------------------


def invite(
    proposal: Proposal, members: Iterable[Membership], *, by: Actor, seen: int | None = None
) -> list[Cosignature]:
    """Invite members to co-sign; who is invited already, or is the proposer, is passed over."""
    with PROPOSAL.editing("invite", proposal, by=by, seen=seen) as edit:
        known = set(edit.row.cosignatures.values_list("membership_id", flat=True)) | {
            edit.row.proposer_id
        }
        fresh = {member.pk: member for member in members if member.pk not in known}
        require_serving(fresh.values(), clock.today())
        invited = [
            COSIGNATURE.begin(Cosignature(proposal=edit.row, membership=member), "invited", by=by)
            for member in fresh.values()
        ]
        if invited and edit.row.kind == ProposerKind.INDIVIDUAL:
            edit.row.kind = ProposerKind.JOINT
    return invited


# Replies ------------------------------------------------------------------------------------------

REPLY_FIELDS = (
    "opening",
    "closing",
    "result_class",
    "class_argument",
    "contact_name",
    "contact_phone",
    "may_publish",
    "no_publication_reason",
)


def save_reply(
    assignment: Assignment,
    *,
    by: Actor,
    items: Mapping[int, Mapping[str, Any]],
    seen: int | None = None,
    **values: Any,
) -> Reply:
    """Save the reply being written. `items`: suggestion id → outcome, text, planned_for, section.

    The assignment's version tells two officers apart: it rises with each saving of the reply.
    """
    with ASSIGNMENT.editing("write_reply", assignment, by=by, seen=seen) as edit:
        reply = reply_of(edit.row) or Reply(assignment=edit.row, round=edit.row.round)
        reply.assignment = edit.row
        changed = _write(reply, {name: values[name] for name in REPLY_FIELDS if name in values})
        for suggestion in suggestions_to_answer(edit.row):
            if suggestion.pk in items:
                for name, words in _write_item(reply, suggestion, items[suggestion.pk]).items():
                    changed[f"{suggestion}: {name}"] = words
        if changed:
            edit.note(reply=changed)
    return reply


def _write(row: Reply | ReplyItem, values: Mapping[str, Any]) -> dict[str, Any]:
    """Save what is new or differs; says what, from and to."""
    before = doors.snapshot(row)
    for name, value in values.items():
        setattr(row, name, value)
    changed = doors.differences(row, before)
    if row.pk is None:
        row.save()
        return {**changed, "begun": True}
    if changed:
        row.save()
    return changed


def _write_item(reply: Reply, suggestion: Suggestion, values: Mapping[str, Any]) -> dict[str, Any]:
    item = ReplyItem.objects.filter(reply=reply, suggestion=suggestion).first() or ReplyItem(
        reply=reply, suggestion=suggestion
    )
    outcome = values.get("outcome", "")
    return _write(
        item,
        {
            "outcome": outcome,
            "text": values.get("text", "").strip(),
            "section": values.get("section", "").strip(),
            "planned_for": values.get("planned_for")
            if outcome == ProposalOutcome.PLANNED
            else None,
        },
    )


# The night ----------------------------------------------------------------------------------------


def lapse_invitations(by: Actor) -> int:
    """Invitations nobody answered in time lapse, and those to whoever is no member any more;
    returns how many.
    """
    over = Q(due_on__lt=clock.today()) | Q(membership__until__lt=clock.today())
    late = Cosignature.objects.filter(over, state__in=COSIGNATURE.steps["lapse"].sources)
    return sum(_taken("lapse", invitation, by) for invitation in late)


def conclude_ratings(by: Actor) -> int:
    """Rounds whose last date has passed are concluded; a key proposal without supervision waits for
    the office.

    A collective has no account of its own: its round ends with the proposal's own date.
    """
    late = Evaluation.objects.filter(
        state__in=EVALUATION.steps["lapse"].sources, due_on__lt=clock.today()
    )
    over = Q(pk__in=late.values("proposal")) | Q(due_on__lt=clock.today())
    return sum(
        _taken("conclude", proposal, by)
        for proposal in Proposal.objects.filter(over, state__in=ProposalState.of("rating"))
    )


def _taken(step: str, obj: Any, by: Actor) -> bool:
    """Whether the step was taken: something may still stand in its way, or somebody was quicker
    than the night.
    """
    try:
        obj.flow.perform(step, obj, by=by)
    except (NotNow, StaleState):
        return False
    return True
