"""Who was signed out meanwhile: a page opens again after the sign-in, and a form that was sent is
given back, so that no written word is lost.
"""

from __future__ import annotations

from urllib.parse import urlencode, urlsplit

from django.contrib.auth import REDIRECT_FIELD_NAME
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django_htmx.http import HttpResponseClientRedirect

from yizheng.core.refusals import Onward, asks_for_data, page_before, refused


def to_sign_in(request: HttpRequest) -> HttpResponse:
    if request.headers.get("HX-Request"):
        return HttpResponseClientRedirect(_sign_in())
    if request.method != "POST":
        return redirect(_sign_in(request.get_full_path()))
    if asks_for_data(request) or request.path == reverse("account_logout"):
        return redirect(_sign_in())
    sentence = _(
        "You are signed out, because nothing was done for a while or because you signed out "
        "elsewhere. What you sent now was not taken: sign in again and send it once more. What the "
        "page had saved by itself before is still there."
    )
    before = urlsplit(page_before(request))
    back = f"{before.path}?{before.query}" if before.query else before.path
    return refused(request, sentence, 401, Onward(_sign_in(back), _("Sign in")))


def _sign_in(back: str = "") -> str:
    """Its address, and where one goes from there. An address that only takes forms is no page to
    come back to, and neither is a part of a page.
    """
    address = reverse("account_login")
    return f"{address}?{urlencode({REDIRECT_FIELD_NAME: back}, safe='/')}" if back else address
