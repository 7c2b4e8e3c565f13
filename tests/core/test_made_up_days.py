"""Days that an earlier version made up for what lists brought in are forgotten by the migrations; days
that somebody gave stay.
"""

from __future__ import annotations

import datetime as dt
from importlib import import_module
from typing import Any

from django.apps import apps
from django.utils import timezone

from tests.days import ago
from tests.indicators.rows import handled
from tests.world import World
from yizheng.proposals.models import Assignment, Proposal, Reply, ReplyItem


def forget(app: str) -> None:
    import_module(f"yizheng.{app}.migrations.0003_forget_made_up_days").forget(apps, None)


def as_once_brought_in(world: World, replied: dt.date | None, due: dt.date | None) -> Proposal:
    """All days of the filing, which was that of the submission, but the reply's if it was said."""
    [proposal] = handled(world, 1)
    ReplyItem.objects.all().delete()
    Reply.objects.all().delete()
    at = timezone.make_aware(dt.datetime.combine(ago(300), dt.time(9)))
    answered = timezone.make_aware(dt.datetime.combine(replied, dt.time(9))) if replied else at
    Proposal.objects.update(
        is_imported=True,
        submitted_at=at,
        filed_at=at,
        assigned_at=at,
        assigned_how="meeting",
        replied_at=answered,
        closed_at=answered,
    )
    Assignment.objects.update(
        assigned_on=ago(300),
        reply_due_on=due or ago(300),
        hand_back_until=ago(300),
        accepted_at=at,
        replied_at=answered,
    )
    return proposal


def days_of(proposal: Proposal) -> list[Any]:
    proposal.refresh_from_db()
    part = proposal.assignments.get()
    return [proposal.filed_at, proposal.assigned_at, part.assigned_on, part.reply_due_on]


def test_all_that_a_list_could_not_say_is_forgotten(world: World) -> None:
    proposal = as_once_brought_in(world, None, None)
    forget("proposals")
    assert days_of(proposal) == [None, None, None, None]
    assert (proposal.replied_at, proposal.closed_at) == (None, None)
    assert proposal.assignments.get().replied_at is None
    assert proposal.submitted_at is not None  # the list may have said it


def test_the_day_of_a_reply_that_was_said_stays(world: World) -> None:
    proposal = as_once_brought_in(world, ago(200), None)
    forget("proposals")
    assert days_of(proposal) == [None, None, None, None]
    part = proposal.assignments.get()
    assert part.replied_at and timezone.localdate(part.replied_at) == ago(200)


def test_what_was_handled_here_keeps_its_days(world: World) -> None:
    [proposal] = handled(world, 1)
    before = days_of(proposal)
    forget("proposals")
    assert days_of(proposal) == before and None not in before
