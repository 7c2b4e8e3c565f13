"""Addresses of the programmes of learning and the rules library in the matrix of tests/test_urls.py,
and what their arguments stand for.
"""

from __future__ import annotations

from typing import Any

from tests.organisations.bodies import programme, rule
from tests.world import World

MATRIX = """
learning:overview                 |                    | GET  | sign-in | 200 | editor 403  | member 200
learning:export                   |                    | GET  | sign-in | 200 | member 403  | organiser 200
learning:add                      |                    | GET  | sign-in | 200 | member 403  | organiser 200
learning:programme                | programme          | GET  | sign-in | 404 | editor 403  | member 200
learning:edit                     | programme          | GET  | sign-in | 404 | member 403  | organiser 200
library:list                      |                    | GET  | sign-in | 200 | —           | officer 200
library:export                    |                    | GET  | sign-in | 200 | —           | officer 200
library:add                       |                    | GET  | sign-in | 200 | member 403  | organiser 200
library:rule                      | rule               | GET  | sign-in | 404 | —           | officer 200
library:edit                      | rule               | GET  | sign-in | 404 | member 403  | organiser 200
library:repeal                    | rule               | GET  | sign-in | 404 | member 403  | organiser 200
"""


def places(world: World) -> dict[str, Any]:
    return {"programme": programme(world).pk, "rule": rule(world).pk}
