"""The way through the browser, without scripts: invite, answer, scan, calendar, papers."""

from __future__ import annotations

import datetime as dt
import io

import docx
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar
from openpyxl import load_workbook

from tests.activities.making import activity, activity_at, sitting_of
from tests.signing_in import browser_for, browser_of
from tests.world import World, step, told
from yizheng.activities.models import Activity, Attendance, Participant, Sitting
from yizheng.attending import sign_in_codes
from yizheng.attending.services import calendar_feeds, invitations, sign_in
from yizheng.people.models import Account


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
    refused = office.post(reverse("attending:take-off", args=[mine.pk]), follow=True)
    assert "沈禾已经回复，保留在名单上。" in refused.content.decode()
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
    sitting, phone = sitting_of(soon), browser_of(world, "member")
    page = phone.get(_scan(sitting), follow=True)
    assert page.status_code == 200
    assert not Attendance.objects.exists()
    phone.post(reverse("attending:scan-in", args=[sitting.pk]))
    assert Attendance.objects.get().participant.membership == world.members["member"]


def test_signed_out_the_scan_is_remembered_until_the_password_is_typed(
    world: World, soon: Activity
) -> None:
    sitting, phone = sitting_of(soon), Client()
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
    sitting, phone = sitting_of(soon), browser_of(world, "member")
    assert phone.get(_scan(sitting, seconds_ago=61)).status_code == 422
    assert phone.post(reverse("attending:scan-in", args=[sitting.pk])).status_code == 422
    assert not Attendance.objects.exists()


def test_one_telephone_for_two_members(world: World, soon: Activity) -> None:
    sitting, phone = sitting_of(soon), browser_of(world, "member")
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


# Papers and calendar ------------------------------------------------------------------------------


def test_sheet_workbook_and_poster(world: World, soon: Activity) -> None:
    sitting, office = sitting_of(soon), browser_of(world, "organiser")
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
    first = calendar_feeds.renew(world.actor("member")).token
    status, content = _feed(first)
    (event,) = Calendar.from_ical(content).walk("VEVENT")
    assert (status, str(event["summary"]), str(event["status"])) == (200, soon.title, "CONFIRMED")
    assert event.decoded("dtstart") == soon.starts_at.replace(microsecond=0)
    assert str(event["dtstart"].params["TZID"]) == "Asia/Shanghai"
    second = calendar_feeds.renew(world.actor("member")).token
    assert _feed(first)[0] == 404
    assert soon.title.encode() in _feed(second)[1].replace(b"\r\n ", b"")
    step(world, soon, "cancel", "organiser", note="主讲人患病")
    (event,) = Calendar.from_ical(_feed(second)[1]).walk("VEVENT")
    assert str(event["status"]) == "CANCELLED"
    Account.objects.filter(pk=world.accounts["member"].pk).update(is_active=False)
    assert _feed(second)[0] == 404
    Account.objects.filter(pk=world.accounts["member"].pk).update(is_active=True)
    calendar_feeds.revoke(world.actor("member"))
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
