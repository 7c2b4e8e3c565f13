"""Step × state × person of a visit, against a table written by hand."""

from __future__ import annotations

import datetime as dt
from contextlib import suppress
from typing import Any

import pytest

from tests.venues.making import keeper, serving, venue, visit
from tests.world import World
from yizheng.core import audit, clock
from yizheng.core.refusals import BadInput, NotAllowed
from yizheng.venues import services as venues
from yizheng.venues.flow import VISIT
from yizheng.venues.models import VenueMember

# step | from | to (= stays) | who
TABLE = """
settle  | noted         | settled   | member keeper organiser
hand_on | noted settled | handed_on | member keeper organiser
correct | noted         | =         | member keeper organiser
reopen  | settled       | noted     | member keeper organiser
"""
# how it begins | in which state | who
BIRTHS = """
noted | noted | member cosigner keeper organiser
"""
ROWS = {
    name: (set(sources.split()), target, set(who.split()))
    for line in TABLE.strip().splitlines()
    for name, sources, target, who in [[part.strip() for part in line.split("|")]]
}
PERSONS = (
    "member",
    "cosigner",
    "third",
    "keeper",
    "organiser",
    "secretary",
    "chairperson",
    "clerk",
    "editor",
    "officer",
)
DATA: dict[str, dict[str, Any]] = {
    "settle": {"answer": "已修好"},
    "reopen": {"reason": "又坏了"},
    "hand_on": {"to": "opinion", "title": "路灯"},
    "correct": {
        "visitor": "一位店主",
        "visitor_name": "",
        "visitor_phone": "",
        "raised": "路灯坏了",
    },
}


def reached(world: World, place: Any, state: str) -> Any:
    """Received by the member; walked to the state by real steps."""
    row = visit(world, place)
    if state == "noted":
        return row
    return VISIT.perform(
        "settle" if state == "settled" else "hand_on",
        row,
        by=world.actor("member"),
        data=DATA["settle" if state == "settled" else "hand_on"],
    )


def test_the_table(world: World) -> None:
    """The co-signer serves there too, but it is the member who received the visitor."""
    assert set(VISIT.steps) == set(ROWS)
    place = venue(world)
    serving(place, world, "member", "cosigner")
    keeper(world, place)
    found, said = {}, {}
    for state in VISIT.states:
        row = reached(world, place, state)
        for name, (sources, _target, who) in ROWS.items():
            said[state.value, name] = (
                {person for person in PERSONS if person in who} if state in sources else set()
            )
            found[state.value, name] = {
                person
                for person in PERSONS
                if any(
                    o.step.name == name and o.open for o in VISIT.offers(row, world.actor(person))
                )
            }
    assert found == said


def test_how_a_visit_begins(world: World) -> None:
    """Whoever serves there, keeps the venue or all venues; and it is told as it was before."""
    lines = [[part.strip() for part in line.split("|")] for line in BIRTHS.strip().splitlines()]
    assert {(birth.name, str(birth.state)) for birth in VISIT.births.values()} == {
        (name, state) for name, state, _who in lines
    }
    place = venue(world)
    serving(place, world, "member", "cosigner")
    keeper(world, place)
    found = set()
    for who in PERSONS:
        with suppress(NotAllowed):
            row = visit(world, place, who)
            found.add(who)
            assert [entry.action for entry in audit.history(row)] == ["visit.noted"]
    assert found == set(lines[0][2].split())


@pytest.mark.parametrize(
    ("since", "until", "may"),
    [(-1, None, True), (0, None, True), (1, None, False), (-9, 0, True), (-9, -1, False)],
)
def test_who_serves_notes_visits_from_the_first_day_to_the_last(
    world: World, since: int, until: int | None, may: bool
) -> None:
    place, today = venue(world), clock.today()
    last = None if until is None else today + dt.timedelta(days=until)
    VenueMember(
        venue=place,
        membership=world.members["cosigner"],
        since=today + dt.timedelta(days=since),
        until=last,
    ).save()
    if may:
        visit(world, place, "cosigner")
    else:
        with pytest.raises(NotAllowed):
            visit(world, place, "cosigner")


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("settle", {}),
        ("settle", {"answer": " "}),
        ("reopen", {}),
        ("hand_on", {"to": "opinion"}),
        ("hand_on", {"to": "nobody", "title": "路灯"}),
        ("correct", {"visitor": "一位店主"}),
        ("correct", {"visitor": "一位店主", "raised": "路灯", "visitor_phone": "12"}),
    ],
)
def test_the_rule_of_the_form_holds_for_every_caller(
    world: World, name: str, data: dict[str, Any]
) -> None:
    place = venue(world)
    serving(place, world, "member")
    row = reached(world, place, "settled" if name == "reopen" else "noted")
    with pytest.raises(BadInput):
        VISIT.perform(name, row, by=world.actor("member"), data=data)
    before = row.state
    row.refresh_from_db()
    assert row.state == before


def test_a_visit_to_a_venue_closed_in_another_window_is_of_its_last_day_at_most(
    world: World,
) -> None:
    place = venue(world)
    other = type(place).objects.get(pk=place.pk)
    yesterday = clock.today() - dt.timedelta(days=1)
    venues.close_venue(other, by=world.actor("organiser"), on=yesterday)
    with pytest.raises(BadInput):
        visit(world, place, "organiser")
    assert visit(world, place, "organiser", day=yesterday).day == yesterday


@pytest.mark.parametrize("name", ROWS)
def test_where_steps_lead(world: World, name: str) -> None:
    place = venue(world)
    serving(place, world, "member")
    sources, target, _who = ROWS[name]
    row = reached(world, place, sorted(sources)[0])
    before = row.state
    row = VISIT.perform(name, row, by=world.actor("member"), data=DATA[name])
    assert row.state == (before if target == "=" else target)


def test_it_waits_for_whoever_received_it(world: World) -> None:
    place = venue(world)
    serving(place, world, "member", "cosigner")
    keeper(world, place)
    row = reached(world, place, "noted")
    waits = {
        who
        for who in PERSONS
        if VISIT.model.objects.filter(VISIT.waiting_for(world.actor(who)))
        .filter(pk=row.pk)
        .exists()
    }
    assert waits == {"member", "keeper"}
