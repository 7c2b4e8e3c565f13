"""The form of an instruction, and by what their list is filtered."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from yizheng.core import clock, sources
from yizheng.core.access import Actor
from yizheng.core.fields import PaperField, PastDayField, SearchField, TextField
from yizheng.core.forms import choose_from

from . import queries
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


def kinds() -> list[tuple[str, Any]]:
    return [("", _("all")), *((source.place, source.label) for source in sources.all_sources())]


class InstructionFilterForm(forms.Form):
    q = SearchField(label=_("Leader or words"))
    kind = forms.ChoiceField(label=_("Written on"), required=False)
    level = forms.ChoiceField(
        label=_("Level"), required=False, choices=[("", _("all")), *Instruction.LeaderLevel.choices]
    )
    year = forms.ChoiceField(label=_("Year"), required=False)
    followed = forms.ChoiceField(
        label=_("Follow-up"),
        required=False,
        choices=[
            ("", _("all")),
            ("yes", _("transferred to a unit")),
            ("no", _("not transferred yet")),
        ],
    )

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_from(self, "kind", kinds())
        years = [(str(year), str(year)) for year in queries.years(actor)]
        choose_from(self, "year", years, _("all"))
