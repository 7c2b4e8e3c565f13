"""Several people at once, each with a connection of their own."""

from __future__ import annotations

from typing import Any

import pytest

from tests.together import at_once
from tests.world import (
    World,
    assign,
    draft,
    in_parts,
    invite,
    proposal_at,
    rating,
    step,
    unit_step,
    write_and_send,
)
from yizheng.core import audit, clock, numbering
from yizheng.core.access import Actor, system
from yizheng.core.refusals import NotNow, StaleState
from yizheng.organisations.services import founding
from yizheng.organisations.services.founding import found
from yizheng.proposals import services
from yizheng.proposals.flow import ASSIGNMENT, EVALUATION, PROPOSAL
from yizheng.proposals.flow.assignment_guards import suggestions_to_answer
from yizheng.proposals.models import Proposal

ROUNDS = 5


def _second_clerk(world: World) -> Actor:
    founding.grant(world.accounts["third"].pk, "clerk", since=clock.today())
    return world.actor("third")


def test_of_two_clerks_who_take_the_same_step_one_is_told_of_the_other(open_county: World) -> None:
    clerks = {
        actor.name: actor for actor in (open_county.actor("clerk"), _second_clerk(open_county))
    }
    for _round in range(ROUNDS):
        proposal = proposal_at(open_county, "submitted")
        seen = proposal.version

        def take(by: Actor, proposal: Any = proposal, seen: int = seen) -> Any:
            return PROPOSAL.perform("pass_check", proposal, by=by, seen=seen)

        results = at_once(open_county, *(lambda by=by: take(by) for by in clerks.values()))
        refusals = [result for result in results if isinstance(result, StaleState)]
        taken = [result for result in results if isinstance(result, Proposal)]
        assert (len(taken), len(refusals)) == (1, 1), results
        winner = audit.history(proposal).last()
        assert winner is not None
        assert winner.actor_name in str(refusals[0])
        assert audit.history(proposal).filter(action="proposal.pass_check").count() == 1


def test_filings_at_once_get_different_numbers_without_a_gap(open_county: World) -> None:
    waiting = [proposal_at(open_county, "review") for _ in range(4)]
    reviewer = open_county.actor("reviewer")
    results = at_once(
        open_county, *(lambda p=p: PROPOSAL.perform("file", p, by=reviewer) for p in waiting)
    )
    year = open_county.session.year
    assert sorted(str(getattr(r, "case_number", r)) for r in results) == [
        f"〔{year}〕00{n}" for n in (1, 2, 3, 4)
    ]


def test_a_series_begun_by_two_at_once_counts_on(open_county: World) -> None:
    from django.db import transaction

    def draw() -> int:
        with transaction.atomic():
            return numbering.draw("new")

    assert sorted(at_once(open_county, draw, draw, draw)) == [1, 2, 3]


def test_writers_at_once_keep_one_chain(open_county: World) -> None:
    place = found(code="linshan", name="政协临山县委员会", short_name="临山县政协", region="临山县")
    platform = system(place.pk)

    def write() -> None:
        for number in range(15):
            audit.record("test.written", by=platform, of=place, detail={"number": number})

    assert at_once(open_county, write, write, write) == [None, None, None]
    assert audit.AuditEntry.objects.filter(organisation=place).count() == 45
    assert list(audit.verify(place.pk)) == []


def test_of_the_last_two_replies_released_at_once_one_opens_the_rating(open_county: World) -> None:
    founding.grant(
        open_county.accounts["other_officer"].pk,
        "unit-leader",
        since=clock.today(),
        place=open_county.units["教育局"],
    )
    for _round in range(ROUNDS):
        proposal = in_parts(open_county)
        assignments = list(proposal.assignments.all())
        for assignment, who in zip(assignments, ("leader", "other_officer"), strict=True):
            _checked(open_county, assignment, who)
        clerk = open_county.actor("clerk")
        results = at_once(
            open_county,
            *(
                lambda a=a, by=clerk: ASSIGNMENT.perform("release", a, by=by).state
                for a in assignments
            ),
        )
        assert results == ["replied", "replied"]
        proposal.refresh_from_db()
        assert proposal.state == "evaluating"


def _checked(world: World, assignment: Any, who: str) -> None:
    by = world.actor(who)
    ASSIGNMENT.perform("accept", assignment, by=by)
    spoken = {"way": "visit", "on": clock.today(), "with_whom": "沈禾", "note": "听取意见"}
    ASSIGNMENT.perform("contact", assignment, by=by, data=spoken)
    items = {s.pk: {"outcome": "done", "text": "已落实"} for s in suggestions_to_answer(assignment)}
    services.save_reply(assignment, by=by, items=items, result_class="A")
    for name in ("request_sign_off", "sign_off"):
        ASSIGNMENT.perform(name, assignment, by=by)


def test_of_the_last_two_ratings_given_at_once_one_concludes_the_round(open_county: World) -> None:
    proposal = _joint_replied(open_county)
    data = rating("satisfied")
    ratings = [
        (proposal.evaluations.get(membership=open_county.members[who]), open_county.actor(who))
        for who in ("member", "cosigner")
    ]
    results = at_once(
        open_county,
        *(
            lambda r=r, by=by: EVALUATION.perform("answer", r, by=by, data=data).state
            for r, by in ratings
        ),
    )
    assert results == ["answered", "answered"]
    proposal.refresh_from_db()
    assert proposal.state == "closed"


def _joint_replied(world: World) -> Any:
    proposal = draft(world)
    (invitation,) = invite(world, proposal, "member", "cosigner")
    step(world, invitation, "accept", "cosigner")
    for name, who in (("submit", "member"), ("pass_check", "clerk"), ("file", "reviewer")):
        step(world, proposal, name, who)
    assign(world, proposal)
    unit_step(world, proposal, "accept", "officer")
    write_and_send(world, proposal)
    unit_step(world, proposal, "sign_off", "leader")
    unit_step(world, proposal, "release", "clerk")
    return proposal


@pytest.mark.parametrize("_round", range(ROUNDS))
def test_withdrawn_and_released_at_once_is_one_or_the_other(
    open_county: World, _round: int
) -> None:
    proposal = proposal_at(open_county, "checking")
    assignment = proposal.assignments.get()
    member, clerk = open_county.actor("member"), open_county.actor("clerk")
    results = at_once(
        open_county,
        lambda: (
            PROPOSAL.perform("withdraw", proposal, by=member, data={"note": "问题已解决"}).state
        ),
        lambda: ASSIGNMENT.perform("release", assignment, by=clerk).state,
    )
    withdrawn, released = results
    assert (withdrawn == "withdrawn" and isinstance(released, StaleState)) or (
        released == "replied" and isinstance(withdrawn, NotNow | StaleState)
    ), results
