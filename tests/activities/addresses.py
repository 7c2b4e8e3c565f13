"""Addresses of activities in the matrix of tests/test_urls.py, and what their arguments stand for."""

from __future__ import annotations

import io
from typing import Any

from tests.activities.making import activity, activity_at
from tests.world import World
from yizheng.core.files import attach

MATRIX = """
activities:list                   |                  | GET  | sign-in | 200 | —             | member 200
activities:export                 |                  | GET  | sign-in | 200 | —             | member 200
activities:new                    |                  | GET  | sign-in | 200 | member 403    | organiser 200
activities:detail                 | activity_held    | GET  | sign-in | 404 | officer 403   | member 200
activities:edit                   | activity_draft   | GET  | sign-in | 404 | secretary 403 | organiser 200
activities:autosave               | activity_draft   | POST | sign-in | 404 | secretary 403 | organiser 422
activities:discard                | activity_draft   | POST | sign-in | 404 | secretary 403 | organiser 302
activities:agenda                 | activity_held    | GET  | sign-in | 404 | secretary 403 | organiser 200
activities:detach                 | activity_draft activity_paper | POST | sign-in | 404 | secretary 403 | organiser 302
"""


def places(world: World) -> dict[str, Any]:
    draft = activity(world)
    paper = attach(io.BytesIO(b"%PDF-1.4\n%%EOF\n"), "议程.pdf", to=draft, by=world.actor("organiser"), purpose="paper")
    return {"activity_draft": draft.pk, "activity_paper": paper.pk, "activity_held": activity_at(world, "held").pk}
