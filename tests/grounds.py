"""What a test begins on: bare tables, the small county, or the county with more standing in it.

Each is made once for many tests.

Migrations are walked once and what they made is kept until they change: on SQLite as a file in
pytest's cache, on PostgreSQL as a database to copy from. Tables and county are databases of each
process. What more stands in the county (`standing`) is an open transaction, as long as tests that
begin with it follow one another. A test takes its own transaction back, and its objects are copies.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import pickle
import re
import sqlite3
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import wraps
from inspect import signature
from itertools import count
from pathlib import Path
from typing import Any, TypeVar

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.utils import timezone

from tests.world import World, build
from yizheng.core import tenancy

Made = TypeVar("Made")

ROOT = Path(__file__).parent.parent
TABLES, COUNTY = "tables", "county"
OWN_MODULE = re.compile(r"^(?:from|import) (yizheng[\w.]*)", re.MULTILINE)


def digest() -> str:
    """Of all that decides what the tables are: our migrations, what of ours they import, and the
    libraries'.
    """
    migrations = sorted((ROOT / "yizheng").glob("*/migrations/*.py"))
    modules = {
        name for file in migrations for name in OWN_MODULE.findall(file.read_text(encoding="utf-8"))
    }
    files = [
        *migrations,
        *(file for name in sorted(modules) for file in files_of(name)),
        ROOT / "requirements" / "app.lock",
        Path(__file__),
    ]
    return hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()[:12]


def files_of(module: str) -> list[Path]:
    place = ROOT.joinpath(*module.split("."))
    return [file for file in (place.with_suffix(".py"), place / "__init__.py") if file.exists()]


@contextmanager
def alone(file: Path) -> Iterator[None]:
    """One process at a time."""
    with file.open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


@dataclass(frozen=True)
class More:
    """What stands in the county besides: who builds it, and for which values of a test's
    parameters.
    """

    build: Callable[..., Any]
    values: tuple[tuple[str, Any], ...] = ()


@dataclass
class Given:
    """What a test gets of what stands already."""

    world: World | None = None
    more: Any = None


class Layer:
    """More in the county, built in a transaction that stays open around those of the tests."""

    def __init__(self, more: More, given: Given) -> None:
        assert given.world
        self.more = more
        self._atomic = transaction.atomic()
        # As Django's own around tests: no hindrance to a durable one.
        self._atomic._from_testcase = True
        self._atomic.__enter__()
        try:
            with tenancy.scope(given.world.organisation):
                given.more = more.build(world=given.world, **dict(more.values))
            self.content = pickle.dumps(given)
        except BaseException:
            self.take_back()
            raise

    def take_back(self) -> None:
        transaction.set_rollback(True)
        self._atomic.__exit__(None, None, None)


class Grounds(ABC):
    """What is the same on both databases. `worker` is empty, or names one of several processes."""

    def __init__(self, cache: Path, worker: str) -> None:
        self.cache, self.worker = cache, worker
        self.settings = connection.settings_dict
        self.outside = str(self.settings["NAME"])
        self._county, self._day = b"", timezone.localdate()
        self._layer: Layer | None = None
        self.given = Given()
        self.file: Path | None = None
        """On SQLite, the tables as a file to copy."""

    def prepare(self) -> None:
        global here
        here = self
        connection.close()
        self.make_tables(digest())
        self.enter(TABLES)

    def begin(self, ground: str, more: More | None = None) -> None:
        """A test begins here: `given` holds what it may have, and change as it likes."""
        if self._layer and (ground, more, timezone.localdate()) != (
            COUNTY,
            self._layer.more,
            self._day,
        ):
            self._layer.take_back()
            self._layer = None
        self.enter(ground)
        if more and not self._layer:
            self._layer = Layer(more, pickle.loads(self._county))
        content = self._layer.content if self._layer else self._county if ground == COUNTY else b""
        self.given = pickle.loads(content) if content else Given()

    def enter(self, ground: str) -> None:
        """From now on the connection is to this one.

        The county is anew after midnight: its days count from today.
        """
        if ground == COUNTY and not (self._county and self._day == timezone.localdate()):
            self.copy(TABLES, COUNTY)
            self.switch(COUNTY)
            self._day, self._county = timezone.localdate(), pickle.dumps(Given(build()))
        self.switch(ground)

    def made_by(self, builder: Callable[..., Made]) -> Made | None:
        """What this builder made for the present test, when the test began with it."""
        return self.given.more if self._layer and self._layer.more.build is builder else None

    @contextmanager
    def county_for_good(self, folder: Path) -> Iterator[World]:
        """The county in a database that several connections see and write to, thrown away
        afterwards.
        """
        self.begin(COUNTY)
        assert self.given.world
        with self.thrown_away(folder):
            yield self.given.world

    def name(self, ground: str) -> str:
        return f"test_{self.outside}_{self.worker}_{ground}"

    def is_at(self, ground: str) -> bool:
        return bool(self.settings["NAME"] == self.name(ground))

    @abstractmethod
    def make_tables(self, wanted: str) -> None: ...
    @abstractmethod
    def copy(self, source: str, target: str) -> None: ...
    @abstractmethod
    def switch(self, ground: str) -> None: ...
    @abstractmethod
    def thrown_away(self, folder: Path) -> Any: ...
    @abstractmethod
    def leave(self) -> None: ...


class OnSqlite(Grounds):
    """Databases in memory, each held open by one connection; the tables are read in from a file."""

    def __init__(self, cache: Path, worker: str) -> None:
        super().__init__(cache, worker)
        self._held: dict[str, Any] = {}

    def name(self, ground: str) -> str:
        return f"file:{ground}?mode=memory&cache=shared"

    def make_tables(self, wanted: str) -> None:
        self.file = file = self.cache / f"tables-{wanted}.sqlite3"
        with alone(self.cache / "lock"):
            if not file.exists():
                self._migrate(file)
        self._open(TABLES)
        with sqlite3.connect(file) as kept:
            kept.backup(self._held[TABLES])
        kept.close()

    def _migrate(self, file: Path) -> None:
        for old in self.cache.glob("tables-*"):
            old.unlink()
        self._open("migrated")
        call_command("migrate", verbosity=0)
        unfinished = file.with_suffix(".unfinished")
        with sqlite3.connect(unfinished) as target:
            self._held["migrated"].backup(target)
        target.close()
        unfinished.replace(file)
        self._held.pop("migrated").close()

    def copy(self, source: str, target: str) -> None:
        self._open(target)
        self._held[source].backup(self._held[target])

    def _open(self, ground: str) -> None:
        connection.connection, self.settings["NAME"] = None, self.name(ground)
        connection.ensure_connection()
        self._held[ground] = connection.connection

    def switch(self, ground: str) -> None:
        connection.connection, self.settings["NAME"] = self._held[ground], self.name(ground)

    @contextmanager
    def thrown_away(self, folder: Path) -> Iterator[None]:
        """As a file, as in an office: a database in memory knows no waiting for a lock."""
        file = folder / "county.sqlite3"
        with sqlite3.connect(file) as target:
            self._held[COUNTY].backup(target)
        target.close()
        connection.connection, self.settings["NAME"] = None, str(file)
        try:
            yield
        finally:
            connection.close()
            self.switch(COUNTY)

    def leave(self) -> None:
        self.begin(TABLES)
        for held in self._held.values():
            held.close()
        connection.connection, self.settings["NAME"] = None, self.outside


class OnPostgres(Grounds):
    """Databases copied from one that was migrated; PostgreSQL copies only what nobody is connected
    to.
    """

    def __init__(self, cache: Path, worker: str) -> None:
        super().__init__(cache, worker)
        self._copies = count(1)

    def make_tables(self, wanted: str) -> None:
        self.settings["OPTIONS"] = {
            **self.settings.get("OPTIONS", {}),
            "options": "-c synchronous_commit=off",
        }
        self._template = f"test_{self.outside}_tables_{wanted}"
        with alone(self.cache / "lock-postgresql"):
            if not self._ask("SELECT 1 FROM pg_database WHERE datname = %s", self._template):
                self._migrate()
        self._clone(self._template, self.name(TABLES))

    def _migrate(self) -> None:
        for (old,) in self._ask(
            "SELECT datname FROM pg_database WHERE starts_with(datname, %s)",
            f"test_{self.outside}_tables_",
        ):
            self._drop(old)
        unfinished = self.name("unfinished")
        self._drop(unfinished)
        self._do(f'CREATE DATABASE "{unfinished}"')
        self.settings["NAME"] = unfinished
        call_command("migrate", verbosity=0)
        self._do(f'ALTER DATABASE "{unfinished}" RENAME TO "{self._template}"')

    def copy(self, source: str, target: str) -> None:
        self._clone(self._template if source == TABLES else self.name(source), self.name(target))

    def _clone(self, source: str, target: str) -> None:
        self._drop(target)
        self._do(f'CREATE DATABASE "{target}" TEMPLATE "{source}"')

    def _drop(self, name: str) -> None:
        self._do(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')

    def _do(self, statement: str) -> None:
        connection.close()
        with connection._nodb_cursor() as cursor:
            cursor.execute(statement)

    def _ask(self, query: str, *values: str) -> list[Any]:
        with connection._nodb_cursor() as cursor:
            cursor.execute(query, values)
            return list(cursor.fetchall())

    def switch(self, ground: str) -> None:
        if not self.is_at(ground):
            connection.close()
            self.settings["NAME"] = self.name(ground)

    @contextmanager
    def thrown_away(self, folder: Path) -> Iterator[None]:
        """Dropped at the end, all together: the server writes everything to disk before it drops a
        database.
        """
        self.copy(COUNTY, copy := f"copy{next(self._copies)}")
        self.switch(copy)
        try:
            yield
        finally:
            self.switch(COUNTY)

    def leave(self) -> None:
        self.begin(TABLES)
        for (name,) in self._ask(
            "SELECT datname FROM pg_database WHERE starts_with(datname, %s)", self.name("")
        ):
            self._drop(name)
        self.settings["NAME"] = self.outside


here: Grounds | None = None
"""Those of this process, once they are prepared."""


def standing(builder: Callable[..., Made]) -> Any:
    """A fixture for what many tests of a module begin with: built once for those that follow one
    another.

    Its arguments are `world` and names of the tests' parameters. It answers something that bears
    pickling: records, actors, numbers. What another fixture does to the county, it does after this.
    """

    @wraps(builder)
    def give(**arguments: Any) -> Made:
        found = here.made_by(builder) if here else None
        return builder(**arguments) if found is None else found

    give.__dict__["standing"] = builder
    return pytest.fixture(give)


def wanted_by(request: pytest.FixtureRequest) -> More | None:
    """The first standing fixture among those of a test."""
    definitions = request.node._fixtureinfo.name2fixturedefs
    for name in request.fixturenames:
        builder = (
            getattr(definitions[name][-1].func, "standing", None) if name in definitions else None
        )
        if builder:
            names = [each for each in signature(builder).parameters if each != "world"]
            return More(
                builder, tuple((each, request.node.callspec.params[each]) for each in names)
            )
    return None


def grounds(cache: Path) -> Grounds:
    kind = OnSqlite if connection.vendor == "sqlite" else OnPostgres
    return kind(cache, os.environ.get("PYTEST_XDIST_WORKER", "alone"))
