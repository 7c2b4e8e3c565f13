"""Addresses of posts and staff in the matrix of tests/test_urls.py, and what their arguments stand for."""

from __future__ import annotations

from typing import Any

from tests.world import World

from .making import office

MATRIX = """
staff:office                      |                    | GET  | sign-in | 200 | member 403  | secretary 200
staff:export                      |                    | GET  | sign-in | 200 | member 403  | secretary 200
staff:add_post                    |                    | GET  | sign-in | 200 | member 403  | organiser 200
staff:edit_post                   | staff_post         | GET  | sign-in | 404 | member 403  | organiser 200
staff:end_post                    | staff_post         | GET  | sign-in | 404 | member 403  | organiser 200
staff:arrive                      |                    | GET  | sign-in | 200 | member 403  | organiser 200
staff:leave                       | staff              | GET  | sign-in | 404 | member 403  | organiser 200
staff:move                        | staff              | GET  | sign-in | 404 | member 403  | organiser 200
"""


def places(world: World) -> dict[str, Any]:
    post, staff = office(world)
    return {"staff_post": post.pk, "staff": staff.pk}
