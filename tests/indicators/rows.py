"""Many proposals at once, as rows: handled, met, replied and rated, each to be spoilt in one
respect.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils import timezone

from tests.world import World
from yizheng.proposals.models import (
    Assignment,
    Contact,
    Evaluation,
    Proposal,
    Reply,
    ReplyItem,
    Suggestion,
)


def handled(world: World, count: int, **values: Any) -> list[Proposal]:
    """`count` closed proposals of the world's session, each met, replied in time and rated
    satisfied.
    """
    return [_handled(world, number, values) for number in range(1, count + 1)]


def _handled(world: World, number: int, values: dict[str, Any]) -> Proposal:
    now = timezone.now()
    fields = {
        "session": world.session,
        "year": world.session.year,
        "occasion": "plenary",
        "state": "closed",
        "flow_number": f"{number:04}",
        "case_number": f"〔{world.session.year}〕9{number:03}",
        "title": f"关于第{number}件事的建议",
        "kind": "individual",
        "proposer": world.members["member"],
        "category": "社会建设",
        "submitted_at": now,
        "filed_at": now,
        "assigned_at": now,
        "replied_at": now,
        "closed_at": now,
        "result_class": "A",
        **values,
    }
    proposal = Proposal(**fields)
    proposal.save()
    suggestion = Suggestion(proposal=proposal, position=1, text="增设一处")
    suggestion.save()
    _answered(world, proposal, suggestion, now)
    Evaluation(
        proposal=proposal,
        round=1,
        membership=world.members["member"],
        state="answered",
        verdict="satisfied",
        answered_at=now,
        opened_at=now,
    ).save()
    return proposal


def _answered(world: World, proposal: Proposal, suggestion: Suggestion, now: dt.datetime) -> None:
    today = timezone.localdate(now)
    assignment = Assignment(
        proposal=proposal,
        unit=world.units["水务局"],
        part="sole",
        state="replied",
        assigned_on=today,
        accepted_at=now,
        reply_due_on=today + dt.timedelta(days=90),
        hand_back_until=today,
        replied_at=now,
    )
    assignment.save()
    Contact(assignment=assignment, way="visit", on=today, with_whom="沈禾").save()
    reply = Reply(
        assignment=assignment,
        round=1,
        result_class="A",
        number=f"{proposal.pk}号",
        signed_at=now,
        released_at=now,
    )
    reply.save()
    ReplyItem(reply=reply, suggestion=suggestion, outcome="done", text="已办").save()
