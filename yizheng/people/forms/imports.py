"""The forms of the roster's import."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from yizheng.core import clock
from yizheng.core.fields import DayField
from yizheng.core.forms import choose_from
from yizheng.organisations.models import Term


class RosterForm(forms.Form):
    """Second step: how the previewed file is taken over."""

    term = forms.ModelChoiceField(
        Term.everywhere.none(), label=_("Into the term"), empty_label=None
    )
    since = DayField(label=_("New members since"), initial=clock.today)
    create_missing = forms.BooleanField(
        label=_("Create the sectors, committees and groups that are missing"), required=False
    )
    open_accounts = forms.BooleanField(
        label=_("Open accounts for members who have none"),
        required=False,
        help_text=_("Their first passwords are shown once, as a list to print or save."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        terms = Term.objects.all()
        choose_from(self, "term", terms)
        if newest := terms.first():
            self.initial.setdefault("since", newest.begins_on)
