"""Pages of signing in by the screen's code and of the list kept by hand, and what the organiser
settles afterwards.
"""

from __future__ import annotations

import datetime as dt
import secrets
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from yizheng.activities.models import Attendance, Sitting
from yizheng.core import tenancy
from yizheng.core.access import SIGNED_IN
from yizheng.core.form_pages import pressed
from yizheng.core.forms import tell
from yizheng.core.punctuation import one_after_the_other
from yizheng.core.refusals import BadInput, NotAllowed, NotNow, Refusal, StaleState, Wrong
from yizheng.core.views import actor_of

from .. import queries, quorum
from ..forms import AttendanceReasonForm, OwnCodeForm, WaitingReasonForm
from ..models import Absence, SignIn
from ..services import attendance_list, sign_in

SCAN_GOOD = 180
"""Seconds from scanning to the tap: enough to sign in with the password in between."""
DEVICE = "yz_device"


@require_safe
def scan(request: HttpRequest, pk: int, window: int, code: str) -> HttpResponse:
    """Where the screen's code leads.

    Also open to whoever has to sign in to the platform first: the scan is remembered.
    """
    actor = SIGNED_IN.of(request)
    sitting = Sitting.everywhere.select_related("activity").filter(pk=pk).first()
    if sitting is None or (actor and actor.organisation_id != sitting.organisation_id):
        raise Http404
    with tenancy.scope(sitting.organisation_id):
        sign_in.check_scan(sitting, window, code)
    request.session["scan"] = [pk, int(time.time())]
    target = reverse("attending:scan-in", args=[pk])
    return redirect(target) if actor else redirect_to_login(target)


def scan_in(request: HttpRequest, pk: int) -> HttpResponse:
    """One tap, and they are signed in."""
    actor = actor_of(request)
    sitting = queries.found_sitting(pk)
    participant = sign_in.participant_of(sitting.activity, actor)
    if participant is None:
        raise NotAllowed(
            _("You are not on the list of this activity. Please tell the desk; it can add you.")
        )
    held = Attendance.objects.filter(sitting=sitting, participant=participant).first()
    if held is not None and held.left_at is not None:
        held = None  # whoever left can sign in again
    if request.method == "POST" and held is None:
        _still_good(request, pk)
        device = request.COOKIES.get(DEVICE) or secrets.token_hex(16)
        network = f"{actor.address}|{request.headers.get('User-Agent', '')}"
        held = sign_in.sign_in_by_scan(sitting, by=actor, device=device[:64], network=network)
        response = redirect("attending:scan-in", pk)
        response.set_cookie(
            DEVICE,
            device[:64],
            max_age=365 * 86400,
            httponly=True,
            samesite="Lax",
            secure=settings.SESSION_COOKIE_SECURE,
        )
        return response
    context = {
        "sitting": sitting,
        "activity": sitting.activity,
        "held": held,
        "participant": participant,
    }
    return render(request, "attending/scan_in.html", context)


def _still_good(request: HttpRequest, pk: int) -> None:
    scanned, at = request.session.get("scan", [0, 0])
    if scanned != pk or time.time() - at > SCAN_GOOD:
        raise BadInput(
            _(
                "This code has run out. Scan the one that stands on the desk's screen now; "
                "a photograph of it does not do."
            )
        )


# The list, by hand --------------------------------------------------------------------------------


def sheet(request: HttpRequest, pk: int) -> HttpResponse:
    """All names of a sitting with a tick each; what is handed in is compared with what was seen."""
    actor = actor_of(request)
    sitting = queries.sitting_kept(pk, actor)
    if request.method != "POST":
        return _sheet(request, sitting)
    form, refusal = AttendanceReasonForm(request.POST, activity=sitting.activity), None
    has_reason = form.is_valid()
    try:
        lines = _lines(request, sitting)
        if has_reason:
            reason = form.cleaned_data["reason"]
            changed = attendance_list.enter_list(sitting, lines, by=actor, reason=reason)
            words = ngettext("%(n)s line was changed.", "%(n)s lines were changed.", changed)
            messages.success(request, words % {"n": changed})
            return redirect("attending:sheet", pk)
    except Refusal as refused:
        refusal = refused
    return _sheet(request, sitting, form, refusal)


def _sheet(
    request: HttpRequest,
    sitting: Sitting,
    form: AttendanceReasonForm | None = None,
    refusal: Refusal | None = None,
    *,
    digits: OwnCodeForm | None = None,
    decided: WaitingReasonForm | None = None,
) -> HttpResponse:
    activity = sitting.activity
    form = form or AttendanceReasonForm(activity=activity)
    wrong = _wrong_in(form, refusal)
    bound = [each for each in (form, digits, decided) if each is not None and each.errors]
    context = {
        "sitting": sitting,
        "activity": activity,
        "sittings": list(activity.sittings.all()),
        "form": form,
        "refusal": "" if wrong else refusal or "",
        "wrong": wrong,
        "problems": [(sentence, place) for place, sentence in wrong.items()],
        "lines": list(_shown(request, sitting, form, refusal)),
        "stands": quorum.of_one(sitting),
        "digits": digits or OwnCodeForm(),
        "waiting": [
            (row, decided if decided and decided.sign_in == row.pk else WaitingReasonForm(row.pk))
            for row in sign_in.waiting(activity)
        ],
    }
    status = refusal.status if refusal else BadInput.status if bound else 200
    return render(request, "attending/sheet.html", context, status=status)


def _wrong_in(form: AttendanceReasonForm, refusal: Refusal | None) -> dict[str, str]:
    """Place on the page → what is wrong there; of the reason at its field as well."""
    found = {field: str(sentence) for field, sentence in refusal.by_field} if refusal else {}
    if reason := found.pop("reason", ""):
        form.add_error("reason", reason)
    if errors := form.errors.get("reason"):
        found[form["reason"].id_for_label] = one_after_the_other(errors)
    return {place: sentence for place, sentence in found.items() if place}


@dataclass(frozen=True)
class _LineInput:
    """What came with the page for one person, as it was typed.

    `mark`: what the page had shown of them (`attendance_list.shown_of`).
    """

    is_there: bool
    came: str
    left: str
    mark: str
    back: str = ""

    @property
    def is_touched(self) -> bool:
        return (
            self.is_there != bool(self.mark)
            or bool(self.came)
            or bool(self.back)
            or self.left != self.mark.rpartition("|")[2]
        )

    def line(self, participant: int, wrong: Wrong) -> attendance_list.AttendanceLine:
        return attendance_list.AttendanceLine(
            participant,
            self.is_there,
            bool(self.mark),
            _time(self.came, f"came-{participant}", wrong),
            _time(self.left, f"left-{participant}", wrong),
            self.mark,
            _time(self.back, f"back-{participant}", wrong),
        )


@dataclass(frozen=True)
class _PageLine:
    """A line of the page: what is known of somebody, and what stands in the fields."""

    person: Any
    row: Attendance | None
    fields: _LineInput
    away: Sequence[tuple[str, str]] = ()


def _shown(
    request: HttpRequest, sitting: Sitting, form: AttendanceReasonForm, refusal: Refusal | None
) -> Iterator[_PageLine]:
    """What was refused stands there still.

    Who is told that somebody was quicker has the others' lines as they are now before them, and may
    save over them; after any other refusal they have not.
    """
    away = quorum.absences(sitting.activity).get(sitting.pk, {})
    for person in queries.facts(sitting.activity):
        row = person.attended.get(sitting.pk)
        now = attendance_list.shown_of(row)
        fields = _LineInput(row is not None, "", now.rpartition("|")[2], now)
        if form.is_bound and (entered := _entered(request, person.participant.pk)).is_touched:
            fields = replace(entered, mark=now) if isinstance(refusal, StaleState) else entered
        gone = [_hours(each) for each in away.get(person.participant.pk, ())]
        yield _PageLine(person, row, fields, gone)


def _hours(absence: Absence) -> tuple[str, str]:
    left, back = (timezone.localtime(each) for each in (absence.left_at, absence.back_at))
    return f"{left:%H:%M}", f"{back:%H:%M}"


def _entered(request: HttpRequest, pk: int) -> _LineInput:
    came, left, mark, back = (
        request.POST.get(f"{name}-{pk}", "").strip() for name in ("came", "left", "shown", "back")
    )
    return _LineInput(str(pk) in request.POST.getlist("present"), came, left, mark, back)


def _lines(request: HttpRequest, sitting: Sitting) -> list[attendance_list.AttendanceLine]:
    """Raises BadInput with every time that cannot be read."""
    wrong = Wrong()
    found = [
        _entered(request, pk).line(pk, wrong)
        for pk in sitting.activity.participants.values_list("pk", flat=True)
    ]
    wrong.refuse()
    return found


def _time(text: str, field: str, wrong: Wrong) -> dt.time | None:
    try:
        read = dt.time.fromisoformat(text) if text else None
    except ValueError:
        sentence = _("“%(text)s” is no time of day. Write it as 14:05.") % {"text": text[:20]}
        wrong.when(True, sentence, field)
        return None
    return read and read.replace(second=0, microsecond=0, tzinfo=None)


@require_POST
def own_code_read(request: HttpRequest, pk: int) -> HttpResponse:
    """The digits of a member's own code, typed at the desk; the way without scripts."""
    actor = actor_of(request)
    sitting, form = queries.sitting_kept(pk, actor), OwnCodeForm(request.POST)
    if not form.is_valid():
        return _sheet(request, sitting, digits=form)
    try:
        participant = sign_in.sign_in_by_own_code(sitting, form.cleaned_data["code"], by=actor)
    except (BadInput, NotNow) as refused:
        tell(refused, form)
        return _sheet(request, sitting, digits=form)
    messages.success(request, _("%(name)s is signed in.") % {"name": participant})
    return redirect("attending:sheet", pk)


# Afterwards ---------------------------------------------------------------------------------------


@require_POST
def confirm(request: HttpRequest, pk: int) -> HttpResponse:
    actor = actor_of(request)
    activity = queries.organised(pk, actor)
    detail = reverse("activities:detail", args=[pk])
    is_from_there = request.POST.get("next") == detail
    return pressed(
        request,
        lambda: sign_in.confirm(activity, by=actor),
        said=_("The attendance is confirmed. Changes from now on need a reason."),
        then=detail if is_from_there else reverse("attending:people", args=[pk]),
    )


@require_POST
def settle_doubt(request: HttpRequest, pk: int) -> HttpResponse:
    actor = actor_of(request)
    attendance = Attendance.objects.select_related("sitting__activity").filter(pk=pk).first()
    if attendance is None:
        raise Http404
    queries.organised(attendance.sitting.activity_id, actor)
    return pressed(
        request,
        lambda: sign_in.settle_doubt(attendance, by=actor, alike="alike" in request.POST),
        said=_("Noted: it is in order."),
        then=reverse("attending:sheet", args=[attendance.sitting_id]),
    )


@require_POST
def decide_waiting(request: HttpRequest, pk: int) -> HttpResponse:
    actor = actor_of(request)
    people = ("participant__membership__person", "participant__person", "participant__unit")
    row = SignIn.objects.select_related("sitting__activity", *people).filter(pk=pk).first()
    if row is None:
        raise Http404
    row.sitting.activity = queries.organised(row.sitting.activity_id, actor)
    form, takes = WaitingReasonForm(pk, request.POST), request.POST.get("takes") == "yes"
    if not form.is_valid():
        return _sheet(request, row.sitting, decided=form)
    reason, told = form.cleaned_data["reason"], {"name": row.participant}
    return pressed(
        request,
        lambda: sign_in.decide_waiting(row, takes=takes, reason=reason, by=actor),
        said=(_("%(name)s is signed in.") if takes else _("%(name)s was left out.")) % told,
        then=reverse("attending:sheet", args=[row.sitting_id]),
    )
