"""Addresses of groups in the matrix of tests/test_urls.py, and what their arguments stand for."""

from __future__ import annotations

from typing import Any

from tests.world import World
from yizheng.people.models import Group

MATRIX = """
groups:list                       |                    | GET  | sign-in | 200 | officer 403 | member 200
groups:export                     |                    | GET  | sign-in | 200 | officer 403 | member 200
groups:group                      | group              | GET  | sign-in | 404 | officer 403 | member 200
"""


def places(_world: World) -> dict[str, Any]:
    return {"group": Group.objects.get().pk}
