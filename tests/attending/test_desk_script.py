"""The codes that frontend/js/codes.js computes on a desk are the server's, to the letter."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from yizheng.attending import sign_in_codes

SCRIPT = Path(__file__).parents[2] / "frontend" / "js" / "codes.js"
NODE = shutil.which("node") or str(Path(__file__).parents[2] / ".venv" / "bin" / "node")
ASKED = """
const c = await import(process.argv[1]);
const people = [{ id: 4, key: "aa" }, { id: 5, key: "bb" }];
const code = await c.ownCode("bb", 5, 100);
const found = async (shown, at) => (await c.whose(shown, people, at, 30)).map((person) => person.id);
console.log(JSON.stringify([await c.screenCode("k", 1), code, await found(code.digits, 3000000), await found(code.text, 3059000),
  await found(code.text, 3060000), await found("", 3000000), c.windowAt(3059999, 30)]));
"""


@pytest.mark.skipif(not Path(NODE).exists(), reason="there is no Node.js here")
def test_desk_and_server_compute_the_same() -> None:
    done = subprocess.run(
        [NODE, "--no-warnings", "--input-type=module", "-e", ASKED, SCRIPT.as_uri()],
        capture_output=True,
        text=True,
        check=True,
    )
    screen, own, by_digits, by_text, too_late, nothing, window = json.loads(done.stdout)
    made = sign_in_codes.own_code("bb", 5, 100)
    assert screen == sign_in_codes.screen_code("k", 1)
    assert own == {"digits": made.digits, "text": made.text}
    assert (by_digits, by_text, too_late, nothing, window) == ([5], [5], [], [], 101)
