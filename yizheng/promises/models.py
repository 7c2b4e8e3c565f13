"""The table of promises: what a unit promised by a day, and what came of it (回头看)."""

from __future__ import annotations

from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from yizheng.core.flow import FlowRow

from .enums import PromiseState


class Promise(FlowRow):
    """A dated promise made in answer to a source object (a proposal's suggestion, later others)."""

    content_type = models.ForeignKey(ContentType, models.PROTECT, related_name="+")
    object_id = models.PositiveBigIntegerField()
    source = GenericForeignKey("content_type", "object_id")
    source_label = models.CharField(_("made in answer to"), max_length=200)
    source_url = models.CharField(max_length=200, blank=True)
    number = models.CharField(_("number"), max_length=40)
    unit = models.ForeignKey("organisations.Unit", models.PROTECT, related_name="promises")
    text = models.TextField(_("what was promised"))
    section = models.CharField(_("responsible section"), max_length=40, blank=True)
    promised_for = models.DateField(_("promised for"))
    made_on = models.DateField(_("made on"))
    evidence = models.TextField(_("what was done"), blank=True)
    settled_on = models.DateField(_("settled on"), null=True, blank=True)
    finding = models.TextField(_("finding on looking back"), blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "number"], name="one_promise_of_a_number"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=PromiseState.of("concluded")) | Q(settled_on__isnull=False),
                name="settled_promise_has_its_day",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=PromiseState.of("fulfilled")) | ~Q(evidence=""),
                name="kept_promise_has_evidence",
            ),
        ]
        indexes = [
            models.Index(fields=["content_type", "object_id"], name="promises_of_an_object"),
            models.Index(
                fields=["organisation", "state", "promised_for"], name="promises_by_state"
            ),
            models.Index(fields=["unit", "state"], name="promises_of_a_unit"),
        ]
        ordering = ["promised_for", "id"]

    def __str__(self) -> str:
        return self.number
