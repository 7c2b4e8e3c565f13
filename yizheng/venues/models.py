"""Tables of venues (the members' home, studios, reception rooms, stations), their rota, their wall,
their visits.
"""

from __future__ import annotations

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from yizheng.core.doors import VersionedRow
from yizheng.core.flow import FlowRow
from yizheng.core.punctuation import shortened
from yizheng.organisations.models import NamedRow

from .enums import Board, Sort, VenueKind, VisitState


class VenueCategory(NamedRow):
    """A place's own word for a sort of venue (有事好商量议事厅), and what it counts as."""

    sort = models.CharField(_("counts as"), max_length=10, choices=Sort)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "name"], name="one_venue_category_of_a_name"
            )
        ]
        ordering = ["id"]


class Venue(NamedRow):
    """委员工作室、会客厅、委员之家、联络站."""

    KEPT_QUIET = frozenset({"phone"})

    category = models.ForeignKey(
        VenueCategory, models.PROTECT, related_name="venues", verbose_name=_("category")
    )
    kind = models.CharField(_("kind"), max_length=10, choices=VenueKind, default=VenueKind.REGIONAL)
    sector = models.ForeignKey(
        "people.Sector",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="venues",
        verbose_name=_("sector"),
    )
    unit = models.ForeignKey(
        "organisations.Unit",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="venues",
        verbose_name=_("town"),
    )
    place = models.CharField(_("address"), max_length=100)
    area = models.DecimalField(_("area"), max_digits=8, decimal_places=1, null=True, blank=True)
    phone = models.CharField(_("phone"), max_length=20, blank=True)
    stars = models.PositiveSmallIntegerField(
        _("stars"), default=0, validators=[MaxValueValidator(5)]
    )
    label = models.CharField(_("honour"), max_length=40, blank=True)
    about = models.TextField(_("what it is for"), blank=True)
    opened_on = models.DateField(_("opened on"))
    closed_on = models.DateField(pgettext_lazy("venue", "closed on"), null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "name"], name="one_venue_of_a_name"),
            models.CheckConstraint(
                condition=Q(closed_on=None) | Q(closed_on__gte=F("opened_on")),
                name="venue_closes_after_it_opens",
            ),
            models.CheckConstraint(condition=Q(stars__lte=5), name="venue_has_at_most_five_stars"),
        ]
        ordering = ["id"]


class VenueMember(VersionedRow):
    """A member who serves at a venue, for a time."""

    venue = models.ForeignKey(Venue, models.CASCADE, related_name="members")
    membership = models.ForeignKey(
        "people.Membership", models.PROTECT, related_name="venues", verbose_name=_("member")
    )
    is_host = models.BooleanField(_("is in charge"), default=False)
    since = models.DateField(_("since"))
    until = models.DateField(_("until"), null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["venue", "membership"],
                condition=Q(until=None),
                name="one_place_at_a_venue_a_member",
            ),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since")), name="venue_member_ends_later"
            ),
        ]
        indexes = [models.Index(fields=["membership", "until"], name="venues_of_a_member")]
        ordering = ["until", "-is_host", "id"]

    def __str__(self) -> str:
        return str(self.membership)


class RotaDay(VersionedRow):
    """Who serves at a venue on a day."""

    venue = models.ForeignKey(Venue, models.CASCADE, related_name="rota")
    membership = models.ForeignKey(
        "people.Membership", models.PROTECT, related_name="rota", verbose_name=_("member")
    )
    day = models.DateField(_("day"))
    begins = models.TimeField(_("from"))
    ends = models.TimeField(_("until"))

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["venue", "day", "membership"], name="one_rota_day_a_member"
            ),
            models.CheckConstraint(condition=Q(ends__gt=F("begins")), name="rota_day_ends_later"),
        ]
        indexes = [models.Index(fields=["membership", "day"], name="rota_of_a_member")]
        ordering = ["day", "begins", "id"]

    def __str__(self) -> str:
        return f"{self.venue} {self.day.isoformat()}"


class WallNotice(VersionedRow):
    """What hangs on the wall of a venue."""

    venue = models.ForeignKey(Venue, models.CASCADE, related_name="wall")
    board = models.CharField(_("kind"), max_length=10, choices=Board, default=Board.NEWS)
    title = models.CharField(_("title"), max_length=100)
    text = models.TextField(_("text"), blank=True)
    posted_on = models.DateField(_("posted on"))
    until = models.DateField(_("until"), null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("posted_on")),
                name="wall_notice_comes_down_later",
            )
        ]
        ordering = ["-posted_on", "-id"]

    def __str__(self) -> str:
        return self.title


class Visit(FlowRow):
    """来访: somebody of the public came to a venue and raised something."""

    KEPT_QUIET = frozenset({"visitor_name", "visitor_phone"})

    venue = models.ForeignKey(Venue, models.PROTECT, related_name="visits", verbose_name=_("venue"))
    day = models.DateField(_("day"))
    served_by = models.ForeignKey(
        "people.Membership",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="visits_received",
        verbose_name=_("received by"),
    )
    visitor = models.CharField(_("who came"), max_length=80)
    visitor_name = models.CharField(_("name"), max_length=40, blank=True)
    visitor_phone = models.CharField(_("phone"), max_length=20, blank=True)
    raised = models.TextField(_("what was raised"))
    answer = models.TextField(_("what was answered"), blank=True)
    settled_on = models.DateField(pgettext_lazy("visit", "settled on"), null=True, blank=True)
    handed_label = models.CharField(_("became"), max_length=120, blank=True)
    handed_url = models.CharField(max_length=200, blank=True)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(state__in=VisitState.of("answered"))
                | (~Q(answer="") & Q(settled_on__isnull=False)),
                name="settled_visit_has_its_answer",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=VisitState.of("handed")) | ~Q(handed_label=""),
                name="visit_handed_on_says_where",
            ),
        ]
        indexes = [models.Index(fields=["organisation", "day"], name="visits_by_day")]
        ordering = ["-day", "-id"]

    def __str__(self) -> str:
        return f"{self.venue} {self.day.isoformat()}"

    @property
    def masked_name(self) -> str:
        """张** — enough to know whom one spoke to, not enough to know who it was."""
        return self.visitor_name[:1] + "**" if self.visitor_name else ""

    @property
    def headline(self) -> str:
        return shortened(" ".join(self.raised.split()), 40)
