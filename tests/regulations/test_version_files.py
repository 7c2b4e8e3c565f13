"""A regulation as a file: handed out, handed in, refused with its line; an old one
opens for ever.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from lxml import html

from tests.signing_in import browser_of
from tests.world import World
from yizheng.regulations import SCHEMAS, services
from yizheng.regulations.models import RegulationVersion
from yizheng.regulations.problems import read_json
from yizheng.regulations.subjects import recorded

from .invented import DUTIES, SUBJECT
from .office import platform, seen, stored, upload


def is_drafted(number: int = 2, subject: str = "proposals") -> bool:
    return RegulationVersion.objects.filter(regulation__subject=subject, number=number).exists()


def handed_out(world: World, subject: str = "proposals", number: int = 1) -> bytes:
    content: bytes = (
        browser_of(world, "clerk").get(f"/regulations/{subject}/{number}/file/").content
    )
    return content


def test_a_downloaded_file_can_be_handed_in_again(world: World, current: dict[str, Any]) -> None:
    file = handed_out(world)
    assert json.loads(file) == {"subject": "proposals", "schema_version": 1, "parameters": current}
    assert upload(world, file).status_code == 302
    assert stored(2).parameters == current


def test_bare_parameters_as_they_were_handed_out_before(
    world: World, current: dict[str, Any]
) -> None:
    assert upload(world, json.dumps(current).encode()).status_code == 302
    assert stored(2).parameters == current


def test_broken_json_is_refused_with_line_and_column(world: World) -> None:
    page = upload(world, b'{\n  "categories": ["a",\n  "b"\n  "reasons": []\n}\n')
    text = page.content.decode()
    assert page.status_code == 422 and "第 4 行" in text and "第 3 列" in text


@pytest.mark.parametrize("wrapped", [False, True])
def test_a_wrong_value_is_refused_with_its_line(
    world: World, current: dict[str, Any], wrapped: bool
) -> None:
    current["deadlines"]["hand_back_days"] = 0
    file = (
        {"subject": "proposals", "schema_version": 1, "parameters": current} if wrapped else current
    )
    content = json.dumps(file, ensure_ascii=False, indent=2)
    line = next(n for n, text in enumerate(content.splitlines(), 1) if '"hand_back_days"' in text)
    text = upload(world, content.encode()).content.decode()
    assert f"第 {line} 行" in text and "期限 › 退办" in text
    assert not is_drafted()


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xb9\xe6\xd4\xf2",
        b"[]",
        b"null",
        b'"text"',
        b"{}",
        b"[" * 5000,
        b'{"x": NaN}',
        b"\xff\xfe{\x00",
    ],
)
def test_any_other_file_is_refused_with_a_sentence(world: World, content: bytes) -> None:
    page = upload(world, content)
    assert page.status_code == 422 and "data-refusal" in page.content.decode()
    assert not is_drafted()


@pytest.mark.parametrize(
    ("change", "line", "words"),
    [
        (lambda f: f.update(subject="opinions"), 2, "另一项规章"),
        (lambda f: f.update(subject=["proposals"]), 2, "另一项规章"),
        (lambda f: f.update(schema_version=2), 3, "更新的平台"),
        (lambda f: f.update(schema_version=0), 3, "整数"),
        (lambda f: f.update(schema_version=True), 3, "整数"),
        (lambda f: f.update(schema_version="1"), 3, "整数"),
        (lambda f: f.update(signed_by="somebody"), 5, "signed_by"),
        (lambda f: f.pop("subject"), 1, "subject"),
        (lambda f: f.pop("schema_version"), 1, "schema_version"),
        (lambda f: f.pop("parameters"), 1, "parameters"),
        (lambda f: f.update(parameters=[]), 4, "一组"),
        (lambda f: f.update(parameters=None), 4, "一组"),
    ],
)
def test_a_file_of_another_kind_is_refused_with_its_line(
    world: World, change: Callable[[dict[str, Any]], Any], line: int, words: str
) -> None:
    file: dict[str, Any] = {"subject": "proposals", "schema_version": 1, "parameters": {}}
    change(file)
    page = upload(world, json.dumps(file, indent=1).encode())
    text = page.content.decode()
    assert page.status_code == 422 and f"第 {line} 行" in text and words in text
    assert not is_drafted()


def test_positions_of_values_in_a_file() -> None:
    _value, lines = read_json(b'{"a": 1,\n "b": [\n  {"c": "}]\\n"},\n  2\n ],\n "d": {}\n}')
    assert (
        lines[("a",)] == 1
        and lines[("b", 0, "c")] == 3
        and lines[("b", 1)] == 4
        and lines[("d",)] == 6
    )


def test_a_file_is_not_put_over_a_draft_that_changed_since_the_page_was_opened(
    world: World, current: dict[str, Any]
) -> None:
    token = seen(browser_of(world, "clerk"))
    services.draft("proposals", current, by=platform(world), note="别人的")
    assert upload(world, handed_out(world), seen=token).status_code == 409
    assert stored(2).note == "别人的"


# Older ones ---------------------------------------------------------------------------------------

OLD = {"days": 300, "way": "letter", "duties": DUTIES, "limits": {"most": 4}, "stamp": True}
CARRIED = {
    "answer_days": 300,
    "way": "visit",
    "duties": [{"code": "desk", "label": "接待", "is_paid": False, "weight": 1}],
    "limits": {"most": 4, "reminder_days": 0},
}


@pytest.mark.parametrize("wrapped", [False, True])
def test_an_old_file_says_what_it_said(world: World, platform_becomes: Any, wrapped: bool) -> None:
    platform_becomes(3)
    file = {"subject": SUBJECT, "schema_version": 1, "parameters": OLD} if wrapped else OLD
    page = upload(world, json.dumps(file).encode(), SUBJECT)
    assert page.status_code == 302
    version = stored(1, SUBJECT)
    assert (version.parameters, version.schema_version) == (CARRIED, 3)
    assert "stamp" in browser_said(world, page)  # the stamp is told of


def browser_said(world: World, page: Any) -> str:
    client = page.client
    text: str = client.get(page.headers["Location"]).content.decode()
    return text


def test_what_an_old_file_leaves_out_is_what_was_usual_then(
    world: World, platform_becomes: Any
) -> None:
    platform_becomes(3)
    assert upload(world, json.dumps({"duties": DUTIES}).encode(), SUBJECT).status_code == 302
    parameters = stored(1, SUBJECT).parameters
    assert (parameters["answer_days"], parameters["way"], parameters["limits"]) == (
        10,
        "visit",
        {"most": 3, "reminder_days": 0},
    )


def test_a_version_of_years_ago_is_handed_out_as_it_was_and_in_again(
    world: World, platform_becomes: Any
) -> None:
    platform_becomes(1)
    services.draft(SUBJECT, OLD, by=platform(world))
    platform_becomes(3)
    file = handed_out(world, SUBJECT)
    assert json.loads(file) == {
        "subject": SUBJECT,
        "schema_version": 1,
        "parameters": {**OLD, "duties": [{**DUTIES[0], "is_paid": False}]},
    }
    assert upload(world, file, SUBJECT).status_code == 302
    assert stored(1, SUBJECT).parameters == CARRIED


@pytest.mark.parametrize(
    ("change", "line", "words"),
    [
        (lambda p: p.update(dayz=3), 10, "dayz"),
        (lambda p: p["duties"][0].update(colour="red"), 8, "colour"),
        (lambda p: p["duties"][0].pop("label"), 5, "第 1 行"),
        (lambda p: p.pop("duties"), 1, "duties"),
        (lambda p: p.update(way="pigeon"), 3, "way"),
        (lambda p: p.update(duties="desk"), 4, "列表"),
    ],
)
def test_an_old_file_that_is_broken_is_refused_with_its_line(
    world: World,
    platform_becomes: Any,
    change: Callable[[dict[str, Any]], Any],
    line: int,
    words: str,
) -> None:
    platform_becomes(3)
    old: dict[str, Any] = {"days": 300, "way": "visit", "duties": [dict(DUTIES[0])]}
    change(old)
    page = upload(world, json.dumps(old, indent=0).encode(), SUBJECT)
    text = page.content.decode()
    assert page.status_code == 422 and f"第 {line} 行" in text and words in text
    assert not is_drafted(1, SUBJECT)


def test_an_old_file_beyond_todays_limits_opens_in_the_form(
    world: World, platform_becomes: Any
) -> None:
    """It says what it said; what may be said today is decided there, and nothing is lost."""
    platform_becomes(3)
    page = upload(world, json.dumps({**OLD, "days": 400}, indent=0).encode(), SUBJECT)
    text = page.content.decode()
    assert (
        page.status_code == 422
        and 'name="answer_days" value="400"' in text
        and "不超过 365" in text
    )
    assert 'action="/regulations/rota/draft/"' in text
    assert not is_drafted(1, SUBJECT)


@pytest.mark.parametrize("subject", ["proposals", "opinions", "activities", "contacts"])
def test_a_file_of_every_schema_version_there_ever_was_still_opens(
    world: World, subject: str
) -> None:
    for version in range(1, SCHEMAS[subject].version + 1):
        record = recorded(SCHEMAS[subject].record_file(version))
        assert record is not None
        file = {"subject": subject, "schema_version": version, "parameters": record["example"]}
        assert upload(world, json.dumps(file).encode(), subject).status_code == 302
        assert stored(2, subject).schema_version == SCHEMAS[subject].version


@pytest.mark.parametrize(
    ("content", "said"), [(None, "请先选择文件"), (b" " * (1024 * 1024 + 1), "文件超过 1 MB")]
)
def test_no_file_or_too_large_a_one_is_said_at_its_field(
    world: World, content: bytes | None, said: str
) -> None:
    answer = (
        browser_of(world, "clerk").post("/regulations/proposals/draft/upload/", {"note": ""})
        if content is None
        else upload(world, content)
    )
    page = html.fromstring(answer.content)
    (link,) = page.xpath("//*[@data-refusal-summary]//a[@href='#id-file']")
    (at,) = page.xpath("//*[@id='id-file_error']")
    assert answer.status_code == 422 and page.xpath("//form//*[@name='note']")
    assert link.text_content().startswith(said) and at.text_content() == link.text_content()
