"""A role over one committee: its office prepares and follows that committee's activities, and no
others.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.activities.making import activity_at, on, outcome, planned, topic
from tests.activities.test_flow_table import AT, FLOW_CODES, LINES, _prepared, _try
from tests.signing_in import browser_of
from tests.world import World
from yizheng.activities import services
from yizheng.activities.flow import ACTIVITY
from yizheng.activities.models import Activity, PlanItem
from yizheng.attending.flow import LEAVE, tell_approver
from yizheng.attending.services import invitations as attending
from yizheng.core.access import Actor
from yizheng.core.flow import FLOWS
from yizheng.core.refusals import NotAllowed
from yizheng.organisations.models import Committee, Role, RoleGrant
from yizheng.people.queries import actor_of


@pytest.fixture
def committee(world: World) -> Committee:
    return Committee.objects.get(name="提案委员会")


@pytest.fixture
def other(world: World) -> Committee:
    row = Committee(name="经济委员会")
    row.save()
    return row


@pytest.fixture
def office(world: World, committee: Committee) -> Actor:
    """The reporter of the standing persons, to whom the organiser's role was given over the
    committee.
    """
    role = Role.objects.get(code="organiser")
    RoleGrant(
        account=world.accounts["reporter"],
        role=role,
        place_kind="committee",
        place_id=committee.pk,
        since=timezone.localdate(),
    ).save()
    return actor_of(world.accounts["reporter"])


def _of(flow: str, committee: Committee | None) -> None:
    """Everything there is belongs to the committee."""
    (PlanItem if flow == "plan_item" else Activity).objects.update(committee=committee)


@pytest.mark.parametrize("place", AT, ids=".".join)
def test_in_every_state_it_takes_the_organisers_steps_at_its_own_and_none_elsewhere(
    world: World, office: Actor, committee: Committee, other: Committee, place: tuple[str, str]
) -> None:
    flow, state = place
    made = AT[place](world)
    lines = [
        line
        for line in LINES
        if line.flow == flow and state in line.sources and "organiser" in line.who
    ]
    for responsible, expected in (
        (other, set()),
        (None, set()),
        (committee, {line.step for line in lines}),
    ):
        _of(flow, responsible)
        obj = FLOWS[flow].model.objects.get(pk=made.pk)
        assert {offer.step.name for offer in FLOWS[flow].offers(obj, office)} == expected
        waits = (
            FLOWS[flow].model.objects.filter(FLOWS[flow].waiting_for(office), pk=obj.pk).exists()
        )
        holder = FLOWS[flow].state_of(obj).holder
        assert waits == bool(expected and holder and holder.allows(office, obj))
        assert FLOWS[flow].visible_to(office).filter(pk=obj.pk).exists() == bool(
            responsible == committee
        )
        for line in lines:
            if expected:
                _prepared(world, line, obj)
            went = _as(world, line, obj)
            target = state if line.target == "=" else line.target
            assert went == (target if expected else "not allowed"), line.step


def _as(world: World, line: Any, obj: Any) -> str:
    return _try(world, line, obj, "reporter")


def test_the_flows_are_all_there() -> None:
    assert set(FLOW_CODES) == {
        "activity",
        "plan_item",
        "contribution",
        "activity_suggestion",
        "outcome",
    }


def test_it_prepares_for_its_committee_only(
    world: World, office: Actor, committee: Committee, other: Committee
) -> None:
    day = timezone.localdate() + dt.timedelta(days=9)
    fields = {
        "title": "提案办理协商会",
        "form": "proposal_consultation",
        "starts_at": on(day, 9),
        "ends_at": on(day, 11),
        "place": "三楼",
    }
    made = services.create_activity(by=office, committee=committee, **fields)
    for elsewhere in (other, None):
        with pytest.raises(NotAllowed, match="专委会"):
            services.create_activity(by=office, committee=elsewhere, **fields)
        with pytest.raises(NotAllowed, match="专委会"):
            services.save_activity(made, by=office, committee=elsewhere)
        with pytest.raises(NotAllowed, match="专委会"):
            services.propose_topic(
                by=office,
                year=day.year,
                title="议题",
                form="special_survey",
                month=5,
                committee=elsewhere,
            )
    foreign = activity_at(world, "held", days=-1)
    for refused in (
        lambda: services.set_agenda(foreign, [("议程", "")], by=office),
        lambda: services.add_suggestion(foreign, by=office, text="建议", made_by="委员"),
        lambda: services.draft_outcome(
            foreign, by=office, kind="minutes", title="纪要", text="", recipient="government"
        ),
        lambda: attending.add_members(foreign, [world.members["third"]], role="member", by=office),
        lambda: services.set_measured(foreign, {}, by=office),
    ):
        with pytest.raises(NotAllowed):
            refused()
    assert ACTIVITY.visible_to(office).get() == made


def test_leave_from_its_activities_is_its_to_grant(
    world: World, office: Actor, committee: Committee
) -> None:
    found = activity_at(world, "invited")
    leave = attending.ask_leave(
        found.participants.get(membership=world.members["member"]),
        reason="duty",
        words="下乡",
        by=world.actor("member"),
    )
    assert not LEAVE.visible_to(office).exists() and LEAVE.waiting_for(office)
    assert world.accounts["reporter"].pk not in tell_approver(leave)
    Activity.objects.update(committee=committee)
    leave = LEAVE.visible_to(office).get()
    assert LEAVE.model.objects.filter(LEAVE.waiting_for(office)).get() == leave
    assert world.accounts["reporter"].pk in tell_approver(leave)
    assert LEAVE.perform("grant", leave, by=office).state == "granted"


def test_its_pages_open_and_others_are_refused(
    world: World, office: Actor, committee: Committee
) -> None:
    client = browser_of(world, "reporter")
    own = activity_at(world, "held", days=-1, committee=committee)
    foreign = activity_at(world, "held", days=-1, title="别的委员会")
    report = outcome(world, own)
    pages = [
        (name, pk)
        for pk in (own.pk, foreign.pk)
        for name in (
            "activities:detail",
            "activities:agenda",
            "activities:note-suggestion",
            "activities:record-contribution",
            "activities:write-outcome",
            "activities:measured",
            "attending:people",
            "attending:speaking",
        )
    ]
    assert {
        (name, client.get(reverse(name, args=[pk])).status_code)
        for name, pk in pages
        if pk == own.pk
    } == {(name, 200) for name, _pk in pages}
    assert {
        client.get(reverse(name, args=[pk])).status_code for name, pk in pages if pk == foreign.pk
    } == {403}
    listed = client.get(reverse("activities:list")).content.decode()
    assert own.title in listed and foreign.title not in listed
    assert client.get(reverse("activities:outcome", args=[report.pk])).status_code == 200
    sheet = reverse("attending:sheet", args=[own.sittings.get().pk])
    assert client.get(sheet).status_code == 200
    planned(world, committee=committee, title="自己的议题")
    topic(world, title="别人的议题")
    plan = client.get(reverse("activities:plan")).content.decode()
    assert "自己的议题" in plan and "别人的议题" not in plan
