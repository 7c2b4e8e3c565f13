"""The form of a programme of learning."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy

from yizheng.core.forms import OneFile


class ProgrammeForm(forms.Form):
    year = forms.IntegerField(label=gettext_lazy("Year"), min_value=1949, max_value=2200)
    title = forms.CharField(label=gettext_lazy("Title"), max_length=100)
    about = forms.CharField(
        label=gettext_lazy("What it is about"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    reading = forms.CharField(
        label=gettext_lazy("To be read"),
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=gettext_lazy("One in each line: a book, a paper, an address."),
    )
    file = forms.FileField(
        label=gettext_lazy("File"),
        required=False,
        widget=OneFile(),
        help_text=gettext_lazy("PDF, Word, Excel, OFD, JPG or PNG; at most 20 MB."),
    )
