"""Every list, and its file, asks the database as often for one row as for three.

To add a list add a line to `LISTS`: a page with a table on it whose address names no row fails the
test until it stands there. What a list is filled with is made by real steps, each row with people
and places of its own as far as the small county has them.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import lxml.html
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests import full_county
from tests.activities import making as activities
from tests.days import ahead, first_day
from tests.enterprises.making import enterprise
from tests.grounds import standing
from tests.learning.making import programme
from tests.library.making import rule
from tests.opinions import roads
from tests.promises.test_promises import promised
from tests.signing_in import browser_of
from tests.staff import making as staff
from tests.test_urls import ROWS
from tests.venues import making as venues
from tests.world import World, proposal_at, step
from yizheng.contacts import services as contacts
from yizheng.core.unfinished import UnfinishedWork
from yizheng.indicators.services import begin_report
from yizheng.notices import services as notices
from yizheng.organisations.models import Committee, Role, Session, Term
from yizheng.organisations.services import roles, settings, units
from yizheng.people.models import Collective, Group, Person, Sector
from yizheng.people.services import accounts, roster

Make = Callable[[World, int], Any]
"""Makes the n-th row of a list, n from 0."""
MEMBERS = ("member", "cosigner", "third")
UNITS = ("水务局", "财政局", "教育局")
SEARCHING = 8 if connection.vendor == "sqlite" else 9
"""PostgreSQL takes one statement more."""


@dataclass(frozen=True)
class List:
    address: str
    who: str
    make: Make
    queries: int
    file: str = ""
    """Where its rows are handed out as a file, and how often that asks."""
    of_file: int = 0


def proposals(stop: str) -> Make:
    return lambda world, n: proposal_at(world, stop)


def opinions(stop: str) -> Make:
    return lambda world, n: roads.at(world, stop, ("member", "cosigner", "third")[n])


def published(world: World, n: int) -> None:
    step(world, proposal_at(world, "closed"), "publish", "clerk", secrecy=True)


def noticed(world: World, n: int) -> None:
    proposal_at(world, "filed")
    notices.deliver_pending()


def member(world: World, n: int) -> Any:
    values = {
        "name": f"委员{n}",
        "phone": f"1390000000{n}",
        "sector": world.members[MEMBERS[n]].sector,
        "group": Group.objects.get(),
        "party": "民盟",
        "employer": f"单位{n}",
    }
    return roster.add_member(Term.objects.get(), values, by=world.actor("clerk"), since=first_day())


def account(world: World, n: int) -> None:
    person = Person(name=f"经办{n}", phone=f"1380000000{n}")
    person.save()
    accounts.open_account(
        person,
        by=world.actor("administrator"),
        role=world.accounts["officer"].grants.get().role,
        place=world.units[UNITS[n]],
    )


def linked(world: World, n: int) -> None:
    contacts.assign(
        "members_to_places",
        [world.members[MEMBERS[n]]],
        words=[f"第{n}村"],
        by=world.actor("organiser"),
        since=first_day(),
    )


def venue(world: World, n: int) -> Any:
    place = venues.venue(world, f"第{n}工作室", unit=world.units[UNITS[n]])
    venues.serving(place, world, MEMBERS[n])
    return place


def visit(world: World, n: int) -> None:
    venues.visit(world, venue(world, n), MEMBERS[n])


def activity(world: World, n: int) -> Any:
    return activities.activity_at(world, "invited", title=f"第{n}次座谈会")


def invited(world: World, n: int) -> None:
    activities.activity_at(world, "approved", members=(), title=f"第{n}次座谈会")


def shown(world: World, n: int) -> Any:
    return rule(world, f"第{n}号办法", number=f"第{n}号")


def group(world: World, n: int) -> None:
    made, person = Group(name=f"第{n}组"), world.members[MEMBERS[n]]
    made.convener = person
    made.save()
    person.group = made
    person.save()


def on_a_post(world: World, n: int) -> None:
    staff.arrived(world, staff.post(world, f"第{n}室主任"), f"干部{n}")


def issue(world: World, n: int) -> None:
    roads.issue(world, roads.at(world, "signed"))


def instructed(world: World, n: int) -> None:
    roads.instruct(world, roads.at(world, "signed", MEMBERS[n]))


def transferred(world: World, n: int) -> None:
    roads.transfer(world, roads.at(world, "signed", MEMBERS[n]), UNITS[n])


def sent(world: World, n: int) -> None:
    roads.sent_to(world, roads.at(world, "signed", MEMBERS[n]))


def promise(world: World, n: int) -> None:
    promised(world, f"C-{n}", UNITS[n], n)


def named(model: type[Any], **values: Any) -> Make:
    def make(world: World, n: int) -> None:
        settings.save_named(model(), {"name": f"第{n}", **values}, by=world.actor("clerk"))

    return make


def unit(world: World, n: int) -> None:
    values = {"name": f"云溪县第{n}局", "short_name": f"第{n}局", "kind": "department"}
    made = units.add_unit(values, by=world.actor("clerk"))
    units.set_contact(
        made,
        "leader",
        by=world.actor("clerk"),
        name=f"联系人{n}",
        post="局长",
        phone=f"1370000000{n}",
    )


def role(world: World, n: int) -> None:
    roles.save_role(
        Role(),
        by=world.actor("administrator"),
        name=f"第{n}岗",
        permissions=(),
        needs_second_factor=False,
    )


def day(world: World, n: int) -> None:
    settings.set_day(
        dt.date(2026, 12, 14 + n), by=world.actor("clerk"), is_working_day=False, note="停电"
    )


def session(world: World, n: int) -> None:
    year = world.session.year - 1 - n
    Session(
        term=world.session.term,
        ordinal=10 + n,
        year=year,
        opens_on=dt.date(year, 1, 5),
        closes_on=dt.date(year, 1, 8),
        proposals_until=dt.date(year, 1, 7),
    ).save()


def begun(world: World, n: int) -> None:
    UnfinishedWork(
        account=world.accounts["member"],
        token=uuid.uuid4(),
        page="/proposals/new/",
        heading="写提案",
        words=f"第{n}件",
    ).save()


def report(world: World, n: int) -> None:
    if n:
        session(world, n - 1)
    begin_report(world.organisation, world.session.year - n, by=world.actor("clerk"))


LISTS = (
    List("/", "clerk", proposals("submitted"), 18),
    List("/proposals/", "clerk", proposals("accepted"), 12, "/proposals/export/", 10),
    List(
        "/proposals/assignments/?state=",
        "assigner",
        proposals("accepted"),
        9,
        "/proposals/assignments/export/?state=",
        6,
    ),
    List("/promises/", "clerk", promise, 12, "/promises/export/", 13),
    List(
        "/figures/proposals.received/",
        "clerk",
        proposals("filed"),
        10,
        "/figures/proposals.received/export/",
        11,
    ),
    List("/figures/reports/", "clerk", report, 8),
    List("/people/", "clerk", member, 20, "/people/export/", 11),
    List("/people/accounts/", "administrator", account, 16, "/people/accounts/export/", 13),
    List("/groups/", "clerk", group, 6, "/groups/export/", 11),
    List("/contacts/", "organiser", linked, 9, "/contacts/export/", 13),
    List("/venues/", "organiser", venue, 15, "/venues/export/", 11),
    List("/venues/visits/", "organiser", visit, 11, "/venues/visits/export/", 12),
    List("/activities/?year=all", "organiser", activity, 11, "/activities/export/?year=all", 15),
    List(
        "/activities/plan/",
        "organiser",
        lambda world, n: activities.planned(world, title=f"第{n}题"),
        11,
        "/activities/plan/export/",
        13,
    ),
    List(
        "/enterprises/",
        "organiser",
        lambda world, n: enterprise(world, f"第{n}厂", (MEMBERS[n],), unit=world.units[UNITS[n]]),
        13,
        "/enterprises/export/",
        11,
    ),
    List("/library/", "organiser", shown, 17, "/library/export/", 11),
    List("/staff/", "organiser", on_a_post, 17, "/staff/export/", 13),
    List(
        "/learning/",
        "organiser",
        lambda world, n: programme(world, f"第{n}期"),
        14,
        "/learning/export/",
        13,
    ),
    List("/notices/", "member", noticed, 8),
    List("/opinions/", "editor", opinions("submitted"), 12, "/opinions/export/", 16),
    List("/opinions/?state=", "editor", sent, 12, "/opinions/tracking/", 13),
    List(
        "/opinions/circular/", "editor", opinions("submitted"), 12, "/opinions/circular/export/", 15
    ),
    List("/opinions/issues/", "editor", issue, 12, "/opinions/issues/export/", 15),
    List("/instructions/", "editor", instructed, 11, "/instructions/export/", 14),
    List("/transfers/", "editor", transferred, 12, "/transfers/export/", 14),
    List("/organisation/units/", "clerk", unit, 10, "/organisation/units/export/", 11),
    List("/organisation/roles/", "administrator", role, 7),
    List("/organisation/committees/", "clerk", named(Committee), 6),
    List("/organisation/sectors/", "clerk", named(Sector), 6),
    List("/organisation/groups/", "clerk", group, 6),
    List(
        "/organisation/collectives/",
        "clerk",
        named(Collective, kind=Collective.CollectiveKind.PARTY),
        6,
    ),
    List("/organisation/calendar/", "clerk", day, 9),
    List("/organisation/terms/", "clerk", session, 7),
    List("/audit/", "auditor", proposals("submitted"), 14, "/audit/export/", 12),
    List("/public/yunxi/", "auditor", published, 9),
    List("/search/?q=饮水", "clerk", proposals("filed"), SEARCHING),
    List("/", "member", begun, 13),
    List("/activities/calendar/?month={in_forty_days:%Y-%m}", "member", activity, 9),
)


@pytest.mark.parametrize("wanted", LISTS, ids=lambda wanted: f"{wanted.who} {wanted.address}")
def test_a_list_of_three_asks_the_database_no_more_than_a_list_of_one(
    world: World, wanted: List
) -> None:
    client, found = browser_of(world, wanted.who), []
    for numbers in (range(1), range(1, 3)):
        for n in numbers:
            wanted.make(world, n)
        found.append(asked(client, wanted.address.format(in_forty_days=ahead(40))))
    (once, small), (thrice, large) = found
    assert (once, thrice) == (wanted.queries, wanted.queries)
    assert large >= small + 2, "the rows are not on the page"


@pytest.mark.parametrize(
    "wanted", [each for each in LISTS if each.file], ids=lambda wanted: wanted.file
)
def test_so_does_its_file(world: World, wanted: List) -> None:
    client, found = browser_of(world, wanted.who), []
    for numbers in (range(1), range(1, 3)):
        for n in numbers:
            wanted.make(world, n)
        found.append(asked(client, wanted.file)[0])
    assert found == [wanted.of_file] * 2


def asked(client: Client, address: str) -> tuple[int, int]:
    """How often, at the second time: what a process keeps in mind is there. And how much came."""
    client.get(address)
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(address)
        content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    assert answer.status_code == 200, address
    is_page = answer.headers["Content-Type"].startswith("text/html")
    return len(queries), len(entries(content)) if is_page else 0


def entries(page: bytes) -> Any:
    return lxml.html.fromstring(page.decode()).xpath("//main//*[self::tr or self::li or self::a]")


@standing
def county(world: World) -> World:
    full_county.fill(world)
    return world


NO_RECORDS = {
    "indicators:all": "a row is a figure",
    "indicators:dashboard": "a row is a figure; how often it asks is in test_record_lists.py",
    "regulations:list": "a row is a subject",
    "years": "a row is a kind of work",
    "usersessions_list": "a person has a few devices, and the library looks at each",
    **dict.fromkeys(
        ("people:import", "organisations:import", "proposals:import"), "a row is a column"
    ),
}


def test_every_list_is_asked(county: World) -> None:
    """A page with a table, at an address that names no row."""
    known = {each.address.partition("?")[0] for each in LISTS}
    missing = []
    for row in ROWS:
        if row.method != "GET" or row.places or row.name in NO_RECORDS:
            continue
        address = reverse(row.name)
        answer = browser_of(county, row.having[0]).get(address)
        if answer.headers.get("Content-Type", "").startswith("text/html") and answer.content:
            page = lxml.html.fromstring(answer.content.decode())
            if page.xpath("//main//table[contains(@class, 'cases')]") and address not in known:
                missing.append(row.name)
    assert missing == []
