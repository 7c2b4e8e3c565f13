"""Forms of the steps on promises."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from yizheng.core import clock
from yizheng.core.forms import OneFile, StepForm


class ReportForm(StepForm):
    evidence = forms.CharField(
        label=_("What was done"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("When, where and how much; name the paper that shows it."),
    )
    paper = forms.FileField(
        label=_("Paper or photo that shows it"),
        required=False,
        widget=OneFile(),
        help_text=_("PDF, Word, Excel, OFD, JPG or PNG; at most 20 MB."),
    )

    def prepare(self) -> None:
        if self.obj is not None:
            self.fields["evidence"].initial = self.obj.evidence


class FindingForm(StepForm):
    finding = forms.CharField(
        label=_("What was found"), max_length=2000, widget=forms.Textarea(attrs={"rows": 4})
    )


class SettleForm(StepForm):
    settled_on = forms.DateField(
        label=_("Kept on"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        initial=clock.today,
    )
    finding = forms.CharField(
        label=_("What was found on looking back"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def clean_settled_on(self) -> Any:
        if (day := self.cleaned_data["settled_on"]) > clock.today():
            raise forms.ValidationError(_("This day has not come yet."))
        return day
