"""The table of programmes of learning: what is to be read; activities name the one they belong to.

Nothing counts time.
"""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from yizheng.core.doors import VersionedRow


class LearningProgramme(VersionedRow):
    """学习计划: its materials are files and links, its sessions are activities that name it."""

    year = models.PositiveSmallIntegerField(_("year"))
    title = models.CharField(_("title"), max_length=100)
    about = models.TextField(_("what it is about"), blank=True)
    reading = models.TextField(_("to be read"), blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "year", "title"], name="one_learning_programme_of_a_title"
            )
        ]
        ordering = ["-year", "id"]

    def __str__(self) -> str:
        return self.title
