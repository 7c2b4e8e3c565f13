"""The whole road of one proposal, and its turnings."""

import pytest

from tests.world import World, proposal_at, rate, unit_step, write_reply
from yizheng.core import audit
from yizheng.promises.models import Promise


def test_a_proposal_travels_from_draft_to_closing(world: World) -> None:
    proposal = proposal_at(world, "closed")
    assert proposal.state == "closed"
    assert proposal.result_class == "B"  # one suggestion done, one planned
    assert Promise.objects.count() == 1
    assert list(audit.verify(world.organisation.pk)) == []


@pytest.mark.parametrize(
    "verdict, state",
    [("satisfied", "closed"), ("basically", "closed"), ("unsatisfied", "handling")],
)
def test_an_unsatisfied_proposer_has_it_handled_again(
    world: World, verdict: str, state: str
) -> None:
    proposal = proposal_at(world, "replied")
    rate(world, proposal, "member", verdict)
    proposal.refresh_from_db()
    assert proposal.state == state


def test_a_second_answer_takes_the_place_of_the_first_promise(world: World) -> None:
    """Round one plans suggestion 2; unsatisfied; round two says both are done: nothing is left to
    be followed.
    """
    proposal = proposal_at(world, "replied")
    rate(world, proposal, "member", "unsatisfied")
    write_reply(world, proposal, outcomes=("done", "done"))
    for step, who in (
        ("request_sign_off", "officer"),
        ("sign_off", "leader"),
        ("release", "clerk"),
    ):
        unit_step(world, proposal, step, who)
    assert list(Promise.objects.values_list("state", flat=True)) == ["replaced"]
