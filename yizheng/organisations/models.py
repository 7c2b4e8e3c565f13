"""Tables of the organisation and of what belongs to it: terms, sessions, committees,
units, roles.
"""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from yizheng.core import clock
from yizheng.core.dated import DatedFact
from yizheng.core.doors import VersionedRow
from yizheng.documents.wording import chinese_number, masked_phone

from . import places

ANYWHERE = places.ANYWHERE


def ordinal_words(number: int) -> str:
    """九 in Chinese, 9 elsewhere."""
    return chinese_number(number) if (get_language() or "").startswith("zh") else str(number)


class Organisation(models.Model):
    """One committee of the CPPCC; its parent is the committee of the level above."""

    class OrganisationLevel(models.TextChoices):
        COUNTY = "county", _("county or district")
        CITY = "city", _("city")
        PROVINCE = "province", _("province")

    code = models.SlugField(_("code"), unique=True)
    name = models.CharField(_("name"), max_length=60)
    short_name = models.CharField(_("short name"), max_length=20)
    region = models.CharField(_("region"), max_length=20)
    level = models.CharField(
        _("level"), max_length=10, choices=OrganisationLevel, default=OrganisationLevel.COUNTY
    )
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children"
    )

    class Meta:
        swappable = "TENANT_MODEL"

    def __str__(self) -> str:
        return self.short_name


class Term(VersionedRow):
    """届: the committee as it was formed, for five years."""

    ordinal = models.PositiveSmallIntegerField(_("ordinal"))
    begins_on = models.DateField(_("begins on"))
    ends_on = models.DateField(_("ends on"), null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "ordinal"], name="one_term_of_an_ordinal"
            )
        ]
        ordering = ["-ordinal"]

    def __str__(self) -> str:
        return str(_("term %(n)s")) % {"n": ordinal_words(self.ordinal)}


class Session(VersionedRow):
    """次会议: a yearly plenary, and the year of work that it opens."""

    term = models.ForeignKey(Term, models.PROTECT, related_name="sessions")
    ordinal = models.PositiveSmallIntegerField(_("ordinal"))
    year = models.PositiveSmallIntegerField(_("year"))
    opens_on = models.DateField(_("opens on"))
    closes_on = models.DateField(_("closes on"))
    proposals_until = models.DateField(_("proposals of the plenary until"))

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["term", "ordinal"], name="one_session_of_an_ordinal"),
            models.CheckConstraint(
                condition=Q(closes_on__gte=F("opens_on")), name="session_closes_after_it_opens"
            ),
        ]
        ordering = ["-opens_on"]

    def __str__(self) -> str:
        words = {"n": ordinal_words(self.ordinal), "t": ordinal_words(self.term.ordinal)}
        return str(_("session %(n)s of term %(t)s")) % words

    @property
    def brief(self) -> str:
        """Where there is no room for more: 九届五次"""
        words = {"n": ordinal_words(self.ordinal), "t": ordinal_words(self.term.ordinal)}
        return str(_("term %(t)s, session %(n)s")) % words

    @property
    def short(self) -> str:
        """Within its term."""
        return str(_("Session %(n)s")) % {"n": ordinal_words(self.ordinal)}


class NamedRow(VersionedRow):
    """What is known by a name of its own."""

    name = models.CharField(_("name"), max_length=60)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name


class Committee(NamedRow):
    """专委会"""

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "name"], name="one_committee_of_a_name")
        ]


class Unit(NamedRow):
    """承办单位: who handles what is assigned. A merged or closed unit keeps its history."""

    class UnitKind(models.TextChoices):
        DEPARTMENT = "department", _("department")
        TOWN = "town", _("town or subdistrict")
        ENTERPRISE = "enterprise", _("public enterprise")
        PARTY_ORGAN = "party_organ", _("party organ")
        OTHER = "other", _("other")

    short_name = models.CharField(_("short name"), max_length=20)
    kind = models.CharField(_("kind"), max_length=12, choices=UnitKind, default=UnitKind.DEPARTMENT)
    closed_on = models.DateField(_("closed on"), null=True, blank=True)
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "name"], name="one_unit_of_a_name")
        ]
        ordering = ["id"]


class UnitName(DatedFact):
    """What a unit is called from a day on: papers of that time keep it. Its row of today says the
    same as the unit itself, one of a day to come is planned.
    """

    unit = models.ForeignKey(Unit, models.CASCADE, related_name="names")
    name = models.CharField(_("name"), max_length=60)
    short_name = models.CharField(_("short name"), max_length=20)
    kind = models.CharField(_("kind"), max_length=12, choices=Unit.UnitKind)

    class Meta:
        ordering = [F("since").desc(nulls_last=True), "-id"]

    def __str__(self) -> str:
        return self.name


class UnitContact(VersionedRow):
    """Who answers the telephone at a unit: its leader in charge and its officer.

    An account is another matter.
    """

    KEPT_QUIET = frozenset({"phone"})

    class Duty(models.TextChoices):
        LEADER = "leader", _("leader in charge")
        OFFICER = "officer", _("officer")

    unit = models.ForeignKey(Unit, models.CASCADE, related_name="contacts")
    duty = models.CharField(_("duty"), max_length=10, choices=Duty)
    name = models.CharField(_("name"), max_length=40)
    post = models.CharField(_("post"), max_length=40, blank=True)
    phone = models.CharField(_("phone"), max_length=20, blank=True)
    since = models.DateField(_("since"))
    until = models.DateField(_("until"), null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "duty"], condition=Q(until=None), name="one_contact_of_a_duty"
            )
        ]
        ordering = ["until", "duty", "-since"]

    def __str__(self) -> str:
        return self.name

    @property
    def masked_phone(self) -> str:
        return masked_phone(self.phone)


class CalendarDay(VersionedRow):
    """A day on which this place works or rests otherwise than the statutory calendar says."""

    day = models.DateField(_("day"))
    is_working_day = models.BooleanField(_("is a working day"))
    note = models.CharField(_("note"), max_length=60, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "day"], name="one_calendar_entry_a_day")
        ]
        ordering = ["day"]

    def __str__(self) -> str:
        return self.day.isoformat()


class CalendarYear(VersionedRow):
    """A year of which the office said that all its days of rest and moved working days stand in the
    calendar, after the official list was published.

    Said by its first day, so that days and years are read by one query.
    """

    first_day = models.DateField(_("first day of the year"))
    source = models.CharField(_("official list"), max_length=100)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "first_day"], name="one_complete_calendar_a_year"
            )
        ]
        ordering = ["first_day"]

    def __str__(self) -> str:
        return str(self.first_day.year)


class Role(NamedRow):
    """A named set of permissions, as data: an office may change what its roles may do.

    Nothing is found by the code of one.
    """

    code = models.SlugField(_("code"))
    permissions = models.JSONField(_("permissions"), default=list)
    place = models.CharField(
        _("where it holds"), max_length=20, choices=places.choices, default=ANYWHERE
    )
    is_members = models.BooleanField(_("is the members' own"), default=False)
    needs_second_factor = models.BooleanField(_("needs a second factor"), default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "code"], name="one_role_of_a_code"),
            models.CheckConstraint(
                condition=Q(is_members=False) | Q(place=ANYWHERE),
                name="members_hold_their_role_everywhere",
            ),
        ]

    @property
    def is_anywhere(self) -> bool:
        """Whether it is said with each grant where it holds."""
        return self.place == ANYWHERE


class RoleGrant(VersionedRow):
    """A role given to an account, over the whole organisation or at one place in it, for a time.

    The place is of any kind the apps register (`places.py`); over the whole organisation the kind
    is empty and the number 0, so that one constraint holds for all of them.
    """

    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="grants")
    role = models.ForeignKey(Role, models.PROTECT, related_name="grants")
    place_kind = models.CharField(max_length=20, blank=True, default="")
    place_id = models.PositiveBigIntegerField(default=0)
    since = models.DateField(_("since"))
    until = models.DateField(_("until"), null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(place_kind="", place_id=0) | (~Q(place_kind="") & Q(place_id__gt=0)),
                name="grant_names_its_place_whole",
            ),
            models.UniqueConstraint(
                fields=["account", "role", "place_kind", "place_id"], name="one_grant_at_a_place"
            ),
        ]
        indexes = [models.Index(fields=["place_kind", "place_id"], name="grants_at_a_place")]

    def __str__(self) -> str:
        return f"{self.account} {self.role}"

    @property
    def place(self) -> NamedRow | None:
        """Where the role holds; None means the whole organisation. Lists ask `places.load` first,
        so that it is not looked up for each.
        """
        if not hasattr(self, "_place"):
            places.load([self])
        return self._place

    @place.setter
    def place(self, place: NamedRow | None) -> None:
        """As `places.load` found it."""
        self._place = place

    def in_force(self, on: dt.date) -> bool:
        return clock.holds(on, self.since, self.until)
