"""Rules as data: read, compared and drafted in the browser."""

from __future__ import annotations

import copy
import re
from typing import Any

import pytest
from django.http import QueryDict
from django.utils import translation
from lxml import html

from tests.signing_in import browser_of
from tests.world import World
from yizheng.core import clock
from yizheng.proposals import parameters
from yizheng.regulations import SCHEMAS, services
from yizheng.regulations.forms import typed
from yizheng.regulations.models import Regulation, RegulationVersion
from yizheng.regulations.problems import BadParameters
from yizheng.regulations.schema import changes, document, plain

from .office import platform, posted, seen, stored

SCHEMA = parameters.ProposalParameters


def test_the_document_speaks_in_words(current: dict[str, Any]) -> None:
    with translation.override("zh-hans"):
        parts = {str(part.title): part for part in document(SCHEMA, current)}
        lines = [(str(line.title), line.text) for part in parts.values() for line in part.lines]
    assert any(text == "5 个工作日" for _title, text in lines)
    assert any(text == "15%" for _title, text in lines)
    assert any(text == "3 个月" for _title, text in lines)
    cells = [cell for part in parts.values() for row in part.rows for cell in row]
    assert "内容空泛，没有具体建议" in cells and "party_internal" not in cells


def test_a_list_within_a_section_reads_in_words_too(world: World) -> None:
    """Once as `[{'code': 'duty', …}]`."""
    page = browser_of(world, "member").get("/regulations/activities/").content.decode()
    assert "公务冲突、因病（不计入次数：是）、婚丧产假（不计入次数：是）、其他" in page
    assert "illness" not in page


def test_what_no_schema_knows_any_more_reads_in_words() -> None:
    with translation.override("zh-hans"):
        found = [
            plain(each)
            for each in (
                True,
                None,
                ["水", "路"],
                {"code": "a", "label": "甲类"},
                {"days": 5, "is_open": False},
                [{"code": "a", "label": "甲类"}, {"code": "b", "label": "乙类"}],
            )
        ]
    assert found == ["是", "", "水、路", "甲类", "5、否", "甲类、乙类"]


def test_everybody_inside_reads_it_and_only_the_office_sees_drafts(
    world: World, current: dict[str, Any]
) -> None:
    services.draft("proposals", current, by=platform(world), note="征求意见")
    assert browser_of(world, "member").get("/regulations/proposals/").status_code == 200
    assert browser_of(world, "member").get("/regulations/proposals/2/").status_code == 404
    assert browser_of(world, "clerk").get("/regulations/proposals/2/").status_code == 200
    assert browser_of(world, "clerk").get("/regulations/unknown/").status_code == 404


@pytest.mark.parametrize("subject", ["proposals", "opinions", "activities", "contacts"])
def test_the_form_gives_back_what_it_was_given(world: World, subject: str) -> None:
    client, given = browser_of(world, "clerk"), stored(1, subject).parameters
    page = client.post(
        f"/regulations/{subject}/draft/",
        {**posted(given, subject), "seen": seen(client, subject), "note": "照旧"},
    )
    assert page.status_code == 302, page.content.decode()[:3000]
    assert stored(2, subject).parameters == given


def test_every_regulation_of_the_house_is_named_here() -> None:
    assert set(SCHEMAS) == {"proposals", "opinions", "activities", "contacts"}


def test_a_row_is_added_with_a_key_of_its_own_and_one_taken_out(
    world: World, current: dict[str, Any]
) -> None:
    client = browser_of(world, "clerk")
    data = posted(current)
    for name in ("code", "label", "sentence"):
        data[f"reasons_not_filed.{name}"] = data[f"reasons_not_filed.{name}"][1:]
    data["reasons_not_filed.code"].append("")
    data["reasons_not_filed.label"].append("与往年提案重复")
    data["reasons_not_filed.sentence"].append("同一事项已在办理中，不再重复立案。")
    data["categories"].append("农业农村")
    assert (
        client.post("/regulations/proposals/draft/", {**data, "seen": seen(client)}).status_code
        == 302
    )
    new = stored(2).parameters
    assert "secret" not in [row["code"] for row in new["reasons_not_filed"]]
    added = new["reasons_not_filed"][-1]
    assert added["label"] == "与往年提案重复" and added["code"].startswith("yu_wang_nian")
    assert new["categories"][-1] == "农业农村"


@pytest.mark.parametrize(
    ("name", "value", "place", "reason"),
    [
        ("deadlines.hand_back_days", "0", "期限 › 退办", "至少为 1"),
        ("deadlines.hand_back_days", "五", "期限 › 退办", "整数"),
        ("deadlines.hand_back_days", "", "期限 › 退办", "整数"),
        ("deadlines.reply_ceiling_months", "1", "期限", "短"),
        ("key.largest_share", "150", "重点提案", "不超过 1"),
        ("numbering.case", "〔{year}〕", "编号", "serial"),
    ],
)
def test_errors_stand_at_the_field_in_words(
    world: World, current: dict[str, Any], name: str, value: str, place: str, reason: str
) -> None:
    client = browser_of(world, "clerk")
    page = client.post(
        "/regulations/proposals/draft/", {**posted(current), name: value, "seen": seen(client)}
    )
    text = page.content.decode()
    assert page.status_code == 422 and reason in text
    assert "Input should" not in text and "Value error" not in text
    assert place in text
    assert not RegulationVersion.objects.filter(regulation__subject="proposals", number=2).exists()
    if value:
        assert f'value="{value}"' in text  # what was typed is still there


def test_a_table_says_in_which_row(current: dict[str, Any]) -> None:
    current["reasons_not_filed"][2]["sentence"] = "短"
    with translation.override("zh-hans"), pytest.raises(BadParameters) as refused:
        services.check_parameters("proposals", current)
    assert "第 3 行" in str(refused.value) and "至少 4 个字" in str(refused.value)


def test_a_stale_form_overwrites_nothing_and_keeps_what_was_typed(
    world: World, current: dict[str, Any]
) -> None:
    client, other = browser_of(world, "clerk"), browser_of(world, "reviewer")
    mine = seen(client)
    theirs = posted(current) | {"deadlines.hand_back_days": ["7"]}
    other.post("/regulations/proposals/draft/", {**theirs, "seen": seen(other)})
    page = client.post(
        "/regulations/proposals/draft/",
        {**posted(current), "deadlines.hand_back_days": "9", "seen": mine},
    )
    assert page.status_code == 409 and 'value="9"' in page.content.decode()
    assert stored(2).parameters["deadlines"]["hand_back_days"] == 7


def test_what_changed_is_said_in_words(current: dict[str, Any]) -> None:
    new = copy.deepcopy(current)
    new["deadlines"]["hand_back_days"] = 3
    new["categories"].append("农业农村")
    new["reasons_not_filed"].reverse()  # order alone is no change
    new["result_classes"][0]["label"] = "已办成"
    with translation.override("zh-hans"):
        found = {(c.before, c.after) for c in changes(SCHEMA, current, new)}
    assert found == {("5 个工作日", "3 个工作日"), ("", "农业农村"), ("已解决或采纳", "已办成")}


def test_an_office_without_a_regulation_is_offered_the_model(world: World) -> None:
    RegulationVersion.objects.all().delete()
    Regulation.objects.all().delete()
    client = browser_of(world, "clerk")
    assert "/draft/model/" in client.get("/regulations/").content.decode()
    assert "/draft/model/" not in browser_of(world, "member").get("/regulations/").content.decode()
    assert client.post("/regulations/proposals/draft/model/").status_code == 302
    assert (
        len(
            RegulationVersion.objects.get(regulation__subject="proposals").parameters[
                "reasons_not_filed"
            ]
        )
        == 12
    )
    assert client.post("/regulations/proposals/draft/model/").status_code == 409


def test_pages_show(world: World, current: dict[str, Any]) -> None:
    services.draft("proposals", current, by=platform(world))
    for page in (
        "",
        "proposals/",
        "proposals/1/",
        "proposals/2/",
        "proposals/compare/",
        "proposals/draft/",
    ):
        assert browser_of(world, "clerk").get(f"/regulations/{page}").status_code == 200, page


def test_a_pattern_is_read_as_an_example(world: World) -> None:
    """And what counts days says which days."""
    shown = browser_of(world, "member").get("/regulations/proposals/").content.decode()
    year = clock.today().year
    assert f"<dd>如 〔{year}〕001</dd>" in shown
    assert f"<dd>如 某单位函〔{year}〕1号</dd>" in shown
    assert "{serial" not in shown
    assert not re.search(r"<dd>\d+ 天</dd>", shown)
    assert re.search(r"<dd>\d+ 天（自然日）</dd>", shown)


def test_what_may_not_be_empty_is_marked_and_is_exactly_what_is_refused(
    world: World, current: dict[str, Any]
) -> None:
    """Of all single controls of the form: emptied one after the other, and asked the server."""
    client = browser_of(world, "clerk")
    page = html.fromstring(client.get("/regulations/proposals/draft/").content)
    controls = page.xpath("//*[@class='regulation-fields']//*[self::input or self::textarea]")
    marked = {each.get("name"): each.get("required") is not None for each in controls}
    words = {
        label.get("for"): "必填" in label.text_content() for label in page.xpath("//label[@for]")
    }
    assert all(words[each.get("id")] == marked[each.get("name")] for each in controls)
    assert {name for name in marked if _refused_empty(name, current)} == {
        name for name, is_marked in marked.items() if is_marked
    }
    assert any(marked.values())


def _refused_empty(name: str, current: dict[str, Any]) -> bool:
    sent = QueryDict(mutable=True)
    for key, values in posted(current).items():
        sent.setlist(key, [""] if key == name else values)
    try:
        services.check_parameters("proposals", typed(SCHEMA, sent, current))
    except BadParameters:
        return True
    return False
