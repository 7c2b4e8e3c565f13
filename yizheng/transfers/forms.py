"""Forms of transfers: to which units, their answers, and what the office says of them."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from yizheng.core import clock
from yizheng.core.forms import StepForm
from yizheng.organisations.models import Unit

from .enums import TransferResult


class TransferNoteForm(StepForm):
    note = forms.CharField(
        label=_("Reason"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Whoever it concerns reads this sentence."),
    )


class TransferAnswerForm(StepForm):
    result = forms.ChoiceField(label=_("Result"), choices=TransferResult, widget=forms.RadioSelect)
    answer = forms.CharField(
        label=_("Answer"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 7}),
        help_text=_("What was done or is planned, by whom and until when; if not adopted, why."),
    )
    paper = forms.FileField(
        label=_("Paper or photo that shows it"),
        required=False,
        help_text=_("PDF, Word, Excel, OFD, JPG or PNG; at most 20 MB."),
    )

    def prepare(self) -> None:
        if self.obj is not None:
            self.fields["answer"].initial = self.obj.answer
            self.fields["result"].initial = self.obj.result


class TransferForm(forms.Form):
    """To which units, what is asked, and until when."""

    units = forms.ModelMultipleChoiceField(
        label=_("Units that handle it"), queryset=Unit.everywhere.none()
    )
    words = forms.CharField(
        label=_("What is asked of them"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    until = forms.DateField(
        label=_("Answer due"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def __init__(self, *args: Any, day: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["units"].queryset = Unit.objects.filter(closed_on=None)  # type: ignore[attr-defined]
        self.fields["until"].initial = day
        self.fields["until"].help_text = _("By the regulation: %(day)s.") % {"day": day.isoformat()}

    def clean_until(self) -> dt.date:
        until: dt.date = self.cleaned_data["until"]
        if until < clock.today():
            raise forms.ValidationError(_("This day has passed already."))
        return until
