"""Tables of the annual report with what was counted for it, and of files handed in to be
checked.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from yizheng.core.flow import FlowRow
from yizheng.core.tenancy import Tenant

from .enums import ReportState

Who = settings.AUTH_USER_MODEL


class Report(FlowRow):
    """One year's report. Frozen, it keeps its figures and never changes again.

    When it is frozen, `fields` keeps the words of its outline's fields, `labels` the names of all
    records counted: kind of record → id → name.
    """

    year = models.PositiveSmallIntegerField(_("year"))
    title = models.CharField(_("title"), max_length=100)
    outline = models.TextField(_("outline"))
    created_at = models.DateTimeField(default=timezone.now)
    frozen_at = models.DateTimeField(_("frozen"), null=True, blank=True)
    frozen_by = models.ForeignKey(Who, models.PROTECT, null=True, blank=True, related_name="+")
    frozen_by_name = models.CharField(max_length=80, blank=True)
    fields = models.JSONField(default=dict)
    labels = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(state__in=ReportState.of("frozen"))
                | (Q(frozen_at__isnull=False) & ~Q(frozen_by_name="")),
                name="frozen_report_says_when_and_by_whom",
            ),
            models.UniqueConstraint(
                fields=["organisation", "year"],
                condition=Q(state__in=ReportState.of("private")),
                name="one_draft_report_a_year",
            ),
        ]
        indexes = [models.Index(fields=["organisation", "-year", "-id"], name="reports_of_a_year")]
        ordering = ["-year", "-id"]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("indicators:report", args=[self.pk])

    @property
    def is_frozen(self) -> bool:
        return self.state in ReportState.of("frozen")


class ReportFigure(Tenant):
    """One figure as it was when its report was frozen, with the ids of the records counted.

    `parts`: of a breakdown, in order, [{key, label, records, base}]; of a whole one part with an
    empty key.
    """

    report = models.ForeignKey(Report, models.CASCADE, related_name="figures")
    code = models.CharField(max_length=60)
    year = models.PositiveSmallIntegerField(_("year"))
    breakdown = models.CharField(max_length=20, blank=True)
    key = models.CharField(max_length=60, blank=True)
    title = models.CharField(max_length=120)
    breakdown_title = models.CharField(max_length=60, blank=True)
    unit = models.CharField(max_length=10)
    definition = models.TextField()
    kind = models.CharField(max_length=20)
    is_rate = models.BooleanField()
    parts = models.JSONField(default=list)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["report", "code", "year", "breakdown", "key"], name="one_frozen_figure_each"
            )
        ]
        ordering = ["id"]

    def __str__(self) -> str:
        return self.title

    @property
    def is_divided(self) -> bool:
        """All parts of a breakdown, rather than the whole or one part."""
        return bool(self.breakdown) and not self.key


class CheckedFile(Tenant):
    """A Word file handed in to be checked: its owner's alone, kept until the next day so that it
    can be annotated.
    """

    owner = models.ForeignKey(Who, models.CASCADE, related_name="+")
    name = models.CharField(max_length=120)
    content = models.BinaryField()
    added_at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = [models.Index(fields=["owner", "-id"], name="checked_files_of_an_owner")]

    def __str__(self) -> str:
        return self.name
