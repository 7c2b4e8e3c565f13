"""Attachments: what they say they are, named harmlessly, kept where nobody guesses."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import Any

import docx
import pytest
from openpyxl import Workbook

from tests.world import World, draft
from yizheng.core.files import Attachment, attach, attached_to, check_type, clean_name
from yizheng.core.refusals import BadInput

PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"
EXE = b"MZ\x90\x00\x03\x00\x00\x00\x04\x00\x00\x00\xff\xff" + b"\0" * 100
HTML = b"<!DOCTYPE html><html><script>alert(1)</script></html>"
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x02\x00\x00\x00\x90wS\xde" + b"\0" * 20


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
    [("来函.pdf", PDF), ("来函.PDF", PDF), ("图.png", PNG), ("正文.docx", _word()), ("名单.xlsx", _excel()), ("公文.ofd", _zip("OFD.xml"))],
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
def proposal(world: World, settings: Any, tmp_path: Path) -> Any:
    place = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path / "media"}}
    settings.STORAGES = {**settings.STORAGES, "default": place}
    return draft(world)


def test_kept_under_a_name_nobody_guesses_with_its_digest(world: World, proposal: Any, tmp_path: Path) -> None:
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


def test_open_to_those_concerned_and_always_as_a_download(world: World, proposal: Any, client: Any) -> None:
    kept = attach(io.BytesIO(PDF), "来函.pdf", to=proposal, by=world.actor("member"))
    address = f"/files/{kept.pk}/"
    client.force_login(world.accounts["third"])
    assert client.get(address).status_code == 403
    client.force_login(world.accounts["member"])
    answer = client.get(address)
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert b"".join(answer.streaming_content) == PDF
