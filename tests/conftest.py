"""The standing persons and the county every test starts from."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from tests.together import sqlite_file
from tests.world import World, build

PACKAGE = Path(__file__).parent.parent / "yizheng"


@pytest.fixture
def world(db: None) -> Iterator[World]:
    """A small county with its standing persons, its proposal regulation in force, and the tenancy scope set."""
    from yizheng.core import tenancy

    county = build()
    with tenancy.scope(county.organisation):
        yield county


def _audit_triggers(switch: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE core_auditentry {switch} TRIGGER USER")


@pytest.fixture
def _emptied_afterwards(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """The test's own cleaning empties the tables; the audit triggers, which refuse that, stand again after it."""
    yield
    if connection.vendor == "postgresql":
        with django_db_blocker.unblock():
            _audit_triggers("ENABLE")


@pytest.fixture
def open_county(_emptied_afterwards: None, transactional_db: None, tmp_path: Path) -> Iterator[World]:
    """A county written for good, for tests in which several people really act at once; on SQLite in a file of its own."""
    from yizheng.core import tenancy

    with sqlite_file(tmp_path) if connection.vendor == "sqlite" else nullcontext():
        county = build()
        with tenancy.scope(county.organisation):
            yield county
    if connection.vendor == "postgresql":
        _audit_triggers("DISABLE")


@pytest.fixture(scope="session")
def regulation_parameters() -> dict[str, object]:
    return dict(json.loads((PACKAGE / "proposals" / "regulation.json").read_text(encoding="utf-8")))
