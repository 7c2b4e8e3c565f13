"""What a test begins on, and that nothing of it reaches the next test."""

from __future__ import annotations

import pytest
from django.db import connection

from tests import grounds
from tests.world import World, build
from yizheng.core.audit import AuditEntry
from yizheng.organisations.models import Organisation, Unit


@pytest.mark.parametrize("turn", range(2))
def test_what_a_test_writes_and_what_it_does_to_objects_is_gone_in_the_next(
    world: World, turn: int
) -> None:
    assert Organisation.objects.get() == world.organisation
    assert world.units["水务局"].name == "yunxi县水务局"
    world.units["水务局"].name = "另一个局"
    world.units["水务局"].save()
    world.units.clear()
    assert Unit.objects.filter(name="另一个局").count() == 1


@pytest.mark.parametrize("turn", range(2))
def test_without_the_county_there_are_tables_and_nothing_in_them(db: None, turn: int) -> None:
    assert not Organisation.objects.exists()
    Organisation(code="a", name="甲", short_name="甲", region="甲").save()


@pytest.mark.parametrize("turn", range(2))
def test_a_county_for_good_is_not_there_for_the_next_test(open_county: World, turn: int) -> None:
    assert not connection.in_atomic_block
    build("linshan")
    assert Organisation.objects.count() == 2


def test_a_county_asked_for_late_is_built_where_the_test_is(
    db: None, request: pytest.FixtureRequest
) -> None:
    world: World = request.getfixturevalue("world")
    assert Organisation.objects.get() == world.organisation


def test_the_county_is_what_building_it_makes(world: World) -> None:
    """Its objects come out of a copy: they hold together as those of a new one do."""
    other = build("linshan")
    assert {who: account.person.name for who, account in world.accounts.items()} == {
        who: account.person.name for who, account in other.accounts.items()
    }
    assert world.members["member"].person is world.accounts["member"].person
    assert (
        AuditEntry.objects.filter(organisation=world.organisation).count()
        == AuditEntry.objects.filter(organisation=other.organisation).count()
    )


def test_the_digest_follows_what_migrations_use() -> None:
    assert grounds.digest() == grounds.digest()
    assert [file.name for file in grounds.files_of("yizheng.search.store")] == ["store.py"]
    assert [file.name for file in grounds.files_of("yizheng.core")] == ["__init__.py"]
