"""Tables of contacts (联系): who keeps in touch with whom, and that it happened. What was said is
private.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from yizheng.core import clock
from yizheng.core.doors import VersionedRow


class Way(models.TextChoices):
    VISIT = "visit", _("visited")
    MET = "met", _("met")
    PHONE = "phone", _("by phone")
    MESSAGE = "message", _("by message")


class ContactLink(VersionedRow):
    """A member keeps in touch with another member, or with people told in words (a village, an
    enterprise).
    """

    kind = models.CharField(_("kind"), max_length=60)
    member = models.ForeignKey(
        "people.Membership", models.PROTECT, related_name="contacts", verbose_name=_("who")
    )
    to_member = models.ForeignKey(
        "people.Membership",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="contacted_by",
        verbose_name=_("whom"),
    )
    to_words = models.CharField(_("whom, in words"), max_length=80, blank=True)
    since = models.DateField(_("since"))
    until = models.DateField(_("until"), null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(to_member__isnull=False, to_words="")
                | (Q(to_member=None) & ~Q(to_words="")),
                name="contact_is_a_member_or_words",
            ),
            models.CheckConstraint(
                condition=Q(to_member=None) | ~Q(to_member=F("member")),
                name="nobody_contacts_themselves",
            ),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since")), name="contact_link_ends_later"
            ),
            models.UniqueConstraint(
                fields=["kind", "member", "to_member"],
                condition=Q(until=None, to_member__isnull=False),
                name="one_link_of_two_members",
            ),
            models.UniqueConstraint(
                fields=["kind", "member", "to_words"],
                condition=Q(until=None, to_member=None),
                name="one_link_of_words",
            ),
        ]
        indexes = [
            models.Index(fields=["organisation", "until", "kind"], name="contact_links_by_kind")
        ]
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.member} → {self.whom}"

    @property
    def has_ended(self) -> bool:
        """Its last day is over."""
        return self.until is not None and self.until < clock.today()

    @property
    def whom(self) -> str:
        return str(self.to_member) if self.to_member else self.to_words


class ContactEntry(VersionedRow):
    """Once in touch.

    The note is for the one who wrote it, and for the office as far as the regulation opens it.
    """

    KEPT_QUIET = frozenset({"note"})

    link = models.ForeignKey(ContactLink, models.CASCADE, related_name="entries")
    day = models.DateField(_("day"))
    way = models.CharField(_("how"), max_length=10, choices=Way, default=Way.VISIT)
    note = models.TextField(_("note"), blank=True)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    entered_at = models.DateTimeField(default=clock.now)

    class Meta:
        indexes = [models.Index(fields=["link", "day"], name="contact_entries_by_day")]
        ordering = ["-day", "-id"]

    def __str__(self) -> str:
        return f"{self.link} {self.day.isoformat()}"
