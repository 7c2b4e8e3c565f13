"""Tables of regulations, of their versions in force from a day, adopted by a meeting, and of their
parameters.
"""

from __future__ import annotations

import json

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from yizheng.core.doors import VersionedRow
from yizheng.core.tenancy import Tenant

from .stored_versions import VersionReading, read
from .subjects import SCHEMAS

LONGEST_NOTE, LONGEST_MEETING = 200, 100


class Regulation(VersionedRow):
    subject = models.SlugField(_("subject"))
    title = models.CharField(_("title"), max_length=100)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "subject"], name="one_regulation_of_a_subject"
            )
        ]

    def __str__(self) -> str:
        return self.title


class RegulationVersion(Tenant):
    """A text with its parameters, and the schema version they were written in: every key of it
    stands in them.

    Drafts may be edited; an adopted version never changes again.
    """

    regulation = models.ForeignKey(Regulation, models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField(_("version"))
    schema_version = models.PositiveSmallIntegerField(default=1)
    parameters = models.JSONField(_("parameters"))
    note = models.CharField(_("what changes"), max_length=LONGEST_NOTE, blank=True)
    in_force_from = models.DateField(_("in force from"), null=True, blank=True)
    adopted_by = models.CharField(_("adopted by"), max_length=LONGEST_MEETING, blank=True)
    adopted_on = models.DateField(_("adopted on"), null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["regulation", "number"], name="one_version_of_a_number"
            ),
            models.UniqueConstraint(
                fields=["regulation", "in_force_from"],
                condition=~Q(adopted_on=None),
                name="one_version_from_a_day",
            ),
            models.CheckConstraint(
                condition=Q(adopted_on=None, adopted_by="")
                | (Q(adopted_on__isnull=False, in_force_from__isnull=False) & ~Q(adopted_by="")),
                name="adopted_means_by_a_meeting_and_from_a_day",
            ),
        ]
        ordering = ["-number"]

    def __str__(self) -> str:
        """The audit chain keeps it: the same in every language."""
        return f"{self.regulation}（{self.number}）"

    @property
    def reading(self) -> VersionReading:
        """What it says today. Raises UnreadableRegulation."""
        return read(
            SCHEMAS[self.regulation.subject],
            self.number,
            self.schema_version,
            json.dumps(self.parameters),
        )
