"""The workbooks of three years of an invented county, by rule, so that every figure can be worked
out by hand.

In year n (1, 2, 3): an activity a month, on the 12th: a survey in odd months, a service in even
ones with 100 × n people served. 沈禾 comes to all twelve; 许茉 has leave in March, June, September
and December; 唐蘅 is missing in January and late in February. Four suggestions (three adopted), two
outcomes, 9 + n opinions of which every second is used in the issue of the year, the first adopted
by the city; two instructions on it; five proposals (three answered, one not filed, one withdrawn);
a venue of 50 × n m²; an enterprise above scale; one contact link, kept twice.
"""

from __future__ import annotations

import io
from typing import Any

from openpyxl import Workbook

YEARS = (2023, 2024, 2025)
Rows = list[tuple[Any, ...]]


def workbook_of(year: int) -> bytes:
    made, content = Workbook(), io.BytesIO()
    made.remove(made.active)
    for name, rows in sheets(year, YEARS.index(year) + 1).items():
        sheet = made.create_sheet(name)
        for row in rows:
            sheet.append(row)
    made.save(content)
    return content.getvalue()


def sheets(year: int, n: int) -> dict[str, Rows]:
    return {
        "活动": _activities(year, n),
        "出席": _attendance(year),
        "活动建议": _suggestions(year),
        "活动成果": _outcomes(year),
        "社情民意": _opinions(year, n),
        "批示": _instructions(year),
        "提案": _proposals(year),
        "场所": _venue(year, n),
        "企业": _enterprise(year),
        "联系关系": _link(year),
        "联系记录": _entries(year),
    }


def _title(year: int, month: int) -> str:
    return f"{year}年{month}月{'走访调研' if month % 2 else '送医下乡'}"


def _activities(year: int, n: int) -> Rows:
    rows: Rows = [("日期", "活动名称", "形式", "地点", "服务群众")]
    for month in range(1, 13):
        form, served = ("专题调研", "") if month % 2 else ("服务活动", f"{100 * n}人次")
        rows.append((f"{year}年{month}月12日", _title(year, month), form, "青石镇", served))
    return rows


def _attendance(year: int) -> Rows:
    """A list as offices keep it: a row an activity, a column a member."""
    rows: Rows = [("活动名称", "沈禾", "许茉", "唐蘅")]
    for month in range(1, 13):
        rows.append(
            (
                _title(year, month),
                "√",
                "√" if month % 3 else "请假",
                {1: "×", 2: "迟到"}.get(month, "√"),
            )
        )
    return rows


def _suggestions(year: int) -> Rows:
    said = [
        (f"{year}年建议{k}", "未采纳" if k == 4 else "已采纳", "资金不足" if k == 4 else "")
        for k in range(1, 5)
    ]
    head = ("活动名称", "建议", "提出人", "涉及单位", "采纳情况", "理由")
    return [head, *((_title(year, 1), t, "沈禾", "水务局", a, r) for t, a, r in said)]


def _outcomes(year: int) -> Rows:
    head = ("活动名称", "文号", "成果形式", "标题", "报送对象", "报送日期")
    return [
        head,
        *(
            (
                _title(year, k),
                f"调研报告〔{year}〕{k}号",
                "调研报告",
                f"{year}年报告{k}",
                "县政府",
                f"{year}-06-0{k}",
            )
            for k in (1, 3)
        ),
    ]


def _opinions(year: int, n: int) -> Rows:
    head = (
        "编号",
        "标题",
        "反映人",
        "报送日期",
        "采用情况",
        "未采用理由",
        "期号",
        "编发日期",
        "市级采用",
        "采用日期",
    )
    rows: Rows = [head]
    for k in range(1, 10 + n):
        used = k % 2 == 1
        above = ("市政协", f"{year}-05-01") if k == 1 else ("", "")
        who, use = (
            ("沈禾", ("采用", "", "第1期", f"{year}-04-20"))
            if used
            else ("许茉", ("未采用", "已有同类信息", "", ""))
        )
        rows.append(
            (f"{year}-{k:04}", f"{year}年信息{k}", who, f"{year}-04-0{1 + k % 9}", *use, *above)
        )
    return rows


def _instructions(year: int) -> Rows:
    head = ("编号", "批示领导", "领导职务", "批示层级", "批示日期", "批示内容")
    return [
        head,
        (f"{year}-0001", "示例丙", "县长", "县级", f"{year}-04-25", "请研究。"),
        (f"{year}-0001", "示例丁", "市长", "市级", f"{year}-05-08", "阅。"),
    ]


def _proposals(year: int) -> Rows:
    rows: Rows = [
        ("案号", "案由", "提案人", "提交日期", "办理状态", "主办单位", "不立案理由", "答复日期")
    ]
    for k in range(1, 4):
        rows.append(
            (
                f"〔{year}〕{k:03}",
                f"{year}年提案{k}",
                "沈禾",
                f"{year}-01-20",
                "已办结",
                "水务局",
                "",
                f"{year}-06-30",
            )
        )
    rows.append(("", f"{year}年提案4", "许茉", f"{year}-01-20", "不立案", "", REASON, ""))
    rows.append((f"〔{year}〕005", f"{year}年提案5", "唐蘅", f"{year}-01-20", "撤案", "", "", ""))
    return rows


REASON = "涉及党和国家秘密"


def _venue(year: int, n: int) -> Rows:
    return [
        ("场所名称", "场所类别", "地址", "面积", "启用日期", "负责人"),
        (f"{year}年工作室", "委员工作室", "石桥村", f"{50 * n}平方米", f"{year}-07-01", "沈禾"),
    ]


def _enterprise(year: int) -> Rows:
    member = "许茉" if year == 2025 else ""
    return [
        ("企业名称", "行业", "入规日期", "企业中的委员"),
        (f"{year}年上规厂", "制造", f"{year}-01-01", member),
    ]


def _link(year: int) -> Rows:
    return [
        ("联系类别", "联系人", "联系对象", "起始日期", "截止日期"),
        ("党员委员联系党外委员", "许茉", "唐蘅", f"{year}-01-01", f"{year}-12-31"),
    ]


def _entries(year: int) -> Rows:
    pair = ("党员委员联系党外委员", "许茉", "唐蘅")
    return [
        ("联系类别", "联系人", "联系对象", "联系日期", "联系方式"),
        (*pair, f"{year}-03-15", "走访"),
        (*pair, f"{year}-09-15", "电话"),
    ]
