"""Pages of inviting: choose, look at whom that means, add; guests, observers, units; taking off."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from yizheng.activities.models import Activity, Participant
from yizheng.core import attempts
from yizheng.core.form_pages import pressed, seen_in
from yizheng.core.forms import tell
from yizheng.core.refusals import BadInput, NotNow, Refusal, Wrong
from yizheng.core.views import actor_of

from .. import queries
from ..forms import MemberSelectionForm, NamedGuestForm, UnitInvitationForm
from ..services import invitations


@require_safe
def people(request: HttpRequest, pk: int) -> HttpResponse:
    """The list and, when a choice is in the address, whom it would add."""
    return _page(request, queries.organised(pk, actor_of(request)))


def _page(request: HttpRequest, activity: Activity, **bound: Any) -> HttpResponse:
    choice = bound.get("choice") or MemberSelectionForm(
        request.GET if "who" in request.GET else None, activity=activity
    )
    shown = (
        invitations.preview(activity, choice.choice())
        if choice.is_bound and choice.is_valid()
        else None
    )
    lines = queries.facts(activity)
    named = bound.get("named") or NamedGuestForm(prefix="named")
    unit = bound.get("unit") or UnitInvitationForm(prefix="unit")
    context = {
        "activity": activity,
        "lines": lines,
        "numbers": queries.numbers(lines),
        "choice": choice,
        "preview": shown,
        "named": named,
        "unit": unit,
        "asked": choice.data,
        "may_confirm": queries.may_confirm(activity),
    }
    return render(request, "attending/people.html", context, status=422 if bound else 200)


@require_POST
def add_members(request: HttpRequest, pk: int) -> HttpResponse:
    actor = actor_of(request)
    activity = queries.organised(pk, actor)
    form = MemberSelectionForm(request.POST, activity=activity)
    if not form.is_valid():
        return _page(request, activity, choice=form)
    members = invitations.chosen(activity, form.choice())
    added = invitations.add_members(activity, members, role=form.cleaned_data["role"], by=actor)
    words = ngettext("%(n)s person was added.", "%(n)s people were added.", len(added)) % {
        "n": len(added)
    }
    messages.success(request, words)
    return redirect("attending:people", pk)


@require_POST
def add_named(request: HttpRequest, pk: int) -> HttpResponse:
    actor = actor_of(request)
    activity = queries.organised(pk, actor)
    form = NamedGuestForm(request.POST, prefix="named")
    if not form.is_valid():
        return _page(request, activity, named=form)
    try:
        added = attempts.one(
            request, lambda: invitations.add_named(activity, by=actor, **form.cleaned_data)
        )
    except (BadInput, NotNow) as refused:
        _say(refused, form)
        return _page(request, activity, named=form)
    messages.success(request, _("%(name)s was added.") % {"name": added})
    return redirect("attending:people", pk)


@require_POST
def add_unit(request: HttpRequest, pk: int) -> HttpResponse:
    actor = actor_of(request)
    activity = queries.organised(pk, actor)
    form = UnitInvitationForm(request.POST, prefix="unit")
    if not form.is_valid():
        return _page(request, activity, unit=form)
    try:
        added = invitations.add_unit(activity, by=actor, **form.cleaned_data)
    except (BadInput, NotNow) as refused:
        _say(refused, form)
        return _page(request, activity, unit=form)
    messages.success(request, _("%(name)s was added.") % {"name": added})
    return redirect("attending:people", pk)


def _say(refused: Refusal, form: forms.Form) -> None:
    """At its field: the forms of the page are told apart by a prefix, which no service knows."""
    wrong = Wrong()
    for field, sentence in refused.by_field:
        wrong.when(True, sentence, form.add_prefix(field) if field else "")
    tell(wrong.refusal or refused, form)


def _participant(pk: int, request: HttpRequest) -> Participant:
    found = (
        Participant.objects.select_related("activity", "membership__person", "person", "unit")
        .filter(pk=pk)
        .first()
    )
    if found is None:
        raise Http404
    found.activity = queries.organised(found.activity_id, actor_of(request))
    return found


@require_POST
def take_off(request: HttpRequest, pk: int) -> HttpResponse:
    participant = _participant(pk, request)
    by, seen = actor_of(request), seen_in(request)
    return pressed(
        request,
        lambda: invitations.take_off(participant, by=by, seen=seen),
        said=_("%(name)s was taken off the list.") % {"name": participant},
        then=reverse("attending:people", args=[participant.activity_id]),
    )


@require_POST
def answer_for(request: HttpRequest, pk: int) -> HttpResponse:
    """What somebody told the office on the telephone."""
    participant = _participant(pk, request)
    comes, by, seen = request.POST.get("comes") == "yes", actor_of(request), seen_in(request)
    note = _("told the office")
    return pressed(
        request,
        lambda: invitations.answer(participant, comes, note=note, by=by, seen=seen),
        said=_("Noted: what %(name)s answered.") % {"name": participant},
        then=reverse("attending:people", args=[participant.activity_id]),
    )
