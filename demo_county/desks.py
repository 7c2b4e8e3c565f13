"""Whose desk is fullest: who can sign in is chosen so that there is something to do."""

from __future__ import annotations

from django.db.models import Count, Q

from yizheng.activities.enums import Answer
from yizheng.activities.models import Participant
from yizheng.core import clock
from yizheng.organisations.models import Unit
from yizheng.proposals.enums import ANSWERING_PARTS
from yizheng.proposals.flow import ASSIGNMENT, EVALUATION
from yizheng.proposals.models import Assignment, Evaluation

from .cast import County


def busiest_unit() -> int:
    """The unit with most to do; a draft to write and a reply to sign weigh most, so that both its
    sign-ins have work.
    """
    accept = ASSIGNMENT.steps["accept"]
    write = ASSIGNMENT.edits["write_reply"]
    sign = ASSIGNMENT.steps["sign_off"]
    waiting = Assignment.objects.filter(state__in=accept.sources | write.sources | sign.sources)
    drafts = Q(state__in=write.sources, part__in=ANSWERING_PARTS)
    weight = (
        Count("pk")
        + 2 * Count("pk", filter=drafts, distinct=True)
        + 3 * Count("pk", filter=Q(state__in=sign.sources))
    )
    rows = waiting.order_by().values("unit").annotate(n=weight).order_by("-n", "unit")
    return int(rows[0]["unit"])


def unit_of(county: County) -> Unit:
    """The unit that is given things to answer; it stays chosen, because its people can sign in."""
    county.desk = county.desk or busiest_unit()
    return next(unit for unit in county.units.values() if unit.pk == county.desk)


def busiest_member(otherwise: int) -> int:
    """Who has most replies to rate, among those who have an invitation to answer as well."""
    coming = Participant.objects.filter(
        answer=Answer.NONE, leave=None, activity__starts_at__gt=clock.now()
    )
    invited = coming.filter(activity__invited_at__isnull=False).values("membership")
    pending = Evaluation.objects.filter(state__in=EVALUATION.steps["answer"].sources).order_by()
    for found in (pending.filter(membership__in=invited), pending):
        rows = found.values("membership").annotate(n=Count("pk")).order_by("-n", "membership")
        if rows:
            return int(rows[0]["membership"])
    return otherwise
