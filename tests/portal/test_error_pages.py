"""Whatever goes wrong is said in the reader's language, with what was typed, and with a number that
the log knows.
"""

from __future__ import annotations

import errno
import io
import logging
import re
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import lxml.html
import pytest
from django.contrib.sessions.models import Session
from django.core.files.storage import FileSystemStorage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.files.uploadhandler import TemporaryFileUploadHandler
from django.db import OperationalError, connection
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path

from tests.signing_in import SignedIn, browser_of
from tests.world import World, draft
from yizheng.core.files import attach
from yizheng.proposals.models import Proposal
from yizheng.urls import handler400, handler403, handler404, handler500
from yizheng.urls import urlpatterns as ours

TYPED = "石桥村的水管漏了三年，村民每天提水。"
PDF = b"%PDF-1.4\n%%EOF\n"


def broken(request: HttpRequest) -> HttpResponse:
    raise ZeroDivisionError("nobody expected this")


urlpatterns = [path("broken/", broken), *ours]
__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]


@contextmanager
def _database_away() -> Iterator[list[str]]:
    """Every statement is refused as SQLite does where its file cannot be opened."""
    asked: list[str] = []

    def refuse(_execute: Any, sql: str, *_rest: Any) -> Any:
        asked.append(sql)
        cause = sqlite3.OperationalError("unable to open database file")
        cause.sqlite_errorname = "SQLITE_CANTOPEN"
        raise OperationalError(*cause.args) from cause

    with connection.execute_wrapper(refuse):
        yield asked


@pytest.fixture
def member(signed_in: SignedIn) -> Client:
    client = signed_in("member")
    client.raise_request_exception = False
    return client


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """What the log gets, as it is written down."""
    (written,) = [handler for handler in logging.getLogger().handlers if handler.name == "stderr"]
    assert isinstance(written, logging.StreamHandler)
    lines = io.StringIO()
    before = written.setStream(lines)
    yield lines
    written.setStream(before)


def _new(**more: Any) -> dict[str, Any]:
    return {
        "title": "关于修水管的建议",
        "kind": "individual",
        "body_form": "text",
        "body": TYPED,
        "suggestion": ["换水管"],
        **more,
    }


def test_an_address_that_leads_nowhere_is_said_within_the_shell(member: Client) -> None:
    answer = member.get("/no/such/page/")
    page = answer.content.decode()
    assert answer.status_code == 404
    assert "这里没有这个页面" in page and "退出" in page


def test_in_english_too(world: World, member: Client) -> None:
    account = world.accounts["member"]
    account.language = "en"
    account.save()
    answer = member.get("/no/such/page/")
    assert "There is no such page here." in answer.content.decode()
    assert answer.headers["Content-Language"] == "en"


def test_a_post_to_an_address_that_leads_nowhere_gives_the_words_back(member: Client) -> None:
    assert TYPED in member.post("/no/such/page/", {"body": TYPED}).content.decode()


def test_a_form_with_an_old_token_gives_the_words_back(world: World) -> None:
    client = browser_of(world, "member", enforce_csrf_checks=True)
    client.get("/proposals/new/")
    answer = client.post("/proposals/new/", _new(csrfmiddlewaretoken="x" * 32))
    page = answer.content.decode()
    assert answer.status_code == 403
    assert "这一页是上次登录之前打开的" in page and TYPED in page
    assert not Proposal.objects.exists()


def test_without_cookies_it_is_said_that_they_are_missing(world: World) -> None:
    client = Client(enforce_csrf_checks=True)
    answer = client.post("/account/sign-in/", {"login": "yunxi-member", "password": "x"})
    assert answer.status_code == 403
    assert "Cookie" in answer.content.decode() and "yunxi-member" not in answer.content.decode()


def _back(answer: Any) -> list[str]:
    """Where the ways back of a page lead that are no way to the first page."""
    links = lxml.html.fromstring(answer.content).xpath("//*[@data-refusal-page]//a")
    return [link.get("href") for link in links if link.text_content().strip() == "返回"]


OURS = "http://testserver/proposals/?stage=filed"


@pytest.mark.parametrize(
    ("before", "back"),
    [
        (OURS, [OURS]),
        ("http://testserver/", ["http://testserver/"]),
        ("https://testserver/proposals/", []),  # we are spoken to without encryption here
        ("http://testserver.evil/proposals/", []),
        ("http://testserver:8000/proposals/", []),
        ("http://testserver@elsewhere.example/", []),
        ("http://elsewhere.example/http://testserver/", []),
        ("javascript:alert(1)", []),
        ("", []),
    ],
)
def test_back_leads_to_the_page_before_if_it_is_ours(
    member: Client, before: str, back: list[str]
) -> None:
    for ask in (member.get, member.post):
        refused = ask("/people/accounts/", headers={"Referer": before})
        assert refused.status_code == 403 and _back(refused) == back


def test_from_another_site_nothing_is_shown_of_what_it_sent(world: World) -> None:
    client = Client(enforce_csrf_checks=True, HTTP_ORIGIN="https://elsewhere.example")
    answer = client.post("/account/sign-in/", {"login": "给您的好消息"})
    assert answer.status_code == 403
    assert "不是从本站网址提交的" in answer.content.decode()
    assert "好消息" not in answer.content.decode()


@pytest.mark.urls(__name__)
def test_a_failure_has_a_number_that_the_log_knows(member: Client, log: io.StringIO) -> None:
    answer = member.post("/broken/", {"body": TYPED})
    page = answer.content.decode()
    (number,) = re.findall(r"错误编号：(\d{8})", page)
    assert answer.status_code == 500
    assert "平台出了错" in page and "没有保存" in page and TYPED in page
    assert f"/broken/ (number {number})" in log.getvalue()
    assert "ZeroDivisionError: nobody expected this" in log.getvalue()


TOO_MUCH = {"body": "水" * 4_000_000}
BROKEN_PARTS = ("/proposals/new/", b"--x", "multipart/form-data; boundary=")


@pytest.mark.parametrize(
    ("status", "ask"),
    [
        pytest.param(404, lambda client: client.get("/no/such/page/"), id="nowhere"),
        pytest.param(404, lambda client: client.get("/proposals/987654/"), id="no such row"),
        pytest.param(403, lambda client: client.get("/staff/"), id="not for members"),
        pytest.param(405, lambda client: client.get("/language/"), id="only sent"),
        pytest.param(413, lambda client: client.post("/proposals/new/", TOO_MUCH), id="too large"),
        pytest.param(
            400, lambda client: client.generic("POST", *BROKEN_PARTS), id="nobody can read it"
        ),
    ],
)
def test_what_one_may_ask_about_has_a_number_too(
    member: Client, log: io.StringIO, status: int, ask: Callable[[Client], HttpResponse]
) -> None:
    answer = ask(member)
    assert answer.status_code == status
    (number,) = re.findall(r"错误编号：(\d{8})", answer.content.decode())
    assert f"(number {number})" in log.getvalue()


def test_a_form_without_its_token_has_a_number_too(world: World, log: io.StringIO) -> None:
    client = browser_of(world, "member", enforce_csrf_checks=True)
    answer = client.post("/proposals/new/", _new())
    (number,) = re.findall(r"错误编号：(\d{8})", answer.content.decode())
    assert f"(number {number})" in log.getvalue()


def test_what_a_rule_refuses_has_no_number(member: Client) -> None:
    """Its sentence says what to do; there is nothing to look up."""
    assert "错误编号" not in member.post("/proposals/new/", _new(title="")).content.decode()


@pytest.mark.urls(__name__)
def test_a_failed_look_says_nothing_of_saving(member: Client) -> None:
    page = member.get("/broken/").content.decode()
    assert "平台出了错" in page and "没有保存" not in page
    assert 'href="/broken/"' in page, "one can try again"


@pytest.mark.urls(__name__)
def test_a_script_gets_the_sentence_and_the_number(member: Client) -> None:
    told = member.post("/broken/", headers={"Accept": "application/json"}).json()
    assert "平台出了错" in told["message"] and len(told["number"]) == 8


@pytest.mark.parametrize("address", ["/", "/account/sign-in/", "/public/yunxi/", "/no/such/"])
def test_without_the_database_every_address_says_so(member: Client, address: str) -> None:
    with _database_away() as asked:
        answer = member.get(address)
    page = answer.content.decode()
    assert answer.status_code == 503 and answer.headers["Retry-After"] == "30"
    assert "数据库暂时没有响应" in page and "错误编号" in page
    assert len(asked) == 1, "the page itself asks the database nothing"


def test_without_the_database_a_stranger_is_told_too(world: World) -> None:
    client = Client(raise_request_exception=False)
    with _database_away():
        assert "数据库暂时没有响应" in client.get("/account/sign-in/").content.decode()


def test_without_the_database_what_was_typed_comes_back(member: Client) -> None:
    files = {"files": SimpleUploadedFile("来函.pdf", PDF)}
    with _database_away():
        answer = member.post("/proposals/new/", {**_new(), **files})
    assert answer.status_code == 503
    assert TYPED in answer.content.decode() and "换水管" in answer.content.decode()
    assert member.get("/proposals/").status_code == 200, "afterwards one is still signed in"


@pytest.mark.parametrize(("before", "back"), [(OURS, [OURS]), ("http://testserver.evil/", [])])
def test_without_the_database_a_form_has_a_way_back_and_a_page_is_tried_again(
    member: Client, before: str, back: list[str]
) -> None:
    with _database_away():
        sent = member.post("/proposals/new/", _new(), headers={"Referer": before})
        asked = member.get("/proposals/", headers={"Referer": before})
    assert (_back(sent), _back(asked)) == (back, [])
    assert "再试一次" in asked.content.decode() and "再试一次" not in sent.content.decode()


def test_the_readers_choice_of_language_holds_without_the_database(member: Client) -> None:
    member.cookies["django_language"] = "en"
    with _database_away():
        assert "does not answer just now" in member.get("/").content.decode()


class NoRoom(FileSystemStorage):
    """A disk without room."""

    def _save(self, name: str, content: Any) -> str:
        raise OSError(errno.ENOSPC, "No space left on device", name)


def test_a_full_disk_keeps_nothing_and_gives_the_words_back(member: Client, settings: Any) -> None:
    place = {"BACKEND": f"{__name__}.NoRoom"}
    settings.STORAGES = {**settings.STORAGES, "default": place}
    files = {"files": SimpleUploadedFile("来函.pdf", PDF)}
    answer = member.post("/proposals/new/", {**_new(), **files})
    page = answer.content.decode()
    assert answer.status_code == 507
    assert "服务器磁盘已满" in page and TYPED in page
    assert not Proposal.objects.exists()


def test_no_room_for_a_large_file_while_it_comes_in(
    member: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_given: Any) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(TemporaryFileUploadHandler, "receive_data_chunk", full)
    large = SimpleUploadedFile("大图.pdf", PDF + b"0" * 3_000_000)
    answer = member.post("/proposals/new/", {"files": large, **_new()})
    assert answer.status_code == 507
    assert TYPED in answer.content.decode(), "what stood behind the file in the form, too"
    assert not Proposal.objects.exists()


def test_a_file_the_store_has_lost(world: World, member: Client, settings: Any) -> None:
    paper = attach(
        SimpleUploadedFile("来函.pdf", PDF), "来函.pdf", to=draft(world), by=world.actor("member")
    )
    Path(settings.MEDIA_ROOT, str(paper.file.name)).unlink()
    answer = member.get(f"/files/{paper.pk}/")
    assert answer.status_code == 500
    assert "服务器上已找不到文件本身" in answer.content.decode()


def test_a_long_text_is_refused_in_its_form(member: Client) -> None:
    """Six megabytes: the browser's whole page is not thrown away for it."""
    answer = member.post("/proposals/new/", _new(body="水" * 2_000_000))
    page = answer.content.decode()
    assert answer.status_code == 422 and "id_body_error" in page, "at the text, and only there"
    assert 'value="关于修水管的建议"' in page, "and what else was typed stands in the form"


def test_what_no_form_can_take_is_too_large(member: Client) -> None:
    answer = member.post("/proposals/new/", _new(body="水" * 4_000_000))
    assert answer.status_code == 413
    assert "内容过大" in answer.content.decode()


def test_what_nobody_can_read(member: Client) -> None:
    answer = member.post(
        "/proposals/new/", b"--x\r\nnonsense", content_type="multipart/form-data; boundary="
    )
    assert answer.status_code == 400
    assert "无法读取浏览器提交的内容" in answer.content.decode()


@pytest.mark.parametrize("charset", ["gbk", "latin-1", "utf-16"])
def test_a_form_in_letters_nobody_reads(member: Client, charset: str) -> None:
    """Sent by a program: browsers write UTF-8. Its page is one of the house's."""
    answer = member.generic(
        "POST",
        "/proposals/new/",
        "title=水管".encode("gbk"),
        content_type=f"application/x-www-form-urlencoded; charset={charset}",
    )
    page = answer.content.decode()
    assert answer.status_code == 400
    assert "无法读取浏览器提交的内容" in page and "data-refusal-page" in page
    assert re.search(r"错误编号：\d{8}", page)


def test_where_no_page_can_be_drawn_the_number_is_said_in_words(
    member: Client, settings: Any, tmp_path: Path
) -> None:
    ours, *others = settings.TEMPLATES
    settings.TEMPLATES = [{**ours, "APP_DIRS": False, "DIRS": [tmp_path]}, *others]
    page = member.get("/broken/").content.decode()
    assert "错误编号：" in page and "管理员可凭编号在日志中查到" in page


def test_a_host_that_is_not_ours(member: Client) -> None:
    answer = member.get("/", HTTP_HOST="elsewhere.example")
    assert answer.status_code == 400 and "无法" in answer.content.decode()


@pytest.mark.parametrize(
    "ask",
    [
        lambda client: client.get("/no/such/"),
        lambda client: client.post("/proposals/steps/"),
        lambda client: client.get("/", HTTP_HOST="elsewhere.example"),
    ],
)
def test_no_page_of_the_framework_is_left(
    member: Client, ask: Callable[[Client], HttpResponse]
) -> None:
    assert "data-refusal" in ask(member).content.decode()


def test_rich_text_comes_back_as_it_was_read(member: Client) -> None:
    rich = "<p>石桥村的水管漏了。</p><p>村民<strong>每天</strong>提水 &amp; 等水。</p>"
    page = member.post("/no/such/page/", {"body": rich}).content.decode()
    assert "石桥村的水管漏了。\n村民每天提水 &amp; 等水。</textarea>" in page
    assert "&lt;p&gt;" not in page


def test_signs_of_comparison_are_no_rich_text(member: Client) -> None:
    typed = "水压 <b>0.2 兆帕的村 > 三个"
    page = member.post("/no/such/page/", {"note": typed}).content.decode()
    assert "水压 &lt;b&gt;0.2 兆帕的村 &gt; 三个</textarea>" in page


def test_marks_of_a_list_are_no_words_to_give_back(member: Client) -> None:
    """A sheet of attendance sends what it showed of each person, for the machine alone."""
    sent = {"body": TYPED, "shown-17": "07-24 09:00:01|"}
    page = member.post("/no/such/page/", sent).content.decode()
    assert TYPED in page and "09:00:01" not in page


@contextmanager
def _sessions(refuse: Exception | None) -> Iterator[None]:
    """While the page is made the row of the session goes, or can no longer be written."""

    def broken(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if sql.startswith('UPDATE "django_session"'):
            if refuse is not None:
                raise refuse from refuse.__cause__
            Session.objects.all().delete()
        return execute(sql, params, many, context)

    with connection.execute_wrapper(broken):
        yield


def _in_use(name: str) -> OperationalError:
    refused, cause = OperationalError(name), sqlite3.OperationalError(name)
    cause.sqlite_errorname = name
    refused.__cause__ = cause
    return refused


@pytest.fixture
def soon_due(member: Client) -> Client:
    """A browser whose session is written with the next answer."""
    session = member.session
    session["seen"] = 0
    session.save()
    return member


def test_signed_out_meanwhile_nobody_says_that_nothing_was_saved(soon_due: Client) -> None:
    """The page had done its work by then: the proposal stands."""
    with _sessions(None):
        answer = soon_due.post("/proposals/new/", _new(), headers={"accept-language": "zh"})
    page = answer.content.decode()
    assert answer.status_code == 409 and Proposal.objects.count() == 1
    assert "登录已失效" in page and "先看看这件事是否已经办成" in page
    assert "没有保存" not in page and "无法识别" not in page and TYPED in page


@pytest.mark.parametrize(
    ("name", "status", "said"),
    [("SQLITE_FULL", 507, "磁盘已满"), ("SQLITE_CANTOPEN", 503, "数据库")],
)
def test_a_session_that_cannot_be_written_is_the_servers_matter(
    soon_due: Client, log: io.StringIO, name: str, status: int, said: str
) -> None:
    with _sessions(_in_use(name)):
        answer = soon_due.post("/proposals/new/", _new())
    page = answer.content.decode()
    (number,) = re.findall(r"错误编号：(\d{8})", page)
    assert answer.status_code == status and said in page
    assert "没有保存" not in page and "先看看所提交的内容是否已经保存" in page
    assert f"(number {number})" in log.getvalue()
