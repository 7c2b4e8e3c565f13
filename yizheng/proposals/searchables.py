"""Proposals in the full-text search: their words, who may find them, and their numbers as people
write them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from yizheng.core import clock, numbering
from yizheng.core.access import Actor
from yizheng.core.rich_text import plain_text
from yizheng.core.search_registry import Searchable, SimilaritySearch
from yizheng.organisations.queries import sessions
from yizheng.organisations.rules import UNIT
from yizheng.regulations import NoRegulation

from . import parameters
from .enums import AssignmentState, CosignState, ProposalState
from .flow import PROPOSAL
from .models import Assignment, Cosignature, Proposal
from .rules import HANDLE, READ, READ_FILED, SUBMIT, visible_proposals


def text_of(proposal: Proposal) -> str:
    """All a reader may look for, a line a field; the first line is the number and the title, the
    last whose it is.
    """
    lines = [
        f"{proposal.case_number} {proposal.title}".strip(),
        plain_text(proposal.body) if proposal.body else "",
        plain_text(proposal.situation),
        plain_text(proposal.analysis),
        *(suggestion.text for suggestion in proposal.suggestions.all()),
        *_replies(proposal),
        proposal.category,
        proposal.collective_name or (str(proposal.proposer) if proposal.proposer else ""),
    ]
    return "\n".join(line for line in lines if line)


def _replies(proposal: Proposal) -> Iterator[str]:
    """Replies count when they are released, and when the unit lets others read them."""
    for assignment in proposal.assignments.all():
        yield assignment.unit.short_name
        for reply in assignment.replies.all():
            if reply.released_at and reply.may_publish:
                yield from (plain_text(part) for part in (reply.opening, reply.closing))
                yield from (plain_text(item.text) for item in reply.items.all())


def prepare(proposals: QuerySet[Proposal]) -> QuerySet[Proposal]:
    return proposals.select_related("proposer__person").prefetch_related(
        "suggestions", "assignments__unit", "assignments__replies__items"
    )


# Who finds it: mirrors `rules.visible_proposals` --------------------------------------------------


def audience(proposal: Proposal) -> set[str]:
    here = proposal.organisation_id
    own = {f"o{here}"}
    if proposal.state not in ProposalState.of("private"):
        own.add(f"r{here}")
    if proposal.state in ProposalState.of("numbered"):
        own.add(f"f{here}")
    if proposal.published_at:
        own.add(f"p{here}")
    if proposal.entered_by_id:
        own.add(f"a{proposal.entered_by_id}")
    return own | _members(proposal) | _units(proposal)


def _members(proposal: Proposal) -> set[str]:
    cosigners = Cosignature.everywhere.filter(
        proposal=proposal, state__in=CosignState.of("concerned")
    ).values_list("membership_id", flat=True)
    return {f"m{pk}" for pk in [*cosigners, proposal.proposer_id] if pk}


def _units(proposal: Proposal) -> set[str]:
    handled = [pk for pk in (proposal.pk, proposal.merged_into_id) if pk]
    assigned = Assignment.everywhere.filter(proposal__in=handled).exclude(
        state__in=AssignmentState.of("passed")
    )
    return {f"u{pk}" for pk in assigned.values_list("unit_id", flat=True)}


def seers(actor: Actor) -> list[str]:
    here = actor.organisation_id
    if actor.is_system:
        return [f"o{here}"]
    own = [f"m{pk}" for pk in sorted(actor.membership_ids)]
    own += [f"u{pk}" for pk in sorted(actor.reach(HANDLE).at(UNIT))]
    own += [f"a{actor.account_id}"] if actor.account_id else []
    own += [f"p{here}"] if actor.membership_ids else []
    own += [f"r{here}"] if actor.holds(READ) else []
    own += [f"f{here}"] if actor.holds(READ_FILED) else []
    return own


def reads(actor: Actor) -> bool:
    """Whether proposals are the actor's at all; auditors and administrators look after the house,
    not its cases.
    """
    return any(actor.holds_somewhere(name) for name in (READ, READ_FILED, SUBMIT, HANDLE))


# Numbers ------------------------------------------------------------------------------------------

_NUMBER = re.compile(r"^\W*(?:(?P<year>20\d\d)\W*(?:年)?\W*)?(?:第)?0*(?P<serial>\d{1,4})\s*号?$")
YEARS_BACK = 4


def numbered(query: str) -> list[int]:
    """Proposals whose case number the query is: in full, as year and serial, or the serial alone of
    the last years.
    """
    written = {query.strip(), *_composed(query)}
    # With the words of the unique index, which leaves the numberless out: else all is walked.
    return list(
        Proposal.objects.filter(case_number__in=written)
        .exclude(case_number="")
        .order_by()
        .values_list("pk", flat=True)
    )


def _composed(query: str) -> Iterator[str]:
    folded = unicodedata.normalize("NFKC", query).casefold().replace("〔", "[").strip()
    match = _NUMBER.match(folded)
    if not match or not int(match["serial"]):
        return
    try:
        patterns = parameters.in_force(clock.today()).numbering
    except NoRegulation:
        return
    held = [s for s in sessions()[:YEARS_BACK] if not match["year"] or s.year == int(match["year"])]
    for session in held:
        for pattern in {patterns.case, patterns.case_ordinary}:
            yield numbering.compose(
                pattern,
                int(match["serial"]),
                year=session.year,
                term=session.term.ordinal,
                session=session.ordinal,
            )


# Declared -----------------------------------------------------------------------------------------


def _line(proposal: Proposal) -> str:
    return f"{proposal.year} · {proposal.collective_name or proposal.proposer or ''}"


def _with_merged(proposal: Proposal) -> tuple[Proposal, ...]:
    """And those merged into it: who may find them hangs on its units."""
    return (proposal, *proposal.merged.all())


SEARCHABLE = Searchable(
    "p",
    PROPOSAL,
    _("Proposals"),
    text_of,
    audience,
    seers,
    visible_proposals,
    title=lambda proposal: proposal.title,
    number=lambda proposal: proposal.case_number,
    line=_line,
    since=lambda proposal: proposal.submitted_at or proposal.state_since,
    related={
        Proposal: _with_merged,
        Assignment: lambda a: _with_merged(a.proposal),
        Cosignature: lambda c: _with_merged(c.proposal),
    },
    prepare=prepare,
    for_list=lambda found: found.select_related("proposer__person", "session"),
    numbered=numbered,
    opens=reads,
)
COMPARISON = SimilaritySearch(
    PROPOSAL,
    _("Similar proposals"),
    _("Much the same matter can be merged when it is reviewed."),
    frozenset({"pass_check", "merge"}),
    ("p", "o"),
    places=("proposal",),
)
