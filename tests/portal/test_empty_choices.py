"""How not having chosen is called."""

from __future__ import annotations

import re
from importlib import import_module

import pytest
from django import forms
from django.utils import translation

from yizheng.organisations.models import Organisation
from yizheng.portal import jinja


class Choices(forms.Form):
    needed = ("handed",)

    must = forms.ChoiceField(choices=[("", "---------"), ("a", "甲")])
    may = forms.ChoiceField(choices=[("", "---------"), ("a", "甲")], required=False)
    handed = forms.ChoiceField(choices=[("", "—"), ("a", "甲")], required=False)
    named = forms.ChoiceField(choices=[("", "全部"), ("a", "甲")], required=False)
    whole = forms.ChoiceField(choices=[("a", "甲")])
    row = forms.ModelChoiceField(Organisation.objects.none())
    any_row = forms.ModelChoiceField(Organisation.objects.none(), required=False)


@pytest.mark.parametrize(
    ("name", "nothing"),
    [
        ("must", "请选择"),
        ("may", "—"),
        ("handed", "请选择"),
        ("named", "全部"),
        ("whole", None),
        ("row", "请选择"),
        ("any_row", "—"),
    ],
)
@pytest.mark.django_db
def test_not_having_chosen_is_called_by_one_rule(name: str, nothing: str | None) -> None:
    with translation.override("zh-hans"):
        drawn = jinja.control(Choices()[name])
    found = re.search(r'<option value=""[^>]*>([^<]*)<', drawn)
    assert (found and found[1]) == nothing


def test_no_form_calls_it_by_words_of_its_own_that_say_no_more() -> None:
    import_module("yizheng.urls")  # with it every form of every page
    with translation.override("zh-hans"):
        said = {
            (form.__name__, name, str(field.empty_label))
            for form in _all_below(forms.BaseForm)
            for name, field in getattr(form, "base_fields", {}).items()
            if isinstance(field, forms.ModelChoiceField) and field.empty_label is not None
        }
    assert len(said) > 30
    assert [each for each in said if each[2] in ("无", "请选择")] == []


def _all_below(kind: type) -> set[type]:
    return {each for below in kind.__subclasses__() for each in (below, *_all_below(below))}
