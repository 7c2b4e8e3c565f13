"""Addresses of enterprises in the matrix of tests/test_urls.py, and what their arguments stand for."""

from __future__ import annotations

from typing import Any

from tests.world import World

from .making import enterprise

MATRIX = """
enterprises:list                  |                    | GET  | sign-in | 200 | officer 403 | member 200
enterprises:export                |                    | GET  | sign-in | 200 | officer 403 | member 200
enterprises:add                   |                    | GET  | sign-in | 200 | member 403  | organiser 200
enterprises:edit                  | enterprise         | GET  | sign-in | 404 | member 403  | organiser 200
enterprises:close                 | enterprise         | GET  | sign-in | 404 | member 403  | organiser 200
"""


def places(world: World) -> dict[str, Any]:
    return {"enterprise": enterprise(world).pk}
