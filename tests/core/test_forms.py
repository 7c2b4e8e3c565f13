"""What forms take in before any rule is asked."""

from __future__ import annotations

import pytest
from django import forms
from django.conf import settings
from django.http import QueryDict

from yizheng.core.forms import OneFile, Texts
from yizheng.portal.jinja import file_choice


class _Form(forms.Form):
    suggestions = Texts("suggestion", initial=["换水管"])


@pytest.mark.parametrize(
    ("sent", "kept", "changed"),
    [
        ("suggestion=换水管&suggestion=&suggestion= 装路灯 ", ["换水管", "装路灯"], True),
        ("suggestion=换水管", ["换水管"], False),
        ("suggestion=", [], True),
        ("", [], True),
    ],
)
def test_texts_of_one_name_are_taken_in_their_order(
    sent: str, kept: list[str], changed: bool
) -> None:
    form = _Form(QueryDict(sent))
    assert form.is_valid(), form.errors
    assert form.cleaned_data["suggestions"] == kept
    assert form.has_changed() is changed


@pytest.mark.parametrize(
    ("widget", "most"), [(OneFile(), settings.ATTACHMENT_BYTES), (OneFile(".xlsx", 1000), 1000)]
)
def test_the_browser_is_told_how_large_a_file_may_be(widget: OneFile, most: int) -> None:
    assert f'data-most="{most}"' in file_choice("", widget)
