"""What is held: the plan of a year, activities, who took part, what was said, and what came of it.

Kinds and forms are data of the regulation “activities”; a row keeps their codes.
"""

from __future__ import annotations

import datetime as dt
import secrets
import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import dateformat, timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from yizheng.core.doors import Versioned
from yizheng.core.flow import Flowing
from yizheng.core.tenancy import Tenant

from .enums import (
    ActivityState,
    Adoption,
    Answer,
    OutcomeState,
    ParticipantRole,
    PlanState,
    Recipient,
    SignInMethod,
    SuggestionState,
)
from .learning.models import LearningProgramme

Who = settings.AUTH_USER_MODEL
NOON, DUSK = 12, 18


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


def _secret() -> str:
    return secrets.token_hex(32)


class PlanItem(Flowing):
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


class Activity(Flowing):
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
        "organisations.Sector",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="activities",
        verbose_name=_("sector"),
    )
    group = models.ForeignKey(
        "organisations.Group",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="activities",
        verbose_name=_("group"),
    )
    venue = models.ForeignKey(
        "organisations.Venue",
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
    sign_in_key = models.CharField(max_length=64, default=_secret, editable=False)
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


class Participant(Versioned):
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
    answer = models.CharField(_("answer"), max_length=8, choices=Answer, default=Answer.NONE)
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


class Leave(Flowing):
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
    """As the regulation in force said when it was asked (`attending.rules.APPROVERS`)."""

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(decided_at=None) | Q(decided_by__isnull=False),
                name="decided_leave_says_by_whom",
            )
        ]

    def __str__(self) -> str:
        return str(self.participant)


class Attendance(Tenant):
    """Somebody was there at one sitting.

    One row a sitting and participant, however often they signed in.
    """

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


class Contribution(Flowing):
    """A speech, an essay, a talk given: offered, selected in stages, given."""

    activity = models.ForeignKey(Activity, models.PROTECT, related_name="contributions")
    kind = models.CharField(_("kind"), max_length=60)
    title = models.CharField(_("title"), max_length=100)
    membership = models.ForeignKey(
        "people.Membership",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="contributions",
        verbose_name=_("member"),
    )
    collective_name = models.CharField(_("on behalf of"), max_length=60, blank=True)
    unit = models.ForeignKey(
        "organisations.Unit", models.PROTECT, null=True, blank=True, related_name="+"
    )
    speaker_name = models.CharField(_("speaker"), max_length=40, blank=True)
    speaker_post = models.CharField(_("post"), max_length=80, blank=True)
    text = models.TextField(_("text"), blank=True)
    position = models.PositiveSmallIntegerField(_("place in the list"), null=True, blank=True)
    minutes = models.PositiveSmallIntegerField(_("minutes to speak"), null=True, blank=True)
    decision_note = models.CharField(_("note of the decision"), max_length=200, blank=True)
    given_on = models.DateField(_("given on"), null=True, blank=True)
    entered_by = models.ForeignKey(Who, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(membership__isnull=False) | ~Q(speaker_name=""),
                name="contribution_is_somebodys",
            )
        ]
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return self.title


class ActivitySuggestion(Flowing):
    """A numbered suggestion made at an activity, the unit it concerns, and whether it was adopted
    (its state).
    """

    activity = models.ForeignKey(Activity, models.CASCADE, related_name="suggestions")
    number = models.PositiveSmallIntegerField(_("number"))
    text = models.TextField(_("suggestion"))
    membership = models.ForeignKey(
        "people.Membership",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("made by"),
    )
    made_by = models.CharField(_("made by, in words"), max_length=60, blank=True)
    unit = models.ForeignKey(
        "organisations.Unit",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("unit concerned"),
    )
    given_on = models.DateField(_("given to the unit on"), null=True, blank=True)
    answer = models.TextField(_("what was answered"), blank=True)
    decided_on = models.DateField(_("decided on"), null=True, blank=True)
    planned_for = models.DateField(_("promised for"), null=True, blank=True)
    entered_by = models.ForeignKey(Who, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["activity", "number"], name="one_activity_suggestion_of_a_number"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=SuggestionState.of("refused")) | ~Q(answer=""),
                name="suggestion_not_adopted_says_why",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=SuggestionState.of("decided")) | Q(decided_on__isnull=False),
                name="decided_suggestion_has_its_day",
            ),
        ]
        ordering = ["number"]

    def __str__(self) -> str:
        return f"{self.number}. {self.text}"


class Outcome(Flowing):
    """What an activity sends on: consultation minutes, recommendation, survey report, special
    report.
    """

    activity = models.ForeignKey(Activity, models.PROTECT, related_name="outcomes")
    kind = models.CharField(_("kind"), max_length=60)
    number = models.CharField(_("number"), max_length=40, blank=True)
    title = models.CharField(_("title"), max_length=100)
    text = models.TextField(_("text"))
    recipient = models.CharField(_("sent to"), max_length=16, choices=Recipient)
    unit = models.ForeignKey(
        "organisations.Unit",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="outcomes",
        verbose_name=_("answering unit"),
    )
    signed_by = models.CharField(_("signed by"), max_length=40, blank=True)
    signed_at = models.DateTimeField(null=True, blank=True)
    sent_on = models.DateField(_("sent on"), null=True, blank=True)
    answer = models.TextField(_("answer"), blank=True)
    answered_on = models.DateField(_("answered on"), null=True, blank=True)
    adoption = models.CharField(
        _("adopted"), max_length=12, choices=Adoption, default=Adoption.PENDING
    )
    effect = models.TextField(_("what came of it"), blank=True)
    dropped_because = models.CharField(_("given up because"), max_length=200, blank=True)
    entered_by = models.ForeignKey(Who, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "number"],
                condition=~Q(number=""),
                name="one_outcome_of_a_number",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=OutcomeState.of("sent"))
                | (~Q(number="") & Q(sent_on__isnull=False)),
                name="sent_outcome_has_number_and_day",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=OutcomeState.of("answered"))
                | (~Q(answer="") & Q(answered_on__isnull=False)),
                name="answered_outcome_has_its_answer",
            ),
        ]
        ordering = ["-sent_on", "-id"]

    def __str__(self) -> str:
        return self.title


class Measured(Tenant):
    """A measured result: people served, brochures handed out, villages reached; what is measured is
    data.
    """

    activity = models.ForeignKey(Activity, models.CASCADE, related_name="measured")
    measure = models.CharField(_("measure"), max_length=60)
    value = models.DecimalField(_("value"), max_digits=14, decimal_places=2)
    is_at_least = models.BooleanField(_("at least"), default=False)
    note = models.CharField(_("note"), max_length=100, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["activity", "measure"], name="one_value_of_a_measure"),
            models.CheckConstraint(
                condition=Q(value__gte=0), name="measured_value_is_not_negative"
            ),
        ]
        ordering = ["id"]


class CalendarFeed(Versioned):
    """The secret address of one account's calendar; revoked by making a new one."""

    KEPT_QUIET = frozenset({"token"})

    account = models.OneToOneField(Who, models.CASCADE, related_name="calendar_feed")
    token = models.CharField(max_length=64, unique=True, default=_secret)
    made_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return str(self.account)
