"""Forms of the rules library."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yizheng.core import clock
from yizheng.core.forms import OneFile
from yizheng.regulations import SCHEMAS

from . import queries
from .models import RuleDocument


def day_input() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class RuleFilter(forms.Form):
    q = forms.CharField(
        label=gettext_lazy("Title, number or meeting"),
        required=False,
        max_length=40,
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    state = forms.ChoiceField(
        label=gettext_lazy("State"),
        required=False,
        choices=[
            ("", gettext_lazy("all")),
            ("in_force", gettext_lazy("in force")),
            ("coming", gettext_lazy("to come")),
            ("ended", gettext_lazy("revised or repealed")),
        ],
    )
    year = forms.ChoiceField(label=gettext_lazy("Adopted in"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        years = [(str(year), str(year)) for year in queries.years()]
        self.fields["year"].choices = [("", _("all")), *years]  # type: ignore[attr-defined]


class RuleForm(forms.Form):
    title = forms.CharField(label=gettext_lazy("Title"), max_length=120)
    number = forms.CharField(
        label=gettext_lazy("Number of the paper"), max_length=60, required=False
    )
    meeting = forms.CharField(
        label=gettext_lazy("Adopted by"),
        max_length=100,
        help_text=gettext_lazy("The meeting, as in its record."),
    )
    adopted_on = forms.DateField(
        label=gettext_lazy("Adopted on"), widget=day_input(), initial=clock.today
    )
    in_force_from = forms.DateField(
        label=gettext_lazy("In force from"), widget=day_input(), initial=clock.today
    )
    replaces = forms.ModelChoiceField(
        RuleDocument.everywhere.none(),
        label=gettext_lazy("Revises"),
        required=False,
        empty_label=gettext_lazy("none; it is new"),
    )
    subject = forms.ChoiceField(
        label=gettext_lazy("Regulation of the platform"),
        required=False,
        help_text=gettext_lazy("If the platform works by its parameters."),
    )
    about = forms.CharField(
        label=gettext_lazy("What it rules"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    file = forms.FileField(
        label=gettext_lazy("File"),
        required=False,
        widget=OneFile(),
        help_text=gettext_lazy("PDF, Word, Excel, OFD, JPG or PNG; at most 20 MB."),
    )

    def __init__(self, *args: Any, rule: RuleDocument, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["replaces"].queryset = RuleDocument.objects.filter(repealed_on=None).exclude(  # type: ignore[attr-defined]
            pk=rule.pk
        )
        subjects = [(code, subject.title) for code, subject in SCHEMAS.items()]
        self.fields["subject"].choices = [("", _("none")), *subjects]  # type: ignore[attr-defined]


class RepealForm(forms.Form):
    on = forms.DateField(
        label=gettext_lazy("Repealed from"), widget=day_input(), initial=clock.today
    )
    meeting = forms.CharField(
        label=gettext_lazy("Repealed by"),
        max_length=100,
        help_text=gettext_lazy("The meeting, as in its record."),
    )
