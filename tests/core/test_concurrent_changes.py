"""What somebody else has saved meanwhile, said in the words of the form."""

from __future__ import annotations

import pytest
from django import forms

from tests.world import World
from yizheng.core.concurrent_changes import shown
from yizheng.organisations.models import Unit

pytestmark = pytest.mark.usefixtures("english")


class _Form(forms.Form):
    unit = forms.ModelChoiceField(queryset=Unit.everywhere.none())
    way = forms.ChoiceField(choices=[("visit", "by visit"), ("", "none")])
    note = forms.CharField()


def test_a_value_is_told_as_the_form_would_show_it(world: World) -> None:
    form, unit = _Form(), world.units["水务局"]
    fields = form.fields
    fields["unit"].queryset = Unit.objects.all()
    assert shown(fields["unit"], unit) == str(unit)
    assert shown(fields["unit"], unit.pk) == str(unit)
    assert shown(fields["unit"], None) == ""
    assert shown(fields["way"], "visit") == "by visit"
    assert shown(fields["note"], "<p>写过的<b>话</b></p>") == "写过的话"
    assert shown(fields["note"], ["甲", "乙"]) == "甲, 乙"
    assert (shown(fields["note"], True), shown(fields["note"], None)) == ("yes", "")
