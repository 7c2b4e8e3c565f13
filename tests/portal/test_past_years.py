"""Bringing in a year in the browser: the worker does it, one may leave and come back; and files
that are none of ours.
"""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from openpyxl import Workbook, load_workbook

from tests.activities.test_imports import ACTIVITIES, ATTENDANCE, CAME, HELD, hand_in, workbook
from tests.core.test_jobs import work
from tests.world import World, told
from yizheng.activities.models import Activity, Participant


def test_the_worker_brings_it_in_and_whoever_left_comes_back(
    world: World, organiser: Client, queued: None
) -> None:
    preview = hand_in(organiser, world, workbook(活动=ACTIVITIES, 出席=ATTENDANCE))
    page = organiser.post(preview, {"rows": 7})["Location"]
    assert "排队等候" in organiser.get(page).content.decode()
    assert organiser.get(f"{page}progress/").json() == {
        "value": 0,
        "total": 7,
        "text": "排队等候",
        "done": False,
    }
    assert page in organiser.get("/years/").content.decode(), "found again after one left"
    assert not Activity.objects.exists()
    work()
    assert organiser.get(f"{page}progress/").json() == {
        "value": 7,
        "total": 7,
        "text": "7 / 7 行",
        "done": True,
        "url": page,
    }
    shown = organiser.get(page).content.decode()
    assert "文件已全部导入" in shown and Participant.objects.count() == 5
    assert any("二〇二五年.xlsx" in words for words in told(world, "organiser"))


def test_a_second_file_waits_for_the_first(world: World, organiser: Client, queued: None) -> None:
    first = hand_in(organiser, world, workbook(活动=ACTIVITIES))
    organiser.post(first, {"rows": 2})
    second = hand_in(
        organiser,
        world,
        workbook(活动=(HELD, ("2025-07-01", "另一次调研", "专题调研", "", "", "", ""))),
    )
    answer = organiser.post(second, {"rows": 1})
    assert answer.status_code == 422 and "正在导入" in answer.content.decode()
    work()
    assert Activity.objects.count() == 2
    organiser.post(second, {"rows": 1})
    work()
    assert Activity.objects.count() == 3


def test_what_became_wrong_since_the_preview_is_told_and_nothing_taken(
    world: World, organiser: Client, queued: None
) -> None:
    """Between the preview and the worker a member's name is put right on the roster."""
    preview = hand_in(
        organiser,
        world,
        workbook(活动=ACTIVITIES, 出席=(CAME, ("饮水安全调研", "", "沈禾", "", "", ""))),
    )
    page = organiser.post(preview, {"rows": 3})["Location"]
    person = world.members["member"].person
    person.name = "改名"
    person.save()
    work()
    shown = organiser.get(page).content.decode()
    assert "没有导入任何内容" in shown and "沈禾" in shown
    assert not Activity.objects.exists()


# Files that offices hand in -----------------------------------------------------------------------


def refused(client: Client, world: World, content: bytes, name: str = "一年.xlsx") -> str:
    file = SimpleUploadedFile(name, content)
    answer = client.post("/years/", {"session": world.session.pk, "file": file})
    assert answer.status_code == 422, answer
    found = re.search(r'id="id_file_error"[^>]*>(.*?)</', answer.content.decode(), re.S)
    assert found
    return found[1]


def empty() -> bytes:
    content = io.BytesIO()
    Workbook().save(content)
    return content.getvalue()


def in_cells(**cells: Any) -> bytes:
    """The sheet of activities with cells overwritten, as A1=…"""
    book = load_workbook(io.BytesIO(workbook(活动=ACTIVITIES)))
    for place, value in cells.items():
        book["活动"][place] = value
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


@pytest.mark.parametrize(
    ("content", "name", "sentence"),
    [
        (workbook(天气=(("晴", "雨"), ("1", "2"))), "a.xlsx", "没有一张可以识别的表"),
        (empty(), "a.xlsx", "空"),
        (b"", "a.xlsx", "空"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "一年.xlsx", "旧版 Excel"),
        (b"%PDF-1.4 ...", "一年.xlsx", "PDF"),
        (b"<html><table><tr><td>1</td></tr></table></html>", "一年.xls", "网页"),
        (workbook(活动=ACTIVITIES)[:900], "a.xlsx", "损坏"),
        (workbook(活动=ACTIVITIES, 活动登记=ACTIVITIES), "a.xlsx", "活动"),
        (workbook(活动=(("日期", "名称"), ("2025-03-18", "调研"))), "a.xlsx", "形式"),
        (b"a" * (21 * 1024 * 1024), "大.xlsx", "20 MB"),
    ],
    ids=[
        "strange sheets",
        "empty workbook",
        "empty file",
        "old Excel renamed",
        "PDF",
        "web page",
        "cut off",
        "a sheet twice",
        "a column short",
        "too large",
    ],
)
def test_a_file_that_cannot_be_read_is_refused_with_a_sentence(
    world: World, organiser: Client, content: bytes, name: str, sentence: str
) -> None:
    assert sentence in refused(organiser, world, content, name)


def test_a_small_archive_that_unpacks_to_hundreds_of_megabytes_is_not_unpacked(
    world: World, organiser: Client
) -> None:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"<workbook/>")
        archive.writestr("xl/worksheets/sheet1.xml", b" " * (160 * 1024 * 1024))
    assert "MB" in refused(organiser, world, content.getvalue())


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("2025年3月5日", dt.date(2025, 3, 5)),
        ("2025.3.5", dt.date(2025, 3, 5)),
        ("2025/3/5", dt.date(2025, 3, 5)),
        (dt.date(2025, 3, 5), dt.date(2025, 3, 5)),
        ("20250305", dt.date(2025, 3, 5)),
        ("3.5", None),
        (3.5, None),
        ("3月5日", None),
        ("春天", None),
    ],
)
def test_dates_as_offices_write_them(
    world: World, organiser: Client, written: Any, meant: dt.date | None
) -> None:
    """A day without its year is asked for, never guessed."""
    preview = hand_in(organiser, world, in_cells(A2=written))
    shown = organiser.get(preview).content.decode()
    if meant is None:
        assert "日期" in shown and str(written) in shown and "导入 2 行" not in shown
        return
    organiser.post(preview, {"rows": 2})
    survey = Activity.objects.get(title="饮水安全调研")
    assert timezone.localdate(survey.starts_at) == meant


def test_merged_cells_of_a_day_count_for_the_rows_below(world: World, organiser: Client) -> None:
    """Excel keeps the value of merged cells in the first one only; the day is meant
    for both rows.
    """
    book = load_workbook(io.BytesIO(workbook(活动=ACTIVITIES)))
    book["活动"].merge_cells("A2:A3")
    content = io.BytesIO()
    book.save(content)
    organiser.post(hand_in(organiser, world, content.getvalue()), {"rows": 2})
    assert [timezone.localdate(a.starts_at).isoformat() for a in Activity.objects.all()] == [
        "2025-03-18",
        "2025-03-18",
    ]


def test_a_text_file_of_a_windows_office_is_read(world: World, organiser: Client) -> None:
    lines = "\r\n".join(
        ",".join(map(str, row))
        for row in (HELD[:4], ("2025-03-18", "饮水安全调研", "专题调研", "青石镇"))
    )
    file = SimpleUploadedFile("活动.csv", lines.encode("gbk"))
    preview = str(
        organiser.post("/years/", {"session": world.session.pk, "file": file})["Location"]
    )
    organiser.post(preview, {"rows": 1})
    assert Activity.objects.get().place == "青石镇"
