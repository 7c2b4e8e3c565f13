"""How far a grant goes, and that a rule's test and its filter say the same."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from tests.world import World, proposal_at
from yizheng.core import clock
from yizheng.core.access import NOTHING, Actor, Reach, office, system
from yizheng.core.flow import FLOWS
from yizheng.organisations.models import Role, RoleGrant
from yizheng.organisations.rules import at_unit
from yizheng.organisations.services import founding
from yizheng.people.queries import actor_of
from yizheng.proposals import rules
from yizheng.proposals.models import Assignment

WATER, SCHOOL = 1, 2


def at(pk: int, kind: str = "unit") -> Reach:
    return Reach(places=frozenset({(kind, pk)}))


def test_reaches_add_up() -> None:
    both = at(WATER) | Reach(places=frozenset({("unit", SCHOOL), ("committee", 5)}))
    assert both.at("unit") == {WATER, SCHOOL} and both.at("committee") == {5}
    assert both.at("venue") == frozenset() and not both.everywhere
    assert (both | Reach(everywhere=True)).everywhere


def _actor(**grants: Reach) -> Actor:
    return Actor(
        1, "某人", grants={name.replace("_", "."): reach for name, reach in grants.items()}
    )


@pytest.mark.parametrize(
    ("reach", "whole", "somewhere"),
    [
        (Reach(everywhere=True), True, True),
        (at(WATER), False, True),
        (at(5, "committee"), False, True),
        (Reach(), False, False),
    ],
)
def test_a_right_at_one_unit_is_no_right_over_the_whole(
    reach: Reach, whole: bool, somewhere: bool
) -> None:
    actor = _actor(t_right=reach)
    rule = office("t.right", "可以")
    assert (actor.holds("t.right"), actor.holds_somewhere("t.right")) == (whole, somewhere)
    assert rule.allows(actor, None) is whole
    assert (rule.scope(actor) == NOTHING) is not whole


def test_a_right_over_the_whole_is_no_right_at_a_unit() -> None:
    rule = at_unit("t.unit", "可以")
    assignment = type("Row", (), {"unit_id": WATER})()
    assert rule.allows(_actor(t_unit=at(WATER)), assignment)
    assert not rule.allows(_actor(t_unit=at(SCHOOL)), assignment)
    assert not rule.allows(_actor(t_unit=at(WATER, "venue")), assignment)
    assert not rule.allows(_actor(t_unit=Reach(everywhere=True)), assignment)


def test_the_platform_holds_every_office() -> None:
    assert system(1).holds("anything")


def test_a_grant_counts_within_its_days(world: World) -> None:
    account, today = world.accounts["third"], clock.today()
    grant = founding.grant(account.pk, "clerk", since=today)
    assert actor_of(account).holds("proposals.check")
    assert not actor_of(account, on=today - dt.timedelta(days=1)).holds("proposals.check")
    RoleGrant.objects.filter(pk=grant.pk).update(
        until=today - dt.timedelta(days=1), since=today - dt.timedelta(days=9)
    )
    assert not actor_of(account).holds("proposals.check")


def test_a_role_is_data(world: World) -> None:
    assert not world.actor("auditor").holds("proposals.check")
    Role.objects.filter(code="auditor").update(permissions=["proposals.check"])
    assert world.actor("auditor").holds("proposals.check")


@pytest.mark.parametrize(
    "who",
    ["member", "clerk", "reviewer", "assigner", "officer", "leader", "other_officer", "auditor"],
)
def test_the_test_on_one_and_the_filter_over_all_agree(world: World, who: str) -> None:
    """Every rule of the proposals' flow on every proposal and assignment there is."""
    for stop in ("draft", "submitted", "review", "filed", "accepted", "signing"):
        proposal_at(world, stop)
    actor = world.actor(who)
    used: dict[str, Any] = {step.rule.code: step.rule for step in FLOWS["proposal"].steps.values()}
    for rule in used.values():
        rows = FLOWS["proposal"].model.objects.all()
        assert set(rows.filter(rule.scope(actor))) == {
            row for row in rows if rule.allows(actor, row)
        }, rule.code
    for rule in (rules.unit_officer, rules.unit_leader):
        assignments = Assignment.objects.all()
        assert set(assignments.filter(rule.scope(actor))) == {
            a for a in assignments if rule.allows(actor, a)
        }
