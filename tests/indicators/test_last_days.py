"""What closes on the last day of a period was there on it; counted by hand."""

from __future__ import annotations

import datetime as dt
from typing import Any

from tests.days import today
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


def last_day() -> dt.date:
    return today().replace(month=12, day=31)


def counted(code: str, years: int = 0) -> Any:
    """In the present year, or so many after it; asked in January."""
    with clock.at(morning(last_day() + dt.timedelta(days=8))):
        return queries.figure(code, Period.of_year(today().year + years)).numerator


def test_venues_and_enterprises_that_close_on_the_last_of_december(world: World) -> None:
    """Of two each, one closes: two in the year, one in the next."""
    by = world.actor("organiser")
    places = [venue(world, name) for name in ("甲工作室", "乙工作室")]
    works = [enterprise(world, name) for name in ("甲厂", "乙厂")]
    with clock.at(morning(last_day())):
        venues.close_venue(places[0], by=by, on=last_day())
        enterprises.close(works[0], by=by, on=last_day())
    for code in ("venues.venues", "enterprises.above_scale"):
        assert (counted(code), counted(code, 1)) == (2, 1), code


def test_a_unit_with_its_contacts_that_closes_on_the_last_of_december(world: World) -> None:
    """Its leader and its officer have that day for their last, as the unit itself."""
    by, unit = world.actor("clerk"), world.units["财政局"]
    for duty in ("leader", "officer"):
        units.set_contact(unit, duty, by=by, name="石南", post="", phone="")
    named = counted("organisations.contacts_rate")
    with clock.at(morning(last_day())):
        units.close_unit(unit, by=by, on=last_day())
    assert Unit.objects.get(pk=unit.pk).contacts.filter(until=last_day()).count() == 2
    assert counted("organisations.contacts_rate") == named
    assert counted("organisations.contacts_rate", 1) == named - 1
