"""Pages of outcomes: written with autosave, signed, sent, answered; their papers in Word."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext, override
from django.views.decorators.http import require_POST, require_safe

from yizheng.core import attempts, audit, concurrent_changes, panels
from yizheng.core.case_display import Action, actions_for, timeline
from yizheng.core.files import attached_to
from yizheng.core.forms import tell
from yizheng.core.refusals import BadInput, NotAllowed, Refusal
from yizheng.core.views import actor_of, seen_of
from yizheng.core.views import find as find_any
from yizheng.documents import downloads

from .. import documents, queries, rules, services
from ..enums import OutcomeRecipient
from ..flow import OUTCOME
from ..forms.records import OutcomeForm
from ..models import Outcome
from .detail import find
from .suggestions import organised


def write(request: HttpRequest, pk: int) -> HttpResponse:
    actor, activity = organised(request, pk)
    form = OutcomeForm(
        request.POST or None,
        initial={"text": activity.results, "recipient": OutcomeRecipient.GOVERNMENT},
    )
    if request.method == "POST" and form.is_valid():
        try:
            made = attempts.one(
                request, lambda: services.draft_outcome(activity, by=actor, **form.cleaned_data)
            )
        except Refusal as refused:
            tell(refused, form)
        else:
            messages.success(request, gettext("Saved."))
            return redirect("activities:outcome", made.pk)
    context = {
        "form": form,
        "activity": activity,
        "heading": gettext("Write an outcome"),
        "key": f"outcome-of-{pk}",
    }
    return render(request, "activities/write.html", context, status=422 if form.errors else 200)


def _draft(request: HttpRequest, pk: int) -> Outcome:
    actor = actor_of(request)
    found: Outcome = find_any(OUTCOME, pk, actor)
    queries.require_edit("save", found, actor)
    return found


def edit(request: HttpRequest, pk: int) -> HttpResponse:
    found = _draft(request, pk)
    initial = {name: getattr(found, name) for name in ("kind", "title", "recipient", "text")} | {
        "unit": found.unit_id
    }
    form = OutcomeForm(request.POST or None, outcome=found, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            _save(request, found, form)
        except Refusal as refused:
            concurrent_changes.explain(form, refused, OUTCOME.url(found))
        else:
            messages.success(request, gettext("Saved."))
            return redirect("activities:outcome", pk)
    version = concurrent_changes.onward(form, found, seen_of(request))
    context = {
        "form": form,
        "activity": found.activity,
        "outcome": found,
        "version": version,
        "heading": gettext("Write an outcome"),
    }
    return render(request, "activities/write.html", context, status=422 if form.errors else 200)


def _save(request: HttpRequest, found: Outcome, form: OutcomeForm) -> Outcome:
    return services.save_outcome(
        found, by=actor_of(request), seen=seen_of(request), **form.cleaned_data
    )


@require_POST
def autosave(request: HttpRequest, pk: int) -> JsonResponse:
    found = _draft(request, pk)
    form = OutcomeForm(request.POST, outcome=found)
    if not form.is_valid():
        raise BadInput(gettext("Not saved yet: something is to be put right first."))
    return JsonResponse({"version": _save(request, found, form).version})


@require_safe
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    actor = actor_of(request)
    found: Outcome = find_any(OUTCOME, pk, actor)
    state = OUTCOME.state_of(found)
    writing = (
        [Action(gettext("Edit"), queries.address("outcome-edit", found.pk))]
        if queries.may_edit("save", found, actor)
        else []
    )
    pen = {
        "seals": OUTCOME.seals_of(found),
        "holder": queries.holder_of(OUTCOME, found) or str(state.label),
        "holder_label": gettext("How it ended") if state.ends else "",
        "holding": state.holding if state.holder else "",
        "due": queries.due_for(OUTCOME, found),
        "actions": [*writing, *actions_for(OUTCOME.offers(found, actor))],
    }
    context = {
        "outcome": found,
        "activity": found.activity,
        "state": state,
        "pen": pen,
        "facts": _facts(found),
        "answer_facts": _answer_facts(found),
        "answer_papers": list(attached_to(found, "answer")),
        "panels": panels.on("outcome", actor, found),
        "timeline": timeline(list(audit.history(found))),
    }
    return render(request, "activities/outcome.html", context)


def _facts(found: Outcome) -> list[tuple[str, Any]]:
    return [
        (gettext("Kind"), queries.label_of("outcomes", found.kind)),
        (gettext("Number"), found.number),
        (gettext("Sent to"), queries.answering(found)),
        (gettext("Signed by"), found.signed_by),
        (gettext("Sent on"), found.sent_on),
        (gettext("Given up because"), found.dropped_because),
    ]


def _answer_facts(found: Outcome) -> list[tuple[str, Any]]:
    if not found.answered_on and not found.effect:
        return []
    return [
        (gettext("Decision"), str(found.get_adoption_display()) if found.answered_on else ""),
        (gettext("Answered on"), found.answered_on),
        (gettext("What is answered"), found.answer),
        (gettext("What came of the outcome"), found.effect),
    ]


@require_safe
def paper(request: HttpRequest, pk: int) -> HttpResponse:
    """The outcome in the official layout."""
    actor = actor_of(request)
    found: Outcome = find_any(OUTCOME, pk, actor)
    with override("zh-hans"):
        content = documents.outcome_paper(found)
    audit.record(
        "paper.read", by=actor, of=found, detail={"kind": "outcome", "number": found.number}
    )
    return downloads.word(content, f"{found.number or found.title}.docx")


@require_safe
def activity_paper(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """Notice or minutes of an activity; its members read them once they are out."""
    actor, activity = actor_of(request), find(request, pk)
    if not rules.is_concerned(actor, activity):
        raise NotAllowed(gettext("The papers are open to those concerned only."))
    if kind not in {entry["kind"] for entry in queries.documents_of(activity)}:
        raise Http404
    name, make = documents.PAPERS[kind]
    with override("zh-hans"):
        content = make(activity)
    audit.record("paper.read", by=actor, of=activity, detail={"kind": kind})
    return downloads.word(content, f"{activity.title}{name}.docx")
