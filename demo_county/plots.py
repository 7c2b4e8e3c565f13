"""Plots: what is to become of a proposal, and whoever tells it by real steps."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from random import Random
from typing import Any

from django.utils import timezone

from yizheng.core import clock
from yizheng.core.access import Actor
from yizheng.organisations.queries import calendar
from yizheng.people.models import Membership
from yizheng.proposals.enums import AssignmentState, Part
from yizheng.proposals.flow import ASSIGNMENT
from yizheng.proposals.models import Assignment, Proposal

from . import content
from .cast import County
from .content import process
from .schedule import working_moment


@dataclass
class Plot:
    """What is to become of one proposal. `stop` leaves it in that state for good."""

    text: content.ProposalText
    begins: dt.datetime
    proposer: Membership
    rng: Random
    cosigners: tuple[Membership, ...] = ()
    collective: tuple[str, str] | None = None
    stop: str = ""
    key: bool = False
    hands_back: bool = False
    extends: bool = False
    is_slow: bool = False
    verdict: process.Grade = "satisfied"
    publishes: bool = True


class PlotTeller:
    """Tells one plot.

    Each method that takes time is a generator of the moments at which it goes on.
    """

    def __init__(self, county: County, plot: Plot) -> None:
        self.county, self.plot, self.rng = county, plot, plot.rng
        self.days = calendar()
        self.proposal: Proposal
        self.reply: content.ReplyText | None = None
        self.merged: list[tuple[Proposal, content.ProposalText]] = []

    def after(self, low: int, high: int) -> dt.datetime:
        """Some working days from now, in office hours."""
        days = self.rng.randint(low, high)
        local = timezone.localtime(clock.now())
        hour, minute = (
            (self.rng.randint(9, 16), self.rng.randint(0, 59))
            if days
            else (min(local.hour + 1, 22), 5)
        )
        return working_moment(local, days, hour, minute, self.days)

    @property
    def author(self) -> Actor:
        return self.county.member(self.plot.proposer.pk)

    def lead(self) -> Assignment:
        return (
            self.proposal.assignments.exclude(state__in=AssignmentState.of("passed"))
            .exclude(part=Part.ASSISTING)
            .get()
        )

    def act(self, step: str, by: str, **data: Any) -> None:
        """A step on the answering unit's assignment, by its officer, its leader, or somebody of the
        office.
        """
        lead = self.lead()
        actor = {"officer": self.county.officer, "leader": self.county.leader}.get(by)
        ASSIGNMENT.perform(
            step, lead, by=actor(lead.unit_id) if actor else self.county.staff(by), data=data
        )
