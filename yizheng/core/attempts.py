"""Attempts: one form sent is done once, whatever Back and Save, a double click or a lost answer do.

Every form carries the token of the page it stands on. The attempt, what it does and what is kept of
it are one transaction, so the second sending waits for the first and finds what came of it:

- the same content again does nothing, and leads where the first one led;
- other content (answered yes, Back, answered no) is an attempt of its own, and what was kept of
  the one before is replaced;
- except where the form has made one new thing: then that is changed (`core.draft_pages`) or the
  form is refused with the way to it (`once`), and there is never a second one.

What was refused, and what wrote nothing, leaves no attempt: it may be sent again as it is.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, TypeVar

from django.conf import settings
from django.contrib import messages
from django.contrib.contenttypes.models import ContentType
from django.db import connection, models
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.template.backends.utils import csrf_input
from django.urls import Resolver404, resolve
from django.utils.functional import lazy
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yizheng.core.access import SIGNED_IN
from yizheng.core.attributes import Attribute

from . import audit, clock, doors, tenancy, transaction_hooks, unfinished
from .access import Actor, Words
from .refusals import BadInput, Refusal, refused
from .tenancy import Tenant

NAME = unfinished.TOKEN
"""Of the hidden input; `NOT_TYPED` in frontend/js/autosave.js and `TOKEN` in
frontend/js/returned.js know it too.
"""
KEPT_FOR = dt.timedelta(days=7)
SAID = gettext_lazy("This was sent already; nothing was done twice.")
T = TypeVar("T")
M = TypeVar("M", bound=models.Model)
V = TypeVar("V", bound=Callable[..., Any])


class Attempt(Tenant):
    """The last content of one form that was taken, and what came of it."""

    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    token = models.UUIDField()
    path = models.CharField(max_length=200)
    digest = models.CharField(max_length=64, blank=True)
    location = models.TextField(blank=True)
    made_words = models.CharField(max_length=200, blank=True)
    made_type = models.ForeignKey(ContentType, models.CASCADE, null=True, related_name="+")
    made_id = models.PositiveBigIntegerField(null=True)
    made_version = models.PositiveIntegerField(null=True)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["account", "token", "path"], name="one_attempt_of_a_form"
            )
        ]
        indexes = [models.Index(fields=["organisation", "at"], name="attempts_by_age")]

    @property
    def made(self) -> Any:
        """What the form has made, if that is still there."""
        model = self.made_type.model_class() if self.made_type else None
        return model._base_manager.filter(pk=self.made_id).first() if model else None

    @property
    def has_made(self) -> bool:
        return bool(self.made_words) and (self.made_type is None or self.made is not None)

    @property
    def is_settled(self) -> bool:
        """What it has made, if anything, is still there."""
        return not self.made_words or self.has_made

    def note(self, made: models.Model | Words) -> None:
        """Remember what the form has made."""
        record = made if isinstance(made, models.Model) else None
        self.made_words = str(made)[:200]
        self.made_type = ContentType.objects.get_for_model(record) if record else None
        self.made_id = record.pk if record else None
        self.made_version = getattr(record, "version", None)


class RepeatedAttempt(BadInput):
    """The form has made something already; the sentence leads to it."""

    def __init__(self, attempt: Attempt) -> None:
        words = _(
            "This form was sent already and became “{what}”. Change it there; what you "
            "typed is still on this page."
        )
        super().__init__(format_html(words, what=link(attempt.location, attempt.made_words)))

    def __html__(self) -> str:
        return str(self)


def link(address: str, words: Words) -> SafeString:
    return format_html('<a href="{}" target="_blank" rel="noopener">{}</a>', address, words)


REPEATABLE, PIECEWISE = Attribute("repeatable", False), Attribute("piecewise", False)
"""Of a view."""
ATTEMPT: Attribute[Attempt | None] = Attribute("attempt", None)
FORM_TOKEN: Attribute[uuid.UUID | None] = Attribute("form_token", None)
WAS_RAISED = Attribute("was_raised", False)
"""Of a request."""


# What views ask -----------------------------------------------------------------------------------


def of(request: HttpRequest) -> Attempt | None:
    """The attempt that the request is; None when its form carried no token."""
    return ATTEMPT.of(request)


def once(
    request: HttpRequest, make: Callable[[], T], what: Callable[[T], models.Model | Words]
) -> T:
    """Make the one new thing that the form describes.

    Raises RepeatedAttempt when this form, filled in otherwise, has made one.

    `what` of what `make` answers is the record that was made, or words for it where it is several.
    """
    attempt = of(request)
    if attempt and attempt.has_made:
        raise RepeatedAttempt(attempt)
    made = make()
    if attempt:
        attempt.note(what(made))
    return made


def one(request: HttpRequest, make: Callable[[], M]) -> M:
    """`once`, where `make` answers the record."""
    return once(request, make, lambda made: made)


def explain(request: HttpRequest, form: BaseForm) -> None:
    """A form may be wrong only because it was sent before: what it made is no longer to be chosen,
    or bears the name already.
    """
    attempt = of(request)
    if attempt and attempt.has_made and form.errors:
        form.add_error(None, str(RepeatedAttempt(attempt)))


def has_made(actor: Actor, token: uuid.UUID) -> bool:
    """Whether this form, on whatever page, has made what it describes."""
    sent = Attempt.objects.filter(account_id=actor.account_id or 0, token=token)
    return any(attempt.has_made for attempt in sent)


def repeatable(view: V) -> V:
    """For a view that may be asked again: it only looks, or does the same again and
    nothing twice.
    """
    REPEATABLE.put(view, True)
    return view


def piecewise(view: V) -> V:
    """For a view that does many things, each in a transaction of its own, within `piece`."""
    PIECEWISE.put(view, True)
    return view


@contextmanager
def piece(request: HttpRequest, key: object) -> Iterator[bool]:
    """One thing of many, in one transaction with its attempt.

    True: it was done when the form was sent before, and is left.
    """
    sent = SENT.of(request)
    if sent is None:
        yield False
        return
    with doors.whole():
        attempt = sent.locked(f"#{key}")
        again = attempt.digest == sent.digest
        yield again
        if not again:
            _keep(attempt, sent.digest)


def anew(request: HttpRequest) -> None:
    """The page that answers this request holds another form than the one that was sent."""
    FORM_TOKEN.put(request, uuid.uuid4())


# The token in every form --------------------------------------------------------------------------


def inputs(request: HttpRequest) -> dict[str, Any]:
    """Context processor: `csrf_input` holds the token of the form too, for whoever is signed in."""
    return {"csrf_input": lazy(_inputs, SafeString, str)(request)} if _actor(request) else {}


def _inputs(request: HttpRequest) -> SafeString:
    hidden = '{}<input type="hidden" name="{}" value="{}" autocomplete="off">'
    return format_html(hidden, csrf_input(request), NAME, token_of(request))


def token_of(request: HttpRequest) -> uuid.UUID:
    """One for all forms of a page. A form that comes back refused keeps the one it came with."""
    token = FORM_TOKEN.of(request)
    if token is None:
        token = _told(request) or uuid.uuid4()
        FORM_TOKEN.put(request, token)
    return token


def _told(request: HttpRequest) -> uuid.UUID | None:
    return unfinished.token_in(request) if request.method == "POST" else None


def _actor(request: HttpRequest) -> Actor | None:
    return SIGNED_IN.of(request)


# Taking an attempt --------------------------------------------------------------------------------

Get = Callable[[HttpRequest], HttpResponse]


@dataclass(frozen=True)
class _Submission:
    """What came with the request."""

    account_id: int
    token: uuid.UUID
    path: str
    digest: str

    def locked(self, part: str = "") -> Attempt:
        """The row of this form (and part of it), locked; whoever sends it at the same moment waits
        here.
        """
        key = {"account_id": self.account_id, "token": self.token, "path": f"{self.path}{part}"}
        rows = Attempt.objects.select_for_update(no_key=True).filter(**key)
        if found := rows.first():
            return found
        Attempt.objects.bulk_create(
            [Attempt(organisation_id=tenancy.current(), **key)], ignore_conflicts=True
        )
        return rows.get()


SENT: Attribute[_Submission | None] = Attribute("sent", None)


class _Rollback(Exception):
    """What the view did is undone; its answer says why."""


class AttemptMiddleware:
    """Middleware, the innermost: each sent form is an attempt, and one transaction."""

    def __init__(self, get_response: Get) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        view = _view(request) if _told(request) else None
        if view is None or REPEATABLE.of(view):
            return self.get_response(request)
        sent = _sent(request)
        if sent is None or PIECEWISE.of(view):
            SENT.put(request, sent)
            return self.get_response(request)
        return self._taken(request, sent)

    def process_exception(self, request: HttpRequest, error: Exception) -> None:
        WAS_RAISED.put(request, True)

    def _taken(self, request: HttpRequest, sent: _Submission) -> HttpResponse:
        answers: list[HttpResponse] = []
        try:
            # The head of the audit chain is locked last, whatever else the view locks.
            with doors.whole(), audit.together():
                answers.append(self._answer(request, sent))
                if WAS_RAISED.of(request) or answers[0].status_code >= 500:
                    raise _Rollback
        except _Rollback:
            pass
        except Refusal as refusal:  # at the commit: what the view itself refuses is a page already
            return refused(request, str(refusal), refusal.status)
        return answers[0]

    def _answer(self, request: HttpRequest, sent: _Submission) -> HttpResponse:
        attempt = sent.locked()
        is_pause = unfinished.is_pause(request)
        if attempt.digest == sent.digest and not is_pause and attempt.is_settled:
            return _again(request, attempt)
        is_new = not attempt.digest
        ATTEMPT.put(request, attempt)
        with connection.execute_wrapper(_notice_writing):
            response = self.get_response(request)
        if response.status_code < 400 and transaction_hooks.queued(_WriteMark):
            attempt.location = response.headers.get("Location", "")
            _keep(attempt, sent.digest)
            if attempt.has_made or not is_pause:
                unfinished.done(sent.account_id, sent.token)
        elif is_new:
            attempt.delete()
        transaction_hooks.forget(_WriteMark)
        return response


def _keep(attempt: Attempt, digest: str) -> None:
    attempt.digest, attempt.at = digest, clock.now()
    attempt.save()


def _again(request: HttpRequest, attempt: Attempt) -> HttpResponse:
    if attempt.location:
        messages.info(request, str(SAID))
        return HttpResponseRedirect(attempt.location)
    return render(request, "flow/sent_already.html", {"sentence": SAID})


class _WriteMark(transaction_hooks.Hook):
    """Queued with a statement that writes: still there, something was done that was not rolled
    back.
    """


def _notice_writing(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
    if sql.lstrip()[:6].upper() in ("INSERT", "UPDATE", "DELETE") and not transaction_hooks.queued(
        _WriteMark
    ):
        transaction_hooks.queue(_WriteMark())
    return execute(sql, params, many, context)


def _view(request: HttpRequest) -> Any:
    """The view that answers; None where there is none, and where somebody signs in or out: those
    pages have their own ways.
    """
    try:
        view = resolve(request.path_info).func
    except Resolver404:
        return None
    return None if getattr(view, "__module__", "").startswith("allauth.") else view


def _sent(request: HttpRequest) -> _Submission | None:
    actor, token = _actor(request), _told(request)
    if actor is None or actor.account_id is None or token is None or len(request.path) > 150:
        return None
    return _Submission(actor.account_id, token, request.path, _digest(request))


def _digest(request: HttpRequest) -> str:
    """Of everything that was handed in, files by their content; reading them before the transaction
    begins.
    """
    typed = [
        [name, values]
        for name, values in request.POST.lists()
        if name not in ("csrfmiddlewaretoken", NAME)
    ]
    files = [
        [name, upload.name, upload.size, digest_of(upload)]
        for name, uploads in request.FILES.lists()
        for upload in uploads
    ]
    content = json.dumps([request.META.get("QUERY_STRING", ""), typed, files], ensure_ascii=False)
    return hashlib.sha256(content.encode("utf-8", "surrogatepass")).hexdigest()


def digest_of(upload: Any) -> str:
    digest = hashlib.sha256()
    for chunk in upload.chunks():
        digest.update(chunk)
    upload.seek(0)
    return digest.hexdigest()


def forget_old(by: Actor) -> int:
    """The night: nobody goes back to a page of last week."""
    return Attempt.objects.filter(at__lt=clock.now() - KEPT_FOR).delete()[0]
