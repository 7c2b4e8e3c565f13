"""Forms of contacts."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from yizheng.core import clock
from yizheng.core.fields import DayField, PastDayField, SearchField, TextField
from yizheng.core.forms import choose_from
from yizheng.people.models import Membership

from .models import Way
from .parameters import ContactKind, ContactParameters
from .queries import fitting

STATES = [
    ("", _("all")),
    ("late", _("overdue")),
    ("never", _("never reached this year")),
    ("open", _("not due yet")),
    ("reached", _("reached as the rule asks")),
]


class ContactFilterForm(forms.Form):
    q = SearchField(label=_("Name or words"))
    kind = forms.ChoiceField(label=_("Kind"), required=False)
    state = forms.ChoiceField(label=_("State"), required=False, choices=STATES)
    year = forms.ChoiceField(label=_("Year"), required=False)

    def __init__(
        self, *args: Any, rules: ContactParameters, years: list[int], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        choose_from(
            self, "kind", [("", _("all")), *((kind.code, kind.label) for kind in rules.kinds)]
        )
        choose_from(self, "year", [(str(year), str(year)) for year in years])


class ContactLinkForm(forms.Form):
    """The links of one kind; whom one may choose follows from the kind."""

    who = forms.ModelMultipleChoiceField(
        Membership.everywhere.none(), label=_("Who keeps in touch")
    )
    whom = forms.ModelMultipleChoiceField(
        Membership.everywhere.none(), label=_("In touch with whom")
    )
    words = TextField(
        label=_("In touch with whom"),
        max_length=8000,
        help_text=_("One in each line: a village, an enterprise, people of the sector in words."),
        rows=6,
    )
    in_turn = forms.TypedChoiceField(
        label=_("How they are shared out"),
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
        initial="yes",
        choices=[
            ("yes", _("in turn, each has one contact")),
            ("no", _("everybody with everybody")),
        ],
    )
    since = DayField(label=_("From the day"), initial=clock.today)

    def __init__(self, *args: Any, kind: ContactKind, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_from(self, "who", fitting(kind.who))
        if kind.whom == "words":
            del self.fields["whom"]
        else:
            del self.fields["words"]
            choose_from(self, "whom", fitting(kind.whom))

    def links(self) -> dict[str, Any]:
        """What `services.assign` takes, of what could be read."""
        data = dict(self.cleaned_data)
        return {
            **data,
            "words": data.get("words", "").splitlines(),
            "who": list(data.get("who", ())),
            "whom": list(data.get("whom", ())),
        }


class ContactEntryForm(forms.Form):
    """Under a minute on the phone: how is chosen, the day is today, the note may stay empty."""

    way = forms.ChoiceField(
        label=_("How"), choices=Way, widget=forms.RadioSelect, initial=Way.VISIT
    )
    day = PastDayField(label=_("Day"), initial=clock.today)
    note = TextField(
        label=pgettext_lazy("of members", "Note"), max_length=2000, required=False, rows=3
    )


class ContactLinkEndForm(forms.Form):
    on = DayField(label=_("Last day"), initial=clock.today)
