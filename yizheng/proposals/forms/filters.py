"""By what the lists of proposals and of assignments are filtered."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from yizheng import regulations
from yizheng.core.fields import SearchField
from yizheng.core.forms import FlatSelect, choose_from
from yizheng.organisations.models import Session, Unit
from yizheng.organisations.queries import unit_choices

from ..enums import Part, ProposerKind
from ..flow import ASSIGNMENT
from ..flow.due_dates import rules_of

EVERY = "all"
STAGES = {
    "draft": (_("drafts"), "writing"),
    "checking": (_("being reviewed"), "examined"),
    "filed": (_("to be assigned"), "unassigned"),
    "handling": (_("being handled"), "underway"),
    "evaluating": (_("being rated"), "rating"),
    "closed": (pgettext_lazy("proposal", "closed"), "finished"),
    "ended": (_("not filed, merged, withdrawn"), "stopped"),
}
"""Stage in the address → how it is called, the group of states. Each state is in one."""


class ProposalFilterForm(forms.Form):
    q = SearchField(label=_("Words or number"))
    session = forms.ChoiceField(label=_("Session"), required=False, widget=FlatSelect)
    stage = forms.ChoiceField(label=_("Stage"), required=False, widget=FlatSelect)
    category = forms.ChoiceField(label=_("Category"), required=False, widget=FlatSelect)
    kind = forms.ChoiceField(
        label=_("Kind of proposer"),
        required=False,
        widget=FlatSelect,
        choices=[("", _("all")), *ProposerKind.choices],
    )
    unit = forms.ChoiceField(label=_("Unit"), required=False, widget=FlatSelect)
    time = forms.ChoiceField(
        label=_("Time"),
        required=False,
        widget=FlatSelect,
        choices=[
            ("", _("all")),
            ("overdue", _("overdue")),
            ("soon", _("due within 7 days")),
            ("key", _("key proposals")),
        ],
    )

    def __init__(self, data: QueryDict, held: Iterable[Session]) -> None:
        super().__init__(data)
        # A value of its own for all: an empty filter does not travel in the address.
        choose_from(self, "session", [*((str(s.pk), s.brief) for s in held), (EVERY, _("all"))])
        choose_from(
            self, "stage", [(name, label) for name, (label, _group) in STAGES.items()], _("all")
        )
        categories = regulations.known(lambda: rules_of().categories)
        choose_from(self, "category", [(c, c) for c in categories], _("all"))
        choose_from(self, "unit", unit_choices(), _("all"))


class AssignmentFilterForm(forms.Form):
    unit = forms.ChoiceField(label=_("Unit"), required=False)
    state = forms.ChoiceField(label=_("State"), required=False)
    part = forms.ChoiceField(
        label=_("Part"), required=False, choices=[("", _("all")), *Part.choices]
    )
    time = forms.ChoiceField(
        label=_("Time"),
        required=False,
        choices=[
            ("", _("all")),
            ("overdue", _("overdue")),
            ("soon", _("due within 7 days")),
            ("late", _("answered late")),
        ],
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        units = [(str(pk), name) for pk, name in Unit.objects.values_list("pk", "short_name")]
        states = [(name, state.label) for name, state in ASSIGNMENT.states.items()]
        choose_from(self, "unit", units, _("all"))
        choose_from(self, "state", [("open", _("still open")), ("", _("all")), *states])
