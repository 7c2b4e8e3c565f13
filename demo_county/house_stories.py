"""What the committee keeps besides: venues with their rota and visitors, contacts, rules on paper,
staff, enterprises.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from random import Random
from typing import Any

from yizheng.activities.models import LearningProgramme
from yizheng.contacts import services as contacts
from yizheng.contacts.models import ContactLink
from yizheng.core import clock
from yizheng.enterprises import services as enterprises
from yizheng.enterprises.models import Enterprise
from yizheng.learning import services as learning
from yizheng.library import services as library
from yizheng.library.models import RuleDocument
from yizheng.organisations import places
from yizheng.organisations.models import RoleGrant, Unit
from yizheng.organisations.queries import calendar, in_force_on
from yizheng.organisations.rules import UNIT
from yizheng.organisations.services import founding
from yizheng.organisations.services.settings import save_named
from yizheng.organisations.services.units import set_contact
from yizheng.people.models import Group, Membership
from yizheng.staff import services as staff
from yizheng.staff.models import ArrivalWay, StaffPost, StaffService
from yizheng.venues import rota
from yizheng.venues import services as venues
from yizheng.venues.flow import VISIT
from yizheng.venues.models import Venue, VenueCategory, WallNotice

from .cast import SEED, County
from .content import house as content
from .schedule import Story, moment

EMPTY: dict[str, Any] = {
    "sector": None,
    "unit": None,
    "area": None,
    "phone": "",
    "stars": 0,
    "label": "",
    "about": "",
}


def stories(county: County, now: dt.datetime, last: int) -> Iterator[Story]:
    rng = Random(f"house {SEED}")
    yield _papers(county, last)
    yield _who_answers(county, last)
    yield _places(county, now, last, rng)
    for visit in content.VISITS:
        yield _visit(county, visit, now, Random(rng.random()))
    yield from _contacts(county, now, last, rng)


# Venues -------------------------------------------------------------------------------------------


def _places(county: County, now: dt.datetime, last: int, rng: Random) -> Story:
    begins = moment(dt.date(last, 1, 24), 9)
    yield begins
    for name, category, kind, place, town, stars, about in content.VENUES:
        _found(county, name, category, kind, place, town, stars, about, rng)
    keeper = Venue.objects.get(name=content.KEPT)
    founding.grant(county.accounts["keeper"].pk, "venue-keeper", since=clock.today(), place=keeper)
    yield max(begins, now - dt.timedelta(days=42))
    for venue in Venue.objects.all():
        _fill_rota(county, venue, now.date())


def _found(
    county: County,
    name: str,
    category: str,
    kind: str,
    place: str,
    town: str,
    stars: int,
    about: str,
    rng: Random,
) -> None:
    by = county.staff("organiser")
    values = {
        **EMPTY,
        "name": name,
        "category": VenueCategory.objects.get(name=category),
        "kind": kind,
        "place": place,
        "stars": stars,
        "about": about,
        "unit": county.units.get(town),
        "area": rng.randrange(40, 180, 5),
        "opened_on": clock.today() - dt.timedelta(days=rng.randint(200, 900)),
    }
    venue = venues.save_venue(Venue(), values, by=by)
    host, *others = rng.sample(county.members, 6)
    venues.add_members(venue, [host], by=by, since=clock.today(), is_host=True)
    venues.add_members(venue, others, by=by, since=clock.today())
    for board, title, text in content.WALL:
        notice = {
            "board": board,
            "title": title,
            "text": text,
            "posted_on": clock.today(),
            "until": None,
        }
        venues.post_notice(WallNotice(venue=venue), notice, by=by)


def _fill_rota(county: County, venue: Venue, today: dt.date) -> None:
    days = rota.days_of(clock.today(), today + dt.timedelta(days=28), (1, 3), calendar())
    there = venue.members.filter(in_force_on(clock.today()))
    serving = [place.membership for place in there.select_related("membership")]
    venues.fill_rota(
        venue, serving, days, by=county.staff("organiser"), begins=dt.time(9), ends=dt.time(11, 30)
    )


def _visit(county: County, told: content.VisitText, now: dt.datetime, rng: Random) -> Story:
    yield now - dt.timedelta(days=told.ago, hours=rng.randint(1, 5))
    venue = Venue.objects.get(name=told.venue)
    there = venue.members.filter(in_force_on(clock.today()))
    served_by = rng.choice([place.membership for place in there.select_related("membership")])
    by = county.member(served_by.pk)
    values = {
        "day": clock.today(),
        "served_by": served_by,
        "visitor": told.who,
        "visitor_name": "",
        "visitor_phone": "",
        "raised": told.raised,
    }
    visit = venues.record_visit(venue, values, by=by)
    yield clock.now() + dt.timedelta(days=rng.randint(1, 4), hours=2)
    if told.answer:
        VISIT.perform("settle", visit, by=by, data={"answer": told.answer})
    elif told.becomes:
        VISIT.perform("hand_on", visit, by=by, data={"to": "opinion", "title": told.becomes})


# Contacts -----------------------------------------------------------------------------------------


def _contacts(county: County, now: dt.datetime, last: int, rng: Random) -> Iterator[Story]:
    yield _links(county, last)
    begin = dt.date(last, 2, 10)
    span = max(1, (now.date() - begin).days - 1)
    for _place in range(130):
        yield _note(
            county,
            moment(begin + dt.timedelta(days=rng.randrange(span)), rng.randint(9, 20)),
            Random(rng.random()),
        )


def _links(county: County, last: int) -> Story:
    yield moment(dt.date(last, 1, 28), 10)
    by, members = county.staff("organiser"), county.members
    leaders = [member for member in members if member.post in ("主席", "副主席")]
    others = [member for member in members if member not in leaders]
    party = [member for member in others if member.party == "中共"]
    since = clock.today()
    contacts.assign("leaders_to_members", leaders, by=by, since=since, whom=others[:42])
    contacts.assign(
        "party_to_nonparty",
        party[:24],
        by=by,
        since=since,
        whom=[m for m in others if m.party != "中共"][:36],
    )
    contacts.assign("members_to_places", others[60:72], by=by, since=since, words=content.PLACES)


def _note(county: County, at: dt.datetime, rng: Random) -> Story:
    """Links are drawn by lot: some are noted often, and some not at all."""
    yield at
    links = list(ContactLink.objects.select_related("member").order_by("pk"))
    link = links[min(int(rng.expovariate(1.6) * len(links)), len(links) - 1)]
    way, note = rng.choice(content.NOTES)
    contacts.note(link, by=county.member(link.member_id), day=clock.today(), way=way, note=note)


# Papers, staff, enterprises -----------------------------------------------------------------------


def _papers(county: County, last: int) -> Story:
    yield moment(dt.date(last, 1, 23), 9)
    by = county.staff("organiser")
    known: dict[str, RuleDocument] = {}
    for title, number, meeting, ago, replaces, about in content.RULES:
        adopted = dt.date(last - ago, 3, 6)
        values = {
            "title": title,
            "number": number.format(y=last - ago),
            "meeting": meeting,
            "adopted_on": adopted,
            "in_force_from": adopted,
            "replaces": known.get(replaces),
            "subject": "",
            "about": about,
        }
        known[title] = library.save(RuleDocument(), values, by=by)
    _posts(county, last)
    yield moment(dt.date(last, 2, 3), 15)
    for name, trade, town, years in content.ENTERPRISES:
        unit = county.units.get(town)
        values = {
            "name": name,
            "unit": unit,
            "trade": trade,
            "above_scale_since": dt.date(last - years, 2, 1) if years else None,
            "above_scale_until": None,
        }
        enterprises.save(Enterprise(), values, _of(county, name), by=by)


def _who_answers(county: County, last: int) -> Story:
    """The three of each group; of each unit the two who have accounts there; what is read this
    year.
    """
    yield moment(dt.date(last, 1, 26), 9)
    by, rng = county.staff("organiser"), Random(f"who answers {SEED}")
    secretaries = list(
        StaffService.objects.filter(post__level="section").select_related("person").order_by("pk")
    )
    for group in Group.objects.all():
        convener, branch = rng.sample(
            [member for member in county.members if member.group_id == group.pk], 2
        )
        three = {
            "convener": convener,
            "branch_secretary": branch,
            "deputy_secretary": rng.choice(secretaries).person,
        }
        save_named(group, {"name": group.name, **three}, by=by)
    duties = {"unit-leader": "leader", "unit-officer": "officer"}
    named = RoleGrant.objects.filter(place_kind=UNIT, role__code__in=duties).select_related(
        "account__person", "role"
    )
    newest = Unit.objects.order_by("-pk").values("pk")[:4]
    for grant in places.load(named.exclude(place_id__in=newest)):
        person = grant.account.person
        assert isinstance(grant.place, Unit)
        set_contact(
            grant.place,
            duties[grant.role.code],
            by=by,
            name=person.name,
            post="",
            phone=person.phone,
        )
    reading = {
        "year": last,
        "title": content.LEARNING,
        "about": content.LEARNING_ABOUT,
        "reading": content.READING,
    }
    learning.save(LearningProgramme(), reading, by=by)


def _of(county: County, name: str) -> list[Membership]:
    """Members whose employer it is."""
    return [member for member in county.members if member.person.employer.startswith(name)]


def _posts(county: County, last: int) -> None:
    by = county.staff("organiser")
    for name, level, number, people in content.POSTS:
        values = {
            "name": name,
            "level": level,
            "kind": "administrative",
            "number": number,
            "since": dt.date(last - 4, 1, 10),
            "paper": "云编〔2019〕11号",
        }
        post = staff.save_post(StaffPost(), values, by=by)
        for who, title, years, came, came_from in people:
            since = dt.date(last - years, 7, 1) if years < 4 else dt.date(last - 4, 1, 10)
            staff.arrive(
                post,
                by=by,
                name=who,
                phone="",
                title=title,
                since=since,
                came=ArrivalWay(came),
                came_from=came_from,
            )
