"""Forms of the rules library."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yizheng.core import clock
from yizheng.core.access import Actor
from yizheng.core.fields import DayField, PaperField, PastDayField, SearchField, TextField
from yizheng.core.forms import choose_from
from yizheng.regulations import SCHEMAS

from . import queries
from .models import RuleDocument


class RuleFilterForm(forms.Form):
    q = SearchField(label=gettext_lazy("Title, number or meeting"))
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

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        years = [(str(year), str(year)) for year in queries.years(actor)]
        choose_from(self, "year", years, _("all"))


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
    adopted_on = PastDayField(label=gettext_lazy("Adopted on"), initial=clock.today)
    in_force_from = DayField(label=gettext_lazy("In force from"), initial=clock.today)
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
    about = TextField(label=gettext_lazy("What it rules"), max_length=2000, required=False, rows=3)
    file = PaperField(label=gettext_lazy("File"))

    def __init__(self, *args: Any, rule: RuleDocument, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = queries.visible_to(actor).filter(repealed_on=None).exclude(pk=rule.pk)
        choose_from(self, "replaces", others, also=[rule.replaces_id])
        subjects = [(code, subject.title) for code, subject in SCHEMAS.items()]
        choose_from(self, "subject", subjects, "—")


class RepealForm(forms.Form):
    on = DayField(label=gettext_lazy("Repealed from"), initial=clock.today)
    meeting = forms.CharField(
        label=gettext_lazy("Repealed by"),
        max_length=100,
        help_text=gettext_lazy("The meeting, as in its record."),
    )
