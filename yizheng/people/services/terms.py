"""What follows for the roster when a term begins or ends: a seat ends with its term."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from yizheng.core import audit, doors
from yizheng.core.access import Actor
from yizheng.core.refusals import Wrong
from yizheng.organisations.models import Term

from ..models import Membership

BY_TERM = ("", Membership.End.TERM_ENDED)
"""Why a seat ended that has no end of its own."""


def last_day(term: Term) -> dict[str, Any]:
    """How a seat without an end of its own ends, as its columns say it."""
    reason = Membership.End.TERM_ENDED if term.ends_on else ""
    return {"until": term.ends_on, "end_reason": reason}


def has_own_end(member: Membership) -> bool:
    """Whether it ended otherwise than with its term."""
    return member.end_reason not in BY_TERM


def follow_term(term: Term, by: Actor) -> None:
    """Seats that have no end of their own end with the term; where its last day is put right or
    taken back, they follow it.
    """
    ends = last_day(term)
    moved = _ending_with(term).exclude(until=term.ends_on) if term.ends_on else _ended_by(term)
    if changed := doors.change_all(moved, ends):
        audit.record("members.term_ended", by=by, of=term, detail={**ends, "members": changed})


def say_outside(
    term: Term, first: dt.date | None, last: dt.date | None, wrong: Wrong, field: str
) -> None:
    """A term does not end before somebody joined it, nor begin after that."""
    later = _ending_with(term).filter(since__gt=last).count() if last else 0
    wrong.when(
        later,
        ngettext_lazy(
            "%(n)s member joined only after that day.",
            "%(n)s members joined only after that day.",
            later,
        )
        % {"n": later},
        field,
    )
    early = term.memberships.filter(since__lt=first).count() if first else 0
    wrong.when(
        early,
        ngettext_lazy(
            "%(n)s member joined before that day.", "%(n)s members joined before that day.", early
        )
        % {"n": early},
        "begins_on",
    )


def wrong_in_since(term: Term, since: dt.date) -> Wrong:
    """Nobody is a member of a term on a day it does not have."""
    wrong = Wrong()
    wrong.when(
        since < term.begins_on,
        _("%(term)s begins on %(day)s.") % {"term": term, "day": term.begins_on},
        "since",
    )
    wrong.when(
        term.ends_on and since > term.ends_on,
        _("%(term)s ended on %(day)s.") % {"term": term, "day": term.ends_on},
        "since",
    )
    return wrong


def _ending_with(term: Term) -> QuerySet[Membership]:
    return Membership.objects.filter(term=term, end_reason__in=BY_TERM)


def _ended_by(term: Term) -> QuerySet[Membership]:
    return Membership.objects.filter(term=term, end_reason=Membership.End.TERM_ENDED)
