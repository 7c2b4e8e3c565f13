"""The calendar page, and the secret address of one's own feed."""

from __future__ import annotations

import datetime as dt

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from yizheng.activities.models import Activity, Participant
from yizheng.activities.queries import words_in_force
from yizheng.activities.rules import is_invited
from yizheng.core.views import actor_of
from yizheng.documents.downloads import inline
from yizheng.people.models import Account

from .. import calendars
from ..services import calendar_feeds


@require_safe
def calendar(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    first = calendars.read_month(request.GET.get("month", ""))
    begin, after = calendars.span_of(first)
    known = words_in_force()
    mine = request.GET.get("mine") == "1"
    found = list(calendars.within(actor, begin, after, kind=request.GET.get("kind", ""), mine=mine))
    in_month = [a for a in found if _touches(a, first)]
    account = request.user
    feed = calendars.feed_of(account) if isinstance(account, Account) else None
    answers = dict(
        Participant.objects.filter(is_invited.scope(actor), activity__in=found).values_list(
            "activity", "answer"
        )
    )
    context = {
        "first": first,
        "weeks": calendars.month_grid(first, found),
        "listed": [(a, a.pk in answers, a.form) for a in in_month],
        "before": calendars.beside(first, -1),
        "next": calendars.beside(first, 1),
        "mine": mine,
        "count": len(in_month),
        "kinds": known.kinds if known else (),
        "kind": request.GET.get("kind", ""),
        "as_list": request.GET.get("view") == "list",
        "feed": request.build_absolute_uri(reverse("attending:calendar-feed", args=[feed.token]))
        if feed
        else "",
    }
    return render(request, "attending/calendar.html", context)


def _touches(activity: Activity, first: dt.date) -> bool:
    last = calendars.read_month(calendars.beside(first, 1)) - dt.timedelta(days=1)
    return (
        timezone.localdate(activity.starts_at) <= last
        and timezone.localdate(activity.ends_at) >= first
    )


@require_POST
def renew(request: HttpRequest) -> HttpResponse:
    calendar_feeds.renew(actor_of(request))
    messages.success(
        request,
        _("A new secret address was made. An address made before answers nothing any more."),
    )
    return redirect(f"{reverse('attending:calendar')}#feed")


@require_POST
def revoke(request: HttpRequest) -> HttpResponse:
    calendar_feeds.revoke(actor_of(request))
    messages.success(request, _("The secret address was revoked; it answers nothing any more."))
    return redirect(f"{reverse('attending:calendar')}#feed")


@require_safe
def feed(request: HttpRequest, token: str) -> HttpResponse:
    """Read by calendars without signing in: the address is the secret, and shows what its account
    may see today.
    """
    account = calendars.subscriber(token)
    if account is None:
        raise Http404
    content = calendars.ics(
        account,
        request.build_absolute_uri(reverse("activities:list")),
        request.get_host().partition(":")[0],
    )
    response = inline(content, "activities.ics", "text/calendar; charset=utf-8")
    response["Cache-Control"] = "private, no-store"
    response["X-Robots-Tag"] = "noindex"
    return response
