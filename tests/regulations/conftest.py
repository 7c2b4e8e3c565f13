"""What tests of regulations begin with."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.utils import translation

from tests.world import World
from yizheng.regulations import SCHEMAS

from .invented import SUBJECT, become
from .office import stored


@pytest.fixture
def current(world: World) -> dict[str, Any]:
    """The proposal regulation in force, to be changed."""
    return copy.deepcopy(stored(1).parameters)


@pytest.fixture
def platform_becomes(world: World, tmp_path: Path) -> Iterator[Callable[..., Any]]:
    """The regulation on the rota in a schema version; answers its schema."""
    with translation.override("en"):
        yield lambda version, **upgrades: become(version, tmp_path, **upgrades)
    SCHEMAS.pop(SUBJECT, None)
