"""What a browser is told about a file it saves."""

from __future__ import annotations

import pytest
from django.http import HttpResponse

from yizheng.documents import downloads


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("units-20260301.xlsx", 'attachment; filename="units-20260301.xlsx"'),
        ("委员名册.xlsx", "attachment; filename*=utf-8''%E5%A7%94%E5%91%98%E5%90%8D%E5%86%8C.xlsx"),
    ],
)
def test_a_file_is_saved_under_its_name(name: str, told: str) -> None:
    answer = downloads.excel(b"PK", name)
    assert answer.headers["Content-Disposition"] == told
    assert answer.content == b"PK"


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        (downloads.excel(b"", "a.xlsx"), "spreadsheetml.sheet"),
        (downloads.word(b"", "a.docx"), "wordprocessingml.document"),
        (downloads.pdf(b"", "a.pdf"), "application/pdf"),
        (downloads.attachment("{}", "a.json", "application/json"), "application/json"),
    ],
)
def test_it_says_what_it_is(answer: HttpResponse, kind: str) -> None:
    assert answer.headers["Content-Type"].endswith(kind)
