"""Addresses of instructions in the matrix of tests/test_urls.py, and what their arguments stand for."""

from __future__ import annotations

from typing import Any

from tests.opinions.roads import at, instruct
from tests.world import World

MATRIX = """
instructions:list                 |                  | GET  | sign-in | 200 | member 403    | editor 200
instructions:export               |                  | GET  | sign-in | 200 | member 403    | editor 200
instructions:change               | instruction      | GET  | sign-in | 404 | member 403    | editor 200
instructions:remove               | instruction      | POST | sign-in | 404 | signer 403    | editor 302
instructions:record               | place instructed | GET  | sign-in | 404 | signer 403    | editor 200
"""


def places(world: World) -> dict[str, Any]:
    opinion = at(world, "signed")
    return {
        "place": "opinion",
        "instructed": opinion.pk,
        "instruction": instruct(world, opinion).pk,
    }
