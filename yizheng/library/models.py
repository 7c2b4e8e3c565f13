"""The table of the rules library: what the committee has adopted on paper, in force or repealed,
beside the rules the platform works by.
"""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from yizheng.core.doors import VersionedRow


class RuleDocument(VersionedRow):
    """制度文件. A revision is a document of its own that replaces an older one."""

    title = models.CharField(_("title"), max_length=120)
    number = models.CharField(_("number of the paper"), max_length=60, blank=True)
    meeting = models.CharField(_("adopted by"), max_length=100)
    adopted_on = models.DateField(_("adopted on"))
    in_force_from = models.DateField(_("in force from"))
    replaces = models.OneToOneField(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="replaced_by",
        verbose_name=pgettext_lazy("rule", "revises"),
    )
    repealed_on = models.DateField(_("repealed on"), null=True, blank=True)
    repealed_by = models.CharField(_("repealed by"), max_length=100, blank=True)
    subject = models.SlugField(_("regulation of the platform"), blank=True)
    about = models.TextField(_("what it rules"), blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(in_force_from__gte=F("adopted_on")),
                name="rule_is_in_force_after_its_adoption",
            ),
            models.CheckConstraint(
                condition=Q(repealed_on=None, repealed_by="")
                | (Q(repealed_on__isnull=False) & ~Q(repealed_by="")),
                name="repealed_rule_says_by_whom",
            ),
            models.UniqueConstraint(
                fields=["organisation", "number"],
                condition=~Q(number=""),
                name="one_rule_of_a_number",
            ),
        ]
        indexes = [models.Index(fields=["organisation", "adopted_on"], name="rules_by_adoption")]
        ordering = ["-adopted_on", "-id"]

    def __str__(self) -> str:
        return self.title
