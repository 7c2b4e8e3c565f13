"""Pages of notices: the inbox, opening a notice, choosing what to be told."""

from __future__ import annotations

from functools import partial

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from yizheng.core import attempts
from yizheng.core.access import Actor
from yizheng.core.form_pages import pressed, seen_in
from yizheng.core.paging import page_of
from yizheng.core.views import actor_of

from . import queries, services
from .models import Notice
from .notice_kinds import kinds

PAGE_SIZE = 30
"""A notice takes several lines."""


def _account(actor: Actor) -> int:
    if actor.account_id is None:
        raise Http404
    return actor.account_id


@require_safe
def inbox(request: HttpRequest) -> HttpResponse:
    account = _account(actor_of(request))
    page = page_of(request, queries.inbox(account), PAGE_SIZE)
    return render(request, "notices/inbox.html", {"page": page, "unread": queries.unread(account)})


@attempts.repeatable
@require_POST
def read(request: HttpRequest, pk: int) -> HttpResponse:
    """Open a notice: it is read, and one stands before what it is about."""
    account = _account(actor_of(request))
    notice = Notice.objects.filter(pk=pk, account=account).first()
    if notice is None:
        raise Http404
    services.mark_read(account, pk)
    inside = url_has_allowed_host_and_scheme(notice.url, allowed_hosts=None)
    go = "only" not in request.POST and notice.url and inside
    return redirect(notice.url if go else reverse("notices:inbox"))


@attempts.repeatable
@require_POST
def read_all(request: HttpRequest) -> HttpResponse:
    services.mark_read(_account(actor_of(request)))
    return redirect("notices:inbox")


@require_http_methods(["GET", "HEAD", "POST"])
def preferences(request: HttpRequest) -> HttpResponse:
    """What is ticked is told.

    Kinds the law wants told stand in the list, and cannot be taken out.
    """
    actor = actor_of(request)
    known = kinds()
    if request.method == "POST":
        wanted = set(request.POST.getlist("kind"))
        change = partial(
            services.mute_only, actor, {kind.code for kind in known} - wanted, seen=seen_in(request)
        )
        return pressed(
            request,
            change,
            said=_("Saved. It holds for what happens from now on."),
            then=reverse("notices:preferences"),
        )
    groups: dict[str, list[object]] = {}
    for kind in known:
        groups.setdefault(str(kind.flow), []).append(kind)
    muted = queries.muted(_account(actor))
    return render(
        request,
        "notices/preferences.html",
        {"groups": groups, "muted": muted, "seen": services.mark_of(muted)},
    )
