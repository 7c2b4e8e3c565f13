"""What is removed or ended is so wholly or not at all, wherever it breaks off: an error at every
single statement.
"""

from __future__ import annotations

import datetime as dt

import pytest

from tests.all_or_nothing import all_or_nothing
from tests.days import ahead, today
from tests.organisations.test_rows_of_now import TWICE
from tests.venues.making import keeper, serving, venue
from tests.world import World
from yizheng.organisations.models import RoleGrant, Unit
from yizheng.organisations.services import units
from yizheng.people.models import Membership
from yizheng.people.services import accounts as people
from yizheng.people.services import roster
from yizheng.venues import services as venues
from yizheng.venues.models import Venue


@pytest.mark.parametrize("name", TWICE)
def test_an_end_is_whole_or_not_at_all(world: World, name: str) -> None:
    make, act = TWICE[name]
    row = make(world)
    assert all_or_nothing(lambda: act(world, type(row).objects.get(pk=row.pk))) >= 4


def test_a_venue_closes_with_all_that_ends_with_it(world: World) -> None:
    place = venue(world)
    serving(place, world, "member", "cosigner")
    keeper(world, place)
    days = [today(), ahead(1)]
    venues.fill_rota(
        place,
        [world.members["member"]],
        days,
        by=world.actor("organiser"),
        begins=dt.time(9),
        ends=dt.time(11),
    )
    assert (
        all_or_nothing(
            lambda: venues.close_venue(
                Venue.objects.get(pk=place.pk), by=world.actor("organiser"), on=today()
            )
        )
        > 20
    )
    assert [row.day for row in place.rota.all()] == days[:1]


def test_a_unit_is_merged_with_all_that_goes_over(world: World) -> None:
    place = venue(world, unit=world.units["水务局"])
    units.set_contact(
        world.units["水务局"], "leader", by=world.actor("clerk"), name="江越", post="", phone=""
    )
    water, finance = world.units["水务局"].pk, world.units["财政局"]
    by = world.actor("clerk")
    assert (
        all_or_nothing(
            lambda: units.close_unit(
                Unit.objects.get(pk=water), by=by, on=today(), merged_into=finance
            )
        )
        > 20
    )
    place.refresh_from_db()
    assert place.unit == world.units["财政局"] and place.version == 1


def test_a_role_that_never_held_is_taken_back_with_its_entry(world: World) -> None:
    by = world.actor("administrator")
    role = world.accounts["reviewer"].grants.get().role
    grant = people.give_role(world.accounts["clerk"], role, by=by, since=today())
    assert (
        all_or_nothing(
            lambda: people.end_role(RoleGrant.objects.get(pk=grant.pk), by=by, on=today())
        )
        > 4
    )
    assert not RoleGrant.objects.filter(pk=grant.pk).exists()


def test_a_member_and_the_person_are_changed_together(world: World) -> None:
    pk, by = world.members["member"].pk, world.actor("clerk")
    both = {"employer": "县医院", "post": "副主席"}
    assert (
        all_or_nothing(lambda: roster.change_member(Membership.objects.get(pk=pk), both, by=by))
        >= 5
    )
