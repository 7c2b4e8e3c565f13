"""The form of a programme of learning."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy

from yizheng.core.fields import PaperField, TextField


class ProgrammeForm(forms.Form):
    year = forms.IntegerField(label=gettext_lazy("Year"), min_value=1949, max_value=2200)
    title = forms.CharField(label=gettext_lazy("Title"), max_length=100)
    about = TextField(
        label=gettext_lazy("What it is about"), max_length=2000, required=False, rows=3
    )
    reading = TextField(
        label=gettext_lazy("To be read"),
        max_length=4000,
        required=False,
        help_text=gettext_lazy("One in each line: a book, a paper, an address."),
        rows=5,
    )
    file = PaperField(label=gettext_lazy("File"))
