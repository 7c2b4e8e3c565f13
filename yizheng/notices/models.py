"""Tables of what an account is told, and of which kinds it does not want to be told."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yizheng.core.outbox import OutboxEntry
from yizheng.core.tenancy import Tenant


class Notice(Tenant):
    """One sentence for one account, in the reader's language when it is read."""

    entry = models.ForeignKey(OutboxEntry, models.PROTECT, related_name="+")
    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="notices")
    words = models.TextField()
    values = models.JSONField(default=dict)
    url = models.CharField(max_length=200, blank=True)
    kind = models.CharField(max_length=60)
    at = models.DateTimeField(default=timezone.now)
    read_at = models.DateTimeField(gettext_lazy("read"), null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["entry", "account"], name="one_notice_of_an_entry")
        ]
        indexes = [
            models.Index(fields=["account", "-id"], name="notices_of_an_account"),
            models.Index(
                fields=["account"], condition=models.Q(read_at=None), name="notices_unread"
            ),
        ]
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.text

    @property
    def text(self) -> str:
        """The sentence; values that the words of a later version ask for and that were not kept are
        left blank.
        """
        return _(self.words) % _NoticeValues(self.values)


class _NoticeValues(dict[str, object]):
    def __missing__(self, _key: str) -> str:
        return ""


class Mute(Tenant):
    """A kind of notice that an account does not want."""

    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="mutes")
    kind = models.CharField(max_length=60)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["account", "kind"], name="one_mute_of_a_kind")
        ]

    def __str__(self) -> str:
        return self.kind
