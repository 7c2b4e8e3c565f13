"""Addresses of opinions in the matrix of tests/test_urls.py, and what their arguments stand for."""

from __future__ import annotations

import io
from typing import Any

from tests.opinions.roads import at, draft
from tests.world import World
from yizheng.core.files import attach
from yizheng.opinions import services

MATRIX = """
opinions:list                     |                  | GET  | sign-in | 200 | —             | member 200
opinions:export                   |                  | GET  | sign-in | 200 | —             | editor 200
opinions:tracking                 |                  | GET  | sign-in | 200 | member 403    | editor 200
opinions:circular                 |                  | GET  | sign-in | 200 | member 403    | editor 200
opinions:circular-export          |                  | GET  | sign-in | 200 | member 403    | editor 200
opinions:new                      |                  | GET  | sign-in | 200 | clerk 403     | reporter 200
opinions:detail                   | opinion          | GET  | sign-in | 404 | third 403     | secretary 200
opinions:edit                     | opinion_draft    | GET  | sign-in | 404 | editor 403    | member 200
opinions:autosave                 | opinion_draft    | POST | sign-in | 404 | editor 403    | member 422
opinions:discard                  | opinion_draft    | POST | sign-in | 404 | third 403     | member 302
opinions:detach                   | opinion_draft opinion_file | POST | sign-in | 404 | third 403 | member 302
opinions:edition                  | opinion_editing  | GET  | sign-in | 404 | member 403    | editor 200
opinions:edition-autosave         | opinion_editing  | POST | sign-in | 404 | member 403    | editor 422
opinions:issues                   |                  | GET  | sign-in | 200 | auditor 403   | member 200
opinions:issues-export            |                  | GET  | sign-in | 200 | auditor 403   | member 200
opinions:issue-new                |                  | GET  | sign-in | 200 | signer 403    | editor 200
opinions:issue                    | issue            | GET  | sign-in | 404 | member 403    | signer 200
opinions:issue-edit               | issue            | GET  | sign-in | 404 | signer 403    | editor 200
opinions:issue-discard            | issue            | POST | sign-in | 404 | signer 403    | editor 302
opinions:issue-paper              | issue word       | GET  | sign-in | 404 | member 403    | editor 200
"""


def places(world: World) -> dict[str, Any]:
    opinion, written = at(world, "signed"), draft(world)
    paper = attach(
        io.BytesIO(b"%PDF-1.4\n%%EOF\n"), "附图.pdf", to=written, by=world.actor("member")
    )
    made = services.compose(
        by=world.actor("editor"), opinions=[at(world, "signed")], journal="社情民意"
    )
    return {
        "opinion": opinion.pk,
        "opinion_draft": written.pk,
        "opinion_editing": at(world, "editing").pk,
        "issue": made.pk,
        "word": "word",
        "opinion_file": paper.pk,
    }
