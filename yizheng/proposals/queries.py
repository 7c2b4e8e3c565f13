"""Reads of proposals, each starting at what the actor may see."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any, TypeVar

from django.db.models import F, Q, QuerySet
from django.db.models.functions import Coalesce, TruncDate
from django.utils.translation import ngettext_lazy

from yizheng.core import audit, clock
from yizheng.core.access import Actor, Words
from yizheng.core.prepared_queries import PreparedObjects, PreparedQuery, keep
from yizheng.core.tenancy import Tenant
from yizheng.core.time_left import DayCount, TimeLeft, due_of
from yizheng.organisations import grants
from yizheng.organisations.models import Unit
from yizheng.organisations.queries import calendar
from yizheng.people.models import Person
from yizheng.people.queries import accounts_holding
from yizheng.promises.flow import PROMISE
from yizheng.promises.models import Promise

from . import rules
from .enums import AssignmentState
from .flow import ASSIGNMENT, PROPOSAL
from .flow.due_dates import contact_due, rules_of
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


def visible_to(actor: Actor) -> QuerySet[Proposal]:
    return PROPOSAL.visible_to(actor)


GONE = AssignmentState.of("gone")


DAY_OF_IT = Coalesce(TruncDate("submitted_at"), F("session__closes_on"))
"""What its members were is asked of that day: on which it was handed in; of one out of a list that
does not say when, the last of its session.
"""


def day_of_it(proposal: Proposal) -> dt.date:
    return clock.day_of(proposal.submitted_at) or proposal.session.closes_on


def proposer_name(proposal: Proposal) -> str:
    if proposal.collective_name:
        return proposal.collective_name
    if listed := getattr(proposal, "first_proposer", ""):
        return str(listed)
    return proposal.proposer.person.name if proposal.proposer else proposal.contact_name


def was_assigned_here(proposal: Proposal) -> bool:
    """A notice is written of what was given to its units here; of what a list tells there was
    another.
    """
    return proposal.assigned_at is not None and not proposal.is_imported


def live_assignments(proposal: Proposal) -> list[Assignment]:
    """Those not given to another unit or cancelled."""
    return [a for a in proposal.assignments.all() if a.state not in GONE]


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
    """Released replies; before that only the unit itself reads one, and from when it was sent for
    sign-off whoever checks it.
    """
    inside = rules.unit_officer.allows(actor, assignment) or rules.unit_leader.allows(
        actor, assignment
    )
    is_ready = assignment.state in AssignmentState.of("ready")
    inside = inside or (is_ready and actor.holds(rules.check.code))
    return [reply for reply in assignment.replies.all() if reply.released_at or inside]


def standing_reply(shown: Sequence[Reply]) -> Reply | None:
    """What a unit has answered as things stand: the latest that is out, else what it is writing."""
    released = [reply for reply in shown if reply.released_at]
    return next(reversed(released or shown), None)


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


def contact_wanted(assignment: Assignment) -> TimeLeft | None:
    """How long a unit that answers still has to speak with the proposer first, until it did."""
    works = assignment.answers and assignment.state in AssignmentState.of("working")
    if not works or list(assignment.contacts.all()):
        return None
    return due_of(contact_due(assignment), calendar(), clock.today(), DayCount.WORKING)


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


def given_answers(rating: Evaluation) -> list[tuple[str, str]]:
    """Question and answer in the regulation's words."""
    words = {q.code: {a.code: a.label for a in q.answers} for q in rules_of().feedback_questions}
    return [
        (q.label, words[q.code][rating.answers[q.code]])
        for q in rules_of().feedback_questions
        if rating.answers.get(q.code) in words[q.code]
    ]


def reply_before(assignment: Assignment) -> Reply | None:
    """What the unit answered in the round before, if any."""
    return assignment.replies.filter(round__lt=assignment.round, released_at__isnull=False).last()


def ratings_before(
    proposal: Proposal, actor: Actor
) -> list[tuple[Evaluation, list[tuple[str, str]]]]:
    """Opened ratings of the rounds before this one, with their answers: why it is handled again."""
    earlier = proposal.evaluations.filter(round__lt=proposal.round).exclude(verdict="")
    return [
        (rating, given_answers(rating))
        for rating in earlier.select_related("membership__person").order_by("round", "pk")
        if rules.reads_rating(actor, rating)
    ]
