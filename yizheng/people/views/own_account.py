"""Pages of one's own account: settings, own data, devices; and the page of a locked account."""

from __future__ import annotations

import json
import math
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from allauth.usersessions.models import UserSession
from allauth.usersessions.views import ListUserSessionsView
from axes.helpers import get_cool_off
from axes.models import AccessAttempt
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from yizheng.core import audit, concurrent_changes
from yizheng.core.form_pages import seen_in
from yizheng.core.refusals import BadInput, StaleState
from yizheng.core.views import actor_of
from yizheng.documents.downloads import attachment

from ..backends import lockout_name
from ..forms.own_account import SettingsForm
from ..models import Account
from ..queries import grants_of, own_record, permission_words
from ..services import accounts


@never_cache
def locked_out(
    request: HttpRequest,
    _response: HttpResponse | None = None,
    credentials: dict[str, Any] | None = None,
) -> HttpResponse:
    """After five failures: says that it rests, and until when; never whether the name exists."""
    rest = get_cool_off(request)
    last = (
        AccessAttempt.objects.filter(username=lockout_name(request, credentials))
        .order_by("-attempt_time")
        .first()
    )
    ends = (last.attempt_time if last else timezone.now()) + rest
    minutes = max(1, math.ceil((ends - timezone.now()).total_seconds() / 60))
    return render(request, "people/locked.html", {"ends": ends, "minutes": minutes}, status=429)


def _account(request: HttpRequest) -> Account:
    actor_of(request)
    assert isinstance(request.user, Account)
    return request.user


def settings_page(request: HttpRequest) -> HttpResponse:
    """Language, type size, phone; own roles in words; where the other pages of the account are."""
    account = _account(request)
    initial = {
        "language": account.language,
        "elder_mode": account.elder_mode,
        "phone": account.phone,
    }
    form = SettingsForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            accounts.change_settings(
                account, by=actor_of(request), seen=seen_in(request), **form.cleaned_data
            )
        except (BadInput, StaleState) as refused:
            concurrent_changes.explain(form, refused, request.get_full_path())
        else:
            messages.success(request, _("Your settings are saved."))
            return redirect("people:me")
    context = {
        "form": form,
        "account": account,
        "seen": _shown(request, account, form),
        "grants": [(grant, permission_words(grant.role)) for grant in grants_of(account)],
        "second_factor": is_mfa_enabled(account, [Authenticator.Type.TOTP]),
        "devices": UserSession.objects.filter(user=account).count(),
        "memberships": account.person.memberships.select_related(
            "term", "sector", "committee", "group"
        ),
    }
    return render(request, "people/my_account.html", context, status=422 if form.errors else 200)


def _shown(request: HttpRequest, account: Account, form: SettingsForm) -> str:
    """As the page was drawn; who was told that it changed has read it."""
    return (
        account.seen
        if not form.is_bound or concurrent_changes.was_told(form)
        else seen_in(request) or ""
    )


@never_cache
def own_data(request: HttpRequest) -> HttpResponse:
    """A copy of what is kept about oneself, as the law on personal information grants it."""
    account = _account(request)
    audit.record("account.own_data_taken", by=actor_of(request), of=account)
    text = json.dumps(own_record(account), ensure_ascii=False, indent=2, default=str)
    return attachment(text, "my-data.json", "application/json; charset=utf-8")


class Devices(ListUserSessionsView):
    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        context["devices"] = [
            (session, device(session.user_agent)) for session in reversed(context["sessions"])
        ]
        return context


_SYSTEMS = ("HarmonyOS", "Android", "iPhone", "iPad", "Windows", "Mac OS X", "Linux")
_BROWSERS = {
    "MicroMessenger": "WeChat",
    "Edg/": "Edge",
    "Firefox/": "Firefox",
    "Chrome/": "Chrome",
    "Safari/": "Safari",
}


def device(user_agent: str) -> str:
    """What a person would call it: the browser and the system."""
    browser = next((name for sign, name in _BROWSERS.items() if sign in user_agent), "")
    system = next((name for name in _SYSTEMS if name in user_agent), "")
    return " · ".join(filter(None, (browser, system))) or _("unknown device")


@require_POST
def end_device(request: HttpRequest, pk: int) -> HttpResponse:
    account = _account(request)
    session = get_object_or_404(UserSession, pk=pk, user=account)
    if session.session_key == request.session.session_key:
        raise Http404
    accounts.end_own_session(session, by=actor_of(request))
    messages.success(request, _("That device is signed out."))
    return redirect("usersessions_list")
