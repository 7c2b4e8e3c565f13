"""A county written for good, for tests in which several people really act at once."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection

from tests.world import World, build
from yizheng.core import tenancy


def _audit_triggers(switch: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE core_auditentry {switch} TRIGGER USER")


@pytest.fixture
def _emptied_afterwards(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """The test's own cleaning empties the tables; the audit triggers, which refuse that, stand again after it."""
    yield
    with django_db_blocker.unblock():
        _audit_triggers("ENABLE")


@pytest.fixture
def open_county(_emptied_afterwards: None, transactional_db: None) -> Iterator[World]:
    county = build()
    with tenancy.scope(county.organisation):
        yield county
    _audit_triggers("DISABLE")
