"""The road of an office on the command line: import, report, check."""

from __future__ import annotations

import csv
import io
import json
import stat
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest
from django.utils import timezone

from .conftest import Installation


def year() -> int:
    """Of the county's session: as the house counts, not as the machine."""
    return timezone.localdate().year


ROSTER = [
    ["姓名", "界别", "党派", "手机", "备注"],
    ["贺芷", "教育", "民盟", "19900001111", "甲"],
    ["罗屹", "医卫", "无党派", "19900001112", "乙"],
]
PROPOSALS = [
    ["案由", "提案人", "类别", "提案号", "状态", "承办单位", "办理结果", "建议"],
    [
        "关于更换石桥村老旧水管的建议",
        "沈禾",
        "社会建设",
        "001",
        "已办复",
        "水务局",
        "A",
        "1.更换水管\n2.备用水源",
    ],
    ["关于增设乡镇校车线路的建议", "许茉", "社会建设", "002", "立案", "教育局", "", "1.增设校车"],
]


def excel(file: Path, rows: list[list[str]]) -> str:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    book.save(file)
    return str(file)


def gbk_csv(file: Path, rows: list[list[str]]) -> str:
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    file.write_bytes(text.getvalue().encode("gb18030"))
    return str(file)


@pytest.fixture
def handled(seated: Installation, tmp_path: Path) -> Installation:
    """Two proposals filed, one of them replied to."""
    output = seated.does("import", "proposals", excel(tmp_path / "proposals.xlsx", PROPOSALS))
    assert output.startswith("2 proposals imported")
    return seated


def test_a_dry_run_changes_nothing(seated: Installation, tmp_path: Path) -> None:
    file = gbk_csv(tmp_path / "roster.csv", ROSTER)
    arguments = ["import", "roster", file, "--create-missing"]
    assert (
        seated.does(*arguments, "--dry-run") == "2 rows can be taken over. Nothing was changed.\n"
    )
    assert seated.does(*arguments).startswith(
        "2 added, 0 brought up to date, 0 unchanged. Made: 医卫."
    )
    assert seated.does(*arguments).startswith("0 added, 0 brought up to date, 2 unchanged.")


def test_a_column_nobody_knows_is_named_and_left_alone(
    seated: Installation, tmp_path: Path
) -> None:
    answer = seated.run(
        "import", "roster", excel(tmp_path / "roster.xlsx", ROSTER), "--create-missing", "--dry-run"
    )
    assert answer.returncode == 0
    assert "“备注”" in answer.stderr


def test_every_error_is_named_and_nothing_taken(seated: Installation, tmp_path: Path) -> None:
    rows = [*ROSTER, ["", "教育", "中共", "19900001113", ""], ["范蔓", "教育", "中共", "12", ""]]
    answer = seated.run(
        "import", "roster", excel(tmp_path / "roster.xlsx", rows), "--create-missing"
    )
    assert answer.returncode == 1
    assert "Row 4, “姓名”" in answer.stderr
    assert "Row 5, “手机”" in answer.stderr
    assert answer.stderr.strip().endswith("2 of 4 rows are wrong (above). Nothing was taken over.")
    assert seated.does("audit", "list", "--action", "members.imported") == ""


def test_first_passwords_go_into_a_file_of_ones_own(seated: Installation, tmp_path: Path) -> None:
    file, passwords = excel(tmp_path / "roster.xlsx", ROSTER), tmp_path / "passwords.csv"
    output = seated.does("import", "roster", file, "--create-missing", "--accounts", str(passwords))
    assert "2 accounts opened" in output
    assert stat.S_IMODE(passwords.stat().st_mode) == 0o600
    head, *rows = csv.reader(passwords.read_text("utf-8-sig").splitlines())
    assert head == ["sector", "name", "user name", "first password"]
    assert [(row[0], row[1]) for row in rows] == [("教育", "贺芷"), ("医卫", "罗屹")]
    assert all(len(row[3]) >= 10 for row in rows)


def test_passwords_that_could_not_be_kept_are_not_made(
    seated: Installation, tmp_path: Path
) -> None:
    file = excel(tmp_path / "roster.xlsx", ROSTER)
    nowhere = str(tmp_path / "no-such-folder" / "passwords.csv")
    sentence = seated.refuses("import", "roster", file, "--create-missing", "--accounts", nowhere)
    assert sentence.endswith(f"No such file or directory: {nowhere}")
    assert seated.does("audit", "list", "--action", "account.opened") == ""


def test_a_refused_roster_says_what_would_help(seated: Installation, tmp_path: Path) -> None:
    sentence = seated.refuses(
        "import", "roster", excel(tmp_path / "roster.xlsx", ROSTER)
    )  # 医卫 is no sector yet
    assert sentence == (
        "1 of 2 rows are wrong (above). Nothing was taken over."
        " --create-missing makes sectors, committees and groups not yet known."
    )


def test_units_are_imported(seated: Installation, tmp_path: Path) -> None:
    rows = [["单位名称", "简称", "类别"], ["云溪县农业农村局", "农业农村局", "政府部门"]]
    assert (
        seated.does("import", "units", excel(tmp_path / "units.xlsx", rows))
        == "1 added, 0 brought up to date.\n"
    )


def test_a_file_that_is_no_table_is_refused(seated: Installation, tmp_path: Path) -> None:
    file = tmp_path / "roster.xlsx"
    file.write_bytes(b"%PDF-1.4 not a table")
    assert "Traceback" not in seated.refuses("import", "roster", str(file))


def test_the_year_of_a_session_that_is_not_there_is_refused(
    seated: Installation, tmp_path: Path
) -> None:
    file = excel(tmp_path / "proposals.xlsx", PROPOSALS)
    assert (
        seated.refuses("import", "proposals", file, "--year", "1999")
        == "There is no session of 1999."
    )


def test_the_report_is_word_with_the_figures_of_the_records(
    handled: Installation, tmp_path: Path
) -> None:
    out = tmp_path / "report.docx"
    handled.does("report", "--organisation", "yunxi", "--year", str(year()), "--out", str(out))
    text = "".join(paragraph.text for paragraph in docx.Document(str(out)).paragraphs)
    assert "2件" in text.replace(" ", "")


def test_a_report_of_a_year_without_session_is_refused(
    handled: Installation, tmp_path: Path
) -> None:
    out = tmp_path / "report.docx"
    assert "1999" in handled.refuses("report", "--year", "1999", "--out", str(out))
    assert not out.exists()


def checked(county: Installation, file: Path, text: str) -> tuple[int, dict[str, Any]]:
    file.write_text(text, encoding="utf-8")
    answer = county.run(
        "check", str(file), "--organisation", "yunxi", "--year", str(year()), "--json"
    )
    assert answer.stderr == ""
    return answer.returncode, json.loads(answer.stdout)


def test_a_text_that_says_what_the_records_say_agrees(
    handled: Installation, tmp_path: Path
) -> None:
    code, found = checked(handled, tmp_path / "a.txt", f"{year()}年，共收到提案2件，立案2件。")
    assert code == 0
    assert [(m["value"], m["verdict"]) for m in found["mentions"]] == [(2, "agrees"), (2, "agrees")]
    assert found["file"] == str(tmp_path / "a.txt")


def test_a_figure_that_differs_is_said_with_ours_and_fails(
    handled: Installation, tmp_path: Path
) -> None:
    code, found = checked(handled, tmp_path / "a.txt", f"{year()}年，共收到提案3件，立案2件。")
    assert code == 1
    first, second = found["mentions"]
    assert (first["verdict"], first["ours"]["value"], second["verdict"]) == ("differs", 2, "agrees")
    assert (first["text"], first["value"], first["unit"]) == ("3件", 3, "件")
    assert first["ours"]["url"] == f"/figures/proposals.received/?year={year()}"


def test_sums_that_do_not_hold_fail(handled: Installation, tmp_path: Path) -> None:
    code, found = checked(
        handled, tmp_path / "a.txt", "1990年收到提案100件，其中党派团体提案30件，委员提案71件。"
    )
    assert code == 1
    assert [each["expression"] for each in found["arithmetic"]] == ["30+71=101≠100"]


def test_a_file_that_cannot_be_read_does_not_hide_the_others(
    handled: Installation, tmp_path: Path
) -> None:
    (tmp_path / "good.txt").write_text(f"{year()}年，共收到提案2件。", encoding="utf-8")
    answer = handled.run("check", str(tmp_path / "none.txt"), str(tmp_path / "good.txt"))
    assert answer.returncode == 1
    assert "none.txt: No such file" in answer.stderr
    assert "1 figures: 1 agrees" in answer.stdout


def test_a_past_year_comes_in_one_workbook(seated: Installation, tmp_path: Path) -> None:
    book, file = openpyxl.Workbook(), tmp_path / "year.xlsx"
    held, came = book.active, book.create_sheet("出席")
    assert held is not None
    held.title = "活动"
    for row in (["日期", "活动名称", "形式"], ["2025-03-18", "饮水安全调研", "专题调研"]):
        held.append(row)
    for row in (["活动名称", "沈禾", "许茉"], ["饮水安全调研", "√", "请假"]):
        came.append(row)
    book.save(file)
    assert (
        seated.does("import", "year", str(file), "--dry-run")
        == "3 rows can be taken over. Nothing was changed.\n"
    )
    assert seated.does("import", "year", str(file)).endswith(
        "activities: 1 added, 0 in the records already.\nattendance: 2 added, 0 in the "
        "records already.\n"
    )
    assert "activities: 0 added, 1 in the records already." in seated.does(
        "import", "year", str(file)
    )
