"""The form of an instruction."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from yizheng.core import clock

from .models import Instruction


class InstructionForm(forms.Form):
    """What came back on paper."""

    leader = forms.CharField(label=_("Leader"), max_length=40)
    post = forms.CharField(label=_("Post"), max_length=60, required=False)
    level = forms.ChoiceField(
        label=_("Level"), choices=Instruction.LeaderLevel, initial=Instruction.LeaderLevel.COUNTY
    )
    given_on = forms.DateField(
        label=_("Given on"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        initial=clock.today,
    )
    words = forms.CharField(
        label=_("Words of the instruction"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("As it stands on the paper."),
    )
    paper = forms.FileField(
        label=_("Scan of the paper"),
        required=False,
        help_text=_("PDF, Word, Excel, OFD, JPG or PNG; at most 20 MB."),
    )

    def clean_given_on(self) -> Any:
        if (day := self.cleaned_data["given_on"]) > clock.today():
            raise forms.ValidationError(_("This day has not come yet."))
        return day
