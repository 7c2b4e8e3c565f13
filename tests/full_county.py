"""A county in which something stands in nearly every state of every flow, put there
by real steps.
"""

from __future__ import annotations

import datetime as dt

from tests.activities import making
from tests.opinions import roads
from tests.venues import making as venues
from tests.world import (
    World,
    assignment_of,
    draft,
    entered_by_office,
    in_parts,
    invite,
    merged_pair,
    of_collective,
    proposal_at,
    rate,
    released,
    step,
    unit_step,
    with_assisting,
    write_and_send,
)
from yizheng.attending.services import invitations as attending
from yizheng.core import clock
from yizheng.indicators.services import begin_report


def fill(world: World) -> None:
    proposals(world)
    opinions(world)
    activities(world)
    place = venues.venue(world)
    venues.serving(place, world, "member")
    venues.keeper(world, place)
    step(world, venues.visit(world, place), "settle", "member", answer="已报修")
    venues.visit(world, place, "keeper", served_by=None)
    begin_report(world.organisation, world.session.year, by=world.actor("clerk"))


def proposals(world: World) -> None:
    for stop in (
        "draft",
        "submitted",
        "review",
        "filed",
        "assigned",
        "signing",
        "checking",
        "replied",
        "closed",
    ):
        proposal_at(world, stop)
    entered_by_office(world)
    of_collective(world)
    draft(world, "clerk", proposer=world.members["cosigner"])
    step(world, proposal_at(world, "submitted"), "return", "clerk", note="请补充情况")
    step(world, proposal_at(world, "filed"), "withdraw", "member", note="不再需要")
    step(world, proposal_at(world, "review"), "not_file", "reviewer", reason="empty")
    asked = draft(world)
    first, _second = invite(world, asked, "member", "cosigner", "third")
    step(world, first, "accept", "cosigner")
    merged_pair(world, cosigned=True)
    with_assisting(world)
    in_parts(world)
    again = with_assisting(world)
    write_and_send(world, again) if not again.assignments.filter(part="assisting") else None
    back = proposal_at(world, "assigned")
    unit_step(world, back, "hand_back", "officer", reason="不属本单位", unit=world.units["教育局"])
    given = proposal_at(world, "assigned")
    unit_step(world, given, "hand_back", "officer", reason="不属本单位", unit=world.units["教育局"])
    step(world, assignment_of(given), "grant_hand_back", "assigner", unit=world.units["教育局"])
    more_time = proposal_at(world, "accepted")
    due = assignment_of(more_time).reply_due_on
    unit_step(
        world,
        more_time,
        "ask_extension",
        "officer",
        until=due + dt.timedelta(days=20),
        reason="需现场勘测",
    )
    unhappy = proposal_at(world, "replied")
    rate(world, unhappy, "member", "unsatisfied")
    key = proposal_at(world, "filed")
    step(world, key, "make_key", "reviewer", leader=world.accounts["chairperson"].person)
    released(world, proposal_at(world, "signing"))


def opinions(world: World) -> None:
    for stop in roads.ROUTE:
        roads.at(world, stop)
    roads.at(world, "submitted", "reporter")
    for stop in ("signed", "editing"):
        step(
            world,
            roads.at(world, stop),
            "mark_secrecy",
            "editor",
            secrecy="listed",
            accounts=[world.accounts["signer"], world.accounts["officer"]],
        )
    step(world, roads.at(world, "submitted"), "return", "editor", note="请补充地点")
    step(world, roads.at(world, "submitted"), "not_use", "editor", reason="repeated")
    moved = roads.at(world, "signed")
    roads.transfer(world, moved)
    answered = roads.at(world, "signed")
    roads.answer(world, roads.transfer(world, answered))
    roads.instruct(world, roads.at(world, "signed"))
    roads.issue(world, roads.at(world, "signed"))
    roads.sent_up(world, roads.at(world, "signed"))


def activities(world: World) -> None:
    for stop in making.ROUTE:
        making.activity_at(world, stop)
    invited = making.activity_at(world, "invited", title="应急演练观摩")
    first, second = invited.participants.order_by("pk")
    attending.ask_leave(first, reason="illness", words="住院", by=world.actor("member"))
    granted = attending.ask_leave(
        second, reason="illness", words="出差", by=world.actor("cosigner")
    )
    step(world, granted, "grant", "organiser")
    held = making.activity_at(world, "held")
    with clock.at(held.ends_at + dt.timedelta(days=1)):
        making.suggestion(world, held)
        making.suggestion(world, held, unit=None)
        decided = making.suggestion(world, held)
        step(
            world,
            decided,
            "decide",
            "officer",
            adoption="adopted",
            answer="采纳",
            planned_for=clock.today() + dt.timedelta(days=60),
        )
        making.outcome(world, held)
        sent = making.outcome(world, held, recipient="unit", unit=world.units["水务局"])
        step(world, sent, "request_signature", "organiser")
        step(world, sent, "sign", "secretary")
        step(world, sent, "send", "organiser", sent_on=clock.today())
    making.topic(world)
    making.planned(world)
    call = making.call_for(world)
    making.offered(world, call)
    step(
        world,
        making.offered(world, call, "cosigner"),
        "take_oral",
        "organiser",
        position=1,
        minutes=8,
    )
