"""A meeting adopts a draft; what was decided stays decided."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.utils import timezone

from tests.signing_in import browser_of
from tests.world import World, draft
from yizheng.core import tenancy
from yizheng.proposals import parameters
from yizheng.proposals.flow import PROPOSAL
from yizheng.proposals.models import Proposal
from yizheng.regulations import services
from yizheng.regulations.models import RegulationVersion

from .office import adopted_in_browser, adoption, platform, stored


def test_a_meeting_adopts_it_and_it_comes_into_force_on_its_day(
    world: World, current: dict[str, Any]
) -> None:
    current["deadlines"]["hand_back_days"] = 3
    services.draft("proposals", current, by=platform(world))
    assert adopted_in_browser(world).status_code == 302
    today = timezone.localdate()
    with tenancy.scope(world.organisation):  # another request
        assert parameters.in_force(today).deadlines.hand_back_days == 5
        assert parameters.in_force(today + dt.timedelta(days=1)).deadlines.hand_back_days == 3


@pytest.mark.parametrize(
    "values",
    [
        {"meeting": " "},
        {"on": "2999-01-01"},
        {"in_force_from": "2020-01-01"},
        {"in_force_from": ""},
    ],
)
def test_an_adoption_that_cannot_be_is_refused(
    world: World, current: dict[str, Any], values: dict[str, str]
) -> None:
    services.draft("proposals", current, by=platform(world))
    assert adopted_in_browser(world, **values).status_code == 422
    assert stored(2).adopted_on is None


def test_a_draft_changed_meanwhile_is_not_adopted_unread(
    world: World, current: dict[str, Any]
) -> None:
    services.draft("proposals", current, by=platform(world))
    page = browser_of(world, "reviewer").post(
        "/regulations/proposals/draft/adopt/", {**adoption(), "seen": "stale"}
    )
    assert page.status_code == 409


def test_drafting_and_adopting_are_two_rights(world: World, current: dict[str, Any]) -> None:
    services.draft("proposals", current, by=platform(world))
    assert (
        browser_of(world, "clerk")
        .post("/regulations/proposals/draft/adopt/", adoption())
        .status_code
        == 403
    )
    assert browser_of(world, "member").get("/regulations/proposals/draft/").status_code == 403
    assert (
        browser_of(world, "officer").post("/regulations/proposals/draft/discard/").status_code
        == 403
    )


def test_an_adopted_version_is_never_thrown_away(world: World) -> None:
    assert (
        browser_of(world, "clerk").post("/regulations/proposals/draft/discard/").status_code == 409
    )
    assert RegulationVersion.objects.filter(regulation__subject="proposals").count() == 1


def test_a_new_version_never_rewrites_what_the_old_one_decided(
    world: World, current: dict[str, Any]
) -> None:
    old = Proposal.objects.get(pk=filed(world).pk)
    before = (old.case_number, old.due_on, old.state)
    current["numbering"]["case"] = current["numbering"]["case_ordinary"] = (
        "提字{year}第{serial:4}号"
    )
    current["deadlines"]["assign_days"] = 2
    services.draft("proposals", current, by=platform(world))
    assert (
        adopted_in_browser(world, in_force_from=timezone.localdate().isoformat()).status_code == 302
    )
    with tenancy.scope(world.organisation):  # another request
        new = Proposal.objects.get(pk=filed(world, "cosigner").pk)
    old.refresh_from_db()
    assert (old.case_number, old.due_on, old.state) == before
    assert (
        new.case_number.startswith("提字")
        and new.due_on is not None
        and before[1] is not None
        and new.due_on < before[1]
    )
    assert stored(1).parameters["deadlines"]["assign_days"] == 10


def filed(world: World, who: str = "member") -> Proposal:
    proposal = PROPOSAL.perform("submit", draft(world, who), by=world.actor(who))
    data = {"category": "社会建设", "note": ""}
    PROPOSAL.perform("pass_check", proposal, by=world.actor("clerk"), data=data)
    return PROPOSAL.perform("file", proposal, by=world.actor("reviewer"), data=data)
