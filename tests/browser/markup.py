"""Holds pages, as the server sent them, against the HTML standard (.htmlvalidate.json)."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest

from .server import ROOT

JUDGE = ROOT / "node_modules" / "html-validate" / "bin" / "html-validate.mjs"


def faults(pages: Mapping[str, bytes], folder: Path) -> list[str]:
    """What the judge finds in these pages, each with its address."""
    node = shutil.which("node")
    if not node or not JUDGE.exists():
        why = "Node.js and its packages are not here (script/test installs them)."
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(why)
    if not pages:
        return []
    named = {}
    for number, (address, body) in enumerate(pages.items()):
        (folder / f"{number}.html").write_bytes(body)
        named[f"{number}.html"] = address
    told = folder / "told.json"
    with told.open("w") as out:
        subprocess.run(
            [node, JUDGE, "--config", ROOT / ".htmlvalidate.json", "--formatter", "json", *named],
            cwd=folder,
            stdout=out,
        )
    return [
        f"{named[Path(page['filePath']).name]}: line {each['line']}: {each['message']}"
        for page in json.loads(told.read_text())
        for each in page["messages"]
    ]
