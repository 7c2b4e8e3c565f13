"""Forms of the steps on promises."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from yizheng.core import clock
from yizheng.core.fields import PaperField, PastDayField, TextField
from yizheng.core.forms import StepForm


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
