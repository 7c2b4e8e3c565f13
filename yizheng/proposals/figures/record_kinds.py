"""Kinds of records behind the figures of proposals: how they are listed, who may see which, and
where their history is kept.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import ExtractYear
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from yizheng.core.access import Actor
from yizheng.core.figures import ALL_LIVE, Keeping, RecordColumn, RecordKind, own_trail, state_label
from yizheng.organisations.models import Unit
from yizheng.promises.models import Promise
from yizheng.promises.rules import visible_promises

from ..enums import AssignmentState, ProposalState
from ..models import Assignment, Contact, Cosignature, Evaluation, Proposal, ReplyItem
from ..rules import visible_proposals

Trails = Mapping[int, list[tuple[str, int]]]
DATED = _("A proposal belongs to the year of its session.")


# By what one knows that they were kept ------------------------------------------------------------

_LIVE = Q(is_imported=False)


def _handed_in() -> QuerySet[Proposal]:
    return Proposal.objects.filter(Q(submitted_at__isnull=False) | ~_LIVE)


def _proposals_with(code: str, told: Callable[[], Q]) -> Keeping:
    """Of a fact that every proposal handled here has or has not, and of which a list brought in
    tells nothing but where it is said.
    """
    return Keeping(
        code, lambda: _handed_in().filter(_LIVE | told()), F("session__year"), live=_LIVE
    )


PROPOSALS = Keeping("proposals", _handed_in, F("session__year"), live=_LIVE)
KEY_PROPOSALS = _proposals_with("key_proposals", lambda: Q(is_key=True))
MERGERS = _proposals_with("mergers", lambda: Q(state__in=ProposalState.of("joined")))
ONLINE = _proposals_with("online", lambda: _LIVE)
COSIGNING = _proposals_with(
    "cosigning", lambda: Q(Exists(Cosignature.objects.filter(proposal=OuterRef("pk"))))
)
PARTS = Keeping(
    "parts",
    Assignment.objects.all,
    F("proposal__session__year"),
    live=Q(proposal__is_imported=False),
)
CONTACTS = Keeping(
    "contacts", Contact.objects.all, F("assignment__proposal__session__year"), live=ALL_LIVE
)
RATINGS = Keeping("ratings", Evaluation.objects.all, F("proposal__session__year"), live=ALL_LIVE)
MATTERS = Keeping(
    "matters",
    lambda: ReplyItem.objects.exclude(outcome=""),
    F("suggestion__proposal__session__year"),
    live=ALL_LIVE,
)
PROMISES = Keeping("promises", Promise.objects.all, ExtractYear("made_on"), live=ALL_LIVE)

# The kinds ----------------------------------------------------------------------------------------


def _url(proposal_id: int) -> str:
    return reverse("proposals:detail", args=[proposal_id])


def _through(path: str) -> Callable[[Actor], Q]:
    """Visible with its proposal."""
    return lambda actor: Q(
        **{f"{path}__in": Proposal.objects.filter(visible_proposals(actor)).values("pk")}
    )


def _proposal_trail(ids: Collection[int]) -> Trails:
    """A proposal's own entries, and those of its parts and its ratings."""
    trail: dict[int, list[tuple[str, int]]] = {each: [("proposals.proposal", each)] for each in ids}
    for model in (Assignment, Evaluation):
        manager: QuerySet[Any] = model.objects.filter(proposal__in=ids)
        for pk, proposal in manager.values_list("pk", "proposal"):
            trail[proposal].append((model._meta.label_lower, pk))
    return trail


def _unit_trail(ids: Collection[int]) -> Trails:
    trail: dict[int, list[tuple[str, int]]] = {each: [] for each in ids}
    for pk, unit in Assignment.objects.filter(unit__in=ids).values_list("pk", "unit"):
        trail[unit].append(("proposals.assignment", pk))
    return trail


def _matter_trail(ids: Collection[int]) -> Trails:
    found = ReplyItem.objects.filter(pk__in=ids).values_list("pk", "reply__assignment")
    return {pk: [("proposals.assignment", assignment)] for pk, assignment in found}


def _told(day: object) -> object:
    return _("not recorded") if day is None else day


def _first_reply(part: Any) -> object:
    """Of a part brought in from a list perhaps not known; else there is none yet."""
    day = getattr(part, "first_released", None) or part.replied_at
    return _told(day) if part.state in AssignmentState.of("responded") else day


def _proposer(proposal: Proposal) -> str:
    return proposal.collective_name or (proposal.proposer.person.name if proposal.proposer else "")


KIND = RecordColumn("kind", _("kind of proposer"), lambda p: p.get_kind_display(), width=10)
PROPOSAL = RecordKind(
    "proposal",
    _("Proposal"),
    Proposal,
    number=lambda p: p.case_number or p.flow_number,
    name=lambda p: p.title,
    url=lambda p: _url(p.pk),
    visible=visible_proposals,
    trail=_proposal_trail,
    keeping=PROPOSALS,
    related=("proposer__person",),
    dated=DATED,
    columns=(
        RecordColumn("proposer", _("first proposer"), _proposer, width=10),
        KIND,
        RecordColumn("category", _("category"), lambda p: p.category, width=10),
        RecordColumn("state", _("state"), state_label, width=10),
    ),
)
ASSIGNMENT = RecordKind(
    "assignment",
    _("Part of a unit"),
    Assignment,
    number=lambda a: a.proposal.case_number,
    name=lambda a: a.proposal.title,
    url=lambda a: _url(a.proposal_id),
    visible=_through("proposal"),
    trail=own_trail(Assignment),
    keeping=PARTS,
    related=("proposal", "unit"),
    dated=DATED,
    columns=(
        RecordColumn("unit", _("unit"), lambda a: a.unit.short_name, width=10),
        RecordColumn("part", _("part"), lambda a: a.get_part_display(), width=6),
        RecordColumn("assigned_on", _("assigned on"), lambda a: _told(a.assigned_on), "date"),
        RecordColumn("due", _("reply due on"), lambda a: _told(a.reply_due_on), "date"),
        RecordColumn("released", _("first reply"), _first_reply, "date"),
    ),
)
UNIT = RecordKind(
    "unit",
    _("Unit"),
    Unit,
    number=lambda u: "",
    name=lambda u: u.name,
    url=lambda u: f"{reverse('proposals:list')}?unit={u.pk}",
    visible=lambda actor: Q(),
    trail=_unit_trail,
    keeping=PARTS,
    dated=DATED,
    columns=(RecordColumn("kind", _("kind"), lambda u: u.get_kind_display(), width=10),),
)
MATTER = RecordKind(
    "matter",
    _("Matter"),
    ReplyItem,
    number=lambda i: f"{i.suggestion.proposal.case_number} · {i.suggestion.position}",
    name=lambda i: i.suggestion.text,
    url=lambda i: _url(i.suggestion.proposal_id),
    visible=_through("reply__assignment__proposal"),
    trail=_matter_trail,
    keeping=MATTERS,
    related=("suggestion__proposal", "reply__assignment__unit"),
    dated=DATED,
    columns=(
        RecordColumn("unit", _("unit"), lambda i: i.reply.assignment.unit.short_name, width=10),
        RecordColumn("outcome", _("outcome"), lambda i: i.get_outcome_display(), width=8),
        RecordColumn("planned_for", _("planned for"), lambda i: i.planned_for, "date"),
        RecordColumn("answer", _("answer"), lambda i: i.text, width=30),
    ),
)
RATING = RecordKind(
    "rating",
    _("Rating"),
    Evaluation,
    number=lambda e: e.proposal.case_number,
    name=lambda e: e.proposal.title,
    url=lambda e: _url(e.proposal_id),
    visible=_through("proposal"),
    trail=own_trail(Evaluation),
    keeping=RATINGS,
    related=("proposal", "membership__person"),
    dated=DATED,
    columns=(
        RecordColumn("member", _("member"), lambda e: e.membership.person.name, width=8),
        RecordColumn("round", _("round"), lambda e: e.round, "number", width=5),
        RecordColumn("state", _("state"), state_label, width=8),
    ),
)
COSIGNATURE = RecordKind(
    "cosignature",
    _("Co-signature"),
    Cosignature,
    number=lambda c: c.proposal.case_number or c.proposal.flow_number,
    name=lambda c: c.proposal.title,
    url=lambda c: _url(c.proposal_id),
    visible=_through("proposal"),
    trail=own_trail(Cosignature),
    keeping=COSIGNING,
    related=("proposal", "membership__person"),
    dated=DATED,
    columns=(RecordColumn("member", _("co-signer"), lambda c: c.membership.person.name, width=8),),
)
PROMISE = RecordKind(
    "promise",
    _("Promise"),
    Promise,
    number=lambda c: c.number,
    name=lambda c: c.text,
    url=lambda c: reverse("promises:detail", args=[c.pk]),
    visible=visible_promises,
    trail=own_trail(Promise),
    keeping=PROMISES,
    related=("unit",),
    dated=DATED,
    columns=(
        RecordColumn("unit", _("unit"), lambda c: c.unit.short_name, width=10),
        RecordColumn("promised_for", _("promised for"), lambda c: c.promised_for, "date"),
        RecordColumn("state", _("state"), state_label, width=10),
        RecordColumn("source", _("made in answer to"), lambda c: c.source_label, width=24),
    ),
)
