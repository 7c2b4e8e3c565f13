"""Addresses of the committee beyond units and roles in the matrix of tests/test_urls.py, and what their arguments stand for."""

from __future__ import annotations

from typing import Any

from tests.world import World

MATRIX = """
"""


def places(world: World) -> dict[str, Any]:
    return {}
