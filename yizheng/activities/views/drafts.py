"""Pages on which an activity is prepared: one form for all kinds, autosave, agenda and papers."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import partial
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from yizheng.core import doors
from yizheng.core.access import NOTHING, Actor
from yizheng.core.draft_pages import Drafts, files_form
from yizheng.core.files import attached_to
from yizheng.core.forms import told_at_fields
from yizheng.core.refusals import BadInput, NotAllowed, Refusal, StaleState
from yizheng.core.request_values import texts, whole_number
from yizheng.core.views import actor_of, seen_of
from yizheng.organisations.rules import COMMITTEE

from .. import queries, rules, services
from ..flow import ACTIVITY
from ..flow.activity import STRANGER
from ..flow.guards import PAPER
from ..forms.drafts import ActivityForm, PapersForm
from ..models import Activity, PlanItem
from ..parameters import KINDS_WITH, Form, in_force
from .detail import find

DRAFTS = Drafts(ACTIVITY, "submit_for_approval", _("Handed in for approval."), "activities", PAPER)


def _initial(activity: Activity | None) -> dict[str, Any]:
    if activity is None:
        return {"is_announced": True}
    values = {name: getattr(activity, name) for name in services.FIELDS}
    for name in ("plan_item", "venue", "learning", "committee", "sector", "group"):
        values[name] = getattr(activity, f"{name}_id")
    return {**values, "units": list(activity.units.values_list("pk", flat=True))}


def _agenda(request: HttpRequest) -> list[tuple[str, str]]:
    titles, speakers = texts(request, "agenda_title"), texts(request, "agenda_speaker")
    return list(zip(titles, [*speakers, *[""] * len(titles)], strict=False))


def _values(form: ActivityForm, request: HttpRequest) -> dict[str, Any]:
    return {**form.cleaned_data, "agenda": _agenda(request)}


def _shown(request: HttpRequest, activity: Activity | None) -> list[tuple[str, str]]:
    if request.method == "POST":
        return _agenda(request) or [("", "")]
    return (
        [(item.title, item.speaker) for item in activity.agenda.all()] if activity else [("", "")]
    )


def _require_organiser(actor: Actor) -> None:
    if rules.organise.scope(actor) == NOTHING:
        raise NotAllowed(STRANGER)


def wishes(form: Form) -> list[str]:
    """What the regulation asks of a form, one sentence each: shown when it is chosen."""
    found = [
        (form.notice_days, _("%(n)s working days' notice")),
        (form.papers_days, _("papers %(n)s working days before")),
        (form.minutes_days, _("minutes within %(n)s working days")),
    ]
    lines = [str(words) % {"n": days} for days, words in found if days]
    if form.quorum != "none":
        lines.append(gettext("a quorum is needed"))
    if form.needs_outcome:
        lines.append(gettext("an outcome is sent on"))
    if not form.is_announced:
        lines.append(gettext("not announced: for the invited only"))
    return lines


def new(request: HttpRequest) -> HttpResponse:
    """From the first save on, by hand or at a pause of typing, the draft has its own address; what
    cannot be a draft yet is kept as it was typed (`core/unfinished.py`).
    """
    actor = actor_of(request)
    _require_organiser(actor)
    form = ActivityForm(request.POST or None, initial={**_initial(None), **_asked(request, actor)})

    def save(activity: Activity, seen: int) -> Activity:
        return services.save_activity(activity, by=actor, seen=seen, **_values(form, request))

    if done := DRAFTS.created(
        request, lambda: services.create_activity(by=actor, **_values(form, request)), save, form
    ):
        return done
    return _page(request, form, None, {"agenda": _shown(request, None), "papers": []})


def _asked(request: HttpRequest, actor: Actor) -> dict[str, Any]:
    """What the address names; a topic of the plan brings its committee with it, a role over one
    committee that one.
    """
    asked: dict[str, Any] = {
        name: request.GET[name] for name in ("title", "form", "plan_item") if name in request.GET
    }
    committees = set(actor.reach(rules.organise.code).at(COMMITTEE))
    if topic := whole_number(asked.get("plan_item", "")):
        committees = set(PlanItem.objects.filter(pk=topic).values_list("committee", flat=True))
    return {**asked, "committee": committees.pop()} if len(committees) == 1 else asked


def edit(request: HttpRequest, pk: int) -> HttpResponse:
    actor, activity = actor_of(request), find(request, pk)
    if not DRAFTS.is_late(request, activity):
        queries.require_edit("save", activity, actor)
    form = ActivityForm(request.POST or None, activity=activity, initial=_initial(activity))
    if done := DRAFTS.saved(request, activity, lambda: _save(request, activity, form, actor), form):
        return done
    version = DRAFTS.version(request, activity, form)
    context = {
        "agenda": _shown(request, activity),
        "papers": list(attached_to(activity, PAPER)),
        "version": version,
        "may_discard": queries.may_discard(activity),
    }
    return _page(request, form, activity, context)


def _page(
    request: HttpRequest, form: ActivityForm, activity: Activity | None, context: Mapping[str, Any]
) -> HttpResponse:
    parameters = in_force()
    shared: dict[str, Any] = {
        "kinds_of_forms": json.dumps({form.code: form.kind for form in parameters.forms}),
        **{name: " ".join(kinds) for name, kinds in KINDS_WITH.items()},
        "form": form,
        "activity": activity,
        "files": files_form(request, PapersForm),
        "hints": [(f, wishes(f)) for f in parameters.forms],
        "hand_in": ACTIVITY.steps["submit_for_approval"].label,
    }
    return render(
        request, "activities/draft.html", {**shared, **context}, status=DRAFTS.status(form)
    )


def _save(request: HttpRequest, activity: Activity, form: ActivityForm, actor: Actor) -> Activity:
    return services.save_activity(
        activity, by=actor, seen=seen_of(request), **_values(form, request)
    )


@require_POST
def autosave(request: HttpRequest, pk: int) -> JsonResponse:
    actor, activity = actor_of(request), find(request, pk)
    doors.require(actor, rules.organise, activity, STRANGER)
    form = ActivityForm(request.POST, activity=activity)
    return DRAFTS.autosaved(form, lambda: _save(request, activity, form, actor))


def agenda(request: HttpRequest, pk: int) -> HttpResponse:
    """Agenda and papers of what is approved already: they are put in order until the minutes are
    recorded.
    """
    actor, activity = actor_of(request), find(request, pk)
    queries.require_edit("agenda", activity, actor)
    refusal: Refusal | None = None
    if request.method == "POST":
        try:
            with transaction.atomic():
                services.set_agenda(activity, _agenda(request), by=actor, seen=seen_of(request))
                DRAFTS.attach_all(request, activity)
        except Refusal as refused:
            refusal = told_at_fields(refused, files_form(request, PapersForm))
            activity.refresh_from_db()
        else:
            messages.success(request, gettext("Saved."))
            return redirect("activities:detail", activity.pk)
    files = files_form(request, PapersForm)
    context = {
        "activity": activity,
        "agenda": _shown(request, activity),
        "papers": list(attached_to(activity, PAPER)),
        "files": files,
        "refusal": refusal or "",
        "version": _version(request, activity, refusal),
    }
    status = refusal.status if refusal else BadInput.status if files.errors else 200
    return render(request, "activities/agenda.html", context, status=status)


def _version(request: HttpRequest, activity: Activity, refusal: Refusal | None) -> int:
    """From which version the page goes on: only who was told that somebody was quicker sees it
    anew.
    """
    seen = seen_of(request)
    return activity.version if seen is None or isinstance(refusal, StaleState) else seen


@require_POST
def detach(request: HttpRequest, pk: int, file: int) -> HttpResponse:
    actor, activity = actor_of(request), find(request, pk)
    if name := services.take_paper_off(activity, file, by=actor, seen=seen_of(request)):
        messages.success(request, gettext("“%(name)s” was removed.") % {"name": name})
    return redirect(
        f"activities:{'edit' if queries.may_be_edited('save', activity) else 'agenda'}", pk
    )


@require_POST
def discard(request: HttpRequest, pk: int) -> HttpResponse:
    return DRAFTS.discarded(
        request, partial(services.discard, seen=seen_of(request)), find(request, pk)
    )
