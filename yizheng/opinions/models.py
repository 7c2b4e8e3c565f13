"""Tables of public-opinion information (社情民意信息): what a reporter writes, the edition the
office makes of it, where it went and what came of it.
"""

from __future__ import annotations

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from yizheng.core.flow import FlowRow
from yizheng.core.tenancy import Tenant

from .enums import (
    Adoption,
    DispatchState,
    IssueState,
    OpinionBodyForm,
    OpinionLevel,
    OpinionState,
    ReporterKind,
    Secrecy,
    Urgency,
)

Who = settings.AUTH_USER_MODEL


class Opinion(FlowRow):
    """One matter.

    The writer's fields are never written by an editor; the edition stands in fields of its own.
    """

    year = models.PositiveSmallIntegerField(_("year"))
    number = models.CharField(_("receipt number"), max_length=40, blank=True)
    title = models.CharField(_("title"), max_length=100)
    body_form = models.CharField(
        _("form of the text"), max_length=8, choices=OpinionBodyForm, default=OpinionBodyForm.TEXT
    )
    body = models.TextField(_("text"), blank=True)
    situation = models.TextField(_("situation"), blank=True)
    analysis = models.TextField(_("analysis"), blank=True)
    suggestions = models.TextField(_("suggestions"), blank=True)
    category = models.CharField(_("category"), max_length=60, blank=True)
    urgency = models.CharField(
        _("urgency"), max_length=12, choices=Urgency, default=Urgency.ORDINARY
    )
    secrecy = models.CharField(
        _("who may read it"), max_length=10, choices=Secrecy, default=Secrecy.INTERNAL
    )

    reporter_kind = models.CharField(_("kind of reporter"), max_length=12, choices=ReporterKind)
    reporter = models.ForeignKey(
        "people.Membership",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="opinions",
        verbose_name=_("first writer"),
    )
    reporter_name = models.CharField(_("reporter"), max_length=60)
    reporter_identity = models.CharField(_("identity of the reporter"), max_length=80, blank=True)
    unit = models.ForeignKey(
        "organisations.Unit",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("unit of the reporter"),
    )
    entered_by = models.ForeignKey(Who, models.PROTECT, null=True, blank=True, related_name="+")

    edited_title = models.CharField(_("title of the edition"), max_length=100, blank=True)
    edited_text = models.TextField(_("text of the edition"), blank=True)
    edited_by = models.ForeignKey(Who, models.PROTECT, null=True, blank=True, related_name="+")
    edited_at = models.DateTimeField(null=True, blank=True)
    checked_by = models.ForeignKey(Who, models.PROTECT, null=True, blank=True, related_name="+")
    signed_by_name = models.CharField(_("signed by"), max_length=40, blank=True)
    signed_at = models.DateTimeField(pgettext_lazy("opinion", "signed"), null=True, blank=True)
    submitted_at = models.DateTimeField(_("handed in"), null=True, blank=True)
    reason_not_used = models.CharField(_("reason for not using it"), max_length=60, blank=True)
    decision_note = models.TextField(_("note of the decision"), blank=True)
    feedback = models.TextField(_("feedback to the writer"), blank=True)
    closed_at = models.DateTimeField(pgettext_lazy("opinion", "closed"), null=True, blank=True)
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="merged"
    )
    follow_up_of = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="follow_ups",
        verbose_name=_("follows up"),
    )
    source_type = models.ForeignKey(
        ContentType, models.PROTECT, null=True, blank=True, related_name="+"
    )
    source_id = models.PositiveBigIntegerField(null=True, blank=True)
    source_label = models.CharField(_("came from"), max_length=200, blank=True)
    source_url = models.CharField(max_length=200, blank=True)
    origin_organisation = models.ForeignKey(
        "organisations.Organisation",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("sent up by"),
    )
    origin_dispatch = models.PositiveBigIntegerField(
        null=True, blank=True
    )  # the committee below's row; see upward_dispatch.py
    is_excellent = models.BooleanField(_("excellent"), default=False)
    is_imported = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "number"],
                condition=~Q(number=""),
                name="one_opinion_of_a_number",
            ),
            models.UniqueConstraint(
                fields=["organisation", "source_type", "source_id"],
                condition=Q(source_id__isnull=False),
                name="one_opinion_of_a_source",
            ),
            models.UniqueConstraint(
                fields=["organisation", "origin_dispatch"],
                condition=Q(origin_dispatch__isnull=False),
                name="one_opinion_of_a_dispatch",
            ),
            models.CheckConstraint(
                condition=Q(state__in=OpinionState.of("joined"), merged_into__isnull=False)
                | (~Q(state__in=OpinionState.of("joined")) & Q(merged_into=None)),
                name="merged_opinion_has_its_piece",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=OpinionState.of("live"))
                | (~Q(signed_by_name="") & ~Q(edited_text="")),
                name="signed_opinion_says_by_whom",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=OpinionState.of("rejected")) | ~Q(reason_not_used=""),
                name="unused_opinion_has_its_reason",
            ),
        ]
        indexes = [
            models.Index(fields=["organisation", "year", "-id"], name="opinions_of_a_year"),
            models.Index(fields=["organisation", "state", "due_on"], name="opinions_by_state"),
            models.Index(fields=["reporter", "-id"], name="opinions_of_a_member"),
        ]
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.heading

    @property
    def heading(self) -> str:
        """The edition's title once there is one."""
        return self.edited_title or self.title


class Cowriter(Tenant):
    opinion = models.ForeignKey(Opinion, models.CASCADE, related_name="cowriters")
    membership = models.ForeignKey(
        "people.Membership", models.PROTECT, null=True, blank=True, related_name="+"
    )
    name = models.CharField(_("name"), max_length=60)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["opinion", "membership"],
                condition=Q(membership__isnull=False),
                name="a_member_writes_once",
            )
        ]
        ordering = ["id"]


class Circulation(Tenant):
    """Somebody on the circulation list of an opinion so marked."""

    opinion = models.ForeignKey(Opinion, models.CASCADE, related_name="circulation")
    account = models.ForeignKey(Who, models.CASCADE, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["opinion", "account"], name="once_on_a_circulation_list"
            )
        ]
        ordering = ["id"]


class Issue(FlowRow):
    """期: one number of a journal, with one opinion or several."""

    journal = models.CharField(_("journal"), max_length=60)
    year = models.PositiveSmallIntegerField(_("year"))
    number = models.CharField(_("issue number"), max_length=40, blank=True)
    issued_on = models.DateField(_("issued on"), null=True, blank=True)
    addressees = models.CharField(_("reported to"), max_length=200, blank=True)
    copies = models.CharField(_("copies to"), max_length=200, blank=True)
    recipients = models.JSONField(_("sent to"), default=list)
    remark = models.CharField(_("editor's remark"), max_length=400, blank=True)
    is_imported = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "journal", "year", "number"],
                condition=~Q(number=""),
                name="one_issue_of_a_number",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=IssueState.of("issued"))
                | (~Q(number="") & (Q(issued_on__isnull=False) | Q(is_imported=True))),
                name="published_issue_has_number_and_day",
            ),
        ]
        ordering = ["-year", "-id"]

    def __str__(self) -> str:
        return f"{self.journal} {self.number}".strip()


class IssueItem(Tenant):
    issue = models.ForeignKey(Issue, models.CASCADE, related_name="items")
    opinion = models.OneToOneField(Opinion, models.PROTECT, related_name="issue_item")
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["position", "id"]


class Dispatch(FlowRow):
    """Where an opinion was sent, and whether it was adopted there; a committee above answers for
    itself.

    A list of a past year may tell neither day; then it belongs to the year of its opinion.
    """

    opinion = models.ForeignKey(Opinion, models.PROTECT, related_name="dispatches")
    issue = models.ForeignKey(
        Issue, models.SET_NULL, null=True, blank=True, related_name="dispatches"
    )
    level = models.CharField(_("level"), max_length=10, choices=OpinionLevel)
    recipient = models.CharField(_("sent to"), max_length=60)
    to_organisation = models.ForeignKey(
        "organisations.Organisation", models.PROTECT, null=True, blank=True, related_name="+"
    )
    received = models.PositiveBigIntegerField(
        null=True, blank=True
    )  # the case above; see upward_dispatch.py
    sent_on = models.DateField(_("sent on"), null=True, blank=True)
    adoption = models.CharField(
        _("how it was adopted"), max_length=12, blank=True, choices=Adoption
    )
    adopted_on = models.DateField(pgettext_lazy("opinion", "adopted on"), null=True, blank=True)
    adopted_in = models.CharField(_("adopted in"), max_length=100, blank=True)
    note = models.TextField(_("note"), blank=True)
    completed_title = models.CharField(_("title as completed"), max_length=100, blank=True)
    completed_text = models.TextField(_("text as completed"), blank=True)
    reported_by = models.CharField(_("reported by"), max_length=60, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["opinion", "to_organisation"],
                condition=Q(to_organisation__isnull=False)
                & ~Q(state__in=DispatchState.of("retracted")),
                name="sent_up_once_to_a_committee",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=DispatchState.of("successful"))
                | (~Q(adoption="") & (Q(adopted_on__isnull=False) | Q(sent_on=None))),
                name="adopted_dispatch_says_how_and_when",
            ),
            models.CheckConstraint(
                condition=Q(sent_on__isnull=False)
                | Q(state__in=DispatchState.of("successful"), to_organisation=None),
                name="dispatch_without_day_was_adopted",
            ),
        ]
        indexes = [
            models.Index(fields=["organisation", "level", "state"], name="dispatches_by_level")
        ]
        ordering = ["sent_on", "id"]

    def __str__(self) -> str:
        return f"{self.opinion} → {self.recipient}"
