"""The way through the browser, without scripts: invite, answer, scan, desk, list,
calendar, papers.
"""

from __future__ import annotations

import datetime as dt
import io
import json
import re
import uuid
from typing import Any

import docx
import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar
from openpyxl import load_workbook

from tests.activities.making import activity, activity_at, step
from tests.signing_in import browser_for, browser_of
from tests.world import World, told
from yizheng.activities.models import Activity, Attendance, Participant, Sitting
from yizheng.attending import calendars, sign_in_codes
from yizheng.attending.models import SignIn
from yizheng.attending.services import invitations, sign_in
from yizheng.people.models import Account


@pytest.fixture
def soon(world: World) -> Activity:
    """Begins in half an hour; member and co-signer are invited.

    Whatever the hour, it is too short to be cut into two half days.
    """
    now = timezone.now()
    return activity_at(
        world,
        "invited",
        starts_at=now + dt.timedelta(minutes=30),
        ends_at=now + dt.timedelta(minutes=140),
    )


def _sitting(found: Activity) -> Sitting:
    return found.sittings.select_related("activity").get()


def _scan(sitting: Sitting, seconds_ago: int = 0) -> str:
    window = sign_in_codes.window_at(timezone.now() - dt.timedelta(seconds=seconds_ago), 30)
    code = sign_in_codes.screen_code(
        sign_in_codes.screen_key(sitting.activity.sign_in_key, sitting.pk), window
    )
    return reverse("attending:sign-in-scan", args=[sitting.pk, window, code])


# Inviting -----------------------------------------------------------------------------------------


def test_a_choice_is_looked_at_and_then_added(world: World) -> None:
    found = activity(world)
    office = browser_of(world, "organiser")
    sector = world.members["member"].sector_id
    page = office.get(
        reverse("attending:people", args=[found.pk]), {"who": "sector", "sector": sector}
    ).content.decode()
    assert "沈禾" in page
    assert not found.participants.exists()
    office.post(
        reverse("attending:add-members", args=[found.pk]), {"who": "sector", "sector": sector}
    )
    assert [str(p) for p in found.participants.all()] == ["沈禾"]
    office.post(reverse("attending:add-members", args=[found.pk]), {"who": "all"})
    assert sorted(str(p) for p in found.participants.all()) == ["唐蘅", "沈禾", "许茉"]
    answer = office.post(reverse("attending:add-members", args=[found.pk]), {"who": "committee"})
    assert answer.status_code == 422


def test_guests_units_and_late_additions(world: World, soon: Activity) -> None:
    office = browser_of(world, "organiser")
    office.post(
        reverse("attending:add-named", args=[soon.pk]),
        {"named-role": "observer", "named-name": "周行", "named-post": "石桥村"},
    )
    office.post(
        reverse("attending:add-unit", args=[soon.pk]), {"unit-unit": world.units["水务局"].pk}
    )
    again = office.post(
        reverse("attending:add-unit", args=[soon.pk]), {"unit-unit": world.units["水务局"].pk}
    )
    assert again.status_code == 422
    office.post(
        reverse("attending:add-members", args=[soon.pk]),
        {"who": "members", "members": [world.members["third"].pk]},
    )
    assert {p.role for p in soon.participants.all()} == {"member", "observer", "unit"}
    assert all(p.invited_at for p in soon.participants.all())
    assert any(soon.title in words for words in told(world, "third"))
    assert any(soon.title in words for words in told(world, "officer"))


def test_whoever_answered_stays_on_the_list(world: World, soon: Activity) -> None:
    mine = soon.participants.get(membership=world.members["member"])
    assert (
        browser_of(world, "member")
        .post(reverse("attending:answer", args=[soon.pk]), {"comes": "yes"})
        .status_code
        == 302
    )
    office = browser_of(world, "organiser")
    assert office.post(reverse("attending:take-off", args=[mine.pk])).status_code == 409
    other = soon.participants.get(membership=world.members["cosigner"])
    assert office.post(reverse("attending:take-off", args=[other.pk])).status_code == 302
    assert list(soon.participants.all()) == [mine]


def test_the_leave_form_says_in_chinese_what_does_not_count(world: World, soon: Activity) -> None:
    page = (
        browser_of(world, "member")
        .get(reverse("attending:ask-leave", args=[soon.pk]))
        .content.decode()
    )
    assert "因病（不计入次数）" in page
    assert "count towards" not in page


# The code on the screen ---------------------------------------------------------------------------


def test_scanning_and_one_tap(world: World, soon: Activity) -> None:
    sitting, phone = _sitting(soon), browser_of(world, "member")
    page = phone.get(_scan(sitting), follow=True)
    assert page.status_code == 200
    assert not Attendance.objects.exists()
    phone.post(reverse("attending:scan-in", args=[sitting.pk]))
    assert Attendance.objects.get().participant.membership == world.members["member"]


def test_signed_out_the_scan_is_remembered_until_the_password_is_typed(
    world: World, soon: Activity
) -> None:
    sitting, phone = _sitting(soon), Client()
    answer = phone.get(_scan(sitting))
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith(reverse("account_login"))
    from tests.world import PASSWORD

    phone.post(
        reverse("account_login"), {"login": world.accounts["member"].username, "password": PASSWORD}
    )
    assert phone.post(reverse("attending:scan-in", args=[sitting.pk])).status_code == 302
    assert Attendance.objects.count() == 1


def test_a_photograph_sent_to_a_friend_and_an_address_typed_by_hand_fail(
    world: World, soon: Activity
) -> None:
    sitting, phone = _sitting(soon), browser_of(world, "member")
    assert phone.get(_scan(sitting, seconds_ago=61)).status_code == 422
    assert phone.post(reverse("attending:scan-in", args=[sitting.pk])).status_code == 422
    assert not Attendance.objects.exists()


def test_one_telephone_for_two_members(world: World, soon: Activity) -> None:
    sitting, phone = _sitting(soon), browser_of(world, "member")
    for who in ("member", "cosigner"):
        browser_for(world.accounts[who], phone)
        phone.get(_scan(sitting))
        phone.post(reverse("attending:scan-in", args=[sitting.pk]))
    first, second = Attendance.objects.exclude(doubt="")
    page = (
        browser_of(world, "organiser")
        .get(reverse("attending:sheet", args=[sitting.pk]))
        .content.decode()
    )
    assert first.doubt in page
    assert second.doubt in page


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
    sitting, office = _sitting(soon), browser_of(world, "organiser")
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
    sitting, office = _sitting(soon), browser_of(world, "organiser")
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
    sitting, office = _sitting(soon), browser_of(world, "organiser")
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
    found = _merge(browser_of(world, "organiser"), _sitting(soon), receipts)
    assert found["status"] == 422
    assert found["message"]
    assert not SignIn.objects.exists()


def test_the_desk_takes_all_it_needs_and_its_keys_are_of_this_activity(
    world: World, soon: Activity
) -> None:
    sitting, office = _sitting(soon), browser_of(world, "organiser")
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
    sitting, office = _sitting(soon), browser_of(world, "organiser")
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
    sitting, office = _sitting(soon), browser_of(world, "organiser")
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


# Papers and calendar ------------------------------------------------------------------------------


def test_sheet_workbook_and_poster(world: World, soon: Activity) -> None:
    sitting, office = _sitting(soon), browser_of(world, "organiser")
    one = soon.participants.order_by("pk")[0]
    sign_in.take(
        sitting, [sign_in.SignInReport(one.pk, timezone.now(), "desk")], by=world.actor("organiser")
    )
    paper = docx.Document(
        io.BytesIO(office.get(reverse("attending:attendance-sheet", args=[soon.pk])).content)
    )
    cells = [[cell.text for cell in row.cells] for row in paper.tables[0].rows]
    assert [row[1] for row in cells] == ["姓名", "沈禾", "许茉"]
    assert cells[1][4] != ""
    blank = docx.Document(
        io.BytesIO(
            office.get(reverse("attending:attendance-sheet", args=[soon.pk]) + "?blank=1").content
        )
    )
    assert blank.tables[0].rows[1].cells[4].text == ""
    book = load_workbook(
        io.BytesIO(office.get(reverse("attending:attendance-workbook", args=[soon.pk])).content)
    )
    assert [row[0].value for row in book.active.iter_rows(min_row=2)] == ["沈禾", "许茉"]
    poster = docx.Document(
        io.BytesIO(office.get(reverse("attending:poster-word", args=[soon.pk])).content)
    )
    assert len(poster.inline_shapes) == 1


def test_the_calendar_shows_what_one_may_see_and_only_mine_when_asked(
    world: World, soon: Activity
) -> None:
    hidden = activity(world, title="未公布的会")
    for_third = activity_at(
        world, "invited", members=("third",), is_announced=False, title="单独座谈", days=1
    )
    month = {"month": timezone.localdate(soon.starts_at).strftime("%Y-%m")}
    page = browser_of(world, "member").get(reverse("attending:calendar"), month).content.decode()
    assert soon.title in page
    assert hidden.title not in page
    assert for_third.title not in page
    mine = (
        browser_of(world, "third")
        .get(reverse("attending:calendar"), {**month, "mine": "1"})
        .content.decode()
    )
    assert soon.title not in mine


def _feed(token: str) -> tuple[int, bytes]:
    answer = Client().get(reverse("attending:calendar-feed", args=[token]))
    return answer.status_code, answer.content


def test_the_feed_tells_what_its_account_may_see_and_nothing_after_it_was_revoked(
    world: World, soon: Activity
) -> None:
    activity(world, title="未公布的会")
    first = calendars.renew(world.actor("member")).token
    status, content = _feed(first)
    (event,) = Calendar.from_ical(content).walk("VEVENT")
    assert (status, str(event["summary"]), str(event["status"])) == (200, soon.title, "CONFIRMED")
    assert event.decoded("dtstart") == soon.starts_at.replace(microsecond=0)
    assert str(event["dtstart"].params["TZID"]) == "Asia/Shanghai"
    second = calendars.renew(world.actor("member")).token
    assert _feed(first)[0] == 404
    assert soon.title.encode() in _feed(second)[1].replace(b"\r\n ", b"")
    step(world, soon, "cancel", "organiser", note="主讲人患病")
    (event,) = Calendar.from_ical(_feed(second)[1]).walk("VEVENT")
    assert str(event["status"]) == "CANCELLED"
    Account.objects.filter(pk=world.accounts["member"].pk).update(is_active=False)
    assert _feed(second)[0] == 404
    Account.objects.filter(pk=world.accounts["member"].pk).update(is_active=True)
    calendars.revoke(world.actor("member"))
    assert _feed(second)[0] == 404


def test_the_people_page_asks_as_often_for_three_as_for_one(world: World) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    counts = []
    for members in (("member",), ("member", "cosigner", "third")):
        found = activity_at(world, "invited", members=members)
        office = browser_of(world, "organiser")
        office.get(reverse("attending:people", args=[found.pk]))
        with CaptureQueriesContext(connection) as asked:
            office.get(reverse("attending:people", args=[found.pk]))
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_the_speaking_list_stands_without_contributions(world: World, soon: Activity) -> None:
    assert (
        browser_of(world, "organiser")
        .get(reverse("attending:speaking", args=[soon.pk]))
        .status_code
        == 200
    )


def test_taking_off_a_member_is_on_record(world: World, soon: Activity) -> None:
    other = soon.participants.get(membership=world.members["cosigner"])
    invitations.take_off(other, by=world.actor("organiser"))
    assert not Participant.objects.filter(pk=other.pk).exists()
