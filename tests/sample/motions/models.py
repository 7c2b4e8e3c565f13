from __future__ import annotations

from django.db import models
from django.db.models import Q

from yizheng.core.flow import FlowRow
from yizheng.people.models import Membership

from .enums import BallotState, MotionState, Vote


class Motion(FlowRow):
    title = models.CharField(max_length=100)
    text = models.TextField(blank=True)
    mover = models.ForeignKey(Membership, models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(state__in=MotionState.of("decided")) | Q(decided_at__isnull=False),
                name="decided_motion_has_its_time",
            )
        ]

    def __str__(self) -> str:
        return self.title


class Ballot(FlowRow):
    motion = models.ForeignKey(Motion, models.CASCADE, related_name="ballots")
    membership = models.ForeignKey(Membership, models.PROTECT, related_name="+")
    vote = models.CharField(max_length=8, choices=Vote, blank=True)
    opened_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(state__in=BallotState.of("cast")) | ~Q(vote=""),
                name="cast_ballot_has_its_vote",
            ),
            models.UniqueConstraint(fields=["motion", "membership"], name="one_ballot_a_member"),
        ]

    def __str__(self) -> str:
        return str(self.motion)
