"""The standing persons and the county every test starts from."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.world import World, build

PACKAGE = Path(__file__).parent.parent / "yizheng"


@pytest.fixture
def world(db: None) -> Iterator[World]:
    """A small county with its standing persons, its proposal regulation in force, and the tenancy scope set."""
    from yizheng.core import tenancy

    county = build()
    with tenancy.scope(county.organisation):
        yield county


@pytest.fixture(scope="session")
def regulation_parameters() -> dict[str, object]:
    return dict(json.loads((PACKAGE / "proposals" / "regulation.json").read_text(encoding="utf-8")))


