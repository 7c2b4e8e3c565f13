"""What the fields refuse and what the service refuses is said together."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.signing_in import SignedIn
from tests.venues.making import venue
from tests.world import World
from yizheng.core.fields import PaperField
from yizheng.organisations.models import Role, Session
from yizheng.people.models import Account
from yizheng.proposals.models import Proposal
from yizheng.venues.models import VenueCategory


def _lines(answer: Any) -> list[str]:
    """Of the summary: which field."""
    assert answer.status_code == 422
    summary = answer.content.decode().split("data-refusal-summary", 1)[1].split("</div>", 1)[0]
    return re.findall(r'<a href="#id_(\w+)">', summary)


def test_a_session(world: World, signed_in: SignedIn) -> None:
    known = Session.objects.first()
    assert known
    typed = {
        "term": known.term_id,
        "ordinal": known.ordinal,
        "year": "1800",
        "opens_on": "2026-03-05",
        "closes_on": "2026-03-01",
        "proposals_until": "2026-03-04",
    }
    answer = signed_in("clerk").post("/organisation/sessions/add/", typed)
    assert _lines(answer) == ["ordinal", "year", "closes_on", "proposals_until"]


def test_an_account(world: World, signed_in: SignedIn) -> None:
    taken = Account.objects.exclude(username="").first()
    assert taken
    typed = {
        "name": "新来的",
        "phone": "123",
        "role": Role.objects.filter(place="unit").first().pk,
        "since": "2026-01-01",
        "username": taken.username,
    }
    answer = signed_in("administrator").post("/people/accounts/open/", typed)
    assert _lines(answer) == ["phone", "unit", "username"]
    answer = signed_in("administrator").post(
        "/people/accounts/open/", {**typed, "phone": "13900001111"}
    )
    assert _lines(answer) == ["unit", "username"]


def test_a_venue(world: World, signed_in: SignedIn) -> None:
    there = venue(world)
    typed = {
        "name": there.name,
        "category": VenueCategory.objects.first().pk,
        "kind": "regional",
        "place": "石桥村 2 号",
        "phone": "abc",
        "opened_on": "2026-01-01",
    }
    answer = signed_in("organiser").post("/venues/add/", typed)
    assert {"name", "phone"} <= set(_lines(answer))


EXE = ("a.exe", b"MZ\x90\x00")
NOT_TAKEN = "“a.exe”的格式不收。可用 PDF、Word（docx）、Excel（xlsx）、OFD、JPG、PNG。"


def _exe() -> SimpleUploadedFile:
    return SimpleUploadedFile(*EXE)


def test_a_file_of_a_draft_is_refused_at_its_field(world: World, signed_in: SignedIn) -> None:
    typed = {"title": "路灯", "kind": "individual", "body_form": "parts", "may_publish": "on"}
    member = signed_in("member")
    assert _lines(member.post("/proposals/new/", {"title": "", "files": _exe()}))[-1] == "files"
    answer = member.post("/proposals/new/", {**typed, "files": _exe()})
    assert _lines(answer) == ["files"]
    shown = answer.content.decode()
    assert f'id="id_files_error">{NOT_TAKEN}<' in shown
    assert "PDF、Word（docx）、Excel（xlsx）、OFD、JPG、PNG，每个不超过 20 MB" in shown
    assert 'data-kinds="PDF、Word（docx）、Excel（xlsx）、OFD、JPG、PNG"' in shown


def test_the_telephone_of_a_draft_is_one(world: World, signed_in: SignedIn) -> None:
    typed = {
        "title": "路灯",
        "kind": "party",
        "collective_name": "民盟",
        "contact_phone": "13900000000 转 8",
        "body_form": "parts",
        "may_publish": "on",
    }
    answer = signed_in("member").post("/proposals/new/", typed)
    assert _lines(answer) == ["contact_phone"]


def test_of_several_files_each_that_is_refused_is_named(world: World, signed_in: SignedIn) -> None:
    """Beside what the service refuses, and nothing is kept."""
    typed = {"title": "路灯", "kind": "individual", "body_form": "parts", "may_publish": "on"}
    files = [_exe(), SimpleUploadedFile("b.pdf", b"")]
    both = f'id="id_files_error">{NOT_TAKEN}“b.pdf”是空文件。<'
    member = signed_in("member")
    assert both in member.post("/proposals/new/", {**typed, "files": files}).content.decode()
    many = {**typed, "suggestion": [f"第{n}条" for n in range(11)]}
    files = [_exe(), SimpleUploadedFile("b.pdf", b"")]
    answer = member.post("/proposals/new/", {**many, "files": files})
    assert _lines(answer) == ["suggestions", "files"]
    assert both in answer.content.decode()
    assert not Proposal.objects.exists()


def test_a_paper_is_refused_with_the_other_fields(world: World, signed_in: SignedIn) -> None:
    field = PaperField(label="文件")
    with pytest.raises(ValidationError, match=re.escape(NOT_TAKEN)):
        field.clean(_exe())
    whole = field.clean(SimpleUploadedFile("a.pdf", b"%PDF-1.4\n%%EOF\n"))
    assert whole.read().startswith(b"%PDF")
