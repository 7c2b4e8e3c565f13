"""Addresses of the rules library in the matrix of tests/test_urls.py, and what their arguments stand for."""

from __future__ import annotations

from typing import Any

from tests.library.making import rule
from tests.world import World

MATRIX = """
library:list                      |                    | GET  | sign-in | 200 | —           | officer 200
library:export                    |                    | GET  | sign-in | 200 | —           | officer 200
library:add                       |                    | GET  | sign-in | 200 | member 403  | organiser 200
library:rule                      | rule               | GET  | sign-in | 404 | —           | officer 200
library:edit                      | rule               | GET  | sign-in | 404 | member 403  | organiser 200
library:repeal                    | rule               | GET  | sign-in | 404 | member 403  | organiser 200
"""


def places(world: World) -> dict[str, Any]:
    return {"rule": rule(world).pk}
