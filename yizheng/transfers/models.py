"""The table of transfers (转办): what was given to units to be handled, and what they answered."""

from __future__ import annotations

from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from yizheng.core.flow import FlowRow

from .enums import TransferResult, TransferState


class Transfer(FlowRow):
    """转办: a source object (an opinion, an outcome) given to a unit to be handled, often because
    of an instruction.
    """

    content_type = models.ForeignKey(ContentType, models.PROTECT, related_name="+")
    object_id = models.PositiveBigIntegerField()
    source = GenericForeignKey("content_type", "object_id")
    instruction = models.ForeignKey(
        "instructions.Instruction", models.SET_NULL, null=True, blank=True, related_name="transfers"
    )
    unit = models.ForeignKey("organisations.Unit", models.PROTECT, related_name="transfers")
    words = models.TextField(_("what is asked"), blank=True)
    sent_on = models.DateField(_("transferred on"))
    answer_due_on = models.DateField(_("answer due"))
    answer_period_ends_on = models.DateField(
        _("period of the answer ends on"), null=True, blank=True
    )
    """The last day of the period, or the one that was named: the answer is due on it, or on the
    next working day. None: `answer_due_on` itself (before it was kept).
    """
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
