"""300 people signed in from three desks at once, and the calendar of a year. Prints JSON.

Run by `python -m bench --attendance`, in a process with its own settings and an empty database.
Each desk is a thread that does what its tablet does for each person: hands in the receipt, then
fetches the list afresh. Every fifth person is told by two desks, as happens at a door.
"""

from __future__ import annotations

import datetime as dt
import json
import statistics
import time
import uuid
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

import yizheng.wsgi  # noqa: F401 - this process is set up as one that serves
from yizheng import regulations
from yizheng.activities import services
from yizheng.activities.enums import ParticipantRole
from yizheng.activities.models import Attendance, Sitting
from yizheng.attending.services import calendar_feeds
from yizheng.attending.services import invitations as attending
from yizheng.core import tenancy
from yizheng.core.access import Actor, system
from yizheng.organisations.models import Organisation, Term
from yizheng.organisations.services import founding
from yizheng.people.models import Account, Membership, Person, Sector
from yizheng.people.queries import actor_of
from yizheng.regulations import services as adopting

PEOPLE, DESKS, A_YEAR = 300, 3, 400
WITHIN_SECONDS = 300


def main() -> None:
    settings.SESSION_COOKIE_SECURE = False
    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    organisation = founding.found(
        code="bench", name="政协云溪县委员会", short_name="云溪县政协", region="云溪县"
    )
    with tenancy.scope(organisation):
        office = _house(organisation)
        _members(organisation)
        sitting = _plenary(office)
        _year(office)
    signed = _sign_in(sitting, office)
    with tenancy.scope(organisation):
        assert Attendance.objects.filter(sitting=sitting).count() == PEOPLE, (
            "somebody was lost or doubled"
        )
    print(
        json.dumps(
            {
                "database": connection.vendor,
                "sign_in": signed,
                "calendar": _calendar(organisation, office),
            },
            indent=1,
        )
    )


# What is there ------------------------------------------------------------------------------------


def _account(organisation: Organisation, name: str, role: str) -> Account:
    person = Person(name=name)
    person.save()
    account = Account(
        username=f"bench-{role}-{person.pk}",
        organisation=organisation,
        person=person,
        must_change_password=False,
    )
    account.save()
    founding.grant(account.pk, role, since=dt.date(2020, 1, 1))
    return account


def _house(organisation: Organisation) -> Account:
    platform = system(organisation.pk)
    for subject in regulations.SCHEMAS:
        version = adopting.draft(subject, adopting.model_of(subject), by=platform)
        adopting.adopt(
            version,
            by=platform,
            meeting="九届主席会议第一次会议",
            on=dt.date(2020, 1, 1),
            in_force_from=dt.date(2020, 1, 1),
        )
    Term(ordinal=9, begins_on=dt.date(2020, 1, 1)).save()
    return _account(organisation, "蓝汀", "organiser")


def _members(organisation: Organisation) -> None:
    sector, term = Sector(name="农业"), Term.objects.get()
    sector.save()
    for n in range(PEOPLE):
        account = _account(organisation, f"委员{n + 1}", "member")
        Membership(
            person=account.person,
            term=term,
            sector=sector,
            party="无党派",
            since=dt.date(2020, 1, 1),
        ).save()


def _held(by: Actor, title: str, starts_at: dt.datetime, form: str = "members_forum") -> Any:
    values = {
        "title": title,
        "form": form,
        "starts_at": starts_at,
        "ends_at": starts_at + dt.timedelta(hours=2),
        "place": "会议室",
    }
    return services.create_activity(by=by, **values)


def _plenary(office: Account) -> Sitting:
    by = actor_of(office)
    plenary = _held(by, "全体会议", timezone.now() + dt.timedelta(minutes=30), "plenary_meeting")
    attending.add_members(plenary, Membership.objects.all(), role=ParticipantRole.MEMBER, by=by)
    found: Sitting = plenary.sittings.get()
    return found


def _year(office: Account) -> None:
    by, now = actor_of(office), timezone.now()
    for n in range(A_YEAR):
        _held(
            by,
            f"第{n + 1}次活动",
            now - dt.timedelta(days=100) + dt.timedelta(days=n * 365 / A_YEAR),
        )


# What is measured ---------------------------------------------------------------------------------


def _sign_in(sitting: Sitting, office: Account) -> dict[str, Any]:
    with tenancy.scope(office.organisation_id):
        people = list(sitting.activity.participants.values_list("pk", flat=True))
    parts = [
        [pk for n, pk in enumerate(people) if n % DESKS == desk or n % 5 == desk == 0]
        for desk in range(DESKS)
    ]
    started, cpu = time.perf_counter(), time.process_time()
    with ThreadPoolExecutor(DESKS) as desks:
        taken = list(desks.map(lambda part: _desk(sitting.pk, office, *part), enumerate(parts)))
    whole, cpu = time.perf_counter() - started, time.process_time() - cpu
    handed, fetched = ([t for one in taken for t in one[k]] for k in (0, 1))
    assert whole < WITHIN_SECONDS, f"{PEOPLE} people took {whole:.0f} s"
    return {
        "people": PEOPLE,
        "desks": DESKS,
        "receipts": len(handed),
        "seconds": round(whole, 1),
        "cpu_ms_a_person": round(cpu * 1000 / PEOPLE, 1),
        "hand_in": _told(handed),
        "fetch_list": _told(fetched),
    }


def _desk(
    sitting: int, office: Account, number: int, people: list[int]
) -> tuple[list[float], list[float]]:
    browser = Client(raise_request_exception=True)
    browser.force_login(office)
    handed, fetched = [], []
    for pk in people:
        now = int(time.time() * 1000)
        receipt = {"receipt": str(uuid.uuid4()), "participant": pk, "at": now, "method": "desk"}
        body = json.dumps({"desk": str(number), "sent_at": now, "receipts": [receipt]})
        handed.append(
            _timed(
                lambda body=body: browser.post(
                    reverse("attending:desk-merge", args=[sitting]), body, "application/json"
                )
            )
        )
        fetched.append(_timed(lambda: browser.get(reverse("attending:desk-pack", args=[sitting]))))
    connection.close()
    return handed, fetched


def _calendar(organisation: Organisation, office: Account) -> dict[str, Any]:
    browser = Client()
    browser.force_login(office)
    with tenancy.scope(organisation):
        token = calendar_feeds.renew(actor_of(office)).token
    page, feed = reverse("attending:calendar"), reverse("attending:calendar-feed", args=[token])
    return {
        "activities": A_YEAR + 1,
        "month": _told([_timed(lambda: browser.get(page)) for _n in range(30)]),
        "feed_of_a_year": _told([_timed(lambda: Client().get(feed)) for _n in range(15)]),
    }


def _timed(ask: Callable[[], Any]) -> float:
    at = time.perf_counter()
    answer = ask()
    assert answer.status_code == 200, answer.content[:300]
    return (time.perf_counter() - at) * 1000


def _told(times: list[float]) -> dict[str, float]:
    cuts = statistics.quantiles(times, n=100)
    return {
        "p50_ms": round(cuts[49], 1),
        "p95_ms": round(cuts[94], 1),
        "p99_ms": round(cuts[98], 1),
    }


if __name__ == "__main__":
    main()
