"""By when a unit should first have spoken with the proposer."""

from __future__ import annotations

from django.urls import reverse

from tests.signing_in import browser_of
from tests.world import World, adopt_rules, assignment_of, proposal_at, unit_step
from yizheng.core import clock
from yizheng.proposals.flow import PROPOSAL


def test_until_a_unit_has_spoken_with_the_proposer_both_pages_say_by_when(world: World) -> None:
    """As many working days as the regulation says: within four of them."""
    adopt_rules(world, deadlines={"contact_days": 4})
    proposal = proposal_at(world, "accepted")
    assignment = assignment_of(proposal)
    pages = (PROPOSAL.url(proposal), reverse("proposals:reply", args=[assignment.pk]))
    officer = browser_of(world, "officer")
    words = "首次与提案者沟通"
    left = "还剩 4 个工作日"
    for page in pages:
        shown = officer.get(page).content.decode()
        assert (words in shown, left in shown) == (True, True), page
    contact = {"way": "phone", "on": clock.today(), "with_whom": "沈禾", "note": "已沟通"}
    unit_step(world, proposal, "contact", "officer", **contact)
    for page in pages:
        assert words not in officer.get(page).content.decode(), page
