"""Addresses of opinions in the matrix of tests/test_urls.py, and what their arguments stand for."""

from __future__ import annotations

from typing import Any

from tests.world import World

MATRIX = """
commitments:instructions          |                  | GET  | sign-in | 403 | member 403    | editor 403
commitments:instructions-export   |                  | GET  | sign-in | 403 | member 403    | editor 403
commitments:instruction-change    | instruction      | GET  | sign-in | 404 | member 404    | editor 404
commitments:instruction-remove    | instruction      | POST | sign-in | 404 | member 404    | editor 404
commitments:instruction-record    | place instruction | GET | sign-in | 404 | member 404    | editor 404
commitments:transfers             |                  | GET  | sign-in | 403 | member 403    | editor 403
commitments:transfers-export      |                  | GET  | sign-in | 403 | member 403    | editor 403
commitments:transfer              | instruction      | GET  | sign-in | 404 | member 404    | editor 404
commitments:transfer-begin        | place instruction | GET | sign-in | 404 | member 404    | editor 404
"""


def places(world: World) -> dict[str, Any]:
    return {"instruction": 99_999, "place": "opinion"}
