"""A studio and a station of the small county, for the tests of venues."""

from __future__ import annotations

from typing import Any

from tests.days import first_day
from tests.world import World
from yizheng.core import clock
from yizheng.organisations.services import founding
from yizheng.people.models import Account, Person
from yizheng.venues import services
from yizheng.venues.models import Venue, VenueCategory, VenueMember


def venue(world: World, name: str = "石桥委员工作室", sort: str = "studio", **values: Any) -> Venue:
    fields = {
        "name": name,
        "category": VenueCategory.objects.get(sort=sort),
        "kind": "regional",
        "sector": None,
        "unit": world.units["交通运输局"],
        "place": "石桥村 1 号",
        "area": 80,
        "phone": "",
        "stars": 0,
        "label": "",
        "about": "",
        "opened_on": first_day(),
        **values,
    }
    return services.save_venue(Venue(), fields, by=world.actor("organiser"))


def serving(place: Venue, world: World, *who: str) -> list[VenueMember]:
    services.add_members(
        place, [world.members[name] for name in who], by=world.actor("organiser"), since=first_day()
    )
    return list(place.members.all())


def keeper(world: World, place: Venue) -> Account:
    """Somebody who keeps this venue and nothing else."""
    person = Person(name="顾萱")
    person.save()
    account = Account(
        username="keeper",
        organisation=world.organisation,
        person=person,
        must_change_password=False,
    )
    account.save()
    founding.grant(account.pk, "venue-keeper", since=first_day(), place=place)
    world.accounts["keeper"] = account
    return account


def visit(world: World, place: Venue, who: str = "member", **values: Any) -> Any:
    """Received by the member, who serves there."""
    if not place.members.filter(membership=world.members["member"]).exists():
        VenueMember(venue=place, membership=world.members["member"], since=first_day()).save()
    fields = {
        "day": clock.today(),
        "served_by": world.members["member"],
        "visitor": "石桥村一位店主",
        "visitor_name": "丁某某",
        "visitor_phone": "19900001234",
        "raised": "村口路灯坏了三盏，晚上出行不便。",
        **values,
    }
    return services.record_visit(place, fields, by=world.actor(who))
