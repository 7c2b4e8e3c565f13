"""Facts from a day to a day: never two at once, which the database itself refuses."""

from __future__ import annotations

import datetime as dt

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction
from django.db.models import F

from tests.world import World
from yizheng.core.dated import DatedFact, holding
from yizheng.organisations.models import Unit, UnitName

D = dt.date
DATED = [model for model in apps.get_models() if issubclass(model, DatedFact)]


def _name(world: World, since: D | None, until: D | None, unit: str = "水务局") -> UnitName:
    made = UnitName(
        unit=world.units[unit], name="旧称", short_name="旧", kind="other", since=since, until=until
    )
    made.save()
    return made


@pytest.fixture
def nameless(world: World) -> World:
    UnitName.objects.all().delete()
    return world


@pytest.mark.parametrize("model", DATED)
def test_every_such_table_has_its_guard(world: World, model: type[DatedFact]) -> None:
    table = model._meta.db_table
    asked = {
        "sqlite": "SELECT count(*) FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s",
        "postgresql": "SELECT 2 * count(*) FROM pg_trigger WHERE tgname = %s || '_once'",
    }
    with connection.cursor() as cursor:
        cursor.execute(asked[connection.vendor], [table])
        assert cursor.fetchone()[0] == 2


@pytest.mark.parametrize(
    ("since", "until", "stands"),
    [
        (D(2024, 1, 1), D(2024, 6, 30), False),  # the same days
        (D(2024, 6, 30), D(2024, 12, 31), False),  # its last day is the other's first
        (D(2023, 1, 1), D(2024, 1, 1), False),
        (D(2024, 3, 1), D(2024, 3, 1), False),  # within
        (None, None, False),
        (None, D(2024, 1, 1), False),
        (D(2024, 6, 30), None, False),
        (D(2024, 7, 1), None, True),  # the day after
        (None, D(2023, 12, 31), True),
    ],
)
def test_two_never_hold_on_one_day(
    nameless: World, since: D | None, until: D | None, stands: bool
) -> None:
    _name(nameless, D(2024, 1, 1), D(2024, 6, 30))
    if stands:
        _name(nameless, since, until)
        return
    with pytest.raises(IntegrityError), transaction.atomic():
        _name(nameless, since, until)
    assert _name(nameless, since, until, "财政局").pk, "of another thing it may"


def test_a_row_that_is_moved_onto_another_is_refused_too(nameless: World) -> None:
    _name(nameless, D(2024, 1, 1), D(2024, 6, 30))
    later = _name(nameless, D(2024, 7, 1), None)
    later.since = D(2024, 6, 30)
    with pytest.raises(IntegrityError), transaction.atomic():
        later.save()
    with pytest.raises(IntegrityError), transaction.atomic():
        UnitName.objects.filter(pk=later.pk).update(since=None)
    later.since = D(2024, 8, 1)
    later.save()


@pytest.mark.parametrize(
    ("day", "holds"),
    [(D(2023, 12, 31), 0), (D(2024, 1, 1), 1), (D(2024, 6, 30), 1), (D(2024, 7, 1), 0)],
)
def test_what_holds_on_a_day_here_and_in_the_database(nameless: World, day: D, holds: int) -> None:
    called = _name(nameless, D(2024, 1, 1), D(2024, 6, 30))
    assert called.holds(day) == bool(holds)
    assert UnitName.objects.filter(holding(day)).count() == holds


def test_the_day_may_be_a_column(nameless: World) -> None:
    unit = nameless.units["水务局"]
    Unit.objects.filter(pk=unit.pk).update(closed_on=D(2024, 5, 1))
    _name(nameless, D(2024, 1, 1), D(2024, 6, 30))
    _name(nameless, D(2024, 7, 1), None)
    on_its_last_day = Unit.objects.filter(holding(F("closed_on"), "names__"), pk=unit.pk)
    assert on_its_last_day.count() == 1
