"""Who works in the committee's office, on which post, from when until when; how they
came and went.
"""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from yizheng.core.doors import Versioned


class Came(models.TextChoices):
    PRESENT = "present", _("was here already")
    RECRUITED = "recruited", _("recruited by examination")
    SELECTED = "selected", _("selected in")
    TRANSFERRED = "transferred", _("transferred in")
    INTERNAL = "internal", _("from another post here")


class Left(models.TextChoices):
    PROMOTED = "promoted", _("promoted out")
    TRANSFERRED = "transferred", _("transferred out")
    RETIRED = "retired", _("retired")
    RESIGNED = "resigned", _("resigned")
    DECEASED = "deceased", _("deceased")
    INTERNAL = "internal", _("to another post here")


class StaffService(Versioned):
    """A person on a post of the office, for a time."""

    person = models.ForeignKey(
        "people.Person", models.PROTECT, related_name="services", verbose_name=_("person")
    )
    post = models.ForeignKey(
        "organisations.StaffPost", models.PROTECT, related_name="services", verbose_name=_("post")
    )
    title = models.CharField(_("title"), max_length=60, blank=True)
    since = models.DateField(_("since"))
    came = models.CharField(_("came"), max_length=12, choices=Came, default=Came.PRESENT)
    came_from = models.CharField(_("from where"), max_length=80, blank=True)
    until = models.DateField(_("until"), null=True, blank=True)
    left = models.CharField(_("left"), max_length=12, choices=Left, blank=True)
    left_to = models.CharField(_("where to"), max_length=80, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(until=None, left="") | (Q(until__isnull=False) & ~Q(left="")),
                name="staff_who_left_say_how",
            ),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since")), name="staff_service_ends_later"
            ),
            models.UniqueConstraint(
                fields=["person"], condition=Q(until=None), name="one_post_at_a_time"
            ),
        ]
        indexes = [models.Index(fields=["organisation", "since"], name="staff_by_arrival")]
        ordering = ["id"]

    def __str__(self) -> str:
        return str(self.person)
