"""Rows of visits, as their list and the things to do show them."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

from yizheng.core.access import Actor
from yizheng.core.case_display import CaseRow

from .flow import VISIT
from .models import Visit


def rows(visits: Sequence[Visit], actor: Actor) -> list[CaseRow]:
    return [_row(visit, actor) for visit in visits]


def _row(visit: Visit, actor: Actor) -> CaseRow:
    state = VISIT.state_of(visit)
    return CaseRow(
        id=visit.pk,
        title=visit.headline,
        url=VISIT.url(visit),
        line=visit.venue.name,
        seals=VISIT.seals_of(visit),
        holder=holder_of(visit),
        mine=VISIT.waits_for(visit, actor),
        badge={"text": str(state.label), "tone": state.tone} if state.ends else None,
        cells={"day": visit.day, "visitor": visit.visitor},
    )


def holder_of(visit: Visit) -> str:
    """The name of whoever answers, or the keeper."""
    if VISIT.state_of(visit).holder is None:
        return ""
    return str(visit.served_by) if visit.served_by else _("the keeper of the venue")
