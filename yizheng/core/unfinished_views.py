"""What a page asks of the forms its reader has begun: keep what was typed so far, give it back,
throw it away.
"""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from yizheng.core.request_values import whole_number

from . import attempts, unfinished
from .refusals import asks_for_data
from .views import actor_of


@attempts.repeatable
@require_POST
def keep(request: HttpRequest) -> JsonResponse:
    """At a pause of typing: the page goes on under the address that finds it again.

    A pause that arrives after the form itself keeps nothing: what it describes is there.
    """
    actor, token = actor_of(request), unfinished.token_in(request)
    done = token is not None and attempts.has_made(actor, token)
    kept = None if done else unfinished.keep(request, actor)
    return JsonResponse({"address": kept.address} if kept else {})


@require_safe
def look(request: HttpRequest) -> JsonResponse:
    """What was typed into the one that is named, or into the newest of a page."""
    own = unfinished.of(actor_of(request))
    pk = whole_number(request.GET.get("unfinished", ""))
    row = (own.filter(pk=pk) if pk else own.filter(page=request.GET.get("page", ""))).first()
    if row is None:
        return JsonResponse({})
    return JsonResponse(
        {
            "values": row.typed,
            "attempt": str(row.token),
            "at": int(row.at.timestamp() * 1000),
            "address": row.address,
            "discard": reverse("core:unfinished-discard", args=[row.pk]),
        }
    )


@require_POST
def discard(request: HttpRequest, pk: int) -> HttpResponse:
    gone, _rows = unfinished.of(actor_of(request)).filter(pk=pk).delete()
    if asks_for_data(request):
        return JsonResponse({})
    if gone:
        messages.success(request, _("The draft was thrown away."))
    else:
        messages.info(request, _("This draft is not there any more."))
    return redirect("/")
