"""What the pages of people and attendance refuse is said where it was typed or pressed."""

from __future__ import annotations

import datetime as dt
import re

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.activities.making import activity_at, sitting_of
from tests.signing_in import browser_of
from tests.world import World
from yizheng.activities.models import Activity, Attendance
from yizheng.attending.models import SignIn
from yizheng.attending.services import sign_in
from yizheng.core import clock


def came(world: World, soon: Activity) -> str:
    """Both members came just now; the address of their list."""
    sitting = sitting_of(soon)
    told = [sign_in.SignInReport(one.pk, clock.now(), "desk") for one in soon.participants.all()]
    sign_in.take(sitting, told, by=world.actor("organiser"))
    return reverse("attending:sheet", args=[sitting.pk])


def confirmed(world: World, soon: Activity) -> None:
    with clock.at(soon.starts_at):
        sign_in.confirm(soon, by=world.actor("organiser"))


def shown_in(office: Client, address: str) -> dict[str, object]:
    """What the page of the list would send as it stands."""
    page = office.get(address).content.decode()
    fields = re.findall(r'name="((?:shown|left|came)-\d+)" value="([^"]*)"', page)
    return {**dict(fields), "present": re.findall(r'name="present" value="(\d+)"', page)}


def test_a_unit_that_is_on_the_list_already(world: World, soon: Activity) -> None:
    office, address = browser_of(world, "organiser"), reverse("attending:add-unit", args=[soon.pk])
    typed = {"unit-unit": world.units["水务局"].pk, "unit-post": "副局长"}
    assert office.post(address, typed).status_code == 302
    again = office.post(address, typed)
    page = again.content.decode()
    assert again.status_code == 422 and 'id="id_unit-unit_error"' in page
    assert 'value="副局长"' in page and "沈禾" in page


def test_digits_that_are_nobodys(world: World, soon: Activity) -> None:
    """The second has more digits than Python reads."""
    office = browser_of(world, "organiser")
    address = reverse("attending:own-code-read", args=[sitting_of(soon).pk])
    for typed in ("000 000x", f"YZ1.{'9' * 5000}.1.0"):
        answer = office.post(address, {"code": typed})
        page = answer.content.decode()
        assert answer.status_code == 422 and 'id="id_code_error"' in page
        assert f'value="{typed}"' in page and "沈禾" in page


def test_every_line_that_is_wrong_at_once(world: World, soon: Activity) -> None:
    """Two hours that are none; two that lie before they came, and a reason that is missing."""
    office, address = browser_of(world, "organiser"), came(world, soon)
    one, two = soon.participants.order_by("pk")
    window = shown_in(office, address)
    unread = {f"came-{one.pk}": "25:99", f"left-{two.pk}": "noon"}
    answer = office.post(address, {**window, **unread})
    page = answer.content.decode()
    assert answer.status_code == 422
    for field in unread:
        assert f'href="#{field}"' in page and f'id="{field}_error"' in page
    confirmed(world, soon)
    early = f"{timezone.localtime() - dt.timedelta(minutes=5):%H:%M}"
    before = {f"left-{each.pk}": early for each in (one, two)}
    page = office.post(address, {**window, **before, "reason": "补记"}).content.decode()
    for field in before:
        assert f'href="#{field}"' in page and f'name="{field}" value="{early}"' in page
    page = office.post(address, {**window, **before}).content.decode()
    assert 'href="#id_reason"' in page and f'name="left-{one.pk}" value="{early}"' in page
    assert not Attendance.objects.exclude(left_at=None).exists()


def test_a_reason_is_marked_as_needed_from_the_confirmation_on(
    world: World, soon: Activity
) -> None:
    office, address = browser_of(world, "organiser"), came(world, soon)
    asked = re.compile(r'<input[^>]*name="reason"[^>]*required')
    assert not asked.search(office.get(address).content.decode())
    confirmed(world, soon)
    assert asked.search(office.get(address).content.decode())


def test_a_sign_in_that_waits_is_not_decided_without_a_reason(world: World, soon: Activity) -> None:
    sitting, one = sitting_of(soon), soon.participants.order_by("pk")[0]
    confirmed(world, soon)
    row = SignIn(
        sitting=sitting,
        participant=one,
        signed_at=clock.now(),
        received_at=clock.now(),
        method="desk",
        waits=True,
    )
    row.save()
    office, address = (
        browser_of(world, "organiser"),
        reverse("attending:decide-waiting", args=[row.pk]),
    )
    refused = office.post(address, {"takes": "yes", "reason": " "})
    assert refused.status_code == 422
    assert f'id="why-{row.pk}-reason_error"' in refused.content.decode()
    assert office.post(address, {"takes": "yes", "reason": "补计"}).status_code == 302
    assert Attendance.objects.get().participant == one
    late = office.post(address, {"takes": "no", "reason": "补计"}, follow=True)
    assert late.redirect_chain and "已有人处理" in late.content.decode()


def test_what_cannot_be_confirmed_yet_is_said_on_the_page_of_the_people(world: World) -> None:
    found, office = activity_at(world, "invited"), browser_of(world, "organiser")
    answer = office.post(reverse("attending:confirm-attendance", args=[found.pk]), follow=True)
    assert answer.redirect_chain == [(reverse("attending:people", args=[found.pk]), 302)]
    assert "最后一场尚未开始" in answer.content.decode()
    assert Activity.objects.get().attendance_confirmed_at is None
