"""Pages of the sign-in desk: what it takes with it, what it brings back, and the screen without
scripts.
"""

from __future__ import annotations

import datetime as dt
import json
import uuid
from typing import Any, TypeVar

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.request import RawPostDataException
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from yizheng.activities.enums import SignInMethod
from yizheng.activities.models import Sitting
from yizheng.core import audit, clock
from yizheng.core.refusals import BadInput
from yizheng.core.request_values import plain
from yizheng.core.views import actor_of

from .. import qr_codes, queries, quorum, sign_in_codes
from ..services import sign_in

AT_ONCE = 2000
R = TypeVar("R", bound=HttpResponse)
METHODS = (SignInMethod.OWN_CODE, SignInMethod.DESK)
UNREADABLE = gettext_lazy(
    "What the desk sent cannot be read. Nothing was taken; it keeps its list and tries again."
)


def scan_address(request: HttpRequest, sitting: Sitting) -> str:
    """What the screen's code leads to just now."""
    window = sign_in_codes.window_at(clock.now(), sign_in.times_of(sitting).code_seconds)
    code = sign_in_codes.screen_code(
        sign_in_codes.screen_key(sitting.activity.sign_in_key, sitting.pk), window
    )
    return request.build_absolute_uri(
        reverse("attending:sign-in-scan", args=[sitting.pk, window, code])
    )


def _scan_pattern(request: HttpRequest, sitting: Sitting) -> str:
    path = reverse("attending:sign-in-scan", args=[sitting.pk, 0, "0"])
    return request.build_absolute_uri(path.removesuffix("0/0/"))


@require_safe
def desk(request: HttpRequest, pk: int) -> HttpResponse:
    sitting = queries.sitting_kept(pk, actor_of(request))
    context = {
        "sitting": sitting,
        "activity": sitting.activity,
        "picture": qr_codes.svg(scan_address(request, sitting), _("Sign in by this code")),
    }
    return _unkept(render(request, "attending/desk.html", context))


@require_safe
def screen(request: HttpRequest, pk: int) -> HttpResponse:
    """The code and the numbers alone, for a big screen and for a browser without scripts: drawn
    here, fetched anew.
    """
    sitting = queries.sitting_kept(pk, actor_of(request))
    context = {
        "sitting": sitting,
        "activity": sitting.activity,
        "quorum": quorum.of_sitting(sitting),
        "picture": qr_codes.svg(scan_address(request, sitting), _("Sign in by this code")),
        "every": max(5, sign_in.times_of(sitting).code_seconds // 2),
    }
    return _unkept(render(request, "attending/screen.html", context))


@require_safe
def pack(request: HttpRequest, pk: int) -> JsonResponse:
    """What the desk takes with it.

    Names and this activity's keys: on record that it was handed out.
    """
    actor = actor_of(request)
    sitting = queries.sitting_kept(pk, actor)
    if "first" in request.GET:
        audit.record(
            "attendance.desk_opened",
            by=actor,
            of=sitting.activity,
            detail={"sitting": sitting.number},
        )
    content = {
        **queries.desk_pack(sitting),
        "csrf": get_token(request),
        "scan": _scan_pattern(request, sitting),
    }
    return _unkept(JsonResponse(content))


def _unkept(response: R) -> R:
    response["Cache-Control"] = "no-store"
    return response


@require_POST
def merge(request: HttpRequest, pk: int) -> JsonResponse:
    """Receipts a desk wrote, with or without network.

    The same ones may be sent as often as the desk likes.
    """
    actor = actor_of(request)
    sitting = queries.sitting_kept(pk, actor)
    sent = _read(request)
    offset = round((clock.now() - _moment(sent.get("sent_at"))).total_seconds())
    told = [_told(sitting, row, plain(str(sent.get("desk", ""))), offset) for row in _rows(sent)]
    merged = sign_in.take(sitting, told, by=actor)
    return JsonResponse(
        {
            "new": merged.new,
            "known": merged.known,
            "strange": merged.strange,
            "waiting": merged.waiting,
        }
    )


def _read(request: HttpRequest) -> dict[str, Any]:
    try:
        sent = json.loads(request.body)
    except (
        ValueError,
        RecursionError,
        RawPostDataException,
    ):  # no JSON, or a form that was read as one already
        sent = None
    if not isinstance(sent, dict):
        raise BadInput(UNREADABLE)
    return sent


def _rows(sent: dict[str, Any]) -> list[dict[str, Any]]:
    rows = sent.get("receipts")
    if (
        not isinstance(rows, list)
        or len(rows) > AT_ONCE
        or not all(isinstance(row, dict) for row in rows)
    ):
        raise BadInput(UNREADABLE)
    return rows


def _moment(milliseconds: Any) -> dt.datetime:
    try:
        return dt.datetime.fromtimestamp(int(milliseconds) / 1000, tz=dt.UTC)
    except (TypeError, ValueError, OverflowError, OSError):
        raise BadInput(_("A time the desk sent cannot be read. Look at its clock.")) from None


def _told(sitting: Sitting, row: dict[str, Any], desk: str, offset: int) -> sign_in.SignInReport:
    method, then = row.get("method", SignInMethod.DESK), row.get("offset")
    try:
        receipt, participant = uuid.UUID(str(row.get("receipt"))), int(str(row.get("participant")))
        known = None if then is None else round(float(then) / 1000)
        at, off = sign_in.corrected(sitting, _moment(row.get("at")), offset, known)
    except (TypeError, ValueError, OverflowError):
        raise BadInput(UNREADABLE) from None
    if method not in METHODS:
        raise BadInput(UNREADABLE)
    return sign_in.SignInReport(participant, at, method, receipt, desk, offset=off)
