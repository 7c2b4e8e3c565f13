"""Tables of persons, of their membership in a term with the sectors and groups they belong to, and
of the accounts with which they sign in.
"""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from yizheng.core.dated import DatedFact
from yizheng.core.doors import VersionedRow
from yizheng.documents.wording import masked_phone
from yizheng.organisations.models import NamedRow

PARTY_COMMUNIST = "中共"


class Person(VersionedRow):
    KEPT_QUIET = frozenset({"phone"})

    name = models.CharField(_("name"), max_length=40)
    sex = models.CharField(
        _("sex"), max_length=2, blank=True, choices=[("男", _("male")), ("女", _("female"))]
    )
    phone = models.CharField(_("phone"), max_length=20, blank=True)
    employer = models.CharField(_("employer and post"), max_length=80, blank=True)

    def __str__(self) -> str:
        return self.name

    @property
    def masked_phone(self) -> str:
        return masked_phone(self.phone)


class Sector(NamedRow):
    """界别: the group by which members are seated."""

    convener = models.ForeignKey(
        "people.Membership", models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "name"], name="one_sector_of_a_name")
        ]


class Group(NamedRow):
    """委员小组: its convener, the secretary of its party branch and a deputy secretary-general
    answer for it together.
    """

    convener = models.ForeignKey(
        "people.Membership", models.SET_NULL, null=True, blank=True, related_name="+"
    )
    branch_secretary = models.ForeignKey(
        "people.Membership", models.SET_NULL, null=True, blank=True, related_name="+"
    )
    deputy_secretary = models.ForeignKey(
        Person, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "name"], name="one_group_of_a_name")
        ]


class Collective(NamedRow):
    """A party or body that may propose in its own name."""

    class CollectiveKind(models.TextChoices):
        PARTY = "party", _("party")
        BODY = "body", _("body")

    kind = models.CharField(_("kind"), max_length=10, choices=CollectiveKind)
    contact = models.ForeignKey(
        "people.Membership", models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "name"], name="one_collective_of_a_name"
            )
        ]


class Membership(VersionedRow):
    """A person as member of one term: one term, one sector."""

    class End(models.TextChoices):
        RESIGNED = "resigned", _("resigned")
        REVOKED = "revoked", _("revoked")
        DECEASED = "deceased", _("deceased")
        TERM_ENDED = "term", _("the term ended")

    DECIDED_ENDS = (
        End.RESIGNED,
        End.REVOKED,
    )  # by the Standing Committee, whose record is kept with them

    person = models.ForeignKey(Person, models.PROTECT, related_name="memberships")
    term = models.ForeignKey("organisations.Term", models.PROTECT, related_name="memberships")
    number = models.CharField(_("member number"), max_length=20, blank=True)
    sector = models.ForeignKey(Sector, models.PROTECT, related_name="memberships")
    committee = models.ForeignKey(
        "organisations.Committee", models.PROTECT, null=True, blank=True, related_name="memberships"
    )
    group = models.ForeignKey(
        Group, models.PROTECT, null=True, blank=True, related_name="memberships"
    )
    party = models.CharField(_("party"), max_length=20)
    post = models.CharField(_("post in the committee"), max_length=20, blank=True)
    is_standing = models.BooleanField(_("standing member"), default=False)
    # Until the last day of the term at the latest, so that this row alone says who serves.
    since = models.DateField(_("since"))
    until = models.DateField(_("until"), null=True, blank=True)
    end_reason = models.CharField(_("ended because"), max_length=10, blank=True, choices=End)
    end_record = models.CharField(_("record of the Standing Committee"), max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["term", "person"], name="one_membership_a_term"),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=models.F("since")),
                name="membership_ends_later",
            ),
            models.CheckConstraint(
                condition=~Q(end_reason__in=["resigned", "revoked"])
                | (~Q(end_record="") & Q(until__isnull=False)),
                name="membership_end_has_its_record",
            ),
        ]
        indexes = [
            models.Index(fields=["organisation", "term", "sector"], name="members_by_sector")
        ]

    def __str__(self) -> str:
        return self.person.name


class SeatPeriod(DatedFact):
    """What a member was from a day to a day: sector, committee, group, party, post, standing.

    A seat that never changed has none: its own columns hold for all of it. Otherwise its periods
    follow one another, and the columns say what is true today.
    """

    membership = models.ForeignKey(Membership, models.CASCADE, related_name="periods")
    sector = models.ForeignKey(Sector, models.PROTECT, related_name="+")
    committee = models.ForeignKey(
        "organisations.Committee", models.PROTECT, null=True, blank=True, related_name="+"
    )
    group = models.ForeignKey(Group, models.PROTECT, null=True, blank=True, related_name="+")
    party = models.CharField(_("party"), max_length=20)
    post = models.CharField(_("post in the committee"), max_length=20, blank=True)
    is_standing = models.BooleanField(_("standing member"), default=False)

    class Meta:
        ordering = [models.F("since").desc(nulls_last=True), "-id"]

    def __str__(self) -> str:
        return str(self.membership)


class AccountManager(BaseUserManager["Account"]):
    def get_by_natural_key(self, username: str | None) -> Account:
        return self.get(username=username)


class Account(AbstractBaseUser, VersionedRow):
    """One person, one account.

    What it may do comes from role grants, never from the account itself.
    """

    username = models.CharField(_("sign-in name"), max_length=40, unique=True)
    phone = models.CharField(_("phone"), max_length=20, blank=True)
    organisation = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, related_name="accounts")
    is_active = models.BooleanField(_("active"), default=True)
    must_change_password = models.BooleanField(_("must change the password"), default=True)
    language = models.CharField(_("language"), max_length=10, default="zh-hans")
    elder_mode = models.BooleanField(_("large type"), default=False)
    created_at = models.DateTimeField(default=timezone.now)

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    objects: ClassVar[AccountManager] = AccountManager()  # type: ignore[assignment]  # of all organisations: who signs in has none yet
    KEPT_QUIET = frozenset({"phone", "password"})

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["phone"], condition=~Q(phone=""), name="one_account_of_a_phone"
            )
        ]

    def __str__(self) -> str:
        return self.person.name

    # What libraries ask of a user; this house has no superusers and no e-mail.
    is_staff = is_superuser = False
    email = ""

    def has_perm(self, _permission: str, _obj: object = None) -> bool:
        return False

    def has_module_perms(self, _label: str) -> bool:
        return False


class PastPassword(models.Model):
    """A password an account once had, hashed, so that it does not come back too soon."""

    account = models.ForeignKey(Account, models.CASCADE, related_name="past_passwords")
    hash = models.CharField(max_length=128)
    set_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-id"]
