"""Addresses of activities in the matrix of tests/test_urls.py, and what their
arguments stand for.
"""

from __future__ import annotations

import io
from typing import Any

from tests.activities.making import (
    activity,
    activity_at,
    call_for,
    offered,
    outcome,
    planned,
    suggestion,
)
from tests.world import World
from yizheng.core.files import attach

MATRIX = """
activities:list                   |                  | GET  | sign-in | 200 | —             | member 200
activities:export                 |                  | GET  | sign-in | 200 | —             | member 200
activities:new                    |                  | GET  | sign-in | 200 | member 403    | organiser 200
activities:detail                 | activity_held    | GET  | sign-in | 404 | other_officer 403 | member 200
activities:edit                   | activity_draft   | GET  | sign-in | 404 | secretary 403 | organiser 200
activities:autosave               | activity_draft   | POST | sign-in | 404 | secretary 403 | organiser 422
activities:discard                | activity_draft   | POST | sign-in | 404 | secretary 403 | organiser 302
activities:agenda                 | activity_held    | GET  | sign-in | 404 | secretary 403 | organiser 200
activities:detach                 | activity_draft activity_paper | POST | sign-in | 404 | secretary 403 | organiser 302
activities:plan                   |                  | GET  | sign-in | 200 | officer 403   | member 200
activities:plan-export            |                  | GET  | sign-in | 200 | officer 403   | member 200
activities:propose                |                  | GET  | sign-in | 200 | member 403    | organiser 200
activities:plan-item              | plan_item        | GET  | sign-in | 404 | officer 403   | member 200
activities:offer                  | activity_called  | GET  | sign-in | 404 | secretary 403 | third 200
activities:record-contribution    | activity_held    | GET  | sign-in | 404 | member 403    | organiser 200
activities:contribution           | contribution     | GET  | sign-in | 404 | third 403     | member 200
activities:note-suggestion        | activity_held    | GET  | sign-in | 404 | member 403    | organiser 200
activities:suggestion             | made_suggestion  | GET  | sign-in | 404 | other_officer 403 | officer 200
activities:measured               | activity_held    | GET  | sign-in | 404 | member 403    | organiser 200
activities:write-outcome          | activity_held    | GET  | sign-in | 404 | member 403    | organiser 200
activities:outcome                | outcome_draft    | GET  | sign-in | 404 | member 403    | organiser 200
activities:outcome-edit           | outcome_draft    | GET  | sign-in | 404 | secretary 403 | organiser 200
activities:outcome-autosave       | outcome_draft    | POST | sign-in | 404 | secretary 403 | organiser 422
activities:outcome-paper          | outcome_draft    | GET  | sign-in | 404 | member 403    | organiser 200
activities:paper                  | activity_held paper_notice | GET | sign-in | 404 | third 403 | member 200
"""


def places(world: World) -> dict[str, Any]:
    draft, held = activity(world), activity_at(world, "held")
    paper = attach(
        io.BytesIO(b"%PDF-1.4\n%%EOF\n"),
        "议程.pdf",
        to=draft,
        by=world.actor("organiser"),
        purpose="paper",
    )
    called = call_for(world)
    return {
        "activity_draft": draft.pk,
        "activity_paper": paper.pk,
        "activity_held": held.pk,
        "activity_called": called.pk,
        "plan_item": planned(world).pk,
        "contribution": offered(world, called).pk,
        "paper_notice": "notice",
        "made_suggestion": suggestion(world, held).pk,
        "outcome_draft": outcome(world, held).pk,
    }
