"""An activity that is about to begin."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from tests.activities.making import activity_at
from tests.world import World
from yizheng.activities.models import Activity


@pytest.fixture
def soon(world: World) -> Activity:
    """Begins in half an hour; member and co-signer are invited.

    Whatever the hour, it is too short to be cut into two half days.
    """
    now = timezone.now()
    return activity_at(
        world,
        "invited",
        starts_at=now + dt.timedelta(minutes=30),
        ends_at=now + dt.timedelta(minutes=140),
    )
