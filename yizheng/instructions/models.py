"""The table of instructions (批示): what leaders wrote, as it came back on paper."""

from __future__ import annotations

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils.translation import gettext_lazy as _

from yizheng.core import clock
from yizheng.core.doors import VersionedRow


class Instruction(VersionedRow):
    """批示: what a leader wrote on a source object (an opinion, an activity's outcome), as it came
    back on paper.
    """

    class LeaderLevel(models.TextChoices):
        COUNTY = "county", _("county leader")
        CITY = "city", _("city leader")
        PROVINCE = "province", _("provincial leader")
        NATION = "nation", _("central leader")

    content_type = models.ForeignKey(ContentType, models.PROTECT, related_name="+")
    object_id = models.PositiveBigIntegerField()
    source = GenericForeignKey("content_type", "object_id")
    leader = models.CharField(_("leader"), max_length=40)
    post = models.CharField(_("post"), max_length=60, blank=True)
    level = models.CharField(
        _("level"), max_length=10, choices=LeaderLevel, default=LeaderLevel.COUNTY
    )
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
