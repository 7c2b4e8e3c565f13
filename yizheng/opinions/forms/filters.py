"""By what the lists of opinions and issues, and the yearly circular, are filtered."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from yizheng import regulations
from yizheng.core import clock
from yizheng.core.access import Actor
from yizheng.core.fields import SearchField
from yizheng.core.forms import FlatSelect, choose_from

from .. import queries
from ..enums import OpinionLevel, ReporterKind
from ..flow.due_dates import rules_of


def _choice(label: Any, choices: Any = ()) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label, required=False, widget=FlatSelect, choices=[("", _("all")), *choices]
    )


class OpinionFilterForm(forms.Form):
    q = SearchField(label=_("Words or number"))
    year = _choice(_("Year"))
    stage = _choice(
        _("Stage"), [(name, label) for name, (label, _states) in queries.STAGES.items()]
    )
    category = _choice(_("Category"))
    kind = _choice(_("Kind of reporter"), ReporterKind.choices)
    level = _choice(_("Adopted at"), OpinionLevel.choices)
    special = _choice(
        _("Show only"),
        [
            ("overdue", _("overdue")),
            ("urgent", _("urgent")),
            ("excellent", _("excellent")),
            ("received", _("received from below")),
        ],
    )

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_from(
            self, "year", [(str(year), str(year)) for year in queries.years(actor)], _("all")
        )
        categories = regulations.known(lambda: rules_of().categories)
        choose_from(self, "category", [(c, c) for c in categories], _("all"))

    @property
    def narrows(self) -> bool:
        return any(self.cleaned_data.values())


class IssueFilterForm(forms.Form):
    journal = _choice(_("Journal"))
    year = _choice(_("Year"))

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        journals, years = queries.journals_and_years(actor)
        choose_from(self, "journal", [(each, each) for each in journals], _("all"))
        choose_from(self, "year", [(str(each), str(each)) for each in years], _("all"))

    @property
    def narrows(self) -> bool:
        return any(self.cleaned_data.values())


class CircularFilterForm(forms.Form):
    year = forms.ChoiceField(label=_("Year"), required=False, widget=FlatSelect)
    by = forms.ChoiceField(
        label=_("List by"),
        required=False,
        widget=FlatSelect,
        choices=[("writer", _("by writer")), ("kind", _("by kind of reporter"))],
    )

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        years = queries.years(actor) or [clock.today().year]
        choose_from(self, "year", [(str(year), str(year)) for year in years])
        self.first = years[0]

    def wanted(self) -> tuple[int, str]:
        self.is_valid()
        return int(self.cleaned_data.get("year") or self.first), self.cleaned_data.get(
            "by"
        ) or "writer"
