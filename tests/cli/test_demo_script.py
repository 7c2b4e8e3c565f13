"""`script/demo --data DIR`: the folder is made, or what stands in its way is said, before anything
is set up.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from .conftest import ROOT

NEEDED = ("bash", "dirname", "mkdir", "mktemp", "rm", "cat")


@pytest.fixture
def bare(tmp_path: Path) -> Path:
    """The scripts where nothing is set up and no Python is found, so that they go no further than
    the folder.
    """
    shutil.copytree(ROOT / "script", tmp_path / "house" / "script")
    (tmp_path / "bin").mkdir()
    for name in NEEDED:
        (tmp_path / "bin" / name).symlink_to(str(shutil.which(name)))
    return tmp_path


def demo(bare: Path, *arguments: str) -> str:
    """What the script said when it gave up."""
    environment = {"PATH": str(bare / "bin"), "LANG": "C.UTF-8", "TMPDIR": str(bare)}
    command = [str(bare / "bin" / "bash"), str(bare / "house" / "script" / "demo"), *arguments]
    answer = subprocess.run(
        command, cwd=bare, env=environment, capture_output=True, text=True, timeout=60
    )
    assert answer.returncode == 1, (answer.stdout, answer.stderr)
    return answer.stderr.strip()


@pytest.mark.parametrize("check", [[], ["--check"]])
def test_a_folder_that_is_not_there_is_made(bare: Path, check: list[str]) -> None:
    said = demo(bare, *check, "--data", str(bare / "counties" / "one"))
    assert said.startswith("Python 3.11 is needed"), "there it stops, in this bare house"
    assert (bare / "counties" / "one").is_dir()


def test_a_folder_is_named_from_where_one_stands(bare: Path) -> None:
    demo(bare, "--check", "--data", "counties/two")
    assert (bare / "counties" / "two").is_dir() and not (bare / "house" / "counties").exists()


@pytest.mark.parametrize("check", [[], ["--check"]])
def test_a_file_in_the_way_is_named(bare: Path, check: list[str]) -> None:
    (bare / "file").write_text("x")
    assert demo(bare, *check, "--data", "file") == f"{bare}/file is a file; --data needs a folder."
    assert (
        demo(bare, *check, "--data", "file/below")
        == f"The folder {bare}/file/below cannot be made."
    )
    assert (bare / "file").read_text() == "x"


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may write everywhere")
def test_a_folder_that_cannot_be_written_to_is_named(bare: Path) -> None:
    (bare / "closed").mkdir(mode=0o555)
    assert (
        demo(bare, "--check", "--data", "closed")
        == f"The folder {bare}/closed cannot be written to."
    )
    assert (
        demo(bare, "--check", "--data", "closed/below")
        == f"The folder {bare}/closed/below cannot be made."
    )


def test_the_county_of_a_check_alone_leaves_nothing(bare: Path) -> None:
    demo(bare, "--check")
    assert sorted(path.name for path in bare.iterdir()) == ["bin", "house"]
