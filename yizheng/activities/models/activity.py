"""Tables of the annual plan and of activities: who is on the list, the sittings, who came.

Kinds and forms are data of the regulation “activities”; a row keeps their codes.
"""

from __future__ import annotations

import datetime as dt
import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import dateformat, timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext, pgettext_lazy

from yizheng.core.doors import VersionedRow
from yizheng.core.flow import FlowRow
from yizheng.core.secret_keys import new_secret_key
from yizheng.core.tenancy import Tenant

from ..enums import ActivityState, Answer, ParticipantRole, PlanState, SignInMethod
from .learning import LearningProgramme

Who = settings.AUTH_USER_MODEL
NOON, DUSK = 12, 18
_secret = new_secret_key
"""As the first migration calls it."""


def half_day(moment: dt.datetime) -> str:
    """3 月 18 日上午: what a sitting is called unless it was given a name."""
    local = timezone.localtime(moment)
    words = (
        _("morning") if local.hour < NOON else _("afternoon") if local.hour < DUSK else _("evening")
    )
    return str(_("%(day)s %(half)s")) % {
        "day": dateformat.format(local, pgettext("date format", "j M")),
        "half": words,
    }


class PlanItem(FlowRow):
    """A topic of the annual plan: proposed, discussed, approved; what was held on it is a query."""

    year = models.PositiveSmallIntegerField(_("year"))
    title = models.CharField(_("topic"), max_length=100)
    form = models.CharField(_("form"), max_length=60)
    month = models.PositiveSmallIntegerField(_("month"))
    committee = models.ForeignKey(
        "organisations.Committee",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("responsible committee"),
    )
    reason = models.TextField(_("why"), blank=True)
    proposed_by = models.CharField(_("proposed by"), max_length=60, blank=True)
    discussed_at_meeting = models.CharField(_("discussed by"), max_length=100, blank=True)
    approved_by_meeting = models.CharField(_("approved by"), max_length=100, blank=True)
    approved_on = models.DateField(_("approved on"), null=True, blank=True)
    dropped_because = models.CharField(_("not taken up because"), max_length=200, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(month__gte=1, month__lte=12), name="plan_item_has_a_month"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=PlanState.of("planned"))
                | (~Q(approved_by_meeting="") & Q(approved_on__isnull=False)),
                name="approved_plan_item_says_by_whom",
            ),
        ]
        indexes = [models.Index(fields=["organisation", "year", "state"], name="plan_of_a_year")]
        ordering = ["year", "month", "id"]

    def __str__(self) -> str:
        return self.title


class Activity(FlowRow):
    """活动: a meeting, consultation, survey, inspection, training, service … of one
    kind and form.
    """

    title = models.CharField(_("title"), max_length=100)
    kind = models.CharField(_("kind"), max_length=60)
    form = models.CharField(_("form"), max_length=60)
    programme = models.CharField(_("programme"), max_length=60, blank=True)
    year = models.PositiveSmallIntegerField(_("year"))
    plan_item = models.ForeignKey(
        PlanItem,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="activities",
        verbose_name=_("topic of the plan"),
    )
    committee = models.ForeignKey(
        "organisations.Committee",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="activities",
        verbose_name=_("responsible committee"),
    )
    sector = models.ForeignKey(
        "people.Sector",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="activities",
        verbose_name=_("sector"),
    )
    group = models.ForeignKey(
        "people.Group",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="activities",
        verbose_name=_("group"),
    )
    venue = models.ForeignKey(
        "venues.Venue",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="activities",
        verbose_name=_("venue"),
    )
    learning = models.ForeignKey(
        LearningProgramme,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="sessions",
        verbose_name=_("programme of learning"),
    )
    units = models.ManyToManyField(
        "organisations.Unit",
        blank=True,
        related_name="activities",
        verbose_name=_("units taking part"),
    )
    starts_at = models.DateTimeField(_("begins"))
    ends_at = models.DateTimeField(_("ends"))
    place = models.CharField(_("place"), max_length=100, blank=True)
    is_remote = models.BooleanField(_("held remotely"), default=False)
    is_away = models.BooleanField(_("held away from here"), default=False)
    counterpart = models.CharField(_("other committee or host"), max_length=100, blank=True)
    summary = models.TextField(_("what it is about"), blank=True)
    is_announced = models.BooleanField(_("announced to all members"), default=True)
    call_until = models.DateField(_("contributions until"), null=True, blank=True)
    call_words = models.TextField(_("what is asked for"), blank=True)
    approved_by_words = models.CharField(_("approved by"), max_length=100, blank=True)
    minutes = models.TextField(_("minutes"), blank=True)
    results = models.TextField(_("results"), blank=True)
    held_at = models.DateTimeField(_("held"), null=True, blank=True)
    recorded_at = models.DateTimeField(_("recorded"), null=True, blank=True)
    invited_at = models.DateTimeField(_("invited"), null=True, blank=True)
    papers_sent_on = models.DateField(_("papers sent"), null=True, blank=True)
    attendance_confirmed_at = models.DateTimeField(null=True, blank=True)
    attendance_confirmed_by = models.ForeignKey(
        Who, models.PROTECT, null=True, blank=True, related_name="+"
    )
    no_attendance_because = models.CharField(
        _("no attendance kept because"), max_length=200, blank=True
    )
    cancelled_because = models.CharField(_("cancelled because"), max_length=200, blank=True)
    entered_by = models.ForeignKey(Who, models.PROTECT, null=True, blank=True, related_name="+")
    sign_in_key = models.CharField(max_length=64, default=new_secret_key, editable=False)
    is_imported = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gte=F("starts_at")), name="activity_ends_after_it_begins"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=ActivityState.of("held")) | Q(held_at__isnull=False),
                name="held_activity_says_when",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=ActivityState.of("cancelled")) | ~Q(cancelled_because=""),
                name="cancelled_activity_says_why",
            ),
            models.CheckConstraint(
                condition=Q(attendance_confirmed_at=None)
                | Q(attendance_confirmed_by__isnull=False),
                name="confirmed_attendance_says_by_whom",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=ActivityState.of("closed"))
                | Q(attendance_confirmed_at__isnull=False)
                | ~Q(no_attendance_because="")
                | Q(is_imported=True),
                name="closed_activity_knows_who_came",
            ),
        ]
        indexes = [
            models.Index(
                fields=["organisation", "year", "kind", "state"], name="activities_by_kind"
            ),
            models.Index(fields=["organisation", "starts_at"], name="activities_by_day"),
        ]
        ordering = ["-starts_at", "-id"]

    def __str__(self) -> str:
        return self.title

    @property
    def attendance_is_settled(self) -> bool:
        """Confirmed, or none is kept: what changes it from then on needs a reason."""
        return bool(self.attendance_confirmed_at or self.no_attendance_because)


class Sitting(Tenant):
    """One half day (or evening) of an activity; attendance is counted by sittings."""

    activity = models.ForeignKey(Activity, models.CASCADE, related_name="sittings")
    number = models.PositiveSmallIntegerField(_("number"))
    label = models.CharField(_("name"), max_length=60, blank=True)
    starts_at = models.DateTimeField(_("begins"))
    ends_at = models.DateTimeField(_("ends"))

    def __str__(self) -> str:
        return self.label or half_day(self.starts_at)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["activity", "number"], name="one_sitting_of_a_number"),
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="sitting_ends_after_it_begins"
            ),
        ]
        ordering = ["number"]


class AgendaItem(Tenant):
    activity = models.ForeignKey(Activity, models.CASCADE, related_name="agenda")
    position = models.PositiveSmallIntegerField(_("position"))
    title = models.CharField(_("item"), max_length=200)
    speaker = models.CharField(_("speaker"), max_length=60, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["activity", "position"], name="one_agenda_item_of_a_position"
            )
        ]
        ordering = ["position"]


class Participant(VersionedRow):
    """Somebody invited to an activity or entered as having come: a member, or a person by name."""

    activity = models.ForeignKey(Activity, models.CASCADE, related_name="participants")
    role = models.CharField(
        _("capacity"), max_length=10, choices=ParticipantRole, default=ParticipantRole.MEMBER
    )
    membership = models.ForeignKey(
        "people.Membership",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="participations",
        verbose_name=_("member"),
    )
    person = models.ForeignKey(
        "people.Person", models.PROTECT, null=True, blank=True, related_name="participations"
    )
    unit = models.ForeignKey(
        "organisations.Unit", models.PROTECT, null=True, blank=True, related_name="participations"
    )
    name = models.CharField(_("name"), max_length=40, blank=True)
    post = models.CharField(_("employer and post"), max_length=80, blank=True)
    answer = models.CharField(
        pgettext_lazy("invitation", "answer"), max_length=8, choices=Answer, default=Answer.NONE
    )
    answered_at = models.DateTimeField(null=True, blank=True)
    answer_note = models.CharField(_("note"), max_length=200, blank=True)
    invited_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["activity", "membership"],
                condition=Q(membership__isnull=False),
                name="one_place_a_member",
            ),
            models.CheckConstraint(
                condition=~Q(role=ParticipantRole.MEMBER) | Q(membership__isnull=False),
                name="member_takes_part_as_member",
            ),
            models.CheckConstraint(
                condition=Q(membership__isnull=False)
                | Q(person__isnull=False)
                | ~Q(name="")
                | Q(unit__isnull=False),
                name="participant_is_somebody",
            ),
        ]
        ordering = ["id"]

    def __str__(self) -> str:
        if self.membership_id:
            return str(self.membership)
        return str(self.person) if self.person_id else self.name or str(self.unit)


class Attendance(Tenant):
    """Somebody was there at one sitting: one row a sitting and participant."""

    sitting = models.ForeignKey(Sitting, models.CASCADE, related_name="attendances")
    participant = models.ForeignKey(Participant, models.CASCADE, related_name="attendances")
    signed_at = models.DateTimeField(_("signed in"))
    left_at = models.DateTimeField(_("left early"), null=True, blank=True)
    is_late = models.BooleanField(_("late"), default=False)
    method = models.CharField(_("how"), max_length=10, choices=SignInMethod)
    by = models.ForeignKey(Who, models.PROTECT, null=True, blank=True, related_name="+")
    device = models.CharField(_("desk"), max_length=40, blank=True)
    receipt = models.UUIDField(default=uuid.uuid4, editable=False)
    doubt = models.CharField(_("to be looked at"), max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["sitting", "participant"], name="one_attendance_a_sitting"
            ),
            models.UniqueConstraint(
                fields=["organisation", "receipt"], name="one_attendance_of_a_receipt"
            ),
        ]
        ordering = ["signed_at", "id"]
