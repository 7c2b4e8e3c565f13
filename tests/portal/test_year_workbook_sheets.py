"""Instructions, enterprises and contacts in a year's workbook; and what an export says comes in
again unchanged.
"""

from __future__ import annotations

import datetime as dt
import io
from typing import Any

import pytest
from django.test import Client
from django.utils import translation
from openpyxl import load_workbook

from tests.activities.test_imports import errors, workbook
from tests.signing_in import SignedIn
from tests.world import World, platform, told
from yizheng.contacts.models import ContactEntry, ContactLink
from yizheng.core import audit, clock
from yizheng.core.refusals import BadInput, NotAllowed
from yizheng.documents import year_workbook
from yizheng.enterprises.models import Enterprise
from yizheng.instructions.models import Instruction
from yizheng.opinions.models import Opinion
from yizheng.venues.models import Venue

DAY = dt.date
OPINIONS = (
    ("编号", "标题", "反映人", "报送日期", "采用情况"),
    ("2025-0001", "村口路灯不亮", "沈禾", "2025-03-18", "采用"),
    ("2025-0002", "校门口拥堵", "许茉", "2025-04-02", "采用"),
)
WRITTEN = ("编号", "标题", "批示领导", "领导职务", "批示层级", "批示日期", "批示内容")
INSTRUCTIONS = (
    WRITTEN,
    ("2025-0001", "", "示例丙", "县长", "县级", "2025-04-02", "请水务局研究。"),
    ("", "校门口拥堵", "示例丁", "市长", "市级", "2025-05-02", "请研究。"),
)
ENTERPRISES = (
    ("企业名称", "乡镇", "行业", "入规日期", "退规日期", "注销日期", "企业中的委员"),
    ("云溪机械厂", "水务局", "装备制造", "2024-01-01", "", "", "沈禾、许茉"),
    ("北坡茶厂", "", "食品", "2023年1月1日", "2024-12-31", "2025-06-30", ""),
)
LINKS = (
    ("联系类别", "联系人", "联系对象", "起始日期", "截止日期"),
    ("党员委员联系党外委员", "许茉", "沈禾", "2025-01-01", "2025-12-31"),
    ("委员联系村社、企业", "沈禾", "石桥村", "2025-01-01", ""),
)
ENTRIES = (
    ("联系类别", "联系人", "联系对象", "联系日期", "联系方式", "谈话内容"),
    ("党员委员联系党外委员", "许茉", "沈禾", "2025-04-12", "走访", "家中有事"),
    ("委员联系村社、企业", "沈禾", "石桥村", "2025-05-01", "", ""),
)


def taken(world: World, content: bytes, by: Any = None) -> dict[str, tuple[int, int]]:
    made = year_workbook.opened("往年.xlsx", content).take(world.session, by=by or platform(world))
    return {code: (each.added, each.known) for code, each in made.items()}


STUDIOS = (
    ("场所名称", "类别", "地址", "启用日期"),
    ("石桥委员工作室", "委员工作室", "石桥村 1 号", "2026-02-01"),
)
YET_TO_COME = (
    ("社情民意", OPINIONS, "报送日期"),
    ("批示", INSTRUCTIONS, "批示日期"),
    ("企业", ENTERPRISES, "入规日期"),
    ("企业", ENTERPRISES, "退规日期"),
    ("企业", ENTERPRISES, "注销日期"),
    ("场所", STUDIOS, "启用日期"),
    ("联系关系", LINKS, "起始日期"),
    ("联系记录", ENTRIES, "联系日期"),
)


@pytest.mark.parametrize(("sheet", "rows", "column"), YET_TO_COME)
def test_a_day_to_come_is_refused_in_the_same_words_on_every_sheet(
    world: World, sheet: str, rows: tuple[tuple[str, ...], ...], column: str
) -> None:
    titles, first, *_more = rows
    tomorrow = (clock.today() + dt.timedelta(days=1)).isoformat()
    ahead = tuple(
        tomorrow if title == column else value for title, value in zip(titles, first, strict=True)
    )
    content = workbook(**{sheet: (titles, ahead)})
    found, _strays = year_workbook.read("往年.xlsx", content, world.session, platform(world))
    said = [error.sentence for each in found for error in each.checked.preview.errors]
    assert f"第 2 行“{column}”：这一天还没有到。" in said


def test_instructions_on_opinions_of_the_same_file_by_number_or_title(world: World) -> None:
    content = workbook(社情民意=OPINIONS, 批示=INSTRUCTIONS)
    assert taken(world, content) == {"opinions": (2, 0), "instructions": (2, 0)}
    found = [
        (i.source.number, i.leader, i.post, i.level, i.given_on, i.words)
        for i in Instruction.objects.all()
    ]
    assert found == [
        ("2025-0001", "示例丙", "县长", "county", DAY(2025, 4, 2), "请水务局研究。"),
        ("2025-0002", "示例丁", "市长", "city", DAY(2025, 5, 2), "请研究。"),
    ]
    assert taken(world, content) == {"opinions": (0, 2), "instructions": (0, 2)}
    assert not told(world, "member"), "it is long known"
    with translation.override("zh-hans"):
        assert (
            audit.history(Opinion.objects.get(number="2025-0001")).last().detail["leader"]
            == "示例丙"
        )


def test_instructions_on_an_outcome_of_the_same_file(world: World) -> None:
    content = workbook(
        活动=(("日期", "活动名称", "形式"), ("2025-03-20", "饮水安全调研", "专题调研")),
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
        批示=(
            WRITTEN,
            ("调研报告〔2025〕1号", "", "示例丙", "县长", "县级", "2025-04-20", "请水务局落实。"),
        ),
    )
    assert taken(world, content) == {
        "activities": (1, 0),
        "outcomes": (1, 0),
        "instructions": (1, 0),
    }
    written = Instruction.objects.get()
    assert (written.source.title, written.leader, written.words) == (
        "关于农村饮水安全的调研报告",
        "示例丙",
        "请水务局落实。",
    )


def test_whoever_edits_opinions_brings_their_instructions_in_and_nobody_else(world: World) -> None:
    taken(world, workbook(社情民意=OPINIONS))
    organiser = world.actor("organiser")
    with pytest.raises(BadInput, match="批示"):
        taken(world, workbook(批示=INSTRUCTIONS), organiser)
    found, _strays = year_workbook.read(
        "往年.xlsx", workbook(批示=INSTRUCTIONS), world.session, organiser
    )
    said = {error.reason for error in found[0].checked.preview.errors}
    unknown, _strays = year_workbook.read(
        "往年.xlsx",
        workbook(批示=(WRITTEN, ("1999-0009", "", *INSTRUCTIONS[1][2:]))),
        world.session,
        world.actor("editor"),
    )
    assert said == {error.reason for error in unknown[0].checked.preview.errors}, (
        "what they may not see is told like what is not there"
    )
    assert taken(world, workbook(批示=INSTRUCTIONS), world.actor("editor")) == {
        "instructions": (2, 0)
    }


def test_wrong_instructions_are_named_by_row_and_column(world: World) -> None:
    rows = (
        WRITTEN,
        ("", "没有这一件", "甲", "", "", "2025-04-02", "阅。"),
        ("", "", "甲", "", "", "2025-04-02", "阅。"),
        ("2025-0001", "", "甲", "", "村级", "2025-04-02", "阅。"),
        ("2025-0001", "", "甲", "", "", "2099-04-02", "阅。"),
        ("2025-0001", "", "", "", "", "2025-04-02", ""),
    )
    assert errors(world, workbook(社情民意=OPINIONS, 批示=rows)) == [
        ("批示", 2, "标题"),
        ("批示", 3, "标题"),
        ("批示", 4, "批示层级"),
        ("批示", 5, "批示日期"),
        ("批示", 6, "批示领导"),
        ("批示", 6, "批示内容"),
    ]


def test_enterprises_with_their_members(world: World) -> None:
    assert taken(world, workbook(企业=ENTERPRISES)) == {"enterprises": (2, 0)}
    works, tea = Enterprise.objects.all()
    assert (works.unit, works.trade, works.above_scale_since, works.closed_on) == (
        world.units["水务局"],
        "装备制造",
        DAY(2024, 1, 1),
        None,
    )
    assert {str(person.membership) for person in works.people.all()} == {"沈禾", "许茉"}
    assert (tea.above_scale_since, tea.above_scale_until, tea.closed_on) == (
        DAY(2023, 1, 1),
        DAY(2024, 12, 31),
        DAY(2025, 6, 30),
    )
    assert (
        audit.history(works).get().detail["note"].endswith("row 2")
        or "第 2 行" in audit.history(works).get().detail["note"]
    )
    assert taken(world, workbook(企业=ENTERPRISES)) == {"enterprises": (0, 2)}


def test_wrong_enterprises_are_named_by_row_and_column(world: World) -> None:
    rows = (
        ENTERPRISES[0],
        ("甲厂", "火星局", "", "", "2025-01-01", "2099-01-01", "查无此人"),
        ("乙厂", "", "", "2025-02-01", "2025-01-01", "", ""),
        ("乙厂", "", "", "", "", "", ""),
    )
    assert errors(world, workbook(企业=rows)) == [
        ("企业", 2, "乡镇"),
        ("企业", 2, "退规日期"),
        ("企业", 2, "注销日期"),
        ("企业", 2, "企业中的委员"),
        ("企业", 3, "退规日期"),
        ("企业", 4, "企业名称"),
    ]


def test_contacts_and_the_days_they_were_kept_but_never_the_words(world: World) -> None:
    content = workbook(联系关系=LINKS, 联系记录=ENTRIES)
    assert taken(world, content, world.actor("organiser")) == {
        "contact_links": (2, 0),
        "contact_entries": (2, 0),
    }
    assert [(str(link), link.since, link.until) for link in ContactLink.objects.all()] == [
        ("许茉 → 沈禾", DAY(2025, 1, 1), DAY(2025, 12, 31)),
        ("沈禾 → 石桥村", DAY(2025, 1, 1), None),
    ]
    assert [(e.link.whom, e.day, e.way, e.note) for e in ContactEntry.objects.order_by("day")] == [
        ("沈禾", DAY(2025, 4, 12), "visit", ""),
        ("石桥村", DAY(2025, 5, 1), "visit", ""),
    ]
    assert not told(world, "cosigner"), "nobody is told of what is long past"
    assert taken(world, content, world.actor("organiser")) == {
        "contact_links": (0, 2),
        "contact_entries": (0, 2),
    }
    with pytest.raises(NotAllowed):
        taken(world, content, world.actor("editor"))


def test_wrong_contacts_are_named_by_row_and_column(world: World) -> None:
    links = (
        LINKS[0],
        ("党员委员联系党外委员", "许茉", "查无此人", "2025-01-01", ""),
        ("党员委员联系党外委员", "许茉", "许茉", "2025-01-01", ""),
        ("委员联系村社、企业", "沈禾", "石桥村", "2025-02-01", "2025-01-01"),
        ("喝茶", "沈禾", "许茉", "2025-01-01", ""),
        ("委员联系村社、企业", "沈禾", "北坡村", "2025-01-01", ""),
        ("委员联系村社、企业", "沈禾", "北坡村", "2025-06-01", ""),
    )
    entries = (
        ENTRIES[0],
        ("委员联系村社、企业", "沈禾", "北坡村", "2024-12-31", "", ""),
        ("委员联系村社、企业", "沈禾", "南坡村", "2025-03-01", "", ""),
        ("委员联系村社、企业", "沈禾", "北坡村", "2025-03-01", "飞鸽", ""),
        ("委员联系村社、企业", "沈禾", "北坡村", "2099-03-01", "", ""),
    )
    assert errors(world, workbook(联系关系=links, 联系记录=entries)) == [
        ("联系关系", 2, "联系对象"),
        ("联系关系", 3, "联系对象"),
        ("联系关系", 4, "截止日期"),
        ("联系关系", 5, "联系类别"),
        ("联系关系", 7, "联系对象"),
        ("联系记录", 2, "联系日期"),
        ("联系记录", 3, "联系对象"),
        ("联系记录", 4, "联系方式"),
        ("联系记录", 5, "联系日期"),
    ]


def test_a_contact_that_stands_twice_is_told_in_words_of_contacts(world: World) -> None:
    content = workbook(联系关系=LINKS, 联系记录=(*ENTRIES, ENTRIES[1]))
    found, _strays = year_workbook.read("往年.xlsx", content, world.session, platform(world))
    said = [error.reason for each in found for error in each.checked.preview.errors]
    assert said == ["这份文件里已有同一联系在同一天的记录"]


# Out and in again ---------------------------------------------------------------------------------

VENUES = (
    ("场所名称", "场所类别", "乡镇", "地址", "面积", "星级", "启用日期", "负责人"),
    ("石桥工作室", "委员工作室", "水务局", "石桥村 1 号", "80", "四星", "2025-02-01", "沈禾"),
)


def rows_of(content: bytes) -> dict[str, list[tuple[Any, ...]]]:
    return {
        sheet.title: list(sheet.iter_rows(values_only=True))
        for sheet in load_workbook(io.BytesIO(content))
    }


@pytest.mark.parametrize(
    ("address", "who", "sheets", "emptied"),
    [
        ("/enterprises/export/?state=all", "organiser", {"企业": ENTERPRISES}, [Enterprise]),
        (
            "/contacts/export/?year=2025",
            "organiser",
            {"联系关系": LINKS, "联系记录": ENTRIES},
            [ContactLink],
        ),
        ("/instructions/export/", "editor", {"批示": INSTRUCTIONS}, [Instruction]),
        ("/venues/export/", "organiser", {"场所": VENUES}, [Venue]),
    ],
    ids=["enterprises", "contacts", "instructions", "venues"],
)
def test_what_was_exported_comes_in_again_as_it_was(
    world: World,
    signed_in: SignedIn,
    address: str,
    who: str,
    sheets: dict[str, Any],
    emptied: list[Any],
) -> None:
    """Taken out, thrown away, brought in out of the export: a second export says the same."""
    taken(world, workbook(社情民意=OPINIONS))
    made = taken(world, workbook(**sheets))
    client: Client = signed_in(who)
    first = client.get(address).content
    assert set(taken(world, first).values()) == {(0, count) for count, _known in made.values()}, (
        "all of it is known"
    )
    for model in emptied:
        for row in model.objects.all():
            getattr(row, "people", row.__class__.objects.none()).all().delete()
            row.delete() if model is not Venue else (row.members.all().delete(), row.delete())
    assert taken(world, first) == made
    assert rows_of(client.get(address).content) == rows_of(first)
