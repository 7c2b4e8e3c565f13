"""Attendance of past years out of Excel: a row for each person, or a column for each member."""

from __future__ import annotations

import datetime as dt
import time

import pytest

from tests.activities.test_imports import ACTIVITIES, ATTENDANCE, CAME, HELD, brought_in, workbook
from tests.world import World
from yizheng.activities.models import Activity, Attendance, Participant
from yizheng.attending.models import Leave
from yizheng.core import audit, clock
from yizheng.core.access import system
from yizheng.documents import year_workbook
from yizheng.regulations import services as regulations
from yizheng.regulations.models import RegulationVersion

pytestmark = pytest.mark.usefixtures("english")


def test_attendance_by_rows(world: World) -> None:
    made = brought_in(world, workbook(活动=ACTIVITIES, 出席=ATTENDANCE))
    assert made == {"activities": (2, 0), "attendance": (5, 0)}
    survey = Activity.objects.get(title="饮水安全调研")
    visit = Activity.objects.get(title="送医下乡")
    came = Attendance.objects.filter(sitting__activity=survey)
    assert {str(there.participant) for there in came} == {"沈禾"} and came.count() == 2
    leave = Leave.objects.get()
    assert (str(leave.participant), leave.reason, leave.words) == ("许茉", "illness", "因病")
    late = Attendance.objects.get(
        sitting__activity=visit, participant__membership=world.members["member"]
    )
    assert (late.is_late, late.method) == (True, "import")
    assert {(str(p), p.role, p.attendances.exists()) for p in visit.participants.all()} == {
        ("沈禾", "member", True),
        ("唐蘅", "member", False),
        ("示例乙", "observer", True),
    }


def test_a_leave_of_the_past_has_the_reason_that_was_in_force_then(world: World) -> None:
    """Since today the regulation knows no illness any more; a hundred days ago it did."""
    platform = system(world.organisation.pk)
    given = RegulationVersion.objects.get(regulation__subject="activities", number=1).parameters
    given["leave"]["reasons"] = [
        each for each in given["leave"]["reasons"] if each["code"] != "illness"
    ]
    version = regulations.draft("activities", given, by=platform)
    regulations.adopt(
        version, by=platform, meeting="主席会议", on=clock.today(), in_force_from=clock.today()
    )
    day = (clock.today() - dt.timedelta(days=100)).isoformat()
    held = [HELD, (day, "饮水安全调研", "专题调研", "", "", "", "")]
    came = [CAME, ("饮水安全调研", "", "许茉", "请假", "因病", "")]
    brought_in(world, workbook(活动=held, 出席=came))
    assert Leave.objects.get().reason == "illness"


def test_each_leave_enters_its_flow_and_says_where_it_came_from(world: World) -> None:
    brought_in(world, workbook(活动=ACTIVITIES, 出席=ATTENDANCE))
    leave = Leave.objects.get()
    (entry,) = audit.history(leave)
    assert (entry.action, entry.actor_name) == ("leave.imported", "蓝汀")
    assert entry.detail["note"] == "往年.xlsx, sheet “出席”, row 3"
    assert leave.flow.state_of(leave).ends and leave.decided_by is None, (
        "who granted it then the list does not say"
    )
    survey = Activity.objects.get(title="饮水安全调研")
    assert audit.history(survey).get().detail["note"] == "往年.xlsx, sheet “活动”, row 2"


def test_attendance_by_columns_of_names(world: World) -> None:
    rows = (
        ("活动名称", "日期", "沈禾", "许茉", "唐蘅", "备注"),
        ("饮水安全调研", "", "√", "请假", "", "晴"),
        ("送医下乡", "", "", "√", "缺", ""),
    )
    found, _strays = year_workbook.read(
        "往年.xlsx", workbook(活动=ACTIVITIES, 出席=rows), world.session, world.actor("organiser")
    )
    assert found[1].checked.preview.ignored_columns == ("备注",)
    brought_in(world, workbook(活动=ACTIVITIES, 出席=rows))
    said = {
        (p.activity.title, str(p), p.attendances.exists(), hasattr(p, "leave"))
        for p in Participant.objects.all()
    }
    assert said == {
        ("饮水安全调研", "沈禾", True, False),
        ("饮水安全调研", "许茉", False, True),
        ("送医下乡", "许茉", True, False),
        ("送医下乡", "唐蘅", False, False),
    }


def test_three_thousand_rows_of_attendance_do_not_take_long(world: World) -> None:
    held = [
        HELD,
        *(
            (f"2025-{1 + n % 12:02}-{1 + n // 12 % 28:02}", f"活动{n}", "专题调研", "", "", "", "")
            for n in range(150)
        ),
    ]
    came = [
        CAME,
        *((f"活动{n}", "", f"来宾{k}", "", "", "列席") for n in range(150) for k in range(20)),
    ]
    began = time.monotonic()
    assert brought_in(world, workbook(活动=held, 出席=came)) == {
        "activities": (150, 0),
        "attendance": (3000, 0),
    }
    assert time.monotonic() - began < 30
    assert Attendance.objects.count() == 3000
