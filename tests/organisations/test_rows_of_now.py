"""Writes on master data are checked against the rows as they are now, not as a page showed them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from tests.days import first_day, today
from tests.enterprises.making import enterprise
from tests.library.making import rule
from tests.staff.making import arrived, post
from tests.venues.making import serving, venue
from tests.world import World
from yizheng.contacts import services as contacts
from yizheng.contacts.models import ContactLink
from yizheng.core import doors
from yizheng.core.refusals import NotNow, Refusal, StaleState
from yizheng.enterprises import services as enterprises
from yizheng.library import services as library
from yizheng.organisations.models import UnitContact
from yizheng.organisations.services import settings, units
from yizheng.people.models import Sector
from yizheng.people.services import accounts as people
from yizheng.people.services import roster
from yizheng.staff import services as staff
from yizheng.venues import services as venues

# Checks on what is there now ----------------------------------------------------------------------


def copies(row: Any) -> tuple[Any, Any]:
    """As two windows have read it."""
    return type(row).objects.get(pk=row.pk), type(row).objects.get(pk=row.pk)


TWICE: dict[str, tuple[Callable[[World], Any], Callable[[World, Any], Any]]] = {
    "membership": (
        lambda world: world.members["third"],
        lambda world, row: roster.end_membership(
            row, reason="deceased", on=today(), record="", by=world.actor("clerk")
        ),
    ),
    "unit": (
        lambda world: world.units["教育局"],
        lambda world, row: units.close_unit(row, by=world.actor("clerk"), on=today()),
    ),
    "venue": (
        venue,
        lambda world, row: venues.close_venue(row, by=world.actor("organiser"), on=today()),
    ),
    "reopened venue": (
        lambda world: closed_venue(world),
        lambda world, row: venues.reopen_venue(row, by=world.actor("organiser")),
    ),
    "serving": (
        lambda world: serving(venue(world), world, "member")[0],
        lambda world, row: venues.end_member(row, by=world.actor("organiser"), on=today()),
    ),
    "contact link": (
        lambda world: link(world),
        lambda world, row: contacts.end_link(row, by=world.actor("organiser"), on=today()),
    ),
    "post": (post, lambda world, row: staff.end_post(row, by=world.actor("organiser"), on=today())),
    "staff": (
        lambda world: arrived(world, post(world), "邵荻"),
        lambda world, row: staff.leave(
            row, by=world.actor("organiser"), until=today(), left="retired"
        ),
    ),
    "enterprise": (
        enterprise,
        lambda world, row: enterprises.close(row, by=world.actor("organiser"), on=today()),
    ),
    "role": (
        lambda world: world.accounts["officer"].grants.get(),
        lambda world, row: people.end_role(row, by=world.actor("administrator"), on=today()),
    ),
    "rule": (
        rule,
        lambda world, row: library.repeal(
            row, by=world.actor("organiser"), on=today(), meeting="第十一次会议"
        ),
    ),
    "rota": (
        lambda world: rota_day(world),
        lambda world, row: venues.strike_rota(row, by=world.actor("organiser")),
    ),
    "sector": (
        lambda world: empty_sector(),
        lambda world, row: settings.remove_named(row, by=world.actor("clerk")),
    ),
    "day": (
        lambda world: settings.set_day(
            dt.date(2026, 3, 3), by=world.actor("clerk"), is_working_day=False, note=""
        ),
        lambda world, row: settings.remove_day(row, by=world.actor("clerk")),
    ),
    "entry": (
        lambda world: contacts.note(
            link(world), by=world.actor("member"), day=today(), way="visit"
        ),
        lambda world, row: contacts.take_back(row, by=world.actor("member")),
    ),
}


def closed_venue(world: World) -> Any:
    place = venue(world)
    venues.close_venue(place, by=world.actor("organiser"), on=today())
    return place


def link(world: World) -> ContactLink:
    contacts.assign(
        "members_to_places",
        [world.members["member"]],
        by=world.actor("organiser"),
        since=first_day(),
        words=["石桥村"],
    )
    return ContactLink.objects.get()


def rota_day(world: World) -> Any:
    place = venue(world)
    serving(place, world, "member", "cosigner", "third")
    venues.fill_rota(
        place,
        [world.members["member"]],
        [today()],
        by=world.actor("organiser"),
        begins=dt.time(9),
        ends=dt.time(11),
    )
    return place.rota.get()


def empty_sector() -> Sector:
    row = Sector(name="体育")
    row.save()
    return row


@pytest.mark.parametrize("name", TWICE)
def test_what_ended_in_another_window_does_not_end_again(world: World, name: str) -> None:
    make, act = TWICE[name]
    first, second = copies(make(world))
    act(world, first)
    with pytest.raises((NotNow, StaleState)):
        act(world, second)


def test_a_unit_closed_in_another_window_is_neither_renamed_nor_given_a_contact(
    world: World,
) -> None:
    by = world.actor("clerk")
    first, second = copies(world.units["教育局"])
    units.close_unit(first, by=by, on=today())
    with pytest.raises(NotNow):
        units.rename_unit(
            second, by=by, name="教育体育局", short_name="教体局", kind="department", on=today()
        )
    with pytest.raises(NotNow):
        units.set_contact(second, "leader", by=by, name="江越", post="", phone="")
    with pytest.raises(Refusal):
        units.close_unit(world.units["财政局"], by=by, on=today(), merged_into=second)


def test_a_day_of_the_rota_that_was_handed_over_is_no_longer_theirs(world: World) -> None:
    row = rota_day(world)
    first, second = copies(row)
    times = {"day": today(), "begins": dt.time(9), "ends": dt.time(11)}
    venues.change_rota(first, world.members["cosigner"], by=world.actor("member"), **times)
    with pytest.raises(Refusal):
        venues.change_rota(second, world.members["third"], by=world.actor("member"), **times)
    row.refresh_from_db()
    assert row.membership == world.members["cosigner"]


def test_the_mark_of_a_successor_is_another(world: World) -> None:
    """Named after another, a contact begins in the first version again; who saw the one before has
    not seen this one.
    """
    unit, by = world.units["水务局"], world.actor("clerk")
    before = units.set_contact(unit, "leader", by=by, name="江越", post="", phone="")
    seen = doors.mark(before)
    after = units.set_contact(unit, "leader", by=by, name="石砚", post="", phone="")
    assert (
        after.version == before.version == 0
        and doors.mark(after) != seen
        and doors.mark(None) not in (seen, doors.mark(after))
    )
    with pytest.raises(StaleState):
        units.set_contact(unit, "leader", by=by, name="江越", post="局长", phone="", seen=seen)
    assert UnitContact.objects.get(until=None).name == "石砚"


def test_nothing_that_changed_nothing_makes_another_page_stale(world: World) -> None:
    sector = Sector.objects.get(name="教育")
    settings.save_named(sector, {"name": "教育", "convener": None}, by=world.actor("clerk"))
    assert sector.version == 0
    place = venue(world)
    serving(place, world, "member")
    place.refresh_from_db()
    assert place.version == 0, "who serves there stands on no form of the venue"
