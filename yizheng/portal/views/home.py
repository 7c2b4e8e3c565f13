"""Pages of home for every role and of the public site, and the small switches of the shell."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from yizheng.core import attempts, clock, paging, panels, tenancy, unfinished
from yizheng.core.access import Actor
from yizheng.core.request_values import way_on
from yizheng.core.views import actor_of
from yizheng.organisations.models import Organisation
from yizheng.organisations.queries import current_session
from yizheng.people.models import Account
from yizheng.people.seats import with_sector
from yizheng.people.services.accounts import change_settings
from yizheng.proposals.case_rows import for_list, rows
from yizheng.proposals.models import Proposal
from yizheng.proposals.public_cases import card_of, case_of
from yizheng.proposals.queries import DAY_OF_IT, published, visible_to
from yizheng.proposals.rules import enter
from yizheng.proposals.views.listing import may_write

from ..context_processors import PUBLIC_ORGANISATION
from ..queries.home_board import board_for
from ..queries.todos import waiting_for


def home(request: HttpRequest) -> HttpResponse:
    """What waits for me; beside it what a role looks at every day."""
    actor = actor_of(request)
    today = clock.today()
    session = current_session(today)
    context: dict[str, Any] = {
        "waiting": waiting_for(actor, today),
        "today": today,
        "session": session,
        "days_since": (today - session.closes_on).days
        if session and session.closes_on < today
        else None,
        "mine": _mine(actor),
        "unfinished": list(unfinished.of(actor).defer("typed")),
        "board": board_for(actor, session),
        "may_write": may_write(actor),
        "for_office": enter.allows(actor, None),
        "panels": panels.on("home", actor, session),
    }
    return render(request, "portal/home.html", context)


def _mine(actor: Actor) -> list[Any]:
    """A member's own proposals, newest first."""
    if not actor.membership_ids:
        return []
    own = visible_to(actor).filter(
        Q(proposer__in=actor.membership_ids) | Q(cosignatures__membership__in=actor.membership_ids)
    )
    return rows(for_list(own.distinct())[:6], actor)


# The public site ----------------------------------------------------------------------------------

CARDS = 20
"""A card is several lines, read on a telephone."""


def public(request: HttpRequest, code: str) -> HttpResponse:
    """Published proposals of a committee: name and sector of the proposer, no phone,
    nothing else.
    """
    organisation = get_object_or_404(Organisation, code=code)
    PUBLIC_ORGANISATION.put(request, organisation)
    words = request.GET.get("q", "").strip()[:40]
    with tenancy.scope(organisation):
        found = with_sector(published(organisation.pk), DAY_OF_IT, "proposer")
        found = found.select_related("proposer__person", "session__term")
        if words:
            found = found.filter(Q(title__icontains=words) | Q(case_number__icontains=words))
        page = paging.page_of(request, found.order_by("-published_at"), CARDS)
        cards = [card_of(proposal) for proposal in page.object_list]
        context = {
            "organisation": organisation,
            "page": page,
            "cards": cards,
            "words": words,
            "params": request.GET,
            "count": page.paginator.count,
        }
        return render(request, "portal/public.html", context)


def public_detail(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """One published proposal with its reply and how its promises stand; anything else
    is not there.
    """
    organisation = get_object_or_404(Organisation, code=code)
    PUBLIC_ORGANISATION.put(request, organisation)
    with tenancy.scope(organisation):
        proposal: Proposal | None = (
            published(organisation.pk)
            .select_related("proposer__person", "proposer__sector", "session__term", "organisation")
            .filter(pk=pk)
            .first()
        )
        if proposal is None:
            raise Http404
        context = {"organisation": organisation, "case": case_of(proposal)}
        return render(request, "portal/public_detail.html", context)


# Switches -----------------------------------------------------------------------------------------


@attempts.repeatable
@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Change the language: kept with the account, or in a cookie for the public."""
    code = request.POST.get("language", "")
    response = redirect(way_on(request, "/"))
    if code in dict(settings.LANGUAGES):
        if isinstance(request.user, Account):
            change_settings(request.user, by=actor_of(request), language=code)
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME, code, samesite="Lax", secure=settings.HTTPS
        )
    return response


@attempts.repeatable
@require_POST
def elder(request: HttpRequest) -> HttpResponse:
    """Large type, on or off."""
    if isinstance(request.user, Account):
        change_settings(
            request.user, by=actor_of(request), elder_mode=request.POST.get("elder") == "1"
        )
    return redirect(way_on(request, "/"))


def health(request: HttpRequest) -> JsonResponse:
    """For whoever watches over the server: it answers and its database answers."""
    Organisation.objects.exists()
    return JsonResponse({"ok": True})
