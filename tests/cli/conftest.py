"""The command line as a person runs it: a process of its own, on a data folder of its own."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from django.utils import translation

from tests.grounds import Grounds

ROOT = Path(__file__).resolve().parents[2]

FOUNDED = """
import io
from yizheng.core import audit, files, tenancy
from yizheng.core.access import system
from yizheng.organisations.services.founding import found
county = found(code="yunxi", name="政协云溪县委员会", short_name="云溪县政协", region="云溪县")
for number in range(1, 6):
    audit.record("unit.added", by=system(county.pk), of=county, detail={"number": number, "name": f"第{number}局"})
with tenancy.scope(county):
    files.attach(io.BytesIO(b"%PDF-1.4\\n% a letter\\n%%EOF\\n"), "来函.pdf", to=county, by=system(county.pk))
"""


@dataclass
class Installation:
    """A data folder, and `yizheng` run on it, or another program."""

    data: Path
    environment: dict[str, str] = field(default_factory=dict)
    program: str = "yizheng"

    def run(self, *arguments: str, stdin: str = "") -> subprocess.CompletedProcess[str]:
        environment = {
            key: value for key, value in os.environ.items() if not key.startswith("YIZHENG_")
        }
        environment |= {"YIZHENG_DATA": str(self.data), "LANG": "C.UTF-8", **self.environment}
        for name in ("LC_ALL", "DJANGO_SETTINGS_MODULE"):
            environment.pop(name, None)
        command = [sys.executable, "-m", self.program, *arguments]
        return subprocess.run(
            command,
            cwd=ROOT,
            env=environment,
            input=stdin,
            capture_output=True,
            text=True,
            timeout=120,
        )

    def does(self, *arguments: str) -> str:
        answer = self.run(*arguments)
        assert answer.returncode == 0, answer.stderr
        return answer.stdout

    def refuses(self, *arguments: str) -> str:
        """The one sentence with which a command refused."""
        answer = self.run(*arguments)
        assert answer.returncode == 1, (answer.returncode, answer.stdout, answer.stderr)
        assert "Traceback" not in answer.stderr
        return answer.stderr.strip().splitlines()[-1]

    @property
    def database(self) -> Path:
        return self.data / "yizheng.sqlite3"


def _once() -> None:
    """These installations are on SQLite whatever database the tests run on: once is enough."""
    if "postgres" in os.environ.get("YIZHENG_DATABASE_URL", ""):
        pytest.skip("an installation on SQLite; tested in that run")


def _migrated(data: Path, grounds: Grounds) -> Installation:
    """On a copy of the tables, which migrations have made for all tests."""
    assert grounds.file
    shutil.copy2(grounds.file, data / "yizheng.sqlite3")
    return Installation(data)


@pytest.fixture(scope="session")
def _founded(tmp_path_factory: pytest.TempPathFactory, django_db_setup: Grounds) -> Path:
    _once()
    installation = _migrated(tmp_path_factory.mktemp("founded"), django_db_setup)
    installation.does("manage", "shell", "--no-imports", "-c", FOUNDED)
    return installation.data


@pytest.fixture(scope="session")
def _seated(tmp_path_factory: pytest.TempPathFactory, django_db_setup: Grounds) -> Path:
    _once()
    installation = _migrated(tmp_path_factory.mktemp("seated"), django_db_setup)
    installation.does(
        "manage", "shell", "--no-imports", "-c", "from tests.world import build; build()"
    )
    return installation.data


@pytest.fixture
def seated(_seated: Path, tmp_path: Path) -> Installation:
    """The small county of tests/world.py: a term, this year's session, units, a regulation in
    force.
    """
    shutil.copytree(_seated, tmp_path / "seated")
    return Installation(tmp_path / "seated")


@pytest.fixture
def empty(tmp_path: Path) -> Installation:
    """Nothing there yet, not even tables."""
    return Installation(tmp_path / "empty")


@pytest.fixture
def county(_founded: Path, tmp_path: Path) -> Installation:
    """A county with five audit entries, and one attachment with the sixth."""
    shutil.copytree(_founded, tmp_path / "county")
    return Installation(tmp_path / "county")


@pytest.fixture(autouse=True)
def _language_stays() -> Iterator[None]:
    """Commands run in this process choose the terminal's language; tests after them get theirs
    back.
    """
    before = translation.get_language()
    yield
    translation.activate(before or "zh-hans")
