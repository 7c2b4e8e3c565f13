"""The standing persons and the county every test starts from."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import Client, override_settings
from django.utils import translation

from tests.grounds import COUNTY, TABLES, Grounds, grounds, wanted_by
from tests.signing_in import SignedIn, browser_of
from tests.world import World, build

TESTS = Path(__file__).parent
PACKAGE = TESTS.parent / "yizheng"


def can_touch_the_database(item: pytest.Item) -> bool:
    """Others are refused a connection by pytest-django.

    What the command line does, it does in processes of its own.
    """
    given = getattr(item, "fixturenames", ())
    return (
        "django_db_setup" in given
        or bool(item.get_closest_marker("django_db"))
        or item.path.is_relative_to(TESTS / "cli")
    )


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """A second run, on another database, leaves out what cannot come out differently there."""
    if os.environ.get("YIZHENG_TEST_DATABASE_ONLY") == "1":
        config.hook.pytest_deselected(
            items=[item for item in items if not can_touch_the_database(item)]
        )
        items[:] = [item for item in items if can_touch_the_database(item)]


@pytest.fixture(scope="session")
def own_files(
    django_test_environment: None, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[None]:
    """Each process keeps its attachments apart: some tests look at all of them."""
    with override_settings(MEDIA_ROOT=str(tmp_path_factory.mktemp("files"))):
        yield


@pytest.fixture(scope="session")
def django_db_setup(
    own_files: None, django_db_blocker: Any, pytestconfig: pytest.Config
) -> Iterator[Grounds]:
    """The databases are ours (tests/grounds.py), made once; pytest-django still gives each test its
    transaction.
    """
    with django_db_blocker.unblock():
        made = grounds(pytestconfig.cache.mkdir("grounds"))
        made.prepare()
    yield made
    with django_db_blocker.unblock():
        made.leave()


@pytest.fixture
def _django_db_helper(_ground: None, _django_db_helper: None) -> None:
    """Before the transaction of a test begins it must be clear on which database."""


@pytest.fixture
def _ground(
    request: pytest.FixtureRequest, django_db_setup: Grounds, django_db_blocker: Any
) -> None:
    with django_db_blocker.unblock():
        django_db_setup.begin(
            COUNTY if "world" in request.fixturenames else TABLES, wanted_by(request)
        )


@pytest.fixture
def world(db: None, django_db_setup: Grounds) -> Iterator[World]:
    """A small county with its standing persons, its proposal regulation in force, and the tenancy
    scope set.
    """
    from yizheng.core import tenancy

    county = django_db_setup.given.world or build()
    with tenancy.scope(county.organisation):
        yield county


@pytest.fixture
def open_county(
    django_db_setup: Grounds, django_db_blocker: Any, tmp_path: Path
) -> Iterator[World]:
    """A county written for good, for tests in which several people really act at once."""
    from yizheng.core import tenancy

    with (
        django_db_blocker.unblock(),
        django_db_setup.county_for_good(tmp_path) as county,
        tenancy.scope(county.organisation),
    ):
        yield county


@pytest.fixture(scope="session")
def regulation_parameters() -> dict[str, object]:
    return dict(json.loads((PACKAGE / "proposals" / "regulation.json").read_text(encoding="utf-8")))


@pytest.fixture
def signed_in(world: World) -> SignedIn:
    """Gives each of the standing persons a browser in which they are signed in."""
    return lambda who: browser_of(world, who)


@pytest.fixture
def organiser(signed_in: SignedIn) -> Client:
    return signed_in("organiser")


@pytest.fixture
def english() -> Iterator[None]:
    """Sentences of refusals are compared in English."""
    with translation.override("en"):
        yield


@pytest.fixture
def files_apart(settings: Any, tmp_path: Path) -> Path:
    """Where the files of this test lie, and no others."""
    folder = tmp_path / "media"
    place = {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": folder},
    }
    settings.STORAGES = {**settings.STORAGES, "default": place}
    return folder


@pytest.fixture
def queued(settings: Any) -> None:
    """As on a real server: the work waits until a worker comes by."""
    settings.TASKS = {
        "default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}
    }
