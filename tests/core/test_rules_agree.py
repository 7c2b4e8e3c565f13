"""For every rule of every flow and every standing person: the test on one object and the filter
over all say the same, and the filter rests on nothing that the rule does not name.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import full_county
from tests.world import World
from yizheng.core import circumstances
from yizheng.core.access import NOTHING, REGISTRY, Actor, Reach, Rule
from yizheng.core.flow import FLOWS, Flow
from yizheng.portal.queries.todos import waiting_for


def rules_of(flow: Flow[Any]) -> dict[str, Rule]:
    """Of the pen in each state, of births, steps and edits; a rule that only adds up others is one
    of its own.
    """
    lines = [
        line.rule for table in (flow.births, flow.steps, flow.edits) for line in table.values()
    ]
    return {
        rule.code: rule
        for rule in (*lines, *(state.holder for state in flow.states.values()))
        if rule is not None
    }


def disagreements(world: World, flow: Flow[Any], who: str) -> Iterator[str]:
    actor, rows = world.actor(who), list(flow.model.objects.all())
    for code, rule in rules_of(flow).items():
        allowed = {row.pk for row in rows if rule.allows(actor, row)}
        scope = rule.scope(actor)
        filtered = (
            set(flow.model.objects.filter(scope).values_list("pk", flat=True))
            if scope != NOTHING
            else set()
        )
        if allowed != filtered:
            yield (
                f"{flow.code}, {code}, {who}: on {sorted(allowed - filtered)} only the test, on "
                f"{sorted(filtered - allowed)} only the filter"
            )


def holder_of_everything(world: World) -> Actor:
    """Every right over the whole and at every unit: whoever signs may edit as well."""
    places = frozenset(("unit", unit.pk) for unit in world.units.values())
    return replace(
        world.actor("clerk"),
        grants={code: Reach(everywhere=True, places=places) for code in REGISTRY},
    )


def test_the_test_on_one_and_the_filter_over_all_agree(world: World) -> None:
    full_county.fill(world)
    empty = {flow.code for flow in FLOWS.values() if not flow.model.objects.exists()}
    assert not empty, "nothing of these flows was there to be held against their rules"
    assert [
        line
        for who in world.accounts
        for flow in FLOWS.values()
        for line in disagreements(world, flow, who)
    ] == []


def test_a_filter_rests_on_what_its_rule_names_and_on_no_record(world: World) -> None:
    for who in world.accounts:
        waiting_for(
            world.actor(who)
        )  # the regulation, the calendar and content types are known from here on
        actor = world.actor(who)
        for flow in FLOWS.values():
            for rule in rules_of(flow).values():
                rule.scope(actor)  # the regulation is known from here on
                with circumstances.watched() as asked, CaptureQueriesContext(connection) as queries:
                    rule.scope(actor)
                assert asked <= rule.depends, f"{flow.code}, {rule.code}, {who}"
                assert len(queries) == 0, f"{flow.code}, {rule.code}, {who}: {queries[0]['sql']}"


def test_what_a_rule_names_it_asks_for_somebody(world: World) -> None:
    """Named too much is kept too short, and hides what is named too little."""
    named = {
        (code, each)
        for flow in FLOWS.values()
        for code, rule in rules_of(flow).items()
        for each in rule.depends
    }
    asked = set()
    for actor in (*map(world.actor, world.accounts), holder_of_everything(world)):
        for flow in FLOWS.values():
            for code, rule in rules_of(flow).items():
                with circumstances.watched() as found:
                    rule.scope(actor)
                asked |= {(code, each) for each in found}
    assert named <= asked
