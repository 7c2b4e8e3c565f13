"""Forms that were begun and not handed in: kept on the server from the first pause of typing, so
that they are found again on another machine.

What has drafts of its own becomes one as soon as its flow can take it (`core/draft_pages.py`);
until then, and for every other form that makes something new, what was typed is kept as it stands.
It is known by the token of its form (`core/attempts.py`): whatever window or lost answer sends it
again, it stays one, and it goes with the attempt that makes the thing itself.
"""

from __future__ import annotations

import datetime as dt
import re
import uuid

from django.conf import settings
from django.db import models
from django.http import HttpRequest
from django.urls import Resolver404, resolve
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from yizheng.core.request_values import plain, whole_number

from . import clock
from .access import Actor
from .refusals import NOT_TEXT, BadInput
from .tenancy import Tenant

PAGE, HEADING, TOKEN = "unfinished-page", "unfinished-heading", "attempt"
"""What the page says of itself when it sends what was typed so far (frontend/js/autosave.js)."""
NOT_KEPT = re.compile(
    rf"^(csrfmiddlewaretoken|{TOKEN}|seen|next|{PAGE}|{HEADING})$|password|secret"
)
KEPT_FOR = dt.timedelta(days=30)
MOST, LONGEST = 40, 400_000
"""So many of one account, and so many characters in one of them."""


class UnfinishedWork(Tenant):
    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    token = models.UUIDField()
    page = models.CharField(max_length=200)
    heading = models.CharField(max_length=100)
    words = models.CharField(max_length=100)
    typed = models.JSONField(default=list)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["account", "token"], name="one_unfinished_of_a_form")
        ]
        indexes = [models.Index(fields=["organisation", "at"], name="unfinished_by_age")]

    def __str__(self) -> str:
        return self.heading

    @property
    def address(self) -> str:
        return f"{self.page}{'&' if '?' in self.page else '?'}unfinished={self.pk}"


def of(actor: Actor) -> models.QuerySet[UnfinishedWork]:
    """One's own, the newest first; nobody else sees them."""
    return UnfinishedWork.objects.filter(account_id=actor.account_id or 0).order_by("-at", "-pk")


def is_named(request: HttpRequest, actor: Actor) -> bool:
    """Whether the address leads to words of the reader's own that are kept for this very page."""
    pk = whole_number(request.GET.get("unfinished", ""))
    kept = of(actor).filter(pk=pk).first() if pk else None
    return kept is not None and kept.page.partition("?")[0] == request.path


def is_pause(request: HttpRequest) -> bool:
    """Sent by the page itself, at a pause of typing."""
    return request.method == "POST" and PAGE in request.POST


def keep(request: HttpRequest, actor: Actor) -> UnfinishedWork | None:
    """None: nothing was typed yet."""
    typed = [
        [name, plain(value)]
        for name, values in request.POST.lists()
        if not NOT_KEPT.search(name)
        for value in values
    ]
    words = next((text for _name, text in typed if not NOT_TEXT.fullmatch(text.strip())), "")
    token, page = token_in(request), request.POST.get(PAGE, "")
    if not words or token is None or actor.account_id is None:
        return None
    if not _is_ours(page):
        raise BadInput(_("This cannot be kept on the server: it says no page of this site."))
    if sum(len(text) for _name, text in typed) > LONGEST:
        raise BadInput(_("This cannot be kept on the server: it is too long."))
    kept, _made = UnfinishedWork.objects.update_or_create(
        account_id=actor.account_id,
        token=token,
        defaults={
            "page": page,
            "heading": plain(request.POST.get(HEADING, ""))[:100],
            "words": words.strip()[:100],
            "typed": typed,
            "at": clock.now(),
        },
    )
    oldest = list(of(actor).values_list("pk", flat=True)[MOST:])
    UnfinishedWork.objects.filter(pk__in=oldest).delete()
    return kept


def token_in(request: HttpRequest) -> uuid.UUID | None:
    """What names the form that was sent, if it says."""
    try:
        return uuid.UUID(request.POST.get(TOKEN, ""))
    except ValueError:
        return None


def _is_ours(page: str) -> bool:
    if len(page) > 200 or not url_has_allowed_host_and_scheme(page, None):
        return False
    try:
        return bool(resolve(page.partition("?")[0]))
    except Resolver404:
        return False


def done(account_id: int, token: uuid.UUID) -> None:
    """What it was to become is there now."""
    UnfinishedWork.objects.filter(account_id=account_id, token=token).delete()


def forget_old(by: Actor) -> int:
    return UnfinishedWork.objects.filter(at__lt=clock.now() - KEPT_FOR).delete()[0]
