"""The generated pages say what the platform says, and a page that does not is noticed."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from yizheng.cli import docs
from yizheng.core.flow import FLOWS

ROOT = Path(__file__).resolve().parents[2]


def test_the_pages_in_the_repository_are_fresh() -> None:
    """Asked of a fresh process: other tests declare permissions of their own."""
    asked = subprocess.run(
        [sys.executable, "-m", "yizheng.cli.docs", "--check"],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    assert asked.returncode == 0, asked.stdout + asked.stderr


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    docs.write(tmp_path)
    assert docs.stale(tmp_path) == []
    return tmp_path


@pytest.mark.parametrize("name", sorted(docs.PAGES))
def test_an_edited_page_is_stale(folder: Path, name: str) -> None:
    with (folder / name).open("a") as page:
        page.write("One more sentence.\n")
    assert docs.stale(folder) == [name]
    assert docs.write(folder) == [name]
    assert docs.stale(folder) == []


def test_a_missing_page_is_stale(folder: Path) -> None:
    (folder / "states.md").unlink()
    assert docs.stale(folder) == ["states.md"]


def test_a_changed_flow_makes_its_pages_stale(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(FLOWS, "zz", next(iter(FLOWS.values())))
    assert docs.stale(folder) == ["states.md", "permissions.md"]


def test_the_diagram_of_co_signatures() -> None:
    """By hand from the regulation: an invitation is accepted, declined, or lapses."""
    page = docs.pages()["states.md"]
    section = page.split("(`cosignature`)")[1].split("```")[1]
    edges = set(re.findall(r"^    (\w+) --> (\w+):", section, re.M))
    assert edges == {("invited", "accepted"), ("invited", "declined"), ("invited", "lapsed")}


def test_the_matrix_knows_what_a_unit_leader_may() -> None:
    page = docs.pages()["permissions.md"]
    head = next(line for line in page.splitlines() if line.startswith("| Permission"))
    signs = next(line for line in page.splitlines() if line.startswith("| `proposals.sign`"))
    roles = [cell.strip() for cell in head.split("|")]
    holders = [
        role for role, cell in zip(roles, signs.split("|"), strict=True) if cell.strip() == "●"
    ]
    assert holders == ["承办单位负责人<br>`unit-leader`"]


def test_every_command_and_every_figure_has_its_place() -> None:
    pages = docs.pages()
    assert "## yizheng audit verify" in pages["commands.md"]
    assert "| `proposals.met_rate` | Rate of meeting the proposer |" in pages["figures.md"]


def test_nothing_in_the_pages_depends_on_the_machine() -> None:
    for page in docs.pages().values():
        assert str(ROOT) not in page
        assert "0x" not in page
