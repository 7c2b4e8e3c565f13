"""Forms of enterprises."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from yizheng.core import clock
from yizheng.organisations.forms import NAME, day_input, open_towns
from yizheng.organisations.models import Unit
from yizheng.people.models import Membership
from yizheng.people.queries import serving_members

from .models import Enterprise

YES_NO = [("", _("all")), ("yes", _("yes")), ("no", _("no"))]


class EnterpriseFilter(forms.Form):
    q = forms.CharField(
        label=_("Name, trade or member"),
        required=False,
        max_length=40,
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    scale = forms.ChoiceField(label=_("Above scale"), required=False, choices=YES_NO)
    member = forms.ChoiceField(label=_("Has a member"), required=False, choices=YES_NO)
    unit = forms.ModelChoiceField(
        Unit.everywhere.none(), label=_("Town"), required=False, empty_label=_("all")
    )
    state = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[
            ("", _("open")),
            ("closed", pgettext_lazy("enterprise", "closed")),
            ("all", _("all")),
        ],
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        towns = Unit.objects.filter(pk__in=Enterprise.objects.order_by().values("unit"))
        self.fields["unit"].queryset = towns  # type: ignore[attr-defined]


class EnterpriseForm(forms.Form):
    name = forms.CharField(label=NAME, max_length=80)
    unit = forms.ModelChoiceField(
        Unit.everywhere.none(), label=_("Town"), required=False, empty_label=_("none")
    )
    trade = forms.CharField(label=_("Trade"), max_length=40, required=False)
    above_scale_since = forms.DateField(
        label=_("Above scale since"),
        widget=day_input(),
        required=False,
        help_text=_("Empty: it is not above scale."),
    )
    above_scale_until = forms.DateField(
        label=_("Above scale until"), widget=day_input(), required=False
    )
    members = forms.ModelMultipleChoiceField(
        Membership.everywhere.none(),
        label=_("Members of it"),
        required=False,
        help_text=_("Members of the committee who work there."),
    )

    def __init__(self, *args: Any, enterprise: Enterprise, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = open_towns(enterprise.unit_id)  # type: ignore[attr-defined]
        self.fields["members"].queryset = serving_members()  # type: ignore[attr-defined]


class CloseForm(forms.Form):
    on = forms.DateField(
        label=pgettext_lazy("enterprise", "Closed on"), widget=day_input(), initial=clock.today
    )
