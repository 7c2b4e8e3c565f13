"""Tables of enterprises of the county, and of who of them is a member."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from yizheng.core.doors import VersionedRow


class Enterprise(VersionedRow):
    """规上企业 and others: an enterprise of the county, and who of it is a member."""

    name = models.CharField(_("name"), max_length=80)
    unit = models.ForeignKey(
        "organisations.Unit",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="enterprises",
        verbose_name=_("town"),
    )
    trade = models.CharField(_("trade"), max_length=40, blank=True)
    above_scale_since = models.DateField(_("above scale since"), null=True, blank=True)
    above_scale_until = models.DateField(_("above scale until"), null=True, blank=True)
    closed_on = models.DateField(pgettext_lazy("enterprise", "closed on"), null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "name"], name="one_enterprise_of_a_name"
            ),
            models.CheckConstraint(
                condition=Q(above_scale_until=None)
                | Q(above_scale_since__isnull=False, above_scale_until__gte=F("above_scale_since")),
                name="enterprise_is_above_scale_from_a_day",
            ),
        ]
        ordering = ["id"]

    def __str__(self) -> str:
        return self.name


class EnterpriseMember(VersionedRow):
    """A member who works for an enterprise."""

    enterprise = models.ForeignKey(Enterprise, models.CASCADE, related_name="people")
    membership = models.ForeignKey(
        "people.Membership", models.PROTECT, related_name="enterprises", verbose_name=_("member")
    )
    post = models.CharField(_("post"), max_length=40, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["enterprise", "membership"], name="one_member_an_enterprise_once"
            )
        ]
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.enterprise} {self.membership}"
