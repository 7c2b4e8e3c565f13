"""Addresses of transfers in the matrix of tests/test_urls.py, and what their arguments stand for."""

from __future__ import annotations

from typing import Any

from tests.opinions.roads import at, transfer
from tests.world import World

MATRIX = """
transfers:list                    |                  | GET  | sign-in | 200 | member 403    | officer 200
transfers:export                  |                  | GET  | sign-in | 200 | member 403    | officer 200
transfers:detail                  | transfer         | GET  | sign-in | 404 | other_officer 403 | officer 200
transfers:begin                   | place given      | GET  | sign-in | 404 | signer 403    | editor 200
"""


def places(world: World) -> dict[str, Any]:
    opinion = at(world, "signed")
    return {"place": "opinion", "given": opinion.pk, "transfer": transfer(world, opinion).pk}
