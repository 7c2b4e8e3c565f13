"""Past years out of Excel: activities, who came, what came of it; together, all or nothing, and
nothing twice.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from openpyxl import Workbook, load_workbook

from tests.activities.making import activity_at
from tests.world import World, platform
from yizheng.activities.imports.lookups import ActivityLookup
from yizheng.activities.models import Activity, ActivitySuggestion, Attendance, Outcome, Participant
from yizheng.core.audit import AuditEntry
from yizheng.core.refusals import BadInput, NotAllowed
from yizheng.documents import year_workbook
from yizheng.documents.file_types import UnreadableTable
from yizheng.proposals.models import Proposal

pytestmark = pytest.mark.usefixtures("english")

Rows = Sequence[Sequence[Any]]
HELD = ("日期", "活动名称", "形式", "地点", "服务群众", "发放宣传资料（份）", "时段")
ACTIVITIES: Rows = (
    HELD,
    ("2025-03-18", "饮水安全调研", "专题调研", "青石镇", "300余人次", "1,200", "全天"),
    ("2025年5月6日", "送医下乡", "服务活动", "柳河镇", "", "", ""),
)
CAME = ("活动名称", "日期", "姓名", "情况", "请假事由", "身份")
ATTENDANCE: Rows = (
    CAME,
    ("饮水安全调研", "", "沈禾", "出席", "", ""),
    ("饮水安全调研", "", "许茉", "请假", "因病", ""),
    ("送医下乡", "2025-05-06", "沈禾", "迟到", "", ""),
    ("送医下乡", "", "唐蘅", "缺席", "", ""),
    ("送医下乡", "", "示例乙", "", "", "列席"),
)


def workbook(**sheets: Rows) -> bytes:
    made, content = Workbook(), io.BytesIO()
    made.remove(made.active)
    for name, rows in sheets.items():
        sheet = made.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    made.save(content)
    return content.getvalue()


def brought_in(world: World, content: bytes, who: str = "organiser") -> dict[str, tuple[int, int]]:
    made = year_workbook.opened("往年.xlsx", content).take(world.session, by=world.actor(who))
    return {code: (taken.added, taken.known) for code, taken in made.items()}


def errors(world: World, content: bytes) -> list[tuple[str, int, str]]:
    found, _strays = year_workbook.read("往年.xlsx", content, world.session, platform(world))
    return [
        (each.checked.spec.name, error.row, error.title)
        for each in found
        for error in each.checked.preview.errors
    ]


def test_activities_come_as_what_is_over_with_what_was_measured(world: World) -> None:
    assert brought_in(world, workbook(活动=ACTIVITIES)) == {"activities": (2, 0)}
    survey = Activity.objects.get(title="饮水安全调研")
    assert (survey.kind, survey.form, survey.place, survey.year, survey.is_imported) == (
        "survey",
        "special_survey",
        "青石镇",
        2025,
        True,
    )
    assert timezone.localdate(survey.starts_at).isoformat() == "2025-03-18"
    assert survey.sittings.count() == 2, "a whole day has two halves"
    assert Activity.objects.get(title="送医下乡").sittings.count() == 1
    assert {(m.measure, m.value, m.is_at_least) for m in survey.measured.all()} == {
        ("people_served", Decimal(300), True),
        ("brochures", Decimal(1200), False),
    }


def test_what_is_brought_in_asks_nobody_to_do_anything(world: World) -> None:
    brought_in(world, workbook(活动=ACTIVITIES, 出席=ATTENDANCE))
    assert all(
        activity.flow.state_of(activity).ends and activity.due_on is None
        for activity in Activity.objects.all()
    )


def test_unknown_members_and_activities_are_named_by_sheet_row_and_column(world: World) -> None:
    rows = (
        CAME,
        ("饮水安全调研", "", "查无此人", "", "", ""),
        ("没有的活动", "", "沈禾", "", "", ""),
        ("送医下乡", "", "沈禾", "打伞", "", ""),
        ("送医下乡", "", "许茉", "", "", ""),
        ("送医下乡", "", "许茉", "", "", ""),
    )
    assert errors(world, workbook(活动=ACTIVITIES, 出席=rows)) == [
        ("出席", 2, "姓名"),
        ("出席", 3, "活动名称"),
        ("出席", 4, "情况"),
        ("出席", 6, "姓名"),
    ]
    columns = (("活动名称", "沈禾", "沈和"), ("饮水安全调研", "√", "√"), ("送医下乡", "√", "√"))
    assert errors(world, workbook(活动=ACTIVITIES, 出席=columns)) == [
        ("出席", 2, "沈和"),
        ("出席", 3, "沈和"),
    ]


@pytest.mark.parametrize(
    ("row", "column"),
    [
        (("2025-03-18", "", "专题调研", "", "", "", ""), "活动名称"),
        (("三月", "调研", "专题调研", "", "", "", ""), "日期"),
        (("2025-03-18", "调研", "郊游", "", "", "", ""), "形式"),
        (("2025-03-18", "调研", "专题调研", "", "很多", "", ""), "服务群众"),
        (("2099-03-18", "调研", "专题调研", "", "", "", ""), "日期"),
    ],
)
def test_one_wrong_cell_and_nothing_of_any_sheet_is_taken(
    world: World, row: Sequence[str], column: str
) -> None:
    content = workbook(
        活动=(HELD, ACTIVITIES[1], row), 出席=(CAME, ("饮水安全调研", "", "沈禾", "", "", ""))
    )
    assert errors(world, content) == [("活动", 3, column)]
    with pytest.raises(BadInput, match="Nothing was taken over"):
        brought_in(world, content)
    assert not Activity.objects.exists() and not Participant.objects.exists()


def test_the_same_file_again_makes_nothing_twice(world: World) -> None:
    content = workbook(活动=ACTIVITIES, 出席=ATTENDANCE)
    brought_in(world, content)
    assert brought_in(world, content) == {"activities": (0, 2), "attendance": (0, 5)}
    assert (Activity.objects.count(), Participant.objects.count(), Attendance.objects.count()) == (
        2,
        5,
        4,
    )
    more = (*ATTENDANCE, ("饮水安全调研", "", "唐蘅", "", "", ""))
    assert brought_in(world, workbook(出席=more)) == {"attendance": (1, 5)}


def test_suggestions_outcomes_and_proposals_of_the_same_year(world: World) -> None:
    content = workbook(
        活动=ACTIVITIES,
        活动建议=(
            ("活动名称", "建议", "提出人", "采纳情况", "涉及单位", "办理情况"),
            ("饮水安全调研", "改造管网", "沈禾", "已采纳", "水务局", ""),
            ("饮水安全调研", "建水厂", "调研组", "未采纳", "水务局", "水量不足"),
        ),
        活动成果=(
            ("活动名称", "文号", "成果形式", "标题", "报送对象", "报送日期"),
            (
                "饮水安全调研",
                "调研报告〔2025〕1号",
                "调研报告",
                "关于农村饮水安全的调研报告",
                "县政府",
                "2025-04-10",
            ),
        ),
        提案=(
            ("案号", "案由", "提案人", "办理状态", "主办单位"),
            ("〔2024〕001", "关于修缮石桥的建议", "沈禾", "已办结", "水务局"),
        ),
    )
    with pytest.raises(NotAllowed, match="提案"):
        brought_in(world, content)
    made = {
        code: (t.added, t.known)
        for code, t in year_workbook.opened("a.xlsx", content)
        .take(world.session, by=system(world))
        .items()
    }
    assert made == {
        "activities": (2, 0),
        "suggestions": (2, 0),
        "outcomes": (1, 0),
        "proposals": (1, 0),
    }
    assert [
        (s.number, s.text, str(s.membership or s.made_by), s.unit.short_name)
        for s in ActivitySuggestion.objects.all()
    ] == [(1, "改造管网", "沈禾", "水务局"), (2, "建水厂", "调研组", "水务局")]
    outcome = Outcome.objects.get()
    assert (outcome.number, outcome.recipient, outcome.activity.title) == (
        "调研报告〔2025〕1号",
        "government",
        "饮水安全调研",
    )
    assert Proposal.objects.get().case_number == "〔2024〕001"
    again = year_workbook.opened("a.xlsx", content).take(world.session, by=system(world))
    assert {code: (t.added, t.known) for code, t in again.items()} == {
        "activities": (0, 2),
        "suggestions": (0, 2),
        "outcomes": (0, 1),
        "proposals": (0, 1),
    }


def system(world: World) -> Any:
    from yizheng.core import access

    return access.system(world.organisation.pk)


def test_an_activity_kept_in_the_system_is_not_touched(world: World) -> None:
    brought_in(world, workbook(活动=ACTIVITIES))
    Activity.objects.filter(title="送医下乡").update(
        is_imported=False, no_attendance_because="随到随看"
    )
    assert errors(world, workbook(出席=(CAME, ("送医下乡", "", "沈禾", "", "", "")))) == [
        ("出席", 2, "活动名称")
    ]


def test_one_audit_entry_says_which_file_it_was_and_what_it_made(world: World) -> None:
    brought_in(world, workbook(活动=ACTIVITIES, 出席=ATTENDANCE))
    entry = AuditEntry.objects.get(action="year.imported")
    assert entry.detail["added"] == {"activities": 2, "attendance": 5}
    assert len(entry.detail["digest"]) == 64


def test_a_file_without_a_sheet_of_ours_is_refused(world: World) -> None:
    with pytest.raises(UnreadableTable):
        content = workbook(天气=(("晴", "雨"), ("1", "2")))
        year_workbook.read("a.xlsx", content, world.session, world.actor("organiser"))


# In the browser -----------------------------------------------------------------------------------


def hand_in(client: Client, world: World, content: bytes) -> str:
    file = SimpleUploadedFile("二〇二五年.xlsx", content)
    return str(client.post("/years/", {"session": world.session.pk, "file": file})["Location"])


def test_the_whole_way_through_the_page(world: World, organiser: Client) -> None:
    preview = hand_in(
        organiser,
        world,
        workbook(活动=ACTIVITIES, 出席=ATTENDANCE, 天气=(("日期", "天气"), ("1", "晴"))),
    )
    shown = organiser.get(preview).content.decode()
    assert "导入 7 行" in shown and "“天气”表无法识别" in shown
    page = organiser.post(preview, follow=True).content.decode()
    assert "文件已全部导入" in page and "二〇二五年.xlsx" in page
    assert "二〇二五年.xlsx" in organiser.get("/years/").content.decode()
    again = organiser.get(hand_in(organiser, world, workbook(活动=ACTIVITIES))).content.decode()
    assert "平台里都已有" in again


def test_wrong_cells_come_back_marked_in_their_sheets(world: World, organiser: Client) -> None:
    wrong = (CAME, ("饮水安全调研", "", "查无此人", "", "", ""))
    preview = hand_in(organiser, world, workbook(活动=ACTIVITIES, 出席=wrong))
    shown = organiser.get(preview).content.decode()
    assert "查无此人" in shown and "导入 2 行" not in shown
    marked = load_workbook(
        io.BytesIO(organiser.get(f"/years/errors/?session={world.session.pk}").content)
    )
    assert marked.sheetnames == ["活动", "出席"]
    assert "查无此人" in str([cell.value for cell in marked["出席"][2]])


def test_template_holds_every_sheet_and_reads_back_as_nothing(
    world: World, organiser: Client
) -> None:
    content = organiser.get("/years/template/").content
    assert load_workbook(io.BytesIO(content)).sheetnames[:12] == [
        "活动",
        "出席",
        "活动建议",
        "活动成果",
        "社情民意",
        "提案",
        "批示",
        "场所",
        "企业",
        "联系关系",
        "联系记录",
        "填写说明",
    ]
    found, _strays = year_workbook.read(
        "模板.xlsx", content, world.session, world.actor("organiser")
    )
    assert {each.sheet.code for each in found} >= {
        "activities",
        "attendance",
        "suggestions",
        "outcomes",
        "proposals",
        "venues",
        "instructions",
        "enterprises",
        "contact_links",
        "contact_entries",
    }
    assert [each.checked.preview.total for each in found] == [0] * len(found)


def test_what_the_importer_may_not_see_is_told_like_what_is_not_there(world: World) -> None:
    hidden = activity_at(world, "draft", title="内部协商会")
    day = timezone.localdate(hidden.starts_at)
    for who, is_there in (("organiser", True), ("member", False)):
        key, said = ActivityLookup.of(world.actor(who)).find("内部协商会", day)
        assert (key is not None) is is_there
        assert ("“内部协商会”" in said) is not is_there


def test_what_a_file_brings_hangs_on_its_own_activities_whoever_brings_it(world: World) -> None:
    """Whoever may bring in need not be able to read: rows found sound are written all the same."""
    hidden = activity_at(world, "draft", title="内部协商会")
    key = "内部协商会", timezone.localdate(hidden.starts_at)
    assert ActivityLookup.of(None).held[key] == hidden
    assert key not in ActivityLookup.of(world.actor("member")).held
