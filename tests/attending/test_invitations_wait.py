"""An invitation nobody answered waits for whom it went to: on the first page, and in the number
beside it.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.activities.making import activity, activity_at
from tests.world import World, step
from yizheng.activities.models import Activity, Participant
from yizheng.attending.queries import unanswered
from yizheng.attending.services import invitations
from yizheng.people.models import Person
from yizheng.portal.queries.todos import badges, waiting_for

ASKED = {"member", "cosigner"}


def waits_for(world: World) -> set[str]:
    """To whom an invitation waits; the page and the number in the shell agree for each of them."""
    found = set()
    for who in world.accounts:
        actor = world.actor(who)
        asked = unanswered(actor)
        count = asked.count() if asked is not None else 0
        rows = [
            row
            for group in waiting_for(actor).groups
            for row in group.rows
            if row.url.endswith("/attend/")
        ]
        assert len(rows) == count
        assert badges(actor).waiting == waiting_for(actor).count
        if count:
            found.add(who)
    return found


def test_it_waits_from_the_invitation_until_the_answer(world: World) -> None:
    found = activity_at(world, "approved")
    assert waits_for(world) == set()
    found = step(world, found, "invite", "organiser")
    assert waits_for(world) == ASKED
    row = next(row for group in waiting_for(world.actor("member")).groups for row in group.rows)
    assert (row.title, row.due and row.due.date) == (
        "农村供水座谈会",
        timezone.localdate() + dt.timedelta(days=40),
    )
    mine = found.participants.get(membership=world.members["member"])
    invitations.answer(mine, False, by=world.actor("member"))
    assert waits_for(world) == {"cosigner"}


def test_who_asked_for_leave_has_said_enough(world: World) -> None:
    found = activity_at(world, "invited")
    invitations.ask_leave(
        found.participants.get(membership=world.members["member"]),
        reason="duty",
        words="下乡",
        by=world.actor("member"),
    )
    assert waits_for(world) == {"cosigner"}


@pytest.mark.parametrize("how", ["cancelled", "held", "over"])
def test_what_is_off_or_over_waits_for_nobodys_answer(world: World, how: str) -> None:
    found: Any = (
        activity_at(world, "held", days=-1) if how == "held" else activity_at(world, "invited")
    )
    if how == "cancelled":
        step(world, found, "cancel", "organiser", note="并入下月")
    if how == "over":
        past = timezone.now() - dt.timedelta(days=3)
        Activity.objects.update(starts_at=past, ends_at=past + dt.timedelta(hours=2))
    assert waits_for(world) == set()


def test_a_units_invitation_waits_at_the_unit_and_a_guests_at_their_account(world: World) -> None:
    found = activity(world)
    invitations.add_unit(found, world.units["水务局"], by=world.actor("organiser"))
    Participant(
        activity=found, role="guest", person=Person.objects.get(accounts=world.accounts["editor"])
    ).save()
    for name, who in (
        ("submit_for_approval", "organiser"),
        ("approve", "secretary"),
        ("invite", "organiser"),
    ):
        found = step(world, found, name, who)
    assert waits_for(world) == {"officer", "leader", "editor"}


def test_three_cost_no_more_queries_than_one(world: World) -> None:
    activity_at(world, "invited")
    actor = world.actor("member")
    waiting_for(actor)
    with CaptureQueriesContext(connection) as one:
        assert waiting_for(actor).count == 1
    for day in (41, 42):
        activity_at(world, "invited", days=day)
    with CaptureQueriesContext(connection) as three:
        assert waiting_for(actor).count == 3
    assert len(three) == len(one) == 2
