"""What a unit promised by a day, and what came of it (回头看)."""

from __future__ import annotations

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from yizheng.core import clock
from yizheng.core.doors import Versioned
from yizheng.core.flow import Flowing

from .enums import CommitmentState, TransferResult, TransferState


class Commitment(Flowing):
    """A dated promise made in answer to a source object (a proposal's suggestion, later others)."""

    content_type = models.ForeignKey(ContentType, models.PROTECT, related_name="+")
    object_id = models.PositiveBigIntegerField()
    source = GenericForeignKey("content_type", "object_id")
    source_label = models.CharField(_("made in answer to"), max_length=200)
    source_url = models.CharField(max_length=200, blank=True)
    number = models.CharField(_("number"), max_length=40)
    unit = models.ForeignKey("organisations.Unit", models.PROTECT, related_name="commitments")
    text = models.TextField(_("promise"))
    section = models.CharField(_("responsible section"), max_length=40, blank=True)
    promised_for = models.DateField(_("promised for"))
    made_on = models.DateField(_("made on"))
    evidence = models.TextField(_("what was done"), blank=True)
    settled_on = models.DateField(_("settled on"), null=True, blank=True)
    finding = models.TextField(_("finding on looking back"), blank=True)
    is_public = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "number"], name="one_commitment_of_a_number"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=CommitmentState.of("concluded"))
                | Q(settled_on__isnull=False),
                name="settled_commitment_has_its_day",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=CommitmentState.of("fulfilled")) | ~Q(evidence=""),
                name="kept_commitment_has_evidence",
            ),
        ]
        indexes = [
            models.Index(fields=["content_type", "object_id"], name="commitments_of_an_object"),
            models.Index(
                fields=["organisation", "state", "promised_for"], name="commitments_by_state"
            ),
            models.Index(fields=["unit", "state"], name="commitments_of_a_unit"),
        ]
        ordering = ["promised_for", "id"]

    def __str__(self) -> str:
        return self.number


class Instruction(Versioned):
    """批示: what a leader wrote on a source object (an opinion, an activity's outcome), as it came
    back on paper.
    """

    class Level(models.TextChoices):
        COUNTY = "county", _("county leader")
        CITY = "city", _("city leader")
        PROVINCE = "province", _("provincial leader")
        NATION = "nation", _("central leader")

    content_type = models.ForeignKey(ContentType, models.PROTECT, related_name="+")
    object_id = models.PositiveBigIntegerField()
    source = GenericForeignKey("content_type", "object_id")
    leader = models.CharField(_("leader"), max_length=40)
    post = models.CharField(_("post"), max_length=60, blank=True)
    level = models.CharField(_("level"), max_length=10, choices=Level, default=Level.COUNTY)
    given_on = models.DateField(_("given on"))
    words = models.TextField(_("instruction"))
    reported_by = models.CharField(_("reported by"), max_length=60, blank=True)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    entered_at = models.DateTimeField(default=clock.now)

    class Meta:
        indexes = [
            models.Index(fields=["content_type", "object_id"], name="instructions_on_an_object"),
            models.Index(fields=["organisation", "given_on"], name="instructions_by_day"),
        ]
        ordering = ["given_on", "id"]

    def __str__(self) -> str:
        return f"{self.leader} {self.given_on.isoformat()}"


class Transfer(Flowing):
    """转办: a source object (an opinion, an outcome) given to a unit to be handled, often because
    of an instruction.
    """

    content_type = models.ForeignKey(ContentType, models.PROTECT, related_name="+")
    object_id = models.PositiveBigIntegerField()
    source = GenericForeignKey("content_type", "object_id")
    instruction = models.ForeignKey(
        Instruction, models.SET_NULL, null=True, blank=True, related_name="transfers"
    )
    unit = models.ForeignKey("organisations.Unit", models.PROTECT, related_name="transfers")
    words = models.TextField(_("what is asked"), blank=True)
    sent_on = models.DateField(_("transferred on"))
    answer_due_on = models.DateField(_("answer due"))
    note = models.TextField(_("note"), blank=True)
    result = models.CharField(_("result"), max_length=12, blank=True, choices=TransferResult)
    answer = models.TextField(_("answer"), blank=True)
    answered_on = models.DateField(_("answered on"), null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(state__in=TransferState.of("responded"))
                | (~Q(answer="") & Q(answered_on__isnull=False)),
                name="answered_transfer_has_its_answer",
            ),
            models.UniqueConstraint(
                fields=["content_type", "object_id", "unit"],
                condition=Q(state__in=TransferState.of("unfinished")),
                name="one_open_transfer_to_a_unit",
            ),
        ]
        indexes = [
            models.Index(fields=["content_type", "object_id"], name="transfers_of_an_object"),
            models.Index(fields=["unit", "state"], name="transfers_of_a_unit"),
            models.Index(fields=["organisation", "state", "due_on"], name="transfers_by_state"),
        ]
        ordering = ["-sent_on", "-id"]

    def __str__(self) -> str:
        return f"{self.source} → {self.unit.short_name}"
