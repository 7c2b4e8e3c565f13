"""Tables of the posts of the committee's office and of who works there, on which post, from when
until when; how they came and went.
"""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from yizheng.core.doors import VersionedRow


class ArrivalWay(models.TextChoices):
    PRESENT = "present", _("was here already")
    RECRUITED = "recruited", _("recruited by examination")
    SELECTED = "selected", _("selected in")
    TRANSFERRED = "transferred", _("transferred in")
    INTERNAL = "internal", _("from another post here")


class DepartureWay(models.TextChoices):
    PROMOTED = "promoted", _("promoted out")
    TRANSFERRED = "transferred", _("transferred out")
    RETIRED = "retired", _("retired")
    RESIGNED = "resigned", _("resigned")
    DECEASED = "deceased", _("deceased")
    INTERNAL = "internal", _("to another post here")


class StaffPost(VersionedRow):
    """编制、职数: so many posts of one kind in the committee's office, from a day
    on, by a paper.
    """

    class PostLevel(models.TextChoices):
        LEADING = "leading", _("county level")
        SECTION = "section", _("section level")
        DEPUTY_SECTION = "deputy_section", _("deputy section level")
        CLERK = "clerk", _("clerk")
        WORKER = "worker", _("worker")

    class PostKind(models.TextChoices):
        ADMINISTRATIVE = "administrative", _("administrative")
        INSTITUTION = "institution", _("public institution")

    name = models.CharField(pgettext_lazy("staff", "post"), max_length=60)
    level = models.CharField(pgettext_lazy("staff", "level"), max_length=16, choices=PostLevel)
    kind = models.CharField(
        _("kind of establishment"), max_length=16, choices=PostKind, default=PostKind.ADMINISTRATIVE
    )
    number = models.PositiveSmallIntegerField(_("how many"), default=1)
    since = models.DateField(_("since"))
    until = models.DateField(_("until"), null=True, blank=True)
    paper = models.CharField(_("by which paper"), max_length=100, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(number__gte=1), name="staff_post_is_at_least_one"),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since")), name="staff_post_ends_later"
            ),
        ]
        ordering = ["id"]

    def __str__(self) -> str:
        return self.name


class StaffService(VersionedRow):
    """A person on a post of the office, for a time."""

    person = models.ForeignKey(
        "people.Person", models.PROTECT, related_name="services", verbose_name=_("person")
    )
    post = models.ForeignKey(
        StaffPost,
        models.PROTECT,
        related_name="services",
        verbose_name=pgettext_lazy("staff", "post"),
    )
    title = models.CharField(_("title"), max_length=60, blank=True)
    since = models.DateField(_("since"))
    came = models.CharField(
        _("came"), max_length=12, choices=ArrivalWay, default=ArrivalWay.PRESENT
    )
    came_from = models.CharField(_("from where"), max_length=80, blank=True)
    until = models.DateField(_("until"), null=True, blank=True)
    left = models.CharField(_("left"), max_length=12, choices=DepartureWay, blank=True)
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
