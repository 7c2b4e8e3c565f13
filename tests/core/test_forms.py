"""What forms take in before any rule is asked."""

from __future__ import annotations

import pytest
from django import forms
from django.http import QueryDict

from yizheng.core.forms import Texts


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
