"""Rules as data: read, compared, drafted, adopted; and what was decided stays decided."""

from __future__ import annotations

import copy
import datetime as dt
import json
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone, translation

from tests.world import World, draft
from yizheng.core import tenancy
from yizheng.core.access import system
from yizheng.proposals import parameters
from yizheng.proposals.flow import PROPOSAL
from yizheng.proposals.models import Proposal
from yizheng.regulations import services
from yizheng.regulations.forms import sections
from yizheng.regulations.models import Regulation, RegulationVersion
from yizheng.regulations.problems import BadParameters, read_json
from yizheng.regulations.schema import changes, document

SCHEMA = parameters.ProposalParameters


def browser(world: World, who: str) -> Client:
    client = Client()
    client.force_login(world.accounts[who], backend="yizheng.people.backends.NameOrPhoneBackend")
    return client


@pytest.fixture
def current(world: World) -> dict[str, Any]:
    return copy.deepcopy(RegulationVersion.objects.get(regulation__subject="proposals").parameters)


def posted(given: dict[str, Any]) -> dict[str, Any]:
    """What a browser would send for these parameters."""
    data: dict[str, list[str]] = {}
    for section in sections(SCHEMA, given):
        for inputs in [section.inputs, *section.rows]:
            for each in inputs:
                data.setdefault(each.name, []).append(each.text)
    return data


def seen(client: Client) -> str:
    text = client.get("/regulations/proposals/draft/").content.decode()
    return text.split('name="seen" value="')[1].split('"')[0]


def test_the_document_speaks_in_words(current: dict[str, Any]) -> None:
    with translation.override("zh-hans"):
        parts = {str(part.title): part for part in document(SCHEMA, current)}
        lines = [(str(line.title), line.text) for part in parts.values() for line in part.lines]
    assert any(text == "5 个工作日" for _title, text in lines)
    assert any(text == "15%" for _title, text in lines)
    assert any(text == "3 个月" for _title, text in lines)
    cells = [cell for part in parts.values() for row in part.rows for cell in row]
    assert "内容空泛，没有具体建议" in cells and "party_internal" not in cells


def test_everybody_inside_reads_it_and_only_the_office_sees_drafts(world: World, current: dict[str, Any]) -> None:
    services.draft("proposals", current, by=system(world.organisation.pk), note="征求意见")
    assert browser(world, "member").get("/regulations/proposals/").status_code == 200
    assert browser(world, "member").get("/regulations/proposals/2/").status_code == 404
    assert browser(world, "clerk").get("/regulations/proposals/2/").status_code == 200
    assert browser(world, "clerk").get("/regulations/unknown/").status_code == 404


def test_the_form_gives_back_what_it_was_given(world: World, current: dict[str, Any]) -> None:
    client = browser(world, "clerk")
    page = client.post("/regulations/proposals/draft/", {**posted(current), "seen": seen(client), "note": "照旧"})
    assert page.status_code == 302, page.content.decode()[:3000]
    assert RegulationVersion.objects.get(regulation__subject="proposals", number=2).parameters == current


def test_a_row_is_added_with_a_key_of_its_own_and_one_taken_out(world: World, current: dict[str, Any]) -> None:
    client = browser(world, "clerk")
    data = posted(current)
    for name in ("code", "label", "sentence"):
        data[f"reasons_not_filed.{name}"] = data[f"reasons_not_filed.{name}"][1:]
    data["reasons_not_filed.code"].append("")
    data["reasons_not_filed.label"].append("与往年提案重复")
    data["reasons_not_filed.sentence"].append("同一事项已在办理中，不再重复立案。")
    data["categories"].append("农业农村")
    assert client.post("/regulations/proposals/draft/", {**data, "seen": seen(client)}).status_code == 302
    new = RegulationVersion.objects.get(regulation__subject="proposals", number=2).parameters
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
def test_errors_stand_at_the_field_in_words(world: World, current: dict[str, Any], name: str, value: str, place: str, reason: str) -> None:
    client = browser(world, "clerk")
    page = client.post("/regulations/proposals/draft/", {**posted(current), name: value, "seen": seen(client)})
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


def test_a_stale_form_overwrites_nothing_and_keeps_what_was_typed(world: World, current: dict[str, Any]) -> None:
    client, other = browser(world, "clerk"), browser(world, "reviewer")
    mine = seen(client)
    theirs = posted(current) | {"deadlines.hand_back_days": ["7"]}
    other.post("/regulations/proposals/draft/", {**theirs, "seen": seen(other)})
    page = client.post("/regulations/proposals/draft/", {**posted(current), "deadlines.hand_back_days": "9", "seen": mine})
    assert page.status_code == 409 and 'value="9"' in page.content.decode()
    assert RegulationVersion.objects.get(regulation__subject="proposals", number=2).parameters["deadlines"]["hand_back_days"] == 7


# Files -----------------------------------------------------------------------------------------------------------


def upload(world: World, content: bytes) -> Any:
    return browser(world, "clerk").post("/regulations/proposals/draft/upload/", {"file": SimpleUploadedFile("r.json", content)})


def test_a_downloaded_file_can_be_handed_in_again(world: World, current: dict[str, Any]) -> None:
    file = browser(world, "clerk").get("/regulations/proposals/1/file/").content
    assert json.loads(file) == current
    assert upload(world, file).status_code == 302
    assert RegulationVersion.objects.get(regulation__subject="proposals", number=2).parameters == current


def test_broken_json_is_refused_with_line_and_column(world: World) -> None:
    page = upload(world, b'{\n  "categories": ["a",\n  "b"\n  "reasons": []\n}\n')
    text = page.content.decode()
    assert page.status_code == 422 and "第 4 行" in text and "第 3 列" in text


def test_a_wrong_value_is_refused_with_its_line(world: World, current: dict[str, Any]) -> None:
    current["deadlines"]["hand_back_days"] = 0
    content = json.dumps(current, ensure_ascii=False, indent=2)
    line = next(n for n, text in enumerate(content.splitlines(), 1) if '"hand_back_days"' in text)
    text = upload(world, content.encode()).content.decode()
    assert f"第 {line} 行" in text and "期限 › 退办" in text
    assert not RegulationVersion.objects.filter(regulation__subject="proposals", number=2).exists()


@pytest.mark.parametrize("content", [b"", b"\xb9\xe6\xd4\xf2", b"[]", b"null", b'"text"', b"{}", b"[" * 5000, b'{"x": NaN}', b"\xff\xfe{\x00"])
def test_any_other_file_is_refused_with_a_sentence(world: World, content: bytes) -> None:
    page = upload(world, content)
    assert page.status_code == 422 and "data-refusal" in page.content.decode()
    assert not RegulationVersion.objects.filter(regulation__subject="proposals", number=2).exists()


def test_positions_of_values_in_a_file() -> None:
    _value, lines = read_json(b'{"a": 1,\n "b": [\n  {"c": "}]\\n"},\n  2\n ],\n "d": {}\n}')
    assert lines[("a",)] == 1 and lines[("b", 0, "c")] == 3 and lines[("b", 1)] == 4 and lines[("d",)] == 6


# Comparing and adopting ------------------------------------------------------------------------------------------


def test_what_changed_is_said_in_words(current: dict[str, Any]) -> None:
    new = copy.deepcopy(current)
    new["deadlines"]["hand_back_days"] = 3
    new["categories"].append("农业农村")
    new["reasons_not_filed"].reverse()  # order alone is no change
    new["result_classes"][0]["label"] = "已办成"
    with translation.override("zh-hans"):
        found = {(c.before, c.after) for c in changes(SCHEMA, current, new)}
    assert found == {("5 个工作日", "3 个工作日"), ("", "农业农村"), ("已解决或采纳", "已办成")}


def adoption(**values: Any) -> dict[str, Any]:
    today = timezone.localdate()
    return {"meeting": "九届主席会议第十二次会议", "on": today.isoformat(), "in_force_from": (today + dt.timedelta(days=1)).isoformat(), **values}


def adopted_in_browser(world: World, **values: Any) -> Any:
    client = browser(world, "reviewer")
    text = client.get("/regulations/proposals/draft/adopt/").content.decode()
    token = text.split('name="seen" value="')[1].split('"')[0]
    return client.post("/regulations/proposals/draft/adopt/", {**adoption(**values), "seen": token})


def test_a_meeting_adopts_it_and_it_comes_into_force_on_its_day(world: World, current: dict[str, Any]) -> None:
    current["deadlines"]["hand_back_days"] = 3
    services.draft("proposals", current, by=system(world.organisation.pk))
    assert adopted_in_browser(world).status_code == 302
    today = timezone.localdate()
    with tenancy.scope(world.organisation):  # another request
        assert parameters.in_force(today).deadlines.hand_back_days == 5
        assert parameters.in_force(today + dt.timedelta(days=1)).deadlines.hand_back_days == 3


@pytest.mark.parametrize("values", [{"meeting": " "}, {"on": "2999-01-01"}, {"in_force_from": "2020-01-01"}, {"in_force_from": ""}])
def test_an_adoption_that_cannot_be_is_refused(world: World, current: dict[str, Any], values: dict[str, str]) -> None:
    services.draft("proposals", current, by=system(world.organisation.pk))
    assert adopted_in_browser(world, **values).status_code == 422
    assert RegulationVersion.objects.get(regulation__subject="proposals", number=2).adopted_on is None


def test_a_draft_changed_meanwhile_is_not_adopted_unread(world: World, current: dict[str, Any]) -> None:
    services.draft("proposals", current, by=system(world.organisation.pk))
    page = browser(world, "reviewer").post("/regulations/proposals/draft/adopt/", {**adoption(), "seen": "stale"})
    assert page.status_code == 409


def test_drafting_and_adopting_are_two_rights(world: World, current: dict[str, Any]) -> None:
    services.draft("proposals", current, by=system(world.organisation.pk))
    assert browser(world, "clerk").post("/regulations/proposals/draft/adopt/", adoption()).status_code == 403
    assert browser(world, "member").get("/regulations/proposals/draft/").status_code == 403
    assert browser(world, "officer").post("/regulations/proposals/draft/discard/").status_code == 403


def test_an_adopted_version_is_never_thrown_away(world: World) -> None:
    assert browser(world, "clerk").post("/regulations/proposals/draft/discard/").status_code == 409
    assert RegulationVersion.objects.filter(regulation__subject="proposals").count() == 1


def test_a_new_version_never_rewrites_what_the_old_one_decided(world: World, current: dict[str, Any]) -> None:
    old = Proposal.objects.get(pk=filed(world).pk)
    before = (old.case_number, old.due_on, old.state)
    current["numbering"]["case"] = current["numbering"]["case_ordinary"] = "提字{year}第{serial:4}号"
    current["deadlines"]["assign_days"] = 2
    services.draft("proposals", current, by=system(world.organisation.pk))
    assert adopted_in_browser(world, in_force_from=timezone.localdate().isoformat()).status_code == 302
    with tenancy.scope(world.organisation):  # another request
        new = Proposal.objects.get(pk=filed(world, "cosigner").pk)
    old.refresh_from_db()
    assert (old.case_number, old.due_on, old.state) == before
    assert new.case_number.startswith("提字") and new.due_on is not None and before[1] is not None and new.due_on < before[1]
    assert RegulationVersion.objects.get(regulation__subject="proposals", number=1).parameters["deadlines"]["assign_days"] == 10


def filed(world: World, who: str = "member") -> Proposal:
    proposal = PROPOSAL.perform("submit", draft(world, who), by=world.actor(who))
    data = {"category": "社会建设", "note": ""}
    PROPOSAL.perform("pass_check", proposal, by=world.actor("clerk"), data=data)
    return PROPOSAL.perform("file", proposal, by=world.actor("reviewer"), data=data)


def test_an_office_without_a_regulation_is_offered_the_model(world: World) -> None:
    RegulationVersion.objects.all().delete()
    Regulation.objects.all().delete()
    client = browser(world, "clerk")
    assert "/draft/model/" in client.get("/regulations/").content.decode()
    assert "/draft/model/" not in browser(world, "member").get("/regulations/").content.decode()
    assert client.post("/regulations/proposals/draft/model/").status_code == 302
    assert len(RegulationVersion.objects.get(regulation__subject="proposals").parameters["reasons_not_filed"]) == 12
    assert client.post("/regulations/proposals/draft/model/").status_code == 409


def test_pages_show(world: World, current: dict[str, Any]) -> None:
    services.draft("proposals", current, by=system(world.organisation.pk))
    for page in ("", "proposals/", "proposals/1/", "proposals/2/", "proposals/compare/", "proposals/draft/"):
        assert browser(world, "clerk").get(f"/regulations/{page}").status_code == 200, page
