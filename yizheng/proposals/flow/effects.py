"""Effects of the steps on a proposal: what they do besides moving it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from yizheng.core import doors, handover, numbering
from yizheng.core.access import system
from yizheng.core.flow import FLOWS, Act
from yizheng.core.flow_table import keep_note, keep_note_in
from yizheng.core.punctuation import shortened
from yizheng.core.refusals import NotNow
from yizheng.core.rich_text import plain_text
from yizheng.organisations.queries import collecting_session, current_session
from yizheng.organisations.services.units import require_open
from yizheng.people.models import Account
from yizheng.people.queries import accounts_of

from ..enums import (
    AssignmentState,
    CosignState,
    Occasion,
    Part,
    ProposalState,
    ProposerKind,
    Verdict,
)
from ..models import Assignment, Evaluation, Proposal, Reply, SupervisionAct
from .due_dates import assignment_dates, rules_of
from .guards import key_share
from .notices import proposal_url, proposer_ids

S = ProposalState


# Submitting ---------------------------------------------------------------------------------------


def submitted_state(proposal: Proposal, _data: Mapping[str, Any]) -> str:
    return S.CONFIRMING if _needs_confirmation(proposal) else S.SUBMITTED


def _needs_confirmation(proposal: Proposal) -> bool:
    """What the office entered on a member's behalf counts only when the member has confirmed it."""
    if proposal.state != S.DRAFT or proposal.proposer_id is None or proposal.collective_name:
        return False
    enterer = (
        Account.objects.filter(pk=proposal.entered_by_id).first()
        if proposal.entered_by_id
        else None
    )
    return (
        enterer is not None
        and proposal.proposer is not None
        and enterer.person_id != proposal.proposer.person_id
    )


def submit(act: Act[Proposal]) -> None:
    proposal = act.obj
    collecting = collecting_session(act.today, rules_of(act.today).plenary_opens_months_before)
    session = collecting or current_session(act.today)
    if session is None:
        raise NotNow(_("No session has been set up yet; the office does that under Settings."))
    proposal.occasion = Occasion.PLENARY if collecting else Occasion.ORDINARY
    proposal.session, proposal.year = session, session.year
    if _needs_confirmation(proposal):
        return
    proposal.submitted_at = act.at
    if not proposal.flow_number:
        proposal.flow_number = receipt_number(session.year)


def receipt_number(year: int) -> str:
    return numbering.next_number(f"receipt-{year}", "{year}-{serial:4}", year=year)


def tell_confirming(proposal: Proposal) -> Iterable[int]:
    if proposal.state != S.CONFIRMING or proposal.proposer_id is None:
        return []
    return accounts_of([proposal.proposer_id])


def tell_enterer(proposal: Proposal) -> Iterable[int]:
    return [proposal.entered_by_id] if proposal.entered_by_id else []


keep_decision = keep_note_in("decision_note")


def pass_check(act: Act[Proposal]) -> None:
    act.obj.category = act.data["category"] or act.obj.category
    keep_decision(act)


# Deciding -----------------------------------------------------------------------------------------


def file(act: Act[Proposal]) -> None:
    act.obj.category = act.data["category"] or act.obj.category
    _number(act)


def _number(act: Act[Proposal]) -> None:
    """Give the case number.

    Who has co-signed by now is a proposer; invitations still open lapse with it.
    """
    proposal, rules = act.obj, rules_of(act.today)
    own_series = rules.numbering.ordinary_has_own_series and proposal.occasion == Occasion.ORDINARY
    pattern = (
        rules.numbering.case_ordinary
        if proposal.occasion == Occasion.ORDINARY
        else rules.numbering.case
    )
    series = f"case-{proposal.session_id}{'-ordinary' if own_series else ''}"
    proposal.case_number = _case_number(proposal, pattern, series)
    proposal.filed_at, proposal.filed_by_id = act.at, act.by.account_id
    if proposal.kind in (ProposerKind.INDIVIDUAL, ProposerKind.JOINT):
        joint = proposal.cosignatures.filter(state__in=CosignState.of("cosigned")).exists()
        proposal.kind = ProposerKind.JOINT if joint else ProposerKind.INDIVIDUAL
    act.detail["case_number"] = proposal.case_number


def _case_number(proposal: Proposal, pattern: str, series: str) -> str:
    session = proposal.session
    return numbering.next_number(
        series,
        pattern,
        lambda number: Proposal.objects.filter(case_number=number).exists(),
        year=session.year,
        session=session.ordinal,
        term=session.term.ordinal,
    )


def not_file(act: Act[Proposal]) -> None:
    reason = rules_of(act.today).reason(act.data["reason"])
    act.obj.reason_not_filed = act.data["reason"]
    act.obj.decision_note = act.data["note"] or (reason.sentence if reason else "")
    act.detail.update(reason=act.obj.reason_not_filed, note=act.obj.decision_note)


def merge(act: Act[Proposal]) -> None:
    """File this one and put the others under it: handled together, answered separately."""
    _number(act)
    for other in act.data["others"]:
        FLOWS["proposal"].perform("be_merged", other, by=act.by, data={"into": act.obj})
    act.detail["merged"] = [other.pk for other in act.data["others"]]


def be_merged(act: Act[Proposal]) -> None:
    _number(act)
    act.obj.merged_into = act.data["into"]
    act.detail["into"] = act.data["into"].pk


def convert(act: Act[Proposal]) -> None:
    keep_decision(act)
    act.detail["consent"] = act.data["consent_how"]


def pass_on(act: Act[Proposal]) -> None:
    """It goes on as public-opinion information; what has gone on already is linked and not begun
    again.
    """
    proposal = act.obj
    matter = handover.Matter(
        source=proposal,
        title=proposal.title,
        text=plain_text(proposal.body),
        label=str(proposal),
        url=proposal_url(proposal),
        situation=proposal.situation,
        analysis=proposal.analysis,
        suggestions=[s.text for s in proposal.suggestions.all()],
        category=proposal.category,
        writers=proposer_ids(proposal),
        collective=proposal.collective_name,
    )
    taken = handover.hand_on("opinion", matter, by=act.by)
    act.detail.update(note=act.data["note"], consent=act.data["consent_how"], became=taken.url)


# Handling -----------------------------------------------------------------------------------------


def assign(act: Act[Proposal]) -> None:
    """`plan`: (unit, part, suggestions) for each unit; no suggestions means all of them."""
    proposal = act.obj
    proposal.assigned_at, proposal.assigned_how = act.at, act.data["how"]
    for unit, part, suggestions in act.data["plan"]:
        give(act, proposal, unit, part, suggestions, _chosen_in(part, suggestions))
    act.detail["units"] = [f"{unit.short_name} ({part})" for unit, part, _s in act.data["plan"]]
    act.detail["how"] = act.data["how"]


def _chosen_in(part: str, suggestions: Sequence[Any]) -> str:
    if part == Part.OWN:
        return f"part_{suggestions[0].pk}"
    return "assisting" if part == Part.ASSISTING else "lead"


def give(
    act: Act[Any],
    proposal: Proposal,
    unit: Any,
    part: str,
    suggestions: Iterable[Any] = (),
    chosen_in: str = "unit",
) -> Assignment:
    """Send a proposal to a unit with its clocks set by the regulation in force today."""
    require_open(unit, chosen_in)
    assignment = Assignment(
        proposal=proposal,
        unit=unit,
        part=part,
        round=proposal.round,
        assigned_on=act.today,
        **assignment_dates(proposal, part, act.today),
    )
    FLOWS["assignment"].begin(assignment, "sent", by=act.by)
    assignment.suggestions.set(suggestions)
    return assignment


def open_rating(act: Act[Proposal]) -> None:
    """All replies are out: every proposer is asked, each for themselves."""
    proposal = act.obj
    proposal.replied_at = act.at
    proposal.result_class = _overall_class(proposal)
    for membership_id in proposer_ids(proposal):
        asked = Evaluation(proposal=proposal, round=proposal.round, membership_id=membership_id)
        FLOWS["evaluation"].begin(asked, "asked", by=act.by)


def _overall_class(proposal: Proposal) -> str:
    """With several answering units, the least favourable class is the proposal's, in the
    regulation's order; one it has no more is not taken for a favourable one.
    """
    order = [item.code for item in rules_of().result_classes]
    classes = Reply.objects.filter(
        assignment__proposal=proposal, released_at__isnull=False, round=proposal.round
    ).values_list("result_class", flat=True)
    places = {code: place for place, code in enumerate(order)}
    return max(classes, key=lambda code: places.get(code, len(places)), default="")


# Concluding ---------------------------------------------------------------------------------------


def is_unsatisfied(proposal: Proposal) -> bool:
    return proposal.evaluations.filter(round=proposal.round, verdict=Verdict.UNSATISFIED).exists()


def concluded_state(proposal: Proposal, _data: Mapping[str, Any]) -> str:
    """Unsatisfied proposers have it handled again, as often as the regulation gives; then it is
    closed.
    """
    return S.CLOSED if proposal.closed_at else S.HANDLING


def conclude(act: Act[Proposal]) -> None:
    """The seals of the round are broken; who has not rated by now lapses with it."""
    proposal = act.obj
    proposal.evaluations.filter(round=proposal.round).update(opened_at=act.at)
    again = is_unsatisfied(proposal) and proposal.round <= rules_of(act.today).handled_again_at_most
    act.detail.update(round=proposal.round, handled_again=again)
    if again:
        _handle_again(act)
    else:
        proposal.closed_at = act.at


def _handle_again(act: Act[Proposal]) -> None:
    proposal = act.obj
    proposal.round += 1
    proposal.closed_at = None
    for assignment in proposal.assignments.filter(state=AssignmentState.REPLIED):
        FLOWS["assignment"].perform(
            "handle_again",
            assignment,
            by=system(act.by.organisation_id),
            data={"round": proposal.round},
        )


def reopen(act: Act[Proposal]) -> None:
    keep_decision(act)
    _handle_again(act)


# Key proposals, supervision, publication ----------------------------------------------------------


def make_key(act: Act[Proposal]) -> None:
    doors.locked(
        act.obj.session
    )  # the share is counted over it: who comes second sees what the first made
    if refusal := key_share(act.obj):
        raise NotNow(refusal)
    act.obj.is_key, act.obj.key_leader = True, act.data["leader"]
    act.detail.update(leader=str(act.data["leader"]), note=act.data["note"])


def unmake_key(act: Act[Proposal]) -> None:
    act.obj.is_key, act.obj.key_leader = False, None
    keep_note(act)


def supervise(act: Act[Proposal]) -> None:
    record = SupervisionAct(
        proposal=act.obj,
        recorded_by_id=act.by.account_id,
        **{
            field: act.data[field]
            for field in ("kind", "held_on", "leader", "place", "participants", "findings")
        },
    )
    record.save()
    act.detail.update(kind=record.kind, held_on=record.held_on, findings=shortened(record.findings))


def publish(act: Act[Proposal]) -> None:
    proposal = act.obj
    proposal.secrecy_checked_at = proposal.published_at = act.at
    proposal.secrecy_checked_by_id = proposal.published_by_id = act.by.account_id


def unpublish(act: Act[Proposal]) -> None:
    act.obj.published_at = act.obj.published_by_id = None
    keep_note(act)
