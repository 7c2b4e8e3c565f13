"""Tables of what was said at an activity, and of what came of it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from yizheng.core.flow import FlowRow
from yizheng.core.tenancy import Tenant

from ..enums import OutcomeAdoption, OutcomeRecipient, OutcomeState, SuggestionState
from .activity import Activity

Who = settings.AUTH_USER_MODEL


class Contribution(FlowRow):
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
    given_on = models.DateField(pgettext_lazy("contribution", "given on"), null=True, blank=True)
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


class ActivitySuggestion(FlowRow):
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
                # One out of a list was never given to its unit here, and may have no day.
                condition=~Q(state__in=SuggestionState.of("decided"))
                | Q(decided_on__isnull=False)
                | Q(given_on=None),
                name="decided_suggestion_has_its_day",
            ),
        ]
        ordering = ["number"]

    def __str__(self) -> str:
        return f"{self.number}. {self.text}"


class Outcome(FlowRow):
    """What an activity sends on: consultation minutes, recommendation, survey report, special
    report.
    """

    activity = models.ForeignKey(Activity, models.PROTECT, related_name="outcomes")
    kind = models.CharField(_("kind"), max_length=60)
    number = models.CharField(_("number"), max_length=40, blank=True)
    title = models.CharField(_("title"), max_length=100)
    text = models.TextField(_("text"))
    recipient = models.CharField(_("sent to"), max_length=16, choices=OutcomeRecipient)
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
        _("adopted"), max_length=12, choices=OutcomeAdoption, default=OutcomeAdoption.PENDING
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


class MeasuredResult(Tenant):
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
