"""Addresses of people, leave, sign-in and calendar in the matrix of tests/test_urls.py, and what
their arguments stand for.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils import timezone

from tests.activities.making import activity_at
from tests.world import World, platform
from yizheng.activities.models import Participant
from yizheng.attending import sign_in_codes
from yizheng.attending.models import SignIn
from yizheng.attending.services import calendar_feeds, invitations, sign_in
from yizheng.core import clock
from yizheng.regulations import services as regulations

SLOW = 300
MATRIX = """
attending:calendar               |                  | GET  | sign-in | 200 | —             | member 200
attending:feed-renew             |                  | POST | sign-in | 302 | —             | member 302
attending:feed-revoke            |                  | POST | sign-in | 302 | —             | member 302
attending:calendar-feed          | feed_token       | GET  | open    | 200 | —             | member 200
attending:people                 | attended         | GET  | sign-in | 404 | member 403    | organiser 200
attending:add-members            | attended         | POST | sign-in | 404 | member 403    | organiser 302
attending:add-named              | attended         | POST | sign-in | 404 | member 403    | organiser 422
attending:add-unit               | attended         | POST | sign-in | 404 | member 403    | organiser 422
attending:take-off               | silent           | POST | sign-in | 404 | member 403    | organiser 302
attending:answer-for             | silent           | POST | sign-in | 404 | member 403    | organiser 302
attending:attend                 | attended         | GET  | sign-in | 404 | third 403     | member 200
attending:answer                 | attended         | POST | sign-in | 404 | third 403     | member 302
attending:ask-leave              | attended         | GET  | sign-in | 404 | third 403     | member 200
attending:own-code               | attended         | GET  | sign-in | 404 | third 403     | member 200
attending:leave                  | leave            | GET  | sign-in | 404 | third 403     | cosigner 200
attending:sign-in-scan           | sitting window scan_code | GET | sign-in | 404 | —          | member 302
attending:scan-in                | sitting          | GET  | sign-in | 404 | third 403     | member 200
attending:desk                   | sitting          | GET  | sign-in | 404 | secretary 403 | organiser 200
attending:screen                 | sitting          | GET  | sign-in | 404 | secretary 403 | organiser 200
attending:desk-pack              | sitting          | GET  | sign-in | 404 | secretary 403 | organiser 200
attending:desk-merge             | sitting          | POST | sign-in | 404 | secretary 403 | organiser 422
attending:sheet                  | sitting          | GET  | sign-in | 404 | secretary 403 | organiser 200
attending:own-code-read          | sitting          | POST | sign-in | 404 | secretary 403 | organiser 422
attending:settle-doubt           | signed           | POST | sign-in | 404 | secretary 403 | organiser 302
attending:decide-waiting         | waiting_sign_in  | POST | sign-in | 404 | secretary 403 | organiser 422
attending:confirm-attendance     | attended         | POST | sign-in | 404 | secretary 403 | organiser 302
attending:attendance-sheet       | attended         | GET  | sign-in | 404 | secretary 403 | organiser 200
attending:attendance-workbook    | attended         | GET  | sign-in | 404 | secretary 403 | organiser 200
attending:poster                 | attended         | GET  | sign-in | 404 | officer 403   | member 200
attending:poster-word            | attended         | GET  | sign-in | 404 | officer 403   | member 200
attending:speaking               | attended         | GET  | sign-in | 404 | secretary 403 | organiser 200
"""


def places(world: World) -> dict[str, Any]:
    """A forum that begins in half an hour: one member signed in, one asked for leave, one row
    waits.

    Codes hold for five minutes here: the matrix takes its time.
    """
    parameters = {**(regulations.model_of("activities") or {}), "sign_in": {"code_seconds": SLOW}}
    version = regulations.draft("activities", parameters, by=platform(world))
    regulations.adopt(
        version,
        by=platform(world),
        meeting="九届主席会议第二次会议",
        on=clock.today(),
        in_force_from=clock.today(),
    )
    now = timezone.now()
    found = activity_at(
        world,
        "invited",
        starts_at=now + dt.timedelta(minutes=30),
        ends_at=now + dt.timedelta(minutes=150),
    )
    sitting = found.sittings.get()
    member, cosigner = found.participants.order_by("pk")
    sign_in.take(
        sitting, [sign_in.SignInReport(member.pk, now, "desk")], by=world.actor("organiser")
    )
    leave = invitations.ask_leave(
        cosigner, reason="duty", words="下乡调研", by=world.actor("cosigner")
    )
    silent = Participant(activity=found, role="guest", name="来宾")
    silent.save()
    late = Participant(activity=found, role="guest", name="迟到的来宾")
    late.save()
    waiting = SignIn(
        sitting=sitting, participant=late, signed_at=now, received_at=now, method="desk", waits=True
    )
    waiting.save()
    window = sign_in_codes.window_at(clock.now(), SLOW)
    return {
        "attended": found.pk,
        "sitting": sitting.pk,
        "leave": leave.pk,
        "silent": silent.pk,
        "waiting_sign_in": waiting.pk,
        "signed": sitting.attendances.get().pk,
        "window": window,
        "feed_token": calendar_feeds.renew(world.actor("member")).token,
        "scan_code": sign_in_codes.screen_code(
            sign_in_codes.screen_key(found.sign_in_key, sitting.pk), window
        ),
    }
