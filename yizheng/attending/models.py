"""Tables of taking part: leave, the receipts of signing in, and the addresses of calendars.

Who is on the list and who came (`Participant`, `Attendance`) are facts of the activity itself.
"""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from yizheng.activities.enums import SignInMethod
from yizheng.activities.models import Participant, Sitting
from yizheng.core.doors import VersionedRow
from yizheng.core.flow import FlowRow
from yizheng.core.secret_keys import new_secret_key
from yizheng.core.tenancy import Tenant

Who = settings.AUTH_USER_MODEL


new_token = new_secret_key
"""As the first migration calls it."""


class Leave(FlowRow):
    """Leave asked for an activity: a fact of its own beside answer and attendance."""

    participant = models.OneToOneField(Participant, models.CASCADE, related_name="leave")
    reason = models.CharField(_("kind of reason"), max_length=60)
    words = models.CharField(_("reason"), max_length=200)
    asked_at = models.DateTimeField(_("asked"))
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    decided_by = models.ForeignKey(Who, models.PROTECT, null=True, blank=True, related_name="+")
    decision_note = models.CharField(_("note of the decision"), max_length=200, blank=True)
    is_late = models.BooleanField(_("asked after it began"), default=False)
    approver = models.CharField(_("granted by"), max_length=20, default="organiser")
    """As the regulation in force said when it was asked (`rules.APPROVERS`)."""

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(decided_at=None) | Q(decided_by__isnull=False),
                name="decided_leave_says_by_whom",
            )
        ]

    def __str__(self) -> str:
        return f"{self.participant} · {self.participant.activity}"


class SignIn(Tenant):
    """One receipt: a desk, a phone or a hand said that somebody was there.

    `Attendance` follows from all that count.

    Kept with the time as it was told, so that what two desks wrote without network can be merged in
    any order.
    """

    sitting = models.ForeignKey(Sitting, models.PROTECT, related_name="sign_ins")
    participant = models.ForeignKey(Participant, models.PROTECT, related_name="sign_ins")
    receipt = models.UUIDField(default=uuid.uuid4)
    signed_at = models.DateTimeField()
    offset_seconds = models.IntegerField(default=0)
    received_at = models.DateTimeField()
    method = models.CharField(max_length=10, choices=SignInMethod)
    by = models.ForeignKey(Who, models.PROTECT, null=True, blank=True, related_name="+")
    desk = models.CharField(max_length=40, blank=True)
    device = models.CharField(max_length=32, blank=True)
    network = models.CharField(max_length=32, blank=True)
    waits = models.BooleanField(default=False)
    struck_because = models.CharField(max_length=200, blank=True)
    struck_by = models.ForeignKey(Who, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "receipt"], name="one_sign_in_of_a_receipt"
            ),
            models.CheckConstraint(
                condition=Q(struck_because="") | Q(struck_by__isnull=False),
                name="struck_sign_in_says_by_whom",
            ),
        ]
        indexes = [models.Index(fields=["sitting", "device"], name="sign_ins_of_a_device")]
        ordering = ["signed_at", "receipt"]


class Absence(Tenant):
    """Somebody left a sitting and came back. Who left and did not come back has only
    `Attendance.left_at`.
    """

    sitting = models.ForeignKey(Sitting, models.CASCADE, related_name="absences")
    participant = models.ForeignKey(Participant, models.CASCADE, related_name="absences")
    left_at = models.DateTimeField(_("left"))
    back_at = models.DateTimeField(_("came back"))

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(back_at__gt=F("left_at")), name="absence_ends_after_it_begins"
            ),
            models.UniqueConstraint(
                fields=["sitting", "participant", "left_at"], name="one_absence_of_a_leaving"
            ),
        ]
        ordering = ["left_at"]


class QuorumDecision(Tenant):
    """How a sitting stood when it began, kept when its attendance was confirmed: what is entered or
    changed later (a list, a roll, an hour) changes no decision that was taken.
    """

    sitting = models.OneToOneField(Sitting, models.CASCADE, related_name="quorum_decision")
    share = models.CharField(_("share of the roll"), max_length=12)
    due = models.PositiveIntegerField(_("number due"))
    needed = models.PositiveIntegerField(_("number needed"))
    present = models.PositiveIntegerField(_("number present"))
    counted_at = models.DateTimeField(_("counted as of"))
    reached_at = models.DateTimeField(_("reached at"), null=True, blank=True)
    """When so many were there for the first time, if they were not at the beginning."""
    decided_at = models.DateTimeField(_("decided"))


class CalendarFeed(VersionedRow):
    """The secret address of one account's calendar; revoked by making a new one."""

    KEPT_QUIET = frozenset({"token"})

    account = models.OneToOneField(Who, models.CASCADE, related_name="calendar_feed")
    token = models.CharField(max_length=64, unique=True, default=new_secret_key)
    made_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return str(self.account)
