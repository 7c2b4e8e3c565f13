"""Pages of suggestions made at an activity, and of its measured results."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from yizheng.core import attempts, audit, concurrent_changes, doors
from yizheng.core.access import Actor
from yizheng.core.case_display import actions_for, timeline
from yizheng.core.forms import tell
from yizheng.core.refusals import Refusal
from yizheng.core.views import actor_of, seen_of
from yizheng.core.views import find as find_any

from .. import queries, rules, services
from ..enums import SuggestionState
from ..flow import SUGGESTION
from ..flow.activity import STRANGER
from ..forms.records import MeasuredResultForm, SuggestionForm
from ..models import Activity, ActivitySuggestion
from .detail import find


def organised(request: HttpRequest, pk: int) -> tuple[Actor, Activity]:
    actor, activity = actor_of(request), find(request, pk)
    doors.require(actor, rules.organise, activity, STRANGER)
    return actor, activity


def note(request: HttpRequest, pk: int) -> HttpResponse:
    actor, activity = organised(request, pk)
    form = SuggestionForm(request.POST or None, activity=activity)
    if request.method == "POST" and form.is_valid():
        try:
            made = attempts.one(
                request, lambda: services.add_suggestion(activity, by=actor, **form.cleaned_data)
            )
        except Refusal as refused:
            tell(refused, form)
        else:
            messages.success(request, gettext("Noted as suggestion %(n)s.") % {"n": made.number})
            return redirect(
                "activities:note-suggestion" if "another" in request.POST else "activities:detail",
                activity.pk,
            )
    context = {
        "form": form,
        "activity": activity,
        "heading": gettext("Note a suggestion"),
        "another": True,
        "key": f"suggestion-{pk}",
    }
    return render(request, "activities/write.html", context, status=422 if form.errors else 200)


def _untold(suggestion: ActivitySuggestion) -> str:
    """Its day, where a list brought in says that it was decided and not when."""
    decided = suggestion.state in SuggestionState.of("decided")
    return gettext("not recorded") if decided else ""


@require_safe
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    actor = actor_of(request)
    found: ActivitySuggestion = find_any(SUGGESTION, pk, actor)
    state = SUGGESTION.state_of(found)
    pen = {
        "seals": SUGGESTION.seals_of(found),
        "holder": queries.holder_of(SUGGESTION, found) or str(state.label),
        "holder_label": gettext("How it ended") if state.ends else "",
        "holding": state.holding if state.holder else "",
        "due": queries.due_for(SUGGESTION, found),
        "actions": actions_for(SUGGESTION.offers(found, actor)),
    }
    facts = [
        (gettext("Made by"), str(found.membership or found.made_by)),
        (gettext("Unit concerned"), str(found.unit or "")),
        (gettext("What is answered"), found.answer),
        (gettext("Decided on"), found.decided_on or _untold(found)),
    ]
    context = {
        "suggestion": found,
        "activity": found.activity,
        "state": state,
        "pen": pen,
        "facts": facts,
        "promise": queries.promise_of(actor, found),
        "timeline": timeline(list(audit.history(found))),
    }
    return render(request, "activities/suggestion.html", context)


def measured(request: HttpRequest, pk: int) -> HttpResponse:
    actor, activity = actor_of(request), find(request, pk)
    queries.require_edit("measured", activity, actor)
    form = MeasuredResultForm(request.POST or None, activity=activity)
    if request.method == "POST" and form.is_valid():
        try:
            services.set_measured(activity, form.values, by=actor, seen=seen_of(request))
        except Refusal as refused:
            concurrent_changes.explain(form, refused, request.get_full_path())
        else:
            messages.success(request, gettext("Saved."))
            return redirect("activities:detail", activity.pk)
    version = concurrent_changes.onward(form, activity, seen_of(request))
    return render(
        request,
        "activities/measured.html",
        {"form": form, "activity": activity, "version": version},
        status=422 if form.errors else 200,
    )
