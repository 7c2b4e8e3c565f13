"""Papers of attendance for download, the poster, and the speaking list for a big screen."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_safe

from yizheng.activities.enums import ContributionState
from yizheng.activities.queries import speaker_of
from yizheng.core import audit
from yizheng.core.request_values import whole_number
from yizheng.core.views import actor_of
from yizheng.documents.downloads import excel, word

from .. import documents, qr_codes, queries


@require_safe
def attendance_sheet(request: HttpRequest, pk: int) -> HttpResponse:
    actor = actor_of(request)
    activity = queries.organised(pk, actor)
    blank = "blank" in request.GET
    with override("zh-hans"):
        content = documents.attendance_sheet(activity, blank=blank)
    audit.record("attendance.exported", by=actor, of=activity, detail={"kind": "sheet"})
    return word(content, f"{activity.title}签到册.docx")


@require_safe
def attendance_workbook(request: HttpRequest, pk: int) -> HttpResponse:
    actor = actor_of(request)
    activity = queries.organised(pk, actor)
    content = documents.attendance_workbook(activity)
    audit.record("attendance.exported", by=actor, of=activity, detail={"kind": "workbook"})
    return excel(content, f"{activity.title}出席情况.xlsx")


@require_safe
def poster(request: HttpRequest, pk: int) -> HttpResponse:
    """A page to be printed (or kept as PDF by the browser): what, when, where, and the address as a
    code.
    """
    activity = queries.activity_for(pk, actor_of(request))
    address = request.build_absolute_uri(reverse("activities:detail", args=[pk]))
    context = {
        "activity": activity,
        "address": address,
        "picture": qr_codes.svg(address, _("The activity's page")),
    }
    return render(request, "attending/poster.html", context)


@require_safe
def poster_word(request: HttpRequest, pk: int) -> HttpResponse:
    activity = queries.activity_for(pk, actor_of(request))
    address = request.build_absolute_uri(reverse("activities:detail", args=[pk]))
    with override("zh-hans"):
        content = documents.poster(activity, qr_codes.png(address))
    return word(content, f"{activity.title}海报.docx")


@require_safe
def speaking(request: HttpRequest, pk: int) -> HttpResponse:
    """Who speaks, for how long, who is next: for the hall's big screen. ?at= is the place in the
    list.
    """
    activity = queries.organised(pk, actor_of(request))
    speeches = list(
        activity.contributions.filter(state__in=ContributionState.of("spoken"))
        .select_related("membership__person", "membership__sector", "unit")
        .order_by("position", "id")
    )
    listed = [
        {"speech": speech, "speaker": speaker_of(speech), "minutes": speech.minutes or 8}
        for speech in speeches
    ]
    asked = request.GET.get("at", "")
    first_open = next((n for n, speech in enumerate(speeches) if speech.given_on is None), 0)
    place = min(
        first_open if (number := whole_number(asked)) is None else number, max(0, len(listed) - 1)
    )
    context = {
        "activity": activity,
        "listed": listed,
        "place": place,
        "current": listed[place] if listed else None,
        "next": listed[place + 1] if place + 1 < len(listed) else None,
    }
    return render(request, "attending/speaking.html", context)
