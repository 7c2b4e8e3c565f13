"""Due dates of the proposal flows, counted by the regulation in force."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from django.utils import timezone

from yizheng.core import clock
from yizheng.core.access import Actor
from yizheng.core.clock import add_months
from yizheng.core.flow import FLOWS, FlowRow
from yizheng.organisations.queries import calendar

from .. import parameters
from ..enums import ANSWERING_PARTS, AssignmentState, Occasion, Part
from ..models import Assignment, Proposal


def rules_of(on: dt.date | None = None) -> parameters.ProposalParameters:
    return parameters.in_force(on or clock.today())


def day_of(obj: FlowRow) -> dt.date:
    """The day on which it came into its state: its clock runs from there, whenever it
    is looked at.
    """
    return timezone.localdate(obj.state_since)


def working_days(field: str) -> Callable[[FlowRow], dt.date]:
    """Since an object is in its state, the working days that the regulation gave that day under
    that deadline.
    """

    def due(obj: FlowRow) -> dt.date:
        days: int = getattr(rules_of(day_of(obj)).deadlines, field)
        return calendar().add_working_days(day_of(obj), days)

    return due


def put_off(assignment: Assignment, ends: dt.date) -> None:
    """The reply has until that day; a period that ends on a day off ends on the next working
    day.
    """
    assignment.reply_period_ends_on = ends
    assignment.reply_due_on = calendar().on_or_after(ends)


def kept_days(assignment: Assignment) -> dict[str, dt.date]:
    """The days an assignment keeps, as the calendar counts them now; none that no list said."""
    kept: dict[str, dt.date] = {}
    if ends := assignment.reply_period_ends_on or assignment.reply_due_on:
        kept |= {"reply_period_ends_on": ends, "reply_due_on": calendar().on_or_after(ends)}
    if assignment.hand_back_until:
        given_on = given_day(assignment)
        days = rules_of(given_on).deadlines.hand_back_days
        kept["hand_back_until"] = calendar().add_working_days(given_on, days)
    return kept


def assignment_dates(proposal: Proposal, part: str, today: dt.date) -> dict[str, dt.date]:
    deadlines, days = rules_of(today).deadlines, calendar()
    plenary = proposal.occasion == Occasion.PLENARY
    months = deadlines.reply_months_plenary if plenary else deadlines.reply_months_ordinary
    ends = add_months(today, months)
    if part == Part.ASSISTING:
        ends = today + dt.timedelta(days=deadlines.assisting_days)
    return {
        "reply_period_ends_on": ends,
        "reply_due_on": days.on_or_after(ends),
        "hand_back_until": days.add_working_days(today, deadlines.hand_back_days),
    }


def contact_due(assignment: Assignment) -> dt.date:
    """By when a unit should first have spoken with the proposer."""
    given_on = given_day(assignment)
    days = rules_of(given_on).deadlines.contact_days
    return calendar().add_working_days(given_on, days)


def given_day(assignment: Assignment) -> dt.date:
    """The day a part under way was given to its unit; of one brought in from a list that does not
    say so, the day it came under way here.
    """
    return assignment.assigned_on or day_of(assignment)


def due_day(assignment: Assignment) -> dt.date:
    """The day on which the reply of a part under way is due."""
    assert assignment.reply_due_on is not None
    return assignment.reply_due_on


def latest_extension(assigned_on: dt.date, today: dt.date) -> dt.date:
    """The last day to which a reply can be put off."""
    return add_months(assigned_on, rules_of(today).deadlines.reply_ceiling_months)


def latest_reply_due(proposal: Proposal) -> dt.date | None:
    parts = (
        part
        for part in proposal.assignments.all()
        if part.part in ANSWERING_PARTS and part.state not in AssignmentState.of("passed")
    )
    return max((part.reply_due_on for part in parts if part.reply_due_on), default=None)


def reckon(proposal: Proposal, *, by: Actor) -> None:
    """The date of a part has changed: the proposal's own follows the latest of them."""
    with FLOWS["proposal"].editing("reckon", proposal, by=by) as edit:
        edit.note()
