"""The platform is installed and runs without the demo county."""

from __future__ import annotations

import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.cli.conftest import ROOT


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> zipfile.ZipFile:
    """What an installation of the platform is made from, built as pip builds it."""
    source, made = tmp_path_factory.mktemp("source"), tmp_path_factory.mktemp("made")
    for folder in ("yizheng", "demo_county", "tests", "bench", "requirements"):
        without = shutil.ignore_patterns("__pycache__", "build")
        shutil.copytree(ROOT / folder, source / folder, ignore=without)
    for file in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy2(ROOT / file, source / file)
    code = "import sys; from setuptools import build_meta; build_meta.build_wheel(sys.argv[1])"
    subprocess.run(
        [sys.executable, "-c", code, str(made)], cwd=source, check=True, capture_output=True
    )
    (built,) = made.glob("*.whl")
    return zipfile.ZipFile(built)


def test_what_is_installed_holds_the_platform_alone(wheel: zipfile.ZipFile) -> None:
    tops = {name.split("/")[0] for name in wheel.namelist()}
    assert sorted(top for top in tops if not top.endswith(".dist-info")) == ["yizheng"]
    assert not [name for name in wheel.namelist() if "demo" in name]
    assert {"yizheng/proposals/regulation.json", "yizheng/core/flow.py"} <= set(wheel.namelist())


def test_its_only_command_is_the_platforms(wheel: zipfile.ZipFile) -> None:
    (points,) = [name for name in wheel.namelist() if name.endswith("entry_points.txt")]
    lines = wheel.read(points).decode().split("\n")
    assert [line for line in lines if "=" in line] == ["yizheng = yizheng.cli.main:main"]


def test_no_file_of_the_platform_names_the_demo() -> None:
    """Neither an import, nor a name in a list, nor a word in a page or a catalogue."""
    kinds = {".py", ".html", ".txt", ".json", ".toml", ".po", ".js", ".css"}
    files = [path for path in (ROOT / "yizheng").rglob("*") if path.suffix in kinds]
    assert len(files) > 500
    assert not [
        str(path.relative_to(ROOT))
        for path in files
        if "demo_county" in path.read_text(encoding="utf-8")
    ]


def test_the_platform_starts_where_there_is_no_demo(tmp_path: Path) -> None:
    """With the package out of reach, all addresses can be loaded and the checks pass."""
    shutil.copytree(
        ROOT / "yizheng", tmp_path / "yizheng", ignore=shutil.ignore_patterns("__pycache__")
    )
    code = (
        "import sys, yizheng; assert yizheng.__file__.startswith(sys.argv[1]), yizheng.__file__\n"
        "from importlib.util import find_spec; assert find_spec('demo_county') is None\n"
        "from django.core.management import execute_from_command_line as run\n"
        "run(['manage', 'check'])"
    )
    answer = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path)],
        cwd=tmp_path,
        env={
            "YIZHENG_DATA": str(tmp_path / "data"),
            "LANG": "C.UTF-8",
            "DJANGO_SETTINGS_MODULE": "yizheng.settings",
        },
        capture_output=True,
        text=True,
    )
    assert answer.returncode == 0, answer.stderr
    assert "no issues" in answer.stdout
