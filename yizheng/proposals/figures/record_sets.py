"""The sets of records that the indicators of proposals count, each for a period, in the
organisation in scope.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from yizheng.core import clock
from yizheng.core.figures import Period
from yizheng.organisations.models import Session, Unit
from yizheng.people.seats import of_nonparty
from yizheng.promises.enums import PromiseState
from yizheng.promises.models import Promise
from yizheng.regulations import NoRegulation, UnreadableRegulation

from .. import parameters
from ..enums import (
    ANSWERING_PARTS,
    FACE_TO_FACE,
    AssignmentState,
    CosignState,
    EvaluationState,
    ExtensionState,
    ProposalOutcome,
    ProposalState,
    ProposerKind,
    Verdict,
)
from ..flow.due_dates import assignment_dates
from ..models import (
    Assignment,
    Contact,
    Cosignature,
    Evaluation,
    Proposal,
    Reply,
    ReplyItem,
    Suggestion,
)
from ..queries import DAY_OF_IT

_UNDER_UNITS = ProposalState.of("handled")
_MEMBER_KINDS = (ProposerKind.INDIVIDUAL, ProposerKind.JOINT)
_GIVEN_AWAY = AssignmentState.of("gone")


def rules_for(period: Period) -> parameters.ProposalParameters:
    """The parameters in force at the end of the period, or today while it runs or where none was in
    force then.
    """
    today = clock.today()
    try:
        return parameters.in_force(min(today, dt.date(period.last, 12, 31)))
    except UnreadableRegulation:
        raise  # today's rules are not what was adopted then
    except NoRegulation:
        return parameters.in_force(today)


def of_period(period: Period, path: str = "") -> Q:
    """By session: an index leads there, and the year of a proposal is that of its session."""
    prefix = f"{path}__" if path else ""
    if period.session:
        return Q(**{f"{prefix}session": period.session})
    sessions = Session.objects.filter(year__range=(period.first, period.last))
    return Q(**{f"{prefix}session__in": sessions.values("pk")})


# Proposals ----------------------------------------------------------------------------------------


def received(period: Period) -> QuerySet[Proposal]:
    return Proposal.objects.filter(of_period(period), _handed_in())


def _handed_in(path: str = "") -> Q:
    """What a list brings in was handed in, whether or not the list says when."""
    prefix = f"{path}__" if path else ""
    return Q(**{f"{prefix}submitted_at__isnull": False}) | Q(**{f"{prefix}is_imported": True})


def filed(period: Period) -> QuerySet[Proposal]:
    left_out = () if rules_for(period).merged_count_as_filed else ProposalState.of("joined")
    states = [state for state in ProposalState.of("numbered") if state not in left_out]
    return Proposal.objects.filter(of_period(period), state__in=states)


def not_filed(period: Period) -> QuerySet[Proposal]:
    return Proposal.objects.filter(of_period(period), state__in=ProposalState.of("rejected"))


def undecided(period: Period) -> QuerySet[Proposal]:
    """What was received and is neither filed nor refused: still under way, or taken back by its
    proposer.
    """
    return received(period).filter(state__in=ProposalState.of("undecided"))


def merged(period: Period) -> QuerySet[Proposal]:
    return Proposal.objects.filter(of_period(period), state__in=ProposalState.of("joined"))


def withdrawn_after_filing(period: Period) -> QuerySet[Proposal]:
    was_filed = Q(filed_at__isnull=False) | ~Q(case_number="")
    return Proposal.objects.filter(
        of_period(period), was_filed, state__in=ProposalState.of("retracted")
    )


def not_assigned(period: Period) -> QuerySet[Proposal]:
    return Proposal.objects.filter(of_period(period), state__in=ProposalState.of("unassigned"))


def key(period: Period) -> QuerySet[Proposal]:
    return filed(period).filter(is_key=True)


def handled(period: Period) -> QuerySet[Proposal]:
    return Proposal.objects.filter(of_period(period), state__in=_UNDER_UNITS)


def by_members(period: Period) -> QuerySet[Proposal]:
    return filed(period).filter(kind__in=_MEMBER_KINDS, proposer__isnull=False)


def by_nonparty_members(period: Period) -> QuerySet[Proposal]:
    return of_nonparty(by_members(period), DAY_OF_IT, "proposer")


def online(period: Period) -> QuerySet[Proposal]:
    return filed(period).filter(is_imported=False)


def _contacts() -> QuerySet[Contact]:
    return Contact.objects.filter(
        assignment__proposal=OuterRef("pk"), assignment__part__in=ANSWERING_PARTS
    ).exclude(assignment__state__in=_GIVEN_AWAY)


def met(period: Period) -> QuerySet[Proposal]:
    return handled(period).filter(Exists(_contacts().filter(way__in=FACE_TO_FACE)))


def contact_untold(period: Period) -> QuerySet[Proposal]:
    """Brought in from a list, and no unit recorded since whether it spoke with a proposer."""
    return handled(period).filter(~Exists(_contacts()), is_imported=True)


def handled_here(period: Period) -> QuerySet[Proposal]:
    return handled(period).filter(Exists(_contacts()) | Q(is_imported=False))


def replied(period: Period) -> QuerySet[Proposal]:
    """A list brought in says that a reply was given, and not always when."""
    told = Q(is_imported=True, state__in=ProposalState.of("responded"))
    return handled(period).filter(Q(replied_at__isnull=False) | told)


# Ratings ------------------------------------------------------------------------------------------


def asked(period: Period) -> QuerySet[Evaluation]:
    """Ratings asked for in rounds that are over; the others are sealed."""
    return Evaluation.objects.filter(of_period(period, "proposal"), opened_at__isnull=False)


def answered(period: Period) -> QuerySet[Evaluation]:
    return asked(period).filter(state__in=EvaluationState.of("rated"))


def _last_word() -> QuerySet[Evaluation]:
    """Opened ratings of the last round in which anybody answered."""
    given = Evaluation.objects.filter(
        opened_at__isnull=False, state__in=EvaluationState.of("rated")
    )
    later = given.filter(proposal=OuterRef("proposal"), round__gt=OuterRef("round"))
    return given.filter(~Exists(later))


def rated(period: Period) -> QuerySet[Proposal]:
    return handled(period).filter(Exists(_last_word().filter(proposal=OuterRef("pk"))))


def rating_untold(period: Period) -> QuerySet[Proposal]:
    """Brought in from a list, and nobody was asked since."""
    asked = Evaluation.objects.filter(proposal=OuterRef("pk"))
    return handled(period).filter(~Exists(asked), is_imported=True)


def satisfied(period: Period) -> QuerySet[Proposal]:
    bad = (
        [Verdict.UNSATISFIED]
        if rules_for(period).basically_counts
        else [Verdict.UNSATISFIED, Verdict.BASICALLY]
    )
    return rated(period).filter(
        ~Exists(_last_word().filter(proposal=OuterRef("pk"), verdict__in=bad))
    )


# Units and their parts ----------------------------------------------------------------------------


def parts(period: Period) -> QuerySet[Assignment]:
    """What units were given and kept: all parts in handled proposals."""
    within = Assignment.objects.filter(
        of_period(period, "proposal"), proposal__state__in=_UNDER_UNITS
    )
    return within.exclude(state__in=_GIVEN_AWAY)


def answering(period: Period) -> QuerySet[Assignment]:
    return parts(period).filter(part__in=ANSWERING_PARTS)


def units(period: Period) -> QuerySet[Unit]:
    return Unit.objects.filter(pk__in=parts(period).values("unit"))


def lead_units(period: Period) -> QuerySet[Unit]:
    return Unit.objects.filter(pk__in=answering(period).values("unit"))


def _with_first_reply(period: Period) -> QuerySet[Any]:
    first = Reply.objects.filter(assignment=OuterRef("pk"), released_at__isnull=False).order_by(
        "round"
    )
    return answering(period).annotate(
        # A part brought in has no reply here, at most the day of one.
        first_released=Coalesce(Subquery(first.values("released_at")[:1]), F("replied_at")),
        first_round=Coalesce(Subquery(first.values("round")[:1]), 1),
    )


_UNTOLD = (
    Q(reply_due_on=None)
    | Q(first_released=None, state__in=AssignmentState.of("responded"))
    | Q(proposal__is_imported=True, round__gt=1)
)
"""Parts of which a list brought in does not say when the reply was due, or when it came; and those
of them that were handled again, where only what came later is known.
"""


def answered_or_overdue(period: Period) -> QuerySet[Any]:
    """A part that is neither answered nor due yet says nothing about punctuality."""
    answered = Q(first_released__isnull=False)
    judged = _with_first_reply(period).exclude(_UNTOLD)
    return judged.filter(answered | Q(reply_due_on__lt=clock.today()))


def punctuality_untold(period: Period) -> QuerySet[Assignment]:
    return _with_first_reply(period).filter(_UNTOLD)


def in_time(period: Period) -> QuerySet[Assignment]:
    """First reply out by its day.

    Handling again set a new day in its place, so there the first one is worked out.
    """
    parts = answered_or_overdue(period).filter(first_released__isnull=False)
    again = (
        parts.exclude(round=F("first_round"))
        .select_related("proposal")
        .prefetch_related("extensions")
    )
    punctual = [
        part.pk for part in again if timezone.localdate(part.first_released) <= _first_due(part)
    ]
    once = Q(round=F("first_round"), first_released__date__lte=F("reply_due_on"))
    return parts.filter(once | Q(pk__in=punctual)) if punctual else parts.filter(once)


def _first_due(part: Any) -> dt.date:
    """The day the first reply was due: as it was kept when it was handled again; before that was
    kept, by the regulation on the day it was given, or as it was extended.
    """
    granted: list[dt.date] = [
        extension.until
        for extension in part.extensions.all()
        if extension.state in ExtensionState.of("allowed")
        and extension.state_since <= part.first_released
    ]
    kept: dt.date | None = part.first_reply_due_on
    regular = assignment_dates(part.proposal, part.part, part.assigned_on)["reply_due_on"]
    return max([kept or regular, *granted])


# Matters and promises -----------------------------------------------------------------------------


def matters(period: Period) -> QuerySet[ReplyItem]:
    """Answers to single suggestions in each part's latest released reply."""
    later = Reply.objects.filter(
        assignment=OuterRef("reply__assignment"),
        released_at__isnull=False,
        round__gt=OuterRef("reply__round"),
    )
    released = ReplyItem.objects.filter(
        of_period(period, "reply__assignment__proposal"),
        reply__assignment__proposal__state__in=_UNDER_UNITS,
        reply__released_at__isnull=False,
    )
    return released.exclude(outcome="").filter(~Exists(later))


def matters_done(period: Period) -> QuerySet[ReplyItem]:
    return matters(period).filter(outcome=ProposalOutcome.DONE)


def matters_planned(period: Period) -> QuerySet[ReplyItem]:
    return matters(period).filter(outcome=ProposalOutcome.PLANNED)


def matters_not_adopted(period: Period) -> QuerySet[ReplyItem]:
    return matters(period).filter(outcome=ProposalOutcome.NOT_ADOPTED)


def promises_due(period: Period) -> QuerySet[Promise]:
    """Promises whose day has passed, and those settled before it; one replaced by a later promise
    is not counted.
    """
    made = Promise.objects.filter(
        content_type=ContentType.objects.get_for_model(Suggestion),
        object_id__in=Suggestion.objects.filter(of_period(period, "proposal")).values("pk"),
    )
    settled = Q(state__in=PromiseState.of("concluded"))
    due = Q(promised_for__lt=clock.today()) & ~Q(state__in=PromiseState.of("released"))
    return made.filter(settled | due)


def promises_kept(period: Period) -> QuerySet[Promise]:
    return promises_due(period).filter(state__in=PromiseState.of("fulfilled"))


def cosignatures(period: Period) -> QuerySet[Cosignature]:
    within = Cosignature.objects.filter(of_period(period, "proposal"), _handed_in("proposal"))
    return within.filter(state__in=CosignState.of("cosigned"))
