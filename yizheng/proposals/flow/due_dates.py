"""The dates an assignment gets, counted by the regulation in force on the day it is given."""

from __future__ import annotations

import datetime as dt

from yizheng.core.access import Actor
from yizheng.core.clock import add_months
from yizheng.core.flow import FLOWS
from yizheng.organisations.queries import calendar

from ..enums import ANSWERING_PARTS, AssignmentState, Occasion, Part
from ..models import Proposal
from .notices import calendar_days, rules_of


def assignment_dates(proposal: Proposal, part: str, today: dt.date) -> dict[str, dt.date]:
    deadlines, days = rules_of(today).deadlines, calendar()
    plenary = proposal.occasion == Occasion.PLENARY
    months = deadlines.reply_months_plenary if plenary else deadlines.reply_months_ordinary
    reply = days.on_or_after(add_months(today, months))
    if part == Part.ASSISTING:
        reply = calendar_days(today, deadlines.assisting_days)
    return {
        "reply_due_on": reply,
        "hand_back_until": days.add_working_days(today, deadlines.hand_back_days),
    }


def latest_extension(assigned_on: dt.date, today: dt.date) -> dt.date:
    """The last day to which a reply can be put off."""
    return add_months(assigned_on, rules_of(today).deadlines.reply_ceiling_months)


def latest_reply_due(proposal: Proposal) -> dt.date | None:
    dates = proposal.assignments.filter(part__in=ANSWERING_PARTS).exclude(
        state__in=AssignmentState.of("passed")
    )
    return max(dates.values_list("reply_due_on", flat=True), default=None)


def reckon(proposal: Proposal, *, by: Actor) -> None:
    """The date of a part has changed: the proposal's own follows the latest of them."""
    with FLOWS["proposal"].editing("reckon", proposal, by=by) as edit:
        edit.note()
