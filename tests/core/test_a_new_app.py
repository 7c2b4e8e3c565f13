"""An app with a vote, a round that stays sealed and five states is added without touching a file
outside it but the lists of apps, addresses, roles and words: it stands in `tests/sample`, and is
asked in a process that has it installed.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_a_new_app_works_by_its_own_files_alone(tmp_path: Path) -> None:
    asked = subprocess.run(
        [
            sys.executable,
            "-m",
            "pytest",
            "-p",
            "no:xdist",
            "-o",
            f"cache_dir={tmp_path / 'cache'}",
            "--ds",
            "tests.sample.settings",
            "tests/sample/checks.py",
            "tests/core/test_rules_agree.py::test_a_filter_rests_on_what_its_rule_names_and_on_no_record",
        ],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        env={
            **os.environ,
            "YIZHENG_DATA": str(tmp_path),
            "YIZHENG_DATABASE_URL": f"sqlite:///{tmp_path}/sample.sqlite3",
        },
    )
    assert asked.returncode == 0, asked.stdout[-4000:] + asked.stderr[-2000:]
    assert int(re.findall(r"(\d+) passed", asked.stdout)[0]) >= 15


def test_the_house_does_not_know_it() -> None:
    knowing = [
        path
        for path in (ROOT / "yizheng").rglob("*.py")
        if "motions" in path.read_text(encoding="utf-8")
    ]
    assert knowing == []
