"""A past year brought in by a real worker: its progress is seen, the page can be left and come back
to.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from tests.activities.test_imports import HELD, workbook

from .people import Person


def test_a_year_comes_in_while_one_goes_elsewhere(
    enter: Callable[..., Person], tmp_path: Path
) -> None:
    rows = [
        HELD,
        *(
            (
                f"2025-{1 + n % 12:02}-{1 + n // 12:02}",
                f"往年调研{n}",
                "专题调研",
                "青石镇",
                "",
                "",
                "",
            )
            for n in range(150)
        ),
    ]
    file = tmp_path / "二〇二五年.xlsx"
    file.write_bytes(workbook(活动=rows))
    organiser = enter("organiser")
    page = organiser.go("/years/")
    page.set_input_files("[name=file]", file)
    page.click("main form button[type=submit]")
    assert organiser.violations() == []
    page.click("main form .btn-primary")
    page.wait_for_url("**/years/*/*/")
    work = organiser.path
    organiser.go("/activities/")
    organiser.go(work)
    page.wait_for_selector("main td:has-text('150')", timeout=120_000)
    assert "文件已全部导入" in page.inner_text("main")
    assert organiser.violations() == [] and organiser.overflow(360) == []
    organiser.go("/years/")
    assert "二〇二五年.xlsx" in page.inner_text("main")
