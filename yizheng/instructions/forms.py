"""The form of an instruction."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from yizheng.core import clock
from yizheng.core.fields import PaperField, PastDayField, TextField

from .models import Instruction


class InstructionForm(forms.Form):
    """What came back on paper."""

    leader = forms.CharField(label=_("Leader"), max_length=40)
    post = forms.CharField(label=_("Post"), max_length=60, required=False)
    level = forms.ChoiceField(
        label=_("Level"), choices=Instruction.LeaderLevel, initial=Instruction.LeaderLevel.COUNTY
    )
    given_on = PastDayField(label=_("Given on"), initial=clock.today)
    words = TextField(
        label=_("Words of the instruction"),
        max_length=2000,
        help_text=_("As it stands on the paper."),
    )
    paper = PaperField(label=_("Scan of the paper"))
