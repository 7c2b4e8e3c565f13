"""What is installed is pinned by hash, and names no place to get it from."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LOCKS = sorted((ROOT / "requirements").glob("*.lock"))


def pins(lock: Path) -> dict[str, str]:
    return dict(re.findall(r"^([\w.-]+)==(\S+)", lock.read_text(), re.M))


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_every_pin_has_hashes_and_no_address(lock: Path) -> None:
    text = lock.read_text()
    blocks = re.split(r"^(?=[\w.-]+==)", text, flags=re.M)[1:]
    assert blocks
    assert all("--hash=sha256:" in block for block in blocks)
    assert "://" not in text
    assert "index" not in "".join(line for line in text.splitlines() if not line.startswith("#"))


def test_the_developers_have_what_users_have() -> None:
    app, dev = pins(ROOT / "requirements" / "app.lock"), pins(ROOT / "requirements" / "dev.lock")
    assert {name: dev.get(name) for name in app} == app


def test_every_requirement_is_locked() -> None:
    for source in (ROOT / "requirements").glob("*.in"):
        names = re.findall(r"^([A-Za-z][\w.-]*)", source.read_text(), re.M)
        locked = {name.lower().replace("_", "-") for name in pins(source.with_suffix(".lock"))}
        assert {name.lower().replace("_", "-") for name in names} <= locked


def test_the_front_end_lock_names_no_address() -> None:
    packages = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    assert packages
    assert not [name for name, entry in packages.items() if "resolved" in entry]
    assert all("integrity" in entry for name, entry in packages.items() if name)
