"""Step × state × person of a visit, against a table written by hand."""

from __future__ import annotations

from typing import Any

import pytest

from tests.organisations.venues import keeper, serving, venue, visit
from tests.world import World
from yizheng.core import handover
from yizheng.core.access import Actor
from yizheng.organisations.venues.flow import VISIT

# step | from | to (= stays) | who
TABLE = """
settle  | noted         | settled   | member keeper organiser
hand_on | noted settled | handed_on | member keeper organiser
correct | noted         | =         | member keeper organiser
reopen  | settled       | noted     | member keeper organiser
"""
ROWS = {
    name: (set(sources.split()), target, set(who.split()))
    for line in TABLE.strip().splitlines()
    for name, sources, target, who in [[part.strip() for part in line.split("|")]]
}
PERSONS = ("member", "cosigner", "third", "keeper", "organiser", "secretary", "chairperson", "clerk", "editor", "officer")
DATA: dict[str, dict[str, Any]] = {
    "settle": {"answer": "已修好"}, "reopen": {"reason": "又坏了"}, "hand_on": {"to": "x", "title": "路灯"},
    "correct": {"visitor": "一位店主", "visitor_name": "", "visitor_phone": "", "raised": "路灯坏了"},
}  # fmt: skip


@pytest.fixture(autouse=True)
def _taker(monkeypatch: pytest.MonkeyPatch) -> None:
    def take(_actor: Actor, _matter: handover.Matter) -> handover.Taken:
        return handover.Taken("社情民意草稿", "")

    monkeypatch.setattr(handover, "_handlers", {"x": handover.Handler("x", "x", lambda actor: True, take)})


def reached(world: World, place: Any, state: str) -> Any:
    """Received by the member; walked to the state by real steps."""
    row = visit(world, place)
    if state == "noted":
        return row
    return VISIT.perform("settle" if state == "settled" else "hand_on", row, by=world.actor("member"), data=DATA["settle" if state == "settled" else "hand_on"])


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
            said[state.value, name] = {person for person in PERSONS if person in who} if state in sources else set()
            found[state.value, name] = {
                person for person in PERSONS if any(o.step.name == name and o.open for o in VISIT.offers(row, world.actor(person)))
            }
    assert found == said


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
    waits = {who for who in PERSONS if VISIT.model.objects.filter(VISIT.waiting_for(world.actor(who))).filter(pk=row.pk).exists()}
    assert waits == {"member", "keeper"}
