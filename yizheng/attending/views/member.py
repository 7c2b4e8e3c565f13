"""A member's own page of an activity: comes or not, leave, own code.

One tap each, made for a telephone.
"""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from yizheng.activities.models import Activity, Participant
from yizheng.activities.rules import is_invited, organise
from yizheng.core import audit, clock
from yizheng.core.access import Actor
from yizheng.core.case_display import actions_for, timeline
from yizheng.core.form_pages import pressed, seen_in
from yizheng.core.forms import told_at_fields
from yizheng.core.refusals import NotAllowed, Refusal
from yizheng.core.request_values import whole_number
from yizheng.core.views import actor_of, find

from .. import leave_limits, qr_codes, queries, sign_in_codes
from ..flow import LEAVE
from ..forms import LeaveRequestForm
from ..models import Leave
from ..services import invitations, sign_in


def _mine(pk: int, actor: Actor) -> Participant:
    activity = queries.activity_for(pk, actor)
    mine = queries.own_participation(activity, actor)
    if mine is None:
        raise NotAllowed(_("You are not invited to this activity."))
    mine.activity = activity
    return mine


@require_safe
def attend(request: HttpRequest, pk: int) -> HttpResponse:
    actor = actor_of(request)
    mine = _mine(pk, actor)
    attended = {row.sitting_id: row for row in mine.attendances.all()}
    leave: Leave | None = getattr(mine, "leave", None)
    context: dict[str, Any] = {
        "mine": mine,
        "activity": mine.activity,
        "leave": leave,
        "is_own": is_invited.allows(actor, mine),
        "sittings": [
            (sitting, attended.get(sitting.pk)) for sitting in mine.activity.sittings.all()
        ],
        "is_over": clock.now() > mine.activity.ends_at,
    }
    if leave:
        context["leave_state"] = LEAVE.state_of(leave)
    return render(request, "attending/attend.html", context)


@require_POST
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    actor = actor_of(request)
    mine, comes, seen = _mine(pk, actor), request.POST.get("comes") == "yes", seen_in(request)
    cannot = _("You said that you cannot come. If the rules ask for it, ask for leave as well.")
    return pressed(
        request,
        lambda: invitations.answer(mine, comes, by=actor, seen=seen),
        said=_("You said that you come.") if comes else cannot,
        then=reverse("attending:attend", args=[mine.activity_id]),
    )


def ask_leave(request: HttpRequest, pk: int) -> HttpResponse:
    """`pk` is the activity for oneself; the organiser names the participant by ?for=."""
    actor = actor_of(request)
    participant = _for_whom(request, pk, actor)
    if existing := Leave.objects.filter(participant=participant).first():
        return redirect(LEAVE.url(existing))
    form = LeaveRequestForm(request.POST or None, obj=participant.activity, actor=actor)
    refusal: Refusal | None = None
    if request.method == "POST" and form.is_valid():
        try:
            leave = invitations.ask_leave(participant, by=actor, **form.cleaned_data)
        except Refusal as refused:
            refusal = refused
        else:
            messages.success(request, _("Leave was asked for. You will be told what is decided."))
            return redirect(LEAVE.url(leave))
    limit = leave_limits.rules_for(participant.activity).limit
    context = {
        "participant": participant,
        "activity": participant.activity,
        "form": form,
        "refusal": told_at_fields(refusal, form),
        "standing": leave_limits.standing(participant, leave_limits.taken(participant), limit)
        if participant.membership_id
        else "",
        "is_late": clock.now() >= participant.activity.starts_at,
    }
    status = refusal.status if refusal else 422 if form.errors else 200
    return render(request, "attending/ask_leave.html", context, status=status)


def _for_whom(request: HttpRequest, pk: int, actor: Actor) -> Participant:
    wanted = whole_number(request.GET.get("for", ""))
    if wanted is None:
        return _mine(pk, actor)
    activity: Activity = queries.organised(pk, actor)
    participant = queries.participants(activity).filter(pk=wanted).first()
    if participant is None:
        raise Http404
    participant.activity = activity
    return participant


@require_safe
def leave(request: HttpRequest, pk: int) -> HttpResponse:
    actor = actor_of(request)
    found: Leave = find(LEAVE, pk, actor)
    state = LEAVE.state_of(found)
    pen = {
        "seals": LEAVE.seals_of(found),
        "holder": queries.holder_of(found),
        "holder_label": _("How it ended") if state.ends else "",
        "holding": state.holding,
        "actions": actions_for(LEAVE.offers(found, actor)),
    }
    context = {
        "leave": found,
        "participant": found.participant,
        "activity": found.participant.activity,
        "pen": pen,
        "reason": queries.reason_words(found),
        "standing": leave_limits.sentence(found),
        "timeline": timeline(list(audit.history(found))),
        "is_own": is_invited.allows(actor, found.participant),
        "organises": organise.allows(actor, found.participant.activity),
    }
    return render(request, "attending/leave.html", context)


@require_safe
def own_code(request: HttpRequest, pk: int) -> HttpResponse:
    """The member's own code, which the desk reads.

    With scripts it changes by itself, also without network.
    """
    actor = actor_of(request)
    mine = _mine(pk, actor)
    if not is_invited.allows(actor, mine):
        raise NotAllowed(_("A code of their own have the persons invited, not their unit."))
    sitting = queries.next_sitting(mine.activity)
    key = sign_in_codes.own_key(mine.activity.sign_in_key, mine.pk)
    seconds = sign_in.times_of(sitting).code_seconds if sitting else 30
    code = sign_in_codes.own_code(key, mine.pk, sign_in_codes.window_at(clock.now(), seconds))
    context = {
        "mine": mine,
        "activity": mine.activity,
        "sitting": sitting,
        "code": code,
        "picture": qr_codes.svg(code.text, _("My code")),
        "key": key,
        "seconds": seconds,
        "now": int(clock.now().timestamp() * 1000),
    }
    response = render(request, "attending/own_code.html", context)
    response["Cache-Control"] = "no-store"
    return response
