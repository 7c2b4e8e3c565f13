"""The page of one proposal: who holds the pen, the matter itself, what happened, its papers."""

from __future__ import annotations

from dataclasses import replace
from itertools import zip_longest
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from yizheng.core import clock, panels
from yizheng.core.access import Actor
from yizheng.core.audit import AuditEntry
from yizheng.core.case_display import Action, TimelineEntry, actions_for, timeline
from yizheng.core.files import attached_to
from yizheng.core.flow import Offer
from yizheng.core.missing_rows import MissingRow
from yizheng.core.punctuation import clauses
from yizheng.core.refusals import NotAllowed
from yizheng.core.rich_text import clean_rich_text
from yizheng.core.time_left import DayCount, TimeLeft, due_of
from yizheng.core.views import actor_of
from yizheng.organisations.queries import calendar
from yizheng.organisations.rules import UNIT

from .. import rules
from ..case_rows import holder_of
from ..enums import AssignmentState, CosignState, EvaluationState, Part, ProposalState
from ..flow import ASSIGNMENT, COSIGNATURE, EVALUATION, EXTENSION, PROPOSAL
from ..flow.due_dates import rules_of
from ..models import Assignment, Evaluation, Proposal, Reply
from ..queries import (
    Given,
    answers_to,
    assignments_of,
    contact_wanted,
    for_detail,
    given_answers,
    history,
    load,
    proposer_name,
    shown_replies,
    standing_reply,
    suggested_units,
    was_assigned_here,
)

# What units and the office write to each other does not reach the proposers.
INSIDE_STEPS = frozenset(
    {"assignment.return_draft", "assignment.send_back", "assignment.write_reply"}
)
# Written over and over: told once, as it was last.
WRITING = frozenset({"proposal.save", "assignment.write_reply"})
INSIDE_WORDS = frozenset({"assignment.urge", "assignment.countersign"})


def find(request: HttpRequest, pk: int) -> Proposal:
    """The proposal, if it is open to the reader; else not found, or refused with the reason."""
    actor = actor_of(request)
    proposal = for_detail(actor).filter(pk=pk).first()
    if proposal is not None:
        load(proposal)
        return proposal
    if Proposal.objects.filter(pk=pk).exists():
        raise NotAllowed(
            _("This proposal is not open to you: it is not yours, nor assigned to your unit.")
        )
    raise MissingRow(Proposal, pk)


def detail(request: HttpRequest, pk: int) -> HttpResponse:
    actor, proposal = actor_of(request), find(request, pk)
    concerned = rules.is_concerned(actor, proposal)
    assignments, merged = assignments_of(proposal), list(proposal.merged.all())
    shown = [(a, shown_replies(a, actor)) for a in assignments]
    given = [(a, reply) for a, replies in shown if (reply := standing_reply(replies))]
    context: dict[str, Any] = {
        "proposal": proposal,
        "proposer_name": proposer_name(proposal),
        "state": PROPOSAL.state_of(proposal),
        "merged": [(p, proposer_name(p)) for p in merged],
        "pen": _pen(proposal, assignments, actor),
        "assignments": assignments,
        "suggestions": answers_to([proposal, *merged], given),
        "concerned": concerned,
        "decision": proposal.decision_note
        if proposal.state in ProposalState.of("explained")
        else "",
        **_units(assignments),
        "rich_text": clean_rich_text(proposal.body),
        "key_fact": _key_fact(proposal),
        "audience": _audience(actor),
    }
    if concerned:
        context.update(_inside(proposal, assignments, actor, context["pen"]))
        context |= {"replies": given, **_rounds([proposal, *merged], shown, given)}
    return render(request, "proposals/detail.html", context)


def _inside(
    proposal: Proposal, assignments: list[Assignment], actor: Actor, pen: dict[str, Any]
) -> dict[str, Any]:
    """What only those concerned read."""
    return {
        "cosignatures": _cosignatures(proposal),
        "ratings": _ratings(proposal, actor),
        "supervision": list(proposal.supervision_acts.all()),
        "units": [_unit_lines(a) for a in assignments],
        "timeline": _timeline(proposal, pen, actor),
        "attachments": list(attached_to(proposal)),
        "papers": _papers(proposal, assignments, actor),
        "panels": panels.on("proposal", actor, proposal),
        "links": _links(proposal, actor),
        "suggested_units": suggested_units(proposal) if _audience(actor) == "staff" else [],
        "shows_flags": actor.holds(rules.supervisor.code) or actor.holds(rules.evaluate_round.code),
        "parameters": rules_of(),
        "not_filed_reason": rules_of().reason(proposal.reason_not_filed),
    }


def _rounds(
    proposals: list[Proposal], shown: list[tuple[Assignment, list[Reply]]], given: list[Given]
) -> dict[str, Any]:
    """Beside the replies that stand: what is being written anew, and what was answered before;
    newest first.
    """
    standing = {reply.pk for _assignment, reply in given}
    others = [
        (assignment, reply)
        for assignment, replies in shown
        for reply in replies[::-1]
        if reply.pk not in standing
    ]
    return {
        "says_rounds": bool(others) or any(reply.round > 1 for _assignment, reply in given),
        "other_replies": [
            (assignment, reply, answers_to(proposals, [(assignment, reply)]))
            for assignment, reply in others
        ],
    }


def _units(assignments: list[Assignment]) -> dict[str, list[str]]:
    """Who answers and who assists, as things stand."""
    standing = [a for a in assignments if a.state not in AssignmentState.of("passed")]
    return {
        "answering": [a.unit.short_name for a in standing if a.answers],
        "assisting": [a.unit.short_name for a in standing if a.part == Part.ASSISTING],
    }


def _audience(actor: Actor) -> str:
    if actor.reach(rules.HANDLE).at(UNIT):
        return "unit"
    return "member" if actor.membership_ids and not actor.holds(rules.READ) else "staff"


def _key_fact(proposal: Proposal) -> str:
    if not proposal.is_key:
        return ""
    return _("key proposal, led by %(leader)s") % {"leader": proposal.key_leader}


def _timeline(proposal: Proposal, pen: dict[str, Any], actor: Actor) -> list[TimelineEntry]:
    """What happened, newest first; on top who holds the pen now."""
    entries = history(proposal)
    if _audience(actor) == "member":
        entries = [
            _without_inside_words(entry) for entry in entries if entry.action not in INSIDE_STEPS
        ]
    told = timeline(_last_savings(entries), _audience(actor))
    if not pen["holding"]:
        return told
    return [TimelineEntry(pen["holding"], pen["holder"], proposal.state_since, now=True), *told]


def _last_savings(entries: list[AuditEntry]) -> list[AuditEntry]:
    """Of one person's savings in a row the last."""
    return [
        entry
        for entry, after in zip_longest(entries, entries[1:])
        if entry.action not in WRITING
        or after is None
        or (entry.action, entry.actor_name) != (after.action, after.actor_name)
    ]


def _without_inside_words(entry: AuditEntry) -> AuditEntry:
    if entry.action in INSIDE_WORDS:
        entry.detail = {}
    return entry


def _reply_due(assignment: Assignment) -> TimeLeft | None:
    return due_of(assignment.reply_due_on, calendar(), clock.today(), DayCount.CALENDAR)


def _unit_lines(assignment: Assignment) -> dict[str, Any]:
    """How a unit stands: its state, time left, what it was asked and what it noted."""
    state = ASSIGNMENT.state_of(assignment)
    due = None if state.ends else _reply_due(assignment)
    return {
        "assignment": assignment,
        "state": state,
        "due": due,
        "untold": assignment.state in AssignmentState.of("responded"),
        "contact": contact_wanted(assignment),
        "extensions": [(e, EXTENSION.state_of(e)) for e in assignment.extensions.all()],
    }


# The pen ------------------------------------------------------------------------------------------


def _pen(proposal: Proposal, assignments: list[Assignment], actor: Actor) -> dict[str, Any]:
    holder, holding = holder_of(proposal)
    state = PROPOSAL.state_of(proposal)
    due_on = None if state.ends else proposal.due_on
    return {
        "seals": PROPOSAL.seals_of(proposal),
        "holder": holder or str(state.label),
        "holder_label": _("How it ended") if state.ends else "",
        "holding": holding,
        "note": "" if state.ends else _pen_note(assignments),
        "due_label": _("Reply due") if proposal.state in ProposalState.of("underway") else _("Due"),
        "due": due_of(due_on, calendar(), clock.today(), state.counted),
        "actions": _actions(proposal, assignments, actor),
    }


def _actions(proposal: Proposal, assignments: list[Assignment], actor: Actor) -> list[Action]:
    """Steps and pages of writing; where no step is ready, writing is the primary thing to do."""
    offers = _offers(proposal, assignments, actor)
    steps = [
        _named(action, offer, offers)
        for action, offer in zip(actions_for(offers), offers, strict=True)
    ]
    writing = _writing(proposal, assignments, actor)
    if writing and not any(action.primary for action in steps):
        writing[0] = replace(writing[0], primary=True)
    return [*writing, *steps]


def _named(action: Action, offer: Offer, offers: list[Offer]) -> Action:
    """With several units, a button says which one it means."""
    alike = sum(other.step is offer.step for other in offers)
    if alike < 2 or not isinstance(offer.obj, Assignment):
        return action
    return replace(
        action,
        label=_("%(step)s: %(unit)s") % {"step": action.label, "unit": offer.obj.unit.short_name},
    )


def _pen_note(assignments: list[Assignment]) -> str:
    """What is waited for among the assisting units."""
    notes = []
    for assignment in assignments:
        if assignment.answers:
            continue
        if assignment.state in AssignmentState.of("endorsed"):
            notes.append(_("%(unit)s countersigned") % {"unit": assignment.unit.short_name})
        elif ASSIGNMENT.steps["countersign"].is_for(assignment):
            due = _reply_due(assignment)
            notes.append(f"{assignment.unit.short_name} {due.text if due else ''}")
    return clauses(notes)


def _offers(proposal: Proposal, assignments: list[Assignment], actor: Actor) -> list[Offer]:
    offers = list(PROPOSAL.offers(proposal, actor))
    for assignment in assignments:
        offers += ASSIGNMENT.offers(assignment, actor)
        for extension in assignment.extensions.all():
            offers += EXTENSION.offers(extension, actor)
    for evaluation in _latest_ratings(proposal):
        if evaluation.membership_id in actor.membership_ids:
            offers += EVALUATION.offers(evaluation, actor)
    for cosignature in proposal.cosignatures.all():
        if cosignature.membership_id in actor.membership_ids:
            offers += COSIGNATURE.offers(cosignature, actor)
    return offers


def _writing(proposal: Proposal, assignments: list[Assignment], actor: Actor) -> list[Action]:
    """Pages where something is written that moves no state."""
    found = []
    if PROPOSAL.may_edit("save", proposal, actor):
        found.append(Action(_("Edit"), reverse("proposals:edit", args=[proposal.pk])))
    for assignment in assignments:
        if ASSIGNMENT.may_edit("write_reply", assignment, actor):
            found.append(
                Action(_("Write the reply"), reverse("proposals:reply", args=[assignment.pk]))
            )
    return found


def _links(proposal: Proposal, actor: Actor) -> dict[str, bool]:
    return {"invite": PROPOSAL.may_edit("invite", proposal, actor)}


# The matter ---------------------------------------------------------------------------------------


def _cosignatures(proposal: Proposal) -> dict[str, Any]:
    """Names by how they answered, those who signed first."""
    signed = CosignState.of("cosigned")
    by_state: dict[str, list[str]] = {state: [] for state in (*signed, *CosignState)}
    for cosignature in proposal.cosignatures.all():
        by_state[cosignature.state].append(cosignature.membership.person.name)
    rows = [(CosignState(state).label, names) for state, names in by_state.items() if names]
    return {"accepted": [name for state in signed for name in by_state[state]], "rows": rows}


def _ratings(proposal: Proposal, actor: Actor) -> dict[str, Any]:
    """Ratings of opened rounds, one's own at any time; how many are in."""
    shown = [e for e in proposal.evaluations.all() if e.verdict and rules.reads_rating(actor, e)]
    latest = _latest_ratings(proposal)
    return {
        "shown": [(rating, given_answers(rating)) for rating in shown],
        "says_rounds": any(rating.round > 1 for rating in proposal.evaluations.all()),
        "asked": len(latest),
        "answered": sum(rating.state in EvaluationState.of("rated") for rating in latest),
        "sealed": any(rating.is_sealed for rating in latest),
    }


def _latest_ratings(proposal: Proposal) -> list[Evaluation]:
    return [rating for rating in proposal.evaluations.all() if rating.round == proposal.round]


def _papers(
    proposal: Proposal, assignments: list[Assignment], actor: Actor
) -> list[dict[str, str]]:
    papers = [
        {
            "label": _("Registration form"),
            "url": reverse("proposals:paper", args=[proposal.pk, "registration"]),
        }
    ]
    if was_assigned_here(proposal):
        papers.append(
            {
                "label": _("Assignment notice"),
                "url": reverse("proposals:paper", args=[proposal.pk, "notice"]),
            }
        )
    for assignment in assignments:
        for reply in shown_replies(assignment, actor):
            if reply.released_at or assignment.state in AssignmentState.of("ready"):
                address = reverse("proposals:letter", args=[reply.pk])
                papers.append(
                    {
                        "label": _letter_name(assignment, reply),
                        "url": f"{address}?proposal={proposal.pk}",
                    }
                )
    if proposal.replied_at:
        papers.append(
            {
                "label": _("Feedback form"),
                "url": reverse("proposals:paper", args=[proposal.pk, "feedback"]),
            }
        )
    return papers


def _letter_name(assignment: Assignment, reply: Reply) -> str:
    """Of the letters of several rounds the later ones say theirs."""
    words = {"unit": assignment.unit.short_name, "n": reply.round}
    if not reply.released_at:
        return _("Reply of %(unit)s (draft)") % words
    if reply.round > 1:
        return _("Reply of %(unit)s, round %(n)s") % words
    return _("Reply of %(unit)s") % words
