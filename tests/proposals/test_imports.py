"""Proposals out of the tables that offices keep: what is taken, and every error by its row and
column.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

import pytest
from django.utils import timezone
from openpyxl import Workbook

from tests.world import World, proposal_at
from yizheng.core import audit
from yizheng.core.refusals import BadInput, NotAllowed
from yizheng.documents.file_types import UnreadableTable
from yizheng.documents.import_preview import read_sheet
from yizheng.documents.table_files import Table
from yizheng.proposals import imports
from yizheng.proposals.models import Proposal

pytestmark = pytest.mark.usefixtures("english")

HEAD = (
    "案号",
    "案由",
    "提案人",
    "联名委员",
    "类别",
    "办理状态",
    "主办单位",
    "会办单位",
    "办理结果",
    "三、建议",
)
SOUND = (
    "〔2024〕001",
    "关于修缮石桥的建议",
    "沈禾",
    "许茉、唐蘅",
    "社会建设",
    "已办结",
    "水务局",
    "财政局",
    "A",
    "1.修桥。2、立牌",
)


def excel(*rows: Sequence[Any]) -> Table:
    book, buffer = Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(list(row))
    book.save(buffer)
    return read_sheet(imports.spec(), "提案.xlsx", buffer.getvalue())


def csv(encoding: str, *rows: Sequence[str], separator: str = ",") -> Table:
    text = "\r\n".join(separator.join(row) for row in rows)
    return read_sheet(imports.spec(), "提案.csv", text.encode(encoding))


def changed(**cells: str) -> tuple[str, ...]:
    """The sound row with some of its cells changed."""
    return tuple(cells.get(title, cell) for title, cell in zip(HEAD, SOUND, strict=True))


def taken(world: World, table: Table) -> list[Proposal]:
    return imports.import_proposals(table, session=world.session, by=world.actor("clerk"))


def test_a_closed_proposal_of_a_past_session_comes_with_its_people_units_and_suggestions(
    world: World,
) -> None:
    (proposal,) = taken(world, excel(HEAD, SOUND))
    assert (proposal.state, proposal.case_number, proposal.kind, proposal.result_class) == (
        "closed",
        "〔2024〕001",
        "joint",
        "A",
    )
    assert str(proposal.proposer) == "沈禾"
    assert {str(c) for c in proposal.cosignatures.filter(state="accepted")} == {"许茉", "唐蘅"}
    assert [s.text for s in proposal.suggestions.all()] == ["修桥。", "立牌"]
    parts = proposal.assignments.values_list("unit__short_name", "part", "state")
    assert sorted(parts) == sorted(
        [("水务局", "lead", "replied"), ("财政局", "assisting", "untold")]
    )
    assert audit.AuditEntry.objects.filter(action="proposals.imported").get().detail["count"] == 1


def test_columns_in_any_order_a_title_line_above_and_columns_nobody_knows(world: World) -> None:
    table = excel(
        ("云溪县政协2024年提案清单",),
        ("备注", "提案人", "天气", "案由"),
        ("", "沈禾", "晴", "关于修路的建议"),
    )
    assert set(imports.read(table, world.session).ignored_columns) == {"备注", "天气"}
    (proposal,) = taken(world, table)
    assert (proposal.title, proposal.state, proposal.case_number) == (
        "关于修路的建议",
        "submitted",
        "",
    )


@pytest.mark.parametrize("encoding", ["gbk", "gb18030", "utf-8", "utf-8-sig"])
@pytest.mark.parametrize("separator", [",", "\t", ";"])
def test_text_tables_in_the_encodings_offices_have(
    world: World, encoding: str, separator: str
) -> None:
    rows = [("案由", "提案人", "类别"), ("关于修缮石桥镇农贸市场的建议", "沈禾", "社会建设")]
    (proposal,) = taken(world, csv(encoding, *rows, separator=separator))
    assert (proposal.title, proposal.category) == ("关于修缮石桥镇农贸市场的建议", "社会建设")


@pytest.mark.parametrize(
    ("kind", "proposer", "state"),
    [
        ("党派", "民盟云溪县总支", "party"),
        ("专委会", "提案委员会", "committee"),
        ("界别", "农业界", "sector"),
        ("集体", "县工商联", "body"),
    ],
)
def test_collectives_stand_under_their_own_name(
    world: World, kind: str, proposer: str, state: str
) -> None:
    (proposal,) = taken(
        world, excel(("案由", "提案人", "提案人类别"), ("关于招商的建议", proposer, kind))
    )
    assert (proposal.kind, proposal.collective_name, proposal.proposer) == (state, proposer, None)


@pytest.mark.parametrize(
    ("cells", "column", "reason"),
    [
        ({"案由": ""}, "案由", "must not be empty"),
        ({"案由": "关" * 101}, "案由", "has 101 characters; at most 100"),
        ({"提案人": "无此人"}, "提案人", "no member “无此人”"),
        ({"联名委员": "许茉、无此人"}, "联名委员", "no member “无此人”"),
        ({"联名委员": "沈禾"}, "联名委员", "is the first proposer"),
        ({"类别": "军事"}, "类别", "军事"),
        ({"办理状态": "在途"}, "办理状态", "在途"),
        ({"主办单位": "气象局"}, "主办单位", "no unit “气象局”"),
        ({"主办单位": ""}, "主办单位", "needs the unit that answered"),
        ({"会办单位": "水务局"}, "会办单位", "cannot assist as well"),
        ({"办理结果": "Z"}, "办理结果", "Z"),
        ({"案号": ""}, "案号", "A filed proposal needs its number"),
        ({"办理状态": "待审"}, "案号", "Only a filed proposal has a number"),
    ],
)
def test_every_error_is_named_by_row_and_column_and_nothing_is_taken(
    world: World, cells: dict[str, str], column: str, reason: str
) -> None:
    wrong = changed(**{"案号": "〔2024〕002", **cells})
    table = excel(HEAD, SOUND, wrong)
    (error,) = imports.read(table, world.session).errors
    assert (error.row, error.title) == (3, column)
    assert reason in error.reason
    with pytest.raises(BadInput, match="nothing was taken over"):
        taken(world, table)
    assert not Proposal.objects.exists()


def test_all_errors_are_told_at_once(world: World) -> None:
    table = excel(
        HEAD,
        changed(提案人="甲某", 主办单位="气象局"),
        changed(案号="〔2024〕009", 联名委员="乙某"),
    )
    errors = imports.read(table, world.session).errors
    assert [(e.row, e.title) for e in errors] == [(2, "提案人"), (2, "主办单位"), (3, "联名委员")]


def test_a_number_twice_in_the_file_or_in_the_records_is_refused(world: World) -> None:
    (error,) = imports.read(excel(HEAD, SOUND, changed(案由="另一件")), world.session).errors
    assert (error.row, error.title) == (3, "案号")
    assert "stands in row 2 already" in error.reason
    taken(world, excel(HEAD, SOUND))
    (error,) = imports.read(excel(HEAD, SOUND), world.session).errors
    assert "in the records already" in error.reason


def test_a_name_twice_in_a_cell_counts_once(world: World) -> None:
    (proposal,) = taken(
        world, excel(HEAD, changed(联名委员="许茉、许茉", 会办单位="财政局、yunxi县财政局"))
    )
    assert proposal.cosignatures.count() == 1
    assert proposal.assignments.filter(part="assisting").count() == 1


def test_numbers_given_after_an_import_pass_over_those_it_brought(world: World) -> None:
    year = world.session.year
    taken(world, excel(HEAD, changed(案号=f"〔{year}〕001"), changed(案号=f"〔{year}〕003")))
    assert [proposal_at(world, "filed").case_number for _ in range(2)] == [
        f"〔{year}〕002",
        f"〔{year}〕004",
    ]


def test_not_filed_needs_its_reason_and_keeps_it(world: World) -> None:
    head = ("案由", "提案人", "办理状态", "不立案理由")
    (error,) = imports.read(
        excel(head, ("关于本人职称的建议", "沈禾", "不予立案", "")), world.session
    ).errors
    assert error.title == "不立案理由"
    (proposal,) = taken(
        world, excel(head, ("关于本人职称的建议", "沈禾", "不予立案", "为本人或亲属解决个人问题"))
    )
    assert (proposal.state, proposal.reason_not_filed) == ("not_filed", "private")


@pytest.mark.parametrize("word", ["", "待审", "待立案", "已提交", "已受理"])
def test_what_offices_call_a_proposal_not_decided_yet(world: World, word: str) -> None:
    (proposal,) = taken(
        world, excel(("案由", "提案人", "状态"), ("关于增设路灯的建议", "沈禾", word))
    )
    assert (proposal.state, proposal.case_number) == ("submitted", "")


def test_dates_as_offices_write_them(world: World) -> None:
    head = (*HEAD, "提交时间", "答复日期")
    (proposal,) = taken(world, excel(head, (*SOUND, "2024年1月8日", "2024.6.20")))
    assert proposal.submitted_at is not None
    assert proposal.replied_at is not None
    days = timezone.localdate(proposal.submitted_at), timezone.localdate(proposal.replied_at)
    assert [day.isoformat() for day in days] == ["2024-01-08", "2024-06-20"]


@pytest.mark.parametrize("content", [b"", b"%PDF-1.4 x", b"<html><table></table></html>"])
def test_what_is_no_table_is_refused(world: World, content: bytes) -> None:
    with pytest.raises(UnreadableTable):
        read_sheet(imports.spec(), "提案.xlsx", content)


def test_a_table_without_the_columns_or_without_rows_is_refused(world: World) -> None:
    with pytest.raises(UnreadableTable, match="提案人"):
        imports.read(excel(("案由", "类别"), ("关于修路的建议", "社会建设")), world.session)
    with pytest.raises(BadInput, match="no rows"):
        taken(world, excel(HEAD))


def test_only_who_may_import_does(world: World) -> None:
    with pytest.raises(NotAllowed):
        imports.import_proposals(
            excel(HEAD, SOUND), session=world.session, by=world.actor("reviewer")
        )


def test_a_bad_cell_does_not_hide_what_else_is_wrong_with_its_row(world: World) -> None:
    found = imports.read(
        excel(HEAD, changed(类别="没有这类", 提案人="查无此人", 主办单位="无此单位")), world.session
    )
    assert {error.title for error in found.errors} == {"类别", "提案人", "主办单位"}
    assert {error.row for error in found.errors} == {2}
