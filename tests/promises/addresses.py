"""Addresses of promises in the matrix of tests/test_urls.py, and what their arguments stand for."""

from __future__ import annotations

from typing import Any

from tests.promises.test_promises import promised
from tests.world import World

MATRIX = """
promises:list                     |                  | GET  | sign-in | 200 | —             | officer 200
promises:export                   |                  | GET  | sign-in | 200 | —             | officer 200
promises:detail                   | promise          | GET  | sign-in | 404 | other_officer 403 | officer 200
"""


def places(world: World) -> dict[str, Any]:
    return {"promise": promised(world, "C-1", "水务局", 30).pk}
