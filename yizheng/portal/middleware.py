"""Middleware that answers a refusal with a page: a sentence that says what was refused, why, and
what to do; never a stack trace.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.urls import resolve, reverse
from django.utils import translation
from django.utils.translation import gettext as _

from yizheng.core import database_errors, missing_rows, uploads
from yizheng.core.access import SIGNED_IN
from yizheng.core.refusals import NotAllowed, Onward, Refusal, refused
from yizheng.people.ended_sessions import to_sign_in
from yizheng.regulations import NoRegulation

PUBLIC_NAMES = frozenset(
    {
        "account_login",
        "mfa_authenticate",
        "account_reauthenticate",
        "public",
        "public-detail",
        "language",
        "health",
        "manifest",
        "worker",
        "offline",
        "sign-in-scan",
        "calendar-feed",
    }
)

METHODS = ("GET", "HEAD", "POST")


def language(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Chinese, unless the reader chose otherwise.

    A browser's own language is not asked: offices' machines are set up by others. Behind the
    sign-in the account's choice takes over (`people.middleware.actor`).
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        code = chosen_language(request)
        with translation.override(code):
            request.LANGUAGE_CODE = code
            response = get_response(request)
        # An account's own language has taken over by now.
        response.headers.setdefault("Content-Language", request.LANGUAGE_CODE)
        return response

    return middleware


def chosen_language(request: HttpRequest) -> str:
    chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    return chosen if chosen in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE


class RefusalMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method not in METHODS:
            return _no_such_method(request)
        if SIGNED_IN.of(request) is None and not _is_open(request):
            return to_sign_in(request)
        response = self.get_response(request)
        return (
            _not_so(request, response) if isinstance(response, HttpResponseNotAllowed) else response
        )

    def process_view(self, request: HttpRequest, *_view: Any) -> None:
        """After the token was looked for, and thereby the whole form read."""
        uploads.require_room(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if isinstance(error, Refusal):
            onward = Onward(reverse("regulations:list"), _("To the regulations"))
            needs_one = isinstance(error, NoRegulation)
            return refused(request, str(error), error.status, onward if needs_one else None)
        if isinstance(error, PermissionDenied):
            return refused(request, str(NotAllowed()), 403)
        if isinstance(error, Http404):
            gone = missing_rows.gone(request, error)
            return refused(
                request, str(gone or missing_rows.not_found(request)), gone.status if gone else 404
            )
        if isinstance(error, database_errors.REFUSED) and (
            refusal := database_errors.refusal_of(error)
        ):
            return refused(request, str(refusal), refusal.status)
        return None


def _no_such_method(request: HttpRequest) -> HttpResponse:
    """No address takes more than these, whatever its view would do."""
    answer = HttpResponseNotAllowed(METHODS)
    if request.method == "OPTIONS":
        return HttpResponse(status=204, headers={"Allow": answer.headers["Allow"]})
    sentence = _(
        "Pages of this site are opened and forms are sent; nothing else can be asked of them, and "
        "nothing was done."
    )
    page = refused(request, sentence, answer.status_code)
    page.headers["Allow"] = answer.headers["Allow"]
    return page


def _not_so(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """An address that only takes a sent form, opened as a page (Back, a reload, signing in again):
    said, instead of an empty page.
    """
    sentence = _(
        "This address cannot be opened as a page, and nothing was done. Please go to the "
        "page where the button stands."
    )
    page = refused(request, sentence, response.status_code)
    page.headers["Allow"] = response.headers["Allow"]
    return page


def _is_open(request: HttpRequest) -> bool:
    """Pages that nobody has to sign in for; an address that leads nowhere is none of them."""
    try:
        return resolve(request.path_info).url_name in PUBLIC_NAMES
    except Http404:
        return False
