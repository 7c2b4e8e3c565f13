"""The desk and the list in the browser: what is handed in, corrected, ticked."""

from __future__ import annotations

import datetime as dt
import json
import re
import uuid
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.activities.making import activity_at, sitting_of
from tests.activities.making import on as at_hour
from tests.signing_in import browser_of
from tests.world import World
from yizheng.activities.models import Activity, Attendance, Sitting
from yizheng.attending import sign_in_codes
from yizheng.attending.models import SignIn
from yizheng.attending.services import sign_in
from yizheng.core import clock

# The desk -----------------------------------------------------------------------------------------


def _merge(
    client: Client,
    sitting: Sitting,
    receipts: list[dict[str, object]],
    sent_at: dt.datetime | None = None,
) -> dict[str, int]:
    body = {
        "desk": "一号台",
        "sent_at": int((sent_at or timezone.now()).timestamp() * 1000),
        "receipts": receipts,
    }
    answer = client.post(
        reverse("attending:desk-merge", args=[sitting.pk]),
        json.dumps(body),
        "application/json",
        headers={"Accept": "application/json"},
    )
    return {"status": answer.status_code, **answer.json()}


def test_a_desk_whose_clock_is_an_hour_slow_is_corrected(world: World, soon: Activity) -> None:
    """The tablet's clock shows an hour less; it signs in, and hands in ten minutes later by its own
    clock.
    """
    sitting, office = sitting_of(soon), browser_of(world, "organiser")
    now, one = timezone.now(), soon.participants.first()
    at = now - dt.timedelta(hours=1, minutes=10)
    receipt = {
        "receipt": str(uuid.uuid4()),
        "participant": one.pk,
        "at": int(at.timestamp() * 1000),
        "method": "desk",
    }
    assert _merge(office, sitting, [receipt], now - dt.timedelta(hours=1))["new"] == 1
    held = Attendance.objects.get()
    assert abs((held.signed_at - (now - dt.timedelta(minutes=10))).total_seconds()) < 10
    assert abs(SignIn.objects.get().offset_seconds - 3600) <= 10
    assert _merge(office, sitting, [receipt], now - dt.timedelta(hours=1)) == {
        "status": 200,
        "new": 0,
        "known": 1,
        "strange": 0,
        "waiting": 0,
    }


@pytest.mark.parametrize(
    ("shows", "at", "sent", "then", "arrived", "off"),
    [
        (0, -20, 0, None, -20, 0),  # a clock that is right
        (-180, -20, 0, None, -20, 10_800),  # three hours slow all the time
        (
            -180,
            -20,
            180,
            -180,
            -20,
            10_800,
        ),  # three hours slow when it signed; the network set it right before it handed in
        (0, -20, -180, 0, -20, 10_800),  # right when it signed, then set three hours back
    ],
)
def test_a_desk_with_a_wrong_clock_tells_the_servers_time_and_is_looked_at(
    world: World,
    soon: Activity,
    shows: int,
    at: int,
    sent: int,
    then: int | None,
    arrived: int,
    off: int,
) -> None:
    """Minutes: what the clock was wrong by, when the person came, how the clock was moved before it
    handed in.
    """
    sitting, office = sitting_of(soon), browser_of(world, "organiser")
    now, one = timezone.now(), soon.participants.first()

    def shown(minutes: int) -> int:
        return int((now + dt.timedelta(minutes=minutes)).timestamp() * 1000)

    receipt: dict[str, object] = {
        "receipt": str(uuid.uuid4()),
        "participant": one.pk,
        "at": shown(shows + at),
        "method": "desk",
    }
    if then is not None:
        receipt["offset"] = -then * 60_000
    assert _merge(office, sitting, [receipt], now + dt.timedelta(minutes=shows + sent))["new"] == 1
    held = Attendance.objects.get()
    assert abs((held.signed_at - (now + dt.timedelta(minutes=arrived))).total_seconds()) < 10
    assert abs(SignIn.objects.get().offset_seconds - off) <= 10
    assert ("时钟" in held.doubt) == (off > 0)


def test_the_doubt_of_one_desk_is_settled_for_all_it_signed_in(
    world: World, soon: Activity
) -> None:
    sitting, office = sitting_of(soon), browser_of(world, "organiser")
    slow = timezone.now() - dt.timedelta(hours=3)
    receipts: list[dict[str, object]] = [
        {
            "receipt": str(uuid.uuid4()),
            "participant": one.pk,
            "at": int(slow.timestamp() * 1000),
            "method": "desk",
        }
        for one in soon.participants.all()
    ]
    _merge(office, sitting, receipts, slow)
    first, second = Attendance.objects.all()
    assert first.doubt == second.doubt != ""
    assert (
        "同一原因的 2 人都无误"
        in office.get(reverse("attending:sheet", args=[sitting.pk])).content.decode()
    )
    office.post(reverse("attending:settle-doubt", args=[first.pk]), {"alike": "yes"})
    assert not Attendance.objects.exclude(doubt="").exists()


RECEIPT: dict[str, object] = {"receipt": str(uuid.uuid4()), "participant": 1, "at": 1}


@pytest.mark.parametrize(
    "receipts",
    [
        [{**RECEIPT, "receipt": "x"}],
        [{**RECEIPT, "participant": "y"}],
        [{**RECEIPT, "at": "noon"}],
        [{**RECEIPT, "at": 10**30}],
        [{**RECEIPT, "offset": 10**30}],
        [{**RECEIPT, "offset": "soon"}],
        ["nonsense"],
        [{**RECEIPT, "method": "import"}],
    ],
)
def test_a_desk_that_sends_nonsense_is_refused_by_a_sentence(
    world: World, soon: Activity, receipts: list[dict[str, object]]
) -> None:
    found = _merge(browser_of(world, "organiser"), sitting_of(soon), receipts)
    assert found["status"] == 422
    assert found["message"]
    assert not SignIn.objects.exists()


def test_the_desk_takes_all_it_needs_and_its_keys_are_of_this_activity(
    world: World, soon: Activity
) -> None:
    sitting, office = sitting_of(soon), browser_of(world, "organiser")
    pack = office.get(reverse("attending:desk-pack", args=[sitting.pk]) + "?first=1").json()
    assert [person["name"] for person in pack["people"]] == ["沈禾", "许茉"]
    shown = sign_in_codes.own_code(
        pack["people"][0]["key"],
        pack["people"][0]["id"],
        sign_in_codes.window_at(timezone.now(), pack["seconds"]),
    )
    office.post(reverse("attending:own-code-read", args=[sitting.pk]), {"code": shown.digits})
    assert str(Attendance.objects.get().participant) == "沈禾"
    window = sign_in_codes.window_at(timezone.now(), pack["seconds"])
    assert (
        browser_of(world, "cosigner")
        .get(f"{pack['scan']}{window}/{sign_in_codes.screen_code(pack['key'], window)}/")
        .status_code
        == 302
    )
    assert soon.sign_in_key not in json.dumps(pack)


def test_the_list_is_ticked_without_scripts(world: World, soon: Activity) -> None:
    sitting, office = sitting_of(soon), browser_of(world, "organiser")
    one, two = soon.participants.order_by("pk")
    address = reverse("attending:sheet", args=[sitting.pk])
    assert (
        office.post(address, {"present": [one.pk, two.pk], f"came-{two.pk}": "25:99"}).status_code
        == 422
    )
    office.post(address, {"present": [one.pk, two.pk]})
    assert Attendance.objects.count() == 2
    both = shown_in(office.get(address))
    assert office.post(address, {"present": [one.pk], **both}).status_code == 422
    office.post(address, {"present": [one.pk], **both, "reason": "点错"})
    assert Attendance.objects.get().participant == one


def shown_in(page: Any) -> dict[str, str]:
    """What the page of a list says it shows, and what stands in its fields."""
    return dict(
        re.findall(r'name="((?:shown|left|came)-\d+)" value="([^"]*)"', page.content.decode())
    )


def test_two_lists_of_one_sitting_do_not_undo_each_other(world: World, soon: Activity) -> None:
    """Each window notes when somebody left: both stay; about the same person the second is told,
    and nothing of it is lost.
    """
    sitting, office = sitting_of(soon), browser_of(world, "organiser")
    one, two = soon.participants.order_by("pk")
    for each in (one, two):
        sign_in.take(
            sitting,
            [sign_in.SignInReport(each.pk, sitting.starts_at, "desk")],
            by=world.actor("organiser"),
        )
    address = reverse("attending:sheet", args=[sitting.pk])
    window = {**shown_in(office.get(address)), "present": [one.pk, two.pk]}
    left = f"{timezone.localtime(sitting.starts_at) + dt.timedelta(minutes=20):%H:%M}"
    later = f"{timezone.localtime(sitting.starts_at) + dt.timedelta(minutes=30):%H:%M}"

    def stands() -> list[str]:
        rows = Attendance.objects.order_by("participant")
        return [f"{timezone.localtime(row.left_at):%H:%M}" if row.left_at else "" for row in rows]

    assert office.post(address, {**window, f"left-{one.pk}": left}).status_code == 302
    assert office.post(address, {**window, f"left-{two.pk}": later}).status_code == 302
    assert stands() == [left, later]
    refused = office.post(address, {**window, f"left-{one.pk}": later})
    assert refused.status_code == 409
    assert "沈禾" in refused.content.decode()
    again = shown_in(refused)
    assert (again[f"left-{one.pk}"], again[f"left-{two.pk}"]) == (later, later)
    assert stands() == [left, later]
    assert office.post(address, {**again, "present": [one.pk, two.pk]}).status_code == 302
    assert stands() == [later, later]
    # Ticked on paper while the desk signed them in: both say the same.
    Attendance.objects.all().delete()
    SignIn.objects.all().delete()
    empty = shown_in(office.get(address))
    sign_in.take(
        sitting,
        [sign_in.SignInReport(one.pk, sitting.starts_at, "desk")],
        by=world.actor("organiser"),
    )
    assert office.post(address, {**empty, "present": [one.pk, two.pk]}).status_code == 302
    assert Attendance.objects.count() == 2


def test_a_sitting_past_midnight_is_left_the_day_after(world: World) -> None:
    """From 22:00 until 01:00: who left at 23:10 left on the day, who left at 00:20 on the next."""
    day = timezone.localdate() + dt.timedelta(days=3)
    night = activity_at(
        world, "invited", starts_at=at_hour(day, 22), ends_at=at_hour(day + dt.timedelta(days=1), 1)
    )
    sitting, one = night.sittings.get(), night.participants.order_by("pk")[0]
    address = reverse("attending:sheet", args=[sitting.pk])
    with clock.at(at_hour(day + dt.timedelta(days=1), 2)):
        office = browser_of(world, "organiser")
        for typed, expected in (("23:10", day), ("00:20", day + dt.timedelta(days=1))):
            window = shown_in(office.get(address)) | {f"came-{one.pk}": "22:00"}
            sent = {**window, "present": [one.pk], f"left-{one.pk}": typed}
            assert office.post(address, sent).status_code == 302
            left = Attendance.objects.get().left_at
            assert left and timezone.localtime(left).strftime("%H:%M") == typed
            assert timezone.localdate(left) == expected
