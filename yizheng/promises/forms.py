"""Forms of the steps on promises, and by what their list is filtered."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from yizheng.core import clock
from yizheng.core.access import Actor
from yizheng.core.fields import PaperField, PastDayField, SearchField, TextField
from yizheng.core.forms import StepForm, choose_from
from yizheng.organisations.models import Unit

from . import queries
from .enums import PromiseState


class ReportForm(StepForm):
    evidence = TextField(
        label=_("What was done"),
        max_length=2000,
        help_text=_("When, where and how much; name the paper that shows it."),
    )
    paper = PaperField(label=_("Paper or photo that shows it"))

    def prepare(self) -> None:
        if self.obj is not None:
            self.fields["evidence"].initial = self.obj.evidence


class FindingForm(StepForm):
    finding = TextField(label=_("What was found"), max_length=2000)


class SettleForm(StepForm):
    settled_on = PastDayField(label=_("Kept on"), initial=clock.today)
    finding = TextField(
        label=_("What was found on looking back"), required=False, max_length=2000, rows=3
    )


class PromiseFilterForm(forms.Form):
    q = SearchField(label=_("Words or number"))
    state = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[(queries.FOLLOWED, _("still followed")), ("", _("all")), *PromiseState.choices],
    )
    due = forms.ChoiceField(
        label=_("Time"),
        required=False,
        choices=[
            ("", _("all")),
            ("overdue", _("overdue")),
            ("month", _("this month")),
            ("later", _("later")),
        ],
    )
    unit = forms.ChoiceField(label=_("Unit"), required=False)
    year = forms.ChoiceField(label=_("Promised for the year"), required=False)

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        promised = queries.visible_to(actor).order_by().values("unit")
        units = Unit.objects.filter(pk__in=promised).values_list("pk", "short_name")
        choose_from(self, "unit", [(str(pk), name) for pk, name in units], _("all"))
        choose_from(
            self, "year", [(str(year), str(year)) for year in queries.years(actor)], _("all")
        )
