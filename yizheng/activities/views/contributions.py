"""Pages of contributions: a member offers, the office records; one contribution with its text and
stages.
"""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext, pgettext
from django.views.decorators.http import require_safe

from yizheng.core import attempts, audit, doors
from yizheng.core.access import Actor
from yizheng.core.case_display import actions_for, timeline
from yizheng.core.files import attach, attached_to
from yizheng.core.forms import tell
from yizheng.core.refusals import NotAllowed, Refusal
from yizheng.core.views import actor_of
from yizheng.core.views import find as find_any

from .. import queries, rules, services
from ..flow import CONTRIBUTION
from ..flow.activity import STRANGER
from ..flow.guards import takes_offers
from ..forms.records import ContributionOfferForm, ContributionRecordForm
from ..models import Contribution
from .detail import find


def _take(
    request: HttpRequest, form: ContributionOfferForm, write: Any, actor: Actor
) -> Contribution | None:
    """Write it with its file, or leave the refusal with the form."""
    values = dict(form.cleaned_data)
    upload = values.pop("file", None)
    try:
        with transaction.atomic():
            made: Contribution = attempts.one(request, lambda: write(values))
            if upload:
                attach(upload, upload.name, to=made, by=actor)
    except Refusal as refused:
        tell(refused, form)
        return None
    return made


def offer(request: HttpRequest, pk: int) -> HttpResponse:
    actor, activity = actor_of(request), find(request, pk)
    if not actor.membership_ids:
        raise NotAllowed(gettext("Only members offer contributions."))
    form = ContributionOfferForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        made = _take(
            request,
            form,
            lambda values: services.offer_contribution(activity, by=actor, **values),
            actor,
        )
        if made:
            messages.success(request, gettext("Offered. You are told what becomes of it."))
            return redirect("activities:contribution", made.pk)
    words = activity.call_words if takes_offers(activity) else ""
    context = {
        "form": form,
        "activity": activity,
        "heading": gettext("Offer a contribution"),
        "intro": words,
        "key": f"offer-{pk}",
    }
    return render(request, "activities/write.html", context, status=422 if form.errors else 200)


def record(request: HttpRequest, pk: int) -> HttpResponse:
    actor, activity = actor_of(request), find(request, pk)
    doors.require(actor, rules.organise, activity, STRANGER)
    form = ContributionRecordForm(request.POST or None, request.FILES or None, activity=activity)
    if request.method == "POST" and form.is_valid():
        made = _take(
            request,
            form,
            lambda values: services.record_contribution(activity, by=actor, **values),
            actor,
        )
        if made:
            messages.success(request, gettext("Saved."))
            return redirect("activities:detail", activity.pk)
    context = {
        "form": form,
        "activity": activity,
        "heading": gettext("Record a contribution"),
        "key": f"contribution-{pk}",
    }
    return render(request, "activities/write.html", context, status=422 if form.errors else 200)


@require_safe
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    actor = actor_of(request)
    found: Contribution = find_any(CONTRIBUTION, pk, actor)
    state = CONTRIBUTION.state_of(found)
    pen = {
        "seals": CONTRIBUTION.seals_of(found),
        "holder": queries.holder_of(CONTRIBUTION, found) or str(state.label),
        "holder_label": gettext("How it ended") if state.ends else "",
        "holding": state.holding if state.holder else "",
        "actions": actions_for(CONTRIBUTION.offers(found, actor)),
    }
    facts = [
        (gettext("Who speaks"), queries.speaker_of(found)),
        (gettext("Post"), found.speaker_post),
        (gettext("Kind"), queries.label_of("contributions", found.kind)),
        (gettext("Place in the list"), str(found.position or "")),
        (gettext("Minutes to speak"), str(found.minutes or "")),
        (gettext("Note of the decision"), found.decision_note),
        (pgettext("contribution", "Given on"), found.given_on),
    ]
    context = {
        "contribution": found,
        "activity": found.activity,
        "state": state,
        "pen": pen,
        "facts": facts,
        "attachments": list(attached_to(found)),
        "timeline": timeline(list(audit.history(found)), "member"),
        "sees_activity": rules.may_read(rules.visible_activities)(actor, found.activity),
    }
    return render(request, "activities/contribution.html", context)
