"""What closes on the last day of a period was there on it; counted by hand."""

from __future__ import annotations

import datetime as dt
from typing import Any

from tests.enterprises.making import enterprise
from tests.venues.making import venue
from tests.world import World, morning
from yizheng.core import clock
from yizheng.core.figures import Period
from yizheng.enterprises import services as enterprises
from yizheng.indicators import queries
from yizheng.organisations.models import Unit
from yizheng.organisations.services import units
from yizheng.venues import services as venues

YEAR = 2026
SILVESTER = dt.date(YEAR, 12, 31)


def counted(code: str, year: int) -> Any:
    with clock.at(morning(dt.date(YEAR + 1, 1, 8))):
        return queries.figure(code, Period.of_year(year)).numerator


def test_venues_and_enterprises_that_close_on_silvester(world: World) -> None:
    """Of two each, one closes: two in the year, one in the next."""
    by = world.actor("organiser")
    places = [venue(world, name) for name in ("甲工作室", "乙工作室")]
    works = [enterprise(world, name) for name in ("甲厂", "乙厂")]
    with clock.at(morning(SILVESTER)):
        venues.close_venue(places[0], by=by, on=SILVESTER)
        enterprises.close(works[0], by=by, on=SILVESTER)
    for code in ("venues.venues", "enterprises.above_scale"):
        assert (counted(code, YEAR), counted(code, YEAR + 1)) == (2, 1), code


def test_a_unit_with_its_contacts_that_closes_on_silvester(world: World) -> None:
    """Its leader and its officer have that day for their last, as the unit itself."""
    by, unit = world.actor("clerk"), world.units["财政局"]
    for duty in ("leader", "officer"):
        units.set_contact(unit, duty, by=by, name="石南", post="", phone="")
    named = counted("organisations.contacts_rate", YEAR)
    with clock.at(morning(SILVESTER)):
        units.close_unit(unit, by=by, on=SILVESTER)
    assert Unit.objects.get(pk=unit.pk).contacts.filter(until=SILVESTER).count() == 2
    assert counted("organisations.contacts_rate", YEAR) == named
    assert counted("organisations.contacts_rate", YEAR + 1) == named - 1
