"""Rows of proposals, and of what hangs on them, as lists and to-do lists show them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from django.db.models import Count, F, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yizheng.core import clock, paging
from yizheng.core.access import Actor
from yizheng.core.attributes import Attribute
from yizheng.core.case_display import TODOS, CaseRow, Todo, bulk_steps_of
from yizheng.core.clock import Calendar
from yizheng.core.day_words import day_words
from yizheng.core.prepared_queries import PreparedQuery
from yizheng.core.punctuation import join_cn
from yizheng.core.time_left import due_of
from yizheng.organisations.queries import calendar

from . import rules
from .enums import AssignmentState, Part, ProposalOutcome, ProposalState, ProposerKind
from .flow import ASSIGNMENT, COSIGNATURE, EVALUATION, EXTENSION, PROPOSAL
from .models import Assignment, Evaluation, Proposal, ReplyItem
from .queries import GONE, live_assignments, proposer_name

OFFICE_HOLDERS = {
    rules.check.code: gettext_lazy("proposals clerks"),
    rules.review.code: gettext_lazy("proposals committee"),
    rules.assign.code: gettext_lazy("assigning office"),
}


class ListedPart(NamedTuple):
    """What a list tells of an assignment."""

    unit_name: str
    state: str
    part: str

    @property
    def answers(self) -> bool:
        return self.part != Part.ASSISTING


_LISTED_PARTS: Attribute[Sequence[ListedPart] | None] = Attribute("listed_parts", None)
_PARTS = PreparedQuery(
    lambda *proposals: (
        Assignment.everywhere.filter(proposal__in=proposals)
        .exclude(state__in=GONE)
        .values_list("proposal", "unit__short_name", "state", "part")
    ),
    ids=paging.SIZE,
)
LISTED = (
    "state",
    "due_on",
    "version",
    "flow_number",
    "case_number",
    "title",
    "kind",
    "collective_name",
    "contact_name",
    "category",
    "entered_by",
    "submitted_at",
    "is_imported",
    "result_class",
    "is_key",
    "proposer",
)


def for_list(proposals: QuerySet[Proposal]) -> QuerySet[Proposal]:
    """With what a row of a list shows; of people and units their names alone."""
    return proposals.annotate(first_proposer=F("proposer__person__name")).only(*LISTED)


# Who holds the pen --------------------------------------------------------------------------------


def _parts_of(proposal: Proposal) -> Sequence[ListedPart]:
    """The units' live parts, as `rows` has found them for the whole list."""
    listed = _LISTED_PARTS.of(proposal)
    return (
        [ListedPart(a.unit.short_name, a.state, a.part) for a in live_assignments(proposal)]
        if listed is None
        else listed
    )


def _find_parts(proposals: Iterable[Proposal]) -> None:
    by_proposal: dict[int, list[ListedPart]] = {proposal.pk: [] for proposal in proposals}
    for proposal, *told in _PARTS.of_each(list(by_proposal)):
        by_proposal[proposal].append(ListedPart(*told))
    for each in proposals:
        _LISTED_PARTS.put(each, by_proposal[each.pk])


def holder_of(proposal: Proposal) -> tuple[str, str]:
    """Who holds the pen and what they do with it."""
    state = PROPOSAL.state_of(proposal)
    if state.ends:
        return "", ""
    if proposal.state in ProposalState.of("underway"):
        return _unit_holders(_parts_of(proposal))
    if proposal.state in ProposalState.of("writing"):
        return proposer_name(proposal), str(state.holding)
    if proposal.state in ProposalState.of("rating"):
        return _("proposers"), str(state.holding)
    code = state.holder.code if state.holder else ""
    return str(OFFICE_HOLDERS.get(code, "")), str(state.holding)


def _units(parts: Iterable[ListedPart]) -> str:
    return join_cn(part.unit_name for part in parts)


def _unit_holders(parts: Sequence[ListedPart]) -> tuple[str, str]:
    """The unit that moves next: the answering one, or whoever it waits for."""
    states = ASSIGNMENT.states
    open_ones = [part for part in parts if not states[part.state].ends]
    answering = [part for part in open_ones if part.answers] or open_ones
    if not answering:
        return "", ""
    state = states[answering[0].state]
    code = state.holder.code if state.holder else ""
    return str(OFFICE_HOLDERS.get(code, _units(answering))), str(state.holding)


def line_of(proposal: Proposal) -> str:
    """One line of the most useful fact."""
    parts = [proposer_name(proposal)]
    if proposal.is_key:
        parts.insert(0, _("key proposal"))
    units = [part for part in _parts_of(proposal) if part.answers]
    if units:
        parts.append(_units(units))
    elif proposal.category:
        parts.append(proposal.category)
    return " · ".join(part for part in parts if part)


# Rows of lists ------------------------------------------------------------------------------------


def rows(
    proposals: Iterable[Proposal], actor: Actor, days: Calendar | None = None
) -> list[CaseRow]:
    days, today, proposals = days or calendar(), clock.today(), list(proposals)
    _find_parts(proposals)
    return [_row(proposal, actor, days, today) for proposal in proposals]


def day_or_untold(
    at: dt.date | dt.datetime | None, is_imported: bool = True
) -> dt.date | str | None:
    """A day; of what was brought in from a list that does not say it, that it is not recorded."""
    if at is None:
        return _("not recorded") if is_imported else None
    return timezone.localdate(at) if isinstance(at, dt.datetime) else at


def _row(proposal: Proposal, actor: Actor, days: Calendar, today: dt.date) -> CaseRow:
    state = PROPOSAL.state_of(proposal)
    holder, holding = holder_of(proposal)
    return CaseRow(
        id=proposal.pk,
        number=proposal.case_number or proposal.flow_number,
        title=proposal.title or _("(no subject yet)"),
        url=PROPOSAL.url(proposal),
        line=line_of(proposal),
        seals=PROPOSAL.seals_of(proposal),
        holder=holder or str(state.label),
        holder_note=holding,
        mine=PROPOSAL.waits_for(proposal, actor),
        due=None if state.ends else due_of(proposal.due_on, days, today, state.counted),
        bulk=bulk_steps_of(proposal),
        cells={
            "proposer": proposer_name(proposal),
            "category": proposal.category,
            "state": state.label,
            "kind": ProposerKind(proposal.kind).label,
            "class": proposal.result_class,
            "submitted": day_or_untold(proposal.submitted_at, proposal.is_imported),
            "units": _units(_parts_of(proposal)),
        },
    )


def _hung_rows(
    objects: Iterable[Any], flow: Any, proposal_of: Any, who: Any, url: Any = None
) -> list[CaseRow]:
    """Rows of what hangs on a proposal: assignments, ratings, invitations, extensions."""
    days, today = calendar(), clock.today()
    found = []
    for obj in objects:
        proposal = proposal_of(obj)
        state = flow.state_of(obj)
        found.append(
            CaseRow(
                id=obj.pk,
                number=proposal.case_number,
                title=proposal.title,
                url=url(obj) if url else flow.url(obj),
                page=flow.url(obj),
                line=who(obj),
                seals=PROPOSAL.seals_of(proposal),
                mine=True,
                holder_note=state.holding,
                due=due_of(obj.due_on, days, today, state.counted),
            )
        )
    return found


def _assignment_line(assignment: Assignment) -> str:
    parts = [assignment.unit.short_name, assignment.get_part_display()]
    if assignment.state in AssignmentState.of("returning") and assignment.hand_back_unit:
        parts = [
            _("%(unit)s asks that %(other)s take it")
            % {"unit": assignment.unit.short_name, "other": assignment.hand_back_unit.short_name}
        ]
    elif assignment.send_back_note:
        parts = [_("came back: %(note)s") % {"note": assignment.send_back_note}]
    elif assignment.round > 1:
        parts.append(_("handled again"))
    return " · ".join(parts)


def _evaluation_rows(found: Sequence[Evaluation], actor: Actor) -> list[CaseRow]:
    """Ratings, each with what the replies of its round answered to the suggestions."""
    given = ReplyItem.objects.filter(
        reply__released_at__isnull=False, reply__round=F("reply__assignment__round")
    )
    given = given.filter(
        reply__assignment__proposal__in=[evaluation.proposal_id for evaluation in found]
    )
    counted = (
        given.order_by()
        .values_list("reply__assignment__proposal", "outcome")
        .annotate(n=Count("pk"))
    )
    matters: dict[int, dict[str, int]] = {}
    for proposal, outcome, number in counted:
        matters.setdefault(proposal, {})[outcome] = number
    return _hung_rows(
        found,
        EVALUATION,
        lambda e: e.proposal,
        lambda e: _evaluation_line(e, matters.get(e.proposal_id, {})),
        lambda e: reverse("core:step", args=["evaluation", e.pk, "answer"]),
    )


def _evaluation_line(evaluation: Evaluation, matters: Mapping[str, int]) -> str:
    at = evaluation.proposal.replied_at
    parts = [_("replied on %(day)s") % {"day": day_words(timezone.localdate(at))}] if at else []
    parts += [
        f"{outcome.label} {matters[outcome]}" for outcome in ProposalOutcome if outcome in matters
    ]
    return " · ".join(parts)


TODOS += [
    Todo(PROPOSAL, rows, for_list),
    Todo(
        ASSIGNMENT,
        lambda found, actor: _hung_rows(found, ASSIGNMENT, lambda a: a.proposal, _assignment_line),
        lambda q: q.select_related("proposal", "unit", "hand_back_unit"),
    ),
    Todo(EVALUATION, _evaluation_rows, lambda q: q.select_related("proposal")),
    Todo(
        COSIGNATURE,
        lambda found, actor: _hung_rows(
            found, COSIGNATURE, lambda c: c.proposal, lambda c: proposer_name(c.proposal)
        ),
        lambda q: q.select_related("proposal__proposer__person"),
    ),
    Todo(
        EXTENSION,
        lambda found, actor: _hung_rows(
            found,
            EXTENSION,
            lambda e: e.assignment.proposal,
            lambda e: (
                _("%(unit)s asks until %(day)s")
                % {"unit": e.assignment.unit.short_name, "day": day_words(e.until)}
            ),
        ),
        lambda q: q.select_related("assignment__proposal", "assignment__unit"),
    ),
]
