"""What no view answers: an address that leads nowhere, a form without its token, a request nobody
can read, a failure of ours. Each says what happened in the reader's language and gives back what
was typed.

The pages of failures (`_alone`) ask nothing of the database, the session or the disk.
"""

from __future__ import annotations

import logging
import sys

from django.conf import settings
from django.contrib.sessions.exceptions import SessionInterrupted
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import REASON_NO_CSRF_COOKIE
from django.template.loader import get_template
from django.urls import reverse
from django.utils import translation
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yizheng.core import missing_rows
from yizheng.core.faults import Fault, fault_of, number_of
from yizheng.core.punctuation import one_after_the_other
from yizheng.core.refusals import NotAllowed, asks_for_data, page_before, refused, typed_in

from .middleware import chosen_language

_LOG = logging.getLogger("django.request")
TOO_LARGE = Fault(
    413,
    gettext_lazy("Too large"),
    gettext_lazy(
        "What you sent is too large to be taken. Go back, shorten the text or send fewer files at "
        "once."
    ),
)
UNREADABLE = Fault(
    400,
    gettext_lazy("Not understood"),
    gettext_lazy("What your browser sent cannot be read. Go back and send it again."),
)
ENDED = Fault(
    409,
    gettext_lazy("You are signed out"),
    gettext_lazy(
        "Your session ended while this was under way: you signed out, or were signed out, in "
        "another window. Sign in again, and look whether it was done before you send it once more."
    ),
)
_TOO_MUCH = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)
RETRY_SECONDS = 30
BARE = (
    '<!doctype html><meta charset="utf-8"><title>{}</title><p data-refusal>{}</p><p>{}</p>'
    '<p><a href="/">{}</a></p>'
)
"""A page where no template can be drawn."""
FROM_ELSEWHERE = ("Origin checking failed", "Referer checking failed")
"""How Django's reasons begin where a form did not come from a page of this site."""


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return refused(request, missing_rows.not_found(request), 404)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return refused(request, str(NotAllowed()), 403)


def no_token(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form whose token is not the one the browser was given last."""
    if reason == REASON_NO_CSRF_COOKIE:
        sentence = _(
            "Your browser did not send the cookie that belongs to this form, so nothing was "
            "saved. Allow cookies for this site, open the page again and send it once more."
        )
    elif reason.startswith(FROM_ELSEWHERE):
        sentence = _(
            "The form was sent from another address than that of this site, so nothing was "
            "saved. Open this site by its own address; if you did, tell the administrator."
        )
    else:
        sentence = _(
            "This page was opened before you last signed in, so it may not be sent any more, and "
            "nothing was saved. Open the page again and send it once more."
        )
    return refused(request, sentence, 403)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    if isinstance(exception, SessionInterrupted):
        return _session_not_kept(request, exception)
    return _alone(request, TOO_LARGE if isinstance(exception, _TOO_MUCH) else UNREADABLE)


def _session_not_kept(request: HttpRequest, exception: BaseException) -> HttpResponse:
    """Django says so once the page is made: its row is gone, or cannot be written. What the page
    did may stand.
    """
    fault, cause = ENDED, exception.__context__
    while cause is not None:
        if isinstance(cause, DatabaseError) and cause.__cause__ is not None:
            fault = fault_of(cause)
        cause = cause.__context__
    answer = _alone(request, fault, may_stand=True)
    if fault is not ENDED:
        told = {"request": request}
        _LOG.error("The session was not kept: %s", request.path, exc_info=exception, extra=told)
    return answer


def failed(request: HttpRequest) -> HttpResponse:
    """Called where the error is handled, and logged right after, with the number it gets here."""
    fault = fault_of(sys.exception())
    answer = _alone(request, fault)
    if fault.status == 503:
        answer.headers["Retry-After"] = str(RETRY_SECONDS)
    return answer


def _alone(request: HttpRequest, fault: Fault, *, may_stand: bool = False) -> HttpResponse:
    """`may_stand`: nobody knows whether what was sent was done."""
    number = number_of(request)
    with translation.override(getattr(request, "LANGUAGE_CODE", None) or chosen_language(request)):
        if asks_for_data(request):
            told = {"message": _said(request, fault, may_stand), "number": number}
            return JsonResponse(told, status=fault.status)
        try:
            content = _drawn(request, fault, number, may_stand)
        except Exception:  # whatever keeps the page from being drawn, this much is said
            numbered = _(
                "Number of this failure: %(number)s. The administrator finds it in the log by "
                "this number."
            ) % {"number": number}
            said = _said(request, fault, may_stand)
            content = format_html(BARE, fault.heading, said, numbered, _("To the first page"))
        return HttpResponse(content, status=fault.status)


def _said(request: HttpRequest, fault: Fault, may_stand: bool) -> str:
    if request.method in ("GET", "HEAD") or fault is ENDED:
        return str(fault.sentence)
    if may_stand:
        return one_after_the_other(
            (fault.sentence, _("Look whether what you sent was saved before you send it again."))
        )
    return one_after_the_other((fault.sentence, _("Nothing of what you sent was saved.")))


def _drawn(request: HttpRequest, fault: Fault, number: str, may_stand: bool) -> str:
    """Without the request: what every other page asks about its reader is not asked here."""
    shell = {
        "public": True,
        "organisation_name": _("Yizheng"),
        "worker_url": reverse("worker") if settings.SERVICE_WORKER else "",
    }
    context = {
        "shell": shell,
        "fault": fault,
        "sentence": _said(request, fault, may_stand),
        "number": number,
        "typed": typed_in(request),
        "again": request.get_full_path() if request.method == "GET" else "",
        "back": "" if request.method == "GET" else page_before(request),
    }
    return get_template("portal/fault.html").render(context)
