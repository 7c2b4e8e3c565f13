"""Attachments: what they say they are, named harmlessly, kept where nobody guesses."""

from __future__ import annotations

import datetime as dt
import gc
import io
import os
import zipfile
from pathlib import Path
from typing import Any

import docx
import pytest
from django.db import transaction
from openpyxl import Workbook

from tests.all_or_nothing import Broke, breaking_at, files_named, files_there
from tests.signing_in import browser_of
from tests.world import World, build, draft
from yizheng.core import audit, clock, nightly_work, tenancy
from yizheng.core.files import Attachment, attach, attached_to, check_type, clean_name, remove
from yizheng.core.refusals import BadInput
from yizheng.proposals import services
from yizheng.proposals.models import Proposal

PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"
EXE = b"MZ\x90\x00\x03\x00\x00\x00\x04\x00\x00\x00\xff\xff" + b"\0" * 100
HTML = b"<!DOCTYPE html><html><script>alert(1)</script></html>"
PNG = (
    b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x02\x00\x00\x00\x90wS\xde"
    + b"\0" * 20
)


def _zip(name: str = "a.txt") -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr(name, "x")
    return buffer.getvalue()


def _word() -> bytes:
    buffer = io.BytesIO()
    docx.Document().save(buffer)
    return buffer.getvalue()


def _excel() -> bytes:
    buffer = io.BytesIO()
    Workbook().save(buffer)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("来函.pdf", PDF),
        ("来函.PDF", PDF),
        ("图.png", PNG),
        ("正文.docx", _word()),
        ("名单.xlsx", _excel()),
        ("公文.ofd", _zip("OFD.xml")),
    ],
)
def test_what_it_says_it_is_is_taken(name: str, content: bytes) -> None:
    check_type(name, content)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("来函.pdf", EXE),
        ("照片.jpg", HTML),
        ("照片.jpg", PNG),
        ("正文.docx", _zip()),
        ("正文.docx", _excel()),
        ("名单.xlsx", _word()),
        ("公文.ofd", _zip()),
        ("来函.pdf", _zip()),
        ("程序.exe", EXE),
        ("页面.html", HTML),
        ("来函", PDF),
        ("来函.pdf.exe", PDF),
        ("图.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>"),
    ],
)
def test_a_file_that_lies_about_its_type_is_refused_by_name(name: str, content: bytes) -> None:
    with pytest.raises(BadInput, match=name):
        check_type(name, content)


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\桌面\\来函.pdf", "来函.pdf"),
        ("来\x00函\n.pdf", "来函.pdf"),
        ("\u202egpj.exe.pdf", "gpj.exe.pdf"),  # turns the reading direction
        (".htaccess", "htaccess"),
        ('<a>"b"|c?.pdf', "abc.pdf"),
        ("..", "file"),
        ("", "file"),
        ("长" * 300 + ".pdf", "长" * 100 + ".pdf"),
    ],
)
def test_names_are_cleaned(given: str, kept: str) -> None:
    assert clean_name(given) == kept


@pytest.fixture
def proposal(world: World, files_apart: Path) -> Any:
    return draft(world)


def test_kept_under_a_name_nobody_guesses_with_its_digest(
    world: World, proposal: Any, tmp_path: Path
) -> None:
    kept = attach(io.BytesIO(PDF), "../来函.pdf", to=proposal, by=world.actor("member"))
    assert kept.name == "来函.pdf"
    assert "来函" not in kept.file.name
    assert Path(kept.file.path).is_relative_to(tmp_path / "media" / "attachments")
    assert kept.file.read() == PDF
    assert list(attached_to(proposal)) == [kept]


@pytest.mark.parametrize("content", [b"", PDF + b"0" * 3000], ids=["empty", "too large"])
def test_empty_or_too_large_is_refused_and_nothing_is_kept(
    world: World, proposal: Any, settings: Any, content: bytes
) -> None:
    settings.ATTACHMENT_BYTES = 2000
    with pytest.raises(BadInput, match=r"来函\.pdf"):
        attach(io.BytesIO(content), "来函.pdf", to=proposal, by=world.actor("member"))
    assert not Attachment.objects.exists()


def test_what_is_as_large_as_may_be_is_taken(world: World, proposal: Any, settings: Any) -> None:
    settings.ATTACHMENT_BYTES = len(PDF)
    assert attach(io.BytesIO(PDF), "来函.pdf", to=proposal, by=world.actor("member")).size == len(
        PDF
    )
    settings.ATTACHMENT_BYTES = len(PDF) - 1
    with pytest.raises(BadInput, match=r"来函\.pdf"):
        attach(io.BytesIO(PDF), "来函.pdf", to=proposal, by=world.actor("member"))


def test_open_to_those_concerned_and_always_as_a_download(world: World, proposal: Any) -> None:
    kept = attach(io.BytesIO(PDF), "来函.pdf", to=proposal, by=world.actor("member"))
    address = f"/files/{kept.pk}/"
    client = browser_of(world, "third")
    assert client.get(address).status_code == 403
    client = browser_of(world, "member")
    answer = client.get(address)
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert b"".join(answer.streaming_content) == PDF


# With its row and its audit entry, or not at all --------------------------------------------------


def _attach(world: World, proposal: Any) -> Attachment:
    return attach(io.BytesIO(PDF), "来函.pdf", to=proposal, by=world.actor("member"))


def _told(proposal: Any) -> list[tuple[str, str]]:
    entries = audit.history(proposal).filter(action__startswith="file.")
    return [(entry.action, entry.detail["name"]) for entry in entries]


def test_what_is_attached_and_taken_off_is_told_with_name_and_digest(
    world: World, proposal: Any
) -> None:
    kept = _attach(world, proposal)
    entry = audit.history(proposal).get(action="file.attached")
    assert entry.detail == {
        "name": "来函.pdf",
        "size": len(PDF),
        "digest": kept.digest,
        "purpose": "attachment",
    }
    remove(kept, by=world.actor("member"))
    assert audit.history(proposal).get(action="file.removed").detail == {
        "name": "来函.pdf",
        "digest": kept.digest,
    }
    assert audit.history(proposal).last().actor_name == "沈禾"


def test_of_two_who_take_it_off_one_is_told(world: World, proposal: Any) -> None:
    kept = _attach(world, proposal)
    for _window in range(2):
        remove(Attachment(pk=kept.pk), by=world.actor("member"))
    assert _told(proposal) == [("file.attached", "来函.pdf"), ("file.removed", "来函.pdf")]


def test_another_organisation_takes_nothing_off(world: World, proposal: Any) -> None:
    kept, other = _attach(world, proposal), build("linshan")
    remove(kept, by=other.actor("clerk"))
    assert attached_to(proposal).get() == kept


class Later(Exception):
    pass


def test_the_file_goes_with_whatever_is_rolled_back_around_it(world: World, proposal: Any) -> None:
    stays = _attach(world, proposal)
    with pytest.raises(Later), transaction.atomic():
        _attach(world, proposal)
        assert len(files_there()) == 2
        raise Later
    with transaction.atomic():
        with pytest.raises(Later), transaction.atomic():
            _attach(world, proposal)
            raise Later
        also_stays = _attach(world, proposal)
    assert files_there() == files_named() == {stays.file.name, also_stays.file.name}
    assert len(_told(proposal)) == 2


def test_a_file_taken_off_in_vain_is_still_there(
    world: World, proposal: Any, django_capture_on_commit_callbacks: Any
) -> None:
    kept = _attach(world, proposal)
    with (
        django_capture_on_commit_callbacks(execute=True),
        pytest.raises(Later),
        transaction.atomic(),
    ):
        remove(kept, by=world.actor("member"))
        raise Later
    assert kept.file.read() == PDF
    with django_capture_on_commit_callbacks(execute=True):
        remove(kept, by=world.actor("member"))
        assert files_there() == {kept.file.name}  # not before the commit
    assert files_there() == files_named() == set()


def test_once_committed_it_stays_whatever_else_fails(open_county: World, files_apart: Path) -> None:
    written = draft(open_county)

    def fail() -> None:
        raise Later

    with pytest.raises(Later), transaction.atomic():
        transaction.on_commit(fail)  # a hook that was there before the file
        kept = _attach(open_county, written)
    gc.collect()
    assert files_there() == files_named() == {kept.file.name}
    with pytest.raises(Later), transaction.atomic():
        _attach(open_county, written)
        raise Later
    assert files_there() == files_named() == {kept.file.name}
    remove(kept, by=open_county.actor("member"))
    assert files_there() == files_named() == set()


def test_thrown_away_with_its_files_for_good(open_county: World, files_apart: Path) -> None:
    written = draft(open_county)
    for _each in range(2):
        _attach(open_county, written)
    with breaking_at(12), pytest.raises(Broke):
        services.discard(written, by=open_county.actor("member"))
    assert files_there() == files_named() and len(files_there()) == 2
    services.discard(Proposal.objects.get(), by=open_county.actor("member"))
    assert files_there() == files_named() == set()
    assert list(audit.verify(open_county.organisation.pk)) == []


# The night ----------------------------------------------------------------------------------------


def _left_behind(tmp_path: Path, name: str, age: dt.timedelta) -> Path:
    """What a kill leaves: a file without a row, so old."""
    file = tmp_path / "media" / "attachments" / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(PDF)
    at = (clock.now() - age).timestamp()
    os.utime(file, (at, at))
    return file


def test_the_night_takes_away_what_a_kill_left_once_it_is_a_day_old(
    world: World, proposal: Any, tmp_path: Path
) -> None:
    kept, other = _attach(world, proposal), build("linshan")
    with tenancy.scope(other.organisation):
        theirs = _attach(other, draft(other))
    for attachment in (kept, theirs):
        os.utime(attachment.file.path, (0, 0))
    old = _left_behind(tmp_path, "ab/old", dt.timedelta(days=1, minutes=1))
    deep = _left_behind(tmp_path, "deep", dt.timedelta(days=400))
    fresh = _left_behind(tmp_path, "ab/fresh", dt.timedelta(hours=23, minutes=59))
    assert [_night(of) for of in (world, other)] == [2, 0]
    assert not old.exists() and not deep.exists() and fresh.exists()
    assert Path(kept.file.path).exists() and Path(theirs.file.path).exists()
    assert [_night(of) for of in (world, other)] == [0, 0]


def _night(world: World) -> int:
    (outcome,) = [
        each
        for each in nightly_work.run_for(world.organisation)
        if each.name == "files without an attachment"
    ]
    assert not outcome.error
    return outcome.changed


def test_the_night_tells_of_a_row_whose_file_is_lost_and_keeps_it(
    world: World, proposal: Any, caplog: pytest.LogCaptureFixture
) -> None:
    lost, _kept = _attach(world, proposal), _attach(world, proposal)
    Path(lost.file.path).unlink()
    for _night_again in range(2):
        assert _night(world) == 0
    assert caplog.text.count("1 attachment(s) of organisation") == 2
    assert attached_to(proposal).count() == 2


def test_the_night_has_nothing_to_do_where_nothing_was_ever_attached(
    world: World, proposal: Any
) -> None:
    assert _night(world) == 0
