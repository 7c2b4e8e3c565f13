"""Reads of proposals, each starting at what the actor may see."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple, TypeVar

from django.db.models import Count, F, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy

from yizheng.core import audit, clock, paging
from yizheng.core.access import Actor, Words
from yizheng.core.carried import Carried
from yizheng.core.case_display import TODOS, CaseRow, Todo
from yizheng.core.clock import Calendar
from yizheng.core.prepared_queries import PreparedObjects, PreparedQuery, keep
from yizheng.core.tenancy import Tenant
from yizheng.core.time_left import due_of
from yizheng.organisations import grants
from yizheng.organisations.models import Unit
from yizheng.organisations.queries import calendar
from yizheng.people.models import Person
from yizheng.people.queries import accounts_holding
from yizheng.promises.flow import PROMISE
from yizheng.promises.models import Promise

from . import rules
from .enums import AssignmentState, Part, ProposalOutcome, ProposalState, ProposerKind
from .flow import ASSIGNMENT, COSIGNATURE, EVALUATION, EXTENSION, PROPOSAL
from .models import (
    Assignment,
    Contact,
    Cosignature,
    Evaluation,
    Extension,
    Progress,
    Proposal,
    Reply,
    ReplyItem,
    Suggestion,
    SupervisionAct,
    Urging,
)

T = TypeVar("T", bound=Tenant)

OFFICE_HOLDERS = {
    rules.check.code: gettext_lazy("proposals clerks"),
    rules.review.code: gettext_lazy("proposals committee"),
    rules.assign.code: gettext_lazy("assigning office"),
}


def may_edit(name: str, obj: Any, actor: Actor) -> bool:
    """Whether an edit of the flow's table is the actor's, as the object stands."""
    edit = obj.flow.edits[name]
    return (
        obj.state in edit.sources
        and edit.rule.allows(actor, obj)
        and all(guard(obj) is None for guard in edit.guards)
    )


def visible_to(actor: Actor) -> QuerySet[Proposal]:
    return PROPOSAL.visible_to(actor)


GONE = AssignmentState.of("gone")


class ListedPart(NamedTuple):
    """What a list tells of an assignment."""

    unit_name: str
    state: str
    part: str

    @property
    def answers(self) -> bool:
        return self.part != Part.ASSISTING


_LISTED_PARTS: Carried[Sequence[ListedPart] | None] = Carried("listed_parts", None)
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
    "result_class",
    "is_key",
    "proposer",
)


def for_list(proposals: QuerySet[Proposal], *besides: str) -> QuerySet[Proposal]:
    """With what a row of a list shows, and the related fields named; of people and units their
    names alone.
    """
    found = proposals.annotate(first_proposer=F("proposer__person__name"))
    if besides:
        found = found.select_related(*(name.rpartition("__")[0] for name in besides))
    return found.only(*LISTED, *besides)


# Who holds the pen --------------------------------------------------------------------------------


def proposer_name(proposal: Proposal) -> str:
    if proposal.collective_name:
        return proposal.collective_name
    if listed := getattr(proposal, "first_proposer", ""):
        return str(listed)
    return proposal.proposer.person.name if proposal.proposer else proposal.contact_name


def live_assignments(proposal: Proposal) -> list[Assignment]:
    """Those not given to another unit or cancelled."""
    return [a for a in proposal.assignments.all() if a.state not in GONE]


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
    return "、".join(part.unit_name for part in parts)


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


def _row(proposal: Proposal, actor: Actor, days: Calendar, today: dt.date) -> CaseRow:
    state = PROPOSAL.state_of(proposal)
    holder, holding = holder_of(proposal)
    mine = state.holder is not None and state.holder.allows(actor, proposal)
    return CaseRow(
        id=proposal.pk,
        number=proposal.case_number or proposal.flow_number,
        title=proposal.title or _("(no subject yet)"),
        url=PROPOSAL.url(proposal),
        line=line_of(proposal),
        seals=PROPOSAL.seals_of(proposal),
        holder=holder or str(state.label),
        holder_note=holding,
        mine=mine,
        due=None if state.ends else due_of(proposal.due_on, days, today, state.counted),
        cells={
            "proposer": proposer_name(proposal),
            "category": proposal.category,
            "state": state.label,
            "kind": ProposerKind(proposal.kind).label,
            "class": proposal.result_class,
            "submitted": proposal.submitted_at and timezone.localdate(proposal.submitted_at),
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
    parts = [_("replied on %(day)s") % {"day": at and timezone.localdate(at).isoformat()}]
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
                % {"unit": e.assignment.unit.short_name, "day": e.until}
            ),
        ),
        lambda q: q.select_related("assignment__proposal", "assignment__unit"),
    ),
]


# Detail -------------------------------------------------------------------------------------------


def _of(model: type[T], path: str, *along: str, order: str = "pk") -> PreparedObjects[T]:
    """Rows that hang on a proposal by a path."""
    return PreparedObjects(
        model,
        lambda proposal: model.everywhere.filter(**{path: proposal}).order_by(*order.split()),
        *along,
    )


HANGING: tuple[tuple[str, str, PreparedObjects[Any]], ...] = (
    ("assignments", "", _of(Assignment, "proposal", "unit", "hand_back_unit")),
    ("suggestions", "", _of(Suggestion, "proposal", order="position")),
    ("cosignatures", "", _of(Cosignature, "proposal", "membership", "membership__person")),
    ("merged", "", _of(Proposal, "merged_into", "proposer", "proposer__person", order="-pk")),
    (
        "evaluations",
        "",
        _of(Evaluation, "proposal", "membership", "membership__person", order="round pk"),
    ),
    ("supervision_acts", "", _of(SupervisionAct, "proposal", "leader", order="held_on pk")),
    ("contacts", "assignment", _of(Contact, "assignment__proposal", order="on pk")),
    ("progress", "assignment", _of(Progress, "assignment__proposal", order="at")),
    ("urgings", "assignment", _of(Urging, "assignment__proposal", order="at")),
    ("extensions", "assignment", _of(Extension, "assignment__proposal")),
    ("replies", "assignment", _of(Reply, "assignment__proposal", order="round")),
    (
        "items",
        "reply",
        _of(
            ReplyItem,
            "reply__assignment__proposal",
            order="suggestion__proposal suggestion__position",
        ),
    ),
)
"""What hangs on a proposal, its assignments and their replies."""
_SUGGESTED = PreparedQuery(
    lambda proposal: (
        Proposal.suggested_units.through.objects.filter(proposal=proposal)
        .order_by("unit")
        .values_list("unit__short_name")
    )
)


def for_detail(actor: Actor) -> QuerySet[Proposal]:
    return visible_to(actor).select_related("session__term", "proposer__person", "proposer__sector")


def load(proposal: Proposal) -> None:
    """All that hangs on the proposal, each kind of thing asked for once."""
    above: dict[str, list[Any]] = {"": [proposal], "assignment": [], "reply": []}
    for name, owner, rows in HANGING:
        found = rows(proposal.pk) if above[owner] else []
        _hang(name, owner, above[owner], found, rows.model)
        if name == "assignments":
            above["assignment"] = found
        elif name == "replies":
            above["reply"] = found


def _hang(name: str, owner: str, above: list[Any], found: list[Any], model: type[Tenant]) -> None:
    by_owner: dict[int, list[Any]] = {obj.pk: [] for obj in above}
    for row in found:
        by_owner[getattr(row, f"{owner}_id") if owner else above[0].pk].append(row)
    for obj in above:
        keep(obj, name, by_owner[obj.pk], model)


def assignments_of(proposal: Proposal) -> list[Assignment]:
    """The units' parts in a loaded proposal; a merged one is handled with the one it was merged
    into.
    """
    handled = proposal.merged_into or proposal
    if handled is not proposal:
        load(handled)
    found = [a for a in handled.assignments.all() if a.state not in AssignmentState.of("struck")]
    for assignment in found:
        assignment.proposal = proposal
    return found


def history(proposal: Proposal) -> list[audit.AuditEntry]:
    """Everything that happened to the proposal, its assignments and co-signatures; sealed ratings
    stay out, and how a part began: that is told with the step that gave it.
    """
    of = Q(object_type="proposals.proposal", object_id=proposal.pk)
    for kind, found in (
        ("assignment", proposal.assignments.all()),
        ("cosignature", proposal.cosignatures.all()),
    ):
        of |= Q(object_type=f"proposals.{kind}", object_id__in=[each.pk for each in found])
    begun = [f"{ASSIGNMENT.code}.{birth}" for birth in ASSIGNMENT.births]
    told = audit.AuditEntry.objects.filter(of).exclude(action__in=begun).order_by("id")
    return list(told.only("action", "actor_place", "actor_name", "at", "detail"))


def suggested_units(proposal: Proposal) -> list[str]:
    """Names of the units its proposers would have it given to."""
    return [name for (name,) in _SUGGESTED(proposal.pk)]


_PROMISED = PreparedObjects(
    Promise,
    lambda proposal: Promise.everywhere.filter(
        content_type__app_label="proposals",
        content_type__model="suggestion",
        object_id__in=Suggestion.everywhere.filter(proposal=proposal).values("pk"),
    ).order_by("id"),
    "unit",
)


def promises_of(proposals: Iterable[Proposal]) -> list[Promise]:
    """What units promised in answer to the proposals' suggestions."""
    return [promise for proposal in proposals for promise in _PROMISED(proposal.pk)]


def shown_replies(assignment: Assignment, actor: Actor) -> list[Reply]:
    """Released replies; before that only the unit itself and whoever checks it read one."""
    inside = rules.unit_officer.allows(actor, assignment) or rules.unit_leader.allows(
        actor, assignment
    )
    inside = inside or actor.holds(rules.check.code)
    return [reply for reply in assignment.replies.all() if reply.released_at or inside]


Given = tuple[Assignment, Reply]


def answers_to(proposals: Iterable[Proposal], given: Iterable[Given]) -> list[dict[str, Any]]:
    """Suggestion ↔ answer, each with the unit that gives it and the promise that came of it."""
    proposals, given = list(proposals), list(given)
    released = any(
        reply.released_at for _assignment, reply in given
    )  # before that nothing is promised
    promised = promises_of(proposals) if released else []
    promises = {(c.object_id, c.unit_id): (c, PROMISE.state_of(c)) for c in promised}
    items: dict[int, list[dict[str, Any]]] = {}
    for assignment, reply in given:
        for item in reply.items.all():
            promise = (
                promises.get((item.suggestion_id, assignment.unit_id))
                if reply.released_at
                else None
            )
            items.setdefault(item.suggestion_id, []).append(
                {"item": item, "unit": assignment.unit, "reply": reply, "promise": promise}
            )
    return [
        {"suggestion": suggestion, "answers": items.get(suggestion.pk, []), "proposal": proposal}
        for proposal in proposals
        for suggestion in proposal.suggestions.all()
    ]


def leaders() -> QuerySet[Person]:
    """Who may be named as leading a key proposal, or its supervision, today."""
    return Person.objects.filter(accounts__in=accounts_holding(rules.LEAD_KEY)).distinct()


def contacts_of(proposal: Proposal) -> list[Contact]:
    """How the units that have it spoke with the proposers, oldest first; what a unit did that gave
    it away answers nothing.
    """
    spoken = Contact.objects.filter(assignment__proposal=proposal).exclude(
        assignment__state__in=GONE
    )
    return list(spoken.order_by("on", "pk"))


def released_answers(proposal: Proposal) -> list[dict[str, Any]]:
    """What its proposers rate: the latest released reply of each unit."""
    given = []
    for assignment in proposal.assignments.select_related("unit").prefetch_related(
        "replies__items"
    ):
        given += [(assignment, reply) for reply in assignment.replies.all() if reply.released_at][
            -1:
        ]
    return answers_to([proposal, *proposal.merged.all()], given)


def published(organisation_id: int) -> QuerySet[Proposal]:
    """What the public may read."""
    return Proposal.everywhere.filter(organisation_id=organisation_id, published_at__isnull=False)


def suggested_to(unit: Unit) -> QuerySet[Proposal]:
    """Proposals whose proposer named the unit and that are not assigned yet."""
    return Proposal.objects.filter(
        suggested_units=unit, state__in=PROPOSAL.open_states, assigned_at=None
    )


def suggest_instead(proposal: Proposal, unit: Unit, into: Unit) -> None:
    proposal.suggested_units.remove(unit)
    proposal.suggested_units.add(into)


def open_cases_at(unit: Unit) -> Words | None:
    """Why a unit cannot be closed: cases that somebody must take over first."""
    count = Assignment.objects.filter(unit=unit, state__in=ASSIGNMENT.open_states).count()
    if count:
        return ngettext_lazy(
            "%(n)s case is still with this unit; give it to another unit or wait for its reply.",
            "%(n)s cases are still with this unit; give them to another unit or wait for "
            "their replies.",
            count,
        ) % {"n": count}
    return None


def comes_from_a_unit(evaluation: Evaluation, address: str) -> bool:
    """Whether the address a rating comes from is one that a handling unit's accounts
    sign in from.
    """
    if not address:
        return False
    accounts = [
        account
        for unit in Unit.objects.filter(assignments__proposal=evaluation.proposal_id).distinct()
        for account in grants.at(unit).values_list("account_id", flat=True)
    ]
    since = clock.now() - dt.timedelta(days=90)
    return audit.AuditEntry.objects.filter(
        actor__in=accounts, address=address, at__gte=since
    ).exists()
