"""Forms of transfers: to which units, their answers, and what the office says of them;
by what their list is filtered.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from yizheng.core import clock
from yizheng.core.access import Actor
from yizheng.core.day_words import day_words
from yizheng.core.fields import DayField, PaperField, ReasonField, TextField
from yizheng.core.forms import StepForm, choose_from
from yizheng.instructions.forms import kinds
from yizheng.organisations.models import Unit
from yizheng.organisations.queries import open_units

from . import rules
from .enums import TransferResult, TransferState
from .models import Transfer


class TransferNoteForm(StepForm):
    note = ReasonField()


class TransferAnswerForm(StepForm):
    result = forms.ChoiceField(label=_("Result"), choices=TransferResult, widget=forms.RadioSelect)
    answer = TextField(
        label=_("Answer"),
        max_length=4000,
        help_text=_("What was done or is planned, by whom and until when; if not adopted, why."),
        rows=7,
    )
    paper = PaperField(label=_("Paper or photo that shows it"))

    def prepare(self) -> None:
        if self.obj is not None:
            self.fields["answer"].initial = self.obj.answer
            self.fields["result"].initial = self.obj.result


class TransferForm(forms.Form):
    """To which units, what is asked, and until when."""

    units = forms.ModelMultipleChoiceField(
        label=_("Units that handle it"), queryset=Unit.everywhere.none()
    )
    words = TextField(label=_("What is asked of them"), max_length=1000, required=False, rows=3)
    until = DayField(label=_("Answer due"))

    def __init__(self, *args: Any, day: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_from(self, "units", open_units())
        self.fields["until"].initial = day
        self.fields["until"].help_text = _("By the regulation: %(day)s.") % {"day": day_words(day)}

    def clean_until(self) -> dt.date:
        until: dt.date = self.cleaned_data["until"]
        if until < clock.today():
            raise forms.ValidationError(_("This day has passed already."))
        return until


class TransferFilterForm(forms.Form):
    state = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[("", _("all")), ("open", _("not settled yet")), *TransferState.choices],
    )
    kind = forms.ChoiceField(label=_("Kind"), required=False)
    unit = forms.ChoiceField(label=_("Unit"), required=False)
    due = forms.ChoiceField(
        label=_("Time"), required=False, choices=[("", _("all")), ("overdue", _("overdue"))]
    )

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_from(self, "kind", kinds())
        given = Transfer.objects.filter(rules.visible_transfers(actor)).order_by().values("unit")
        units = [
            (str(pk), name)
            for pk, name in Unit.objects.filter(pk__in=given).values_list("pk", "short_name")
        ]
        choose_from(self, "unit", units, _("all"))
