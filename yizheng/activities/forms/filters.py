"""The filter of the list of activities."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from yizheng.core.fields import SearchField
from yizheng.core.forms import FlatSelect, choose_from
from yizheng.organisations.models import Committee

from .. import queries

EVERY = "all"


class ActivityFilterForm(forms.Form):
    q = SearchField(label=_("Words"))
    year = forms.ChoiceField(label=_("Year"), required=False, widget=FlatSelect)
    kind = forms.ChoiceField(label=_("Kind"), required=False, widget=FlatSelect)
    stage = forms.ChoiceField(
        label=_("Stage"),
        required=False,
        widget=FlatSelect,
        choices=[
            ("", _("all")),
            ("coming", pgettext_lazy("activity", "to come")),
            ("held", _("held, not closed")),
            ("closed", pgettext_lazy("activity", "closed")),
            ("cancelled", _("called off or struck")),
        ],
    )
    committee = forms.ChoiceField(label=_("Committee"), required=False, widget=FlatSelect)
    plan = forms.ChoiceField(
        label=_("Plan"),
        required=False,
        widget=FlatSelect,
        choices=[("", _("all")), ("in", _("in the plan")), ("out", _("outside the plan"))],
    )

    def __init__(self, data: Any, years: Iterable[int]) -> None:
        super().__init__(data)
        parameters = queries.words_in_force()
        choose_from(self, "year", [*((str(year), str(year)) for year in years), (EVERY, _("all"))])
        kinds = [(kind.code, kind.label) for kind in parameters.kinds] if parameters else []
        choose_from(self, "kind", kinds, _("all"))
        committees = Committee.objects.values_list("pk", "name")
        choose_from(self, "committee", [(str(pk), name) for pk, name in committees], _("all"))

    @property
    def wanted(self) -> dict[str, Any]:
        """An unreadable filter is as good as none."""
        self.is_valid()
        found = {name: value for name, value in self.cleaned_data.items() if value}
        if found.get("year") == EVERY:
            del found["year"]
        return found
