"""Forms of enterprises."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from yizheng.core import clock
from yizheng.core.access import Actor
from yizheng.core.fields import DayField, PastDayField, SearchField
from yizheng.core.forms import choose_from
from yizheng.organisations.forms import NAME, YES_NO, open_towns
from yizheng.organisations.models import Unit
from yizheng.people.models import Membership
from yizheng.people.queries import serving_members

from .models import Enterprise
from .queries import visible_to


class EnterpriseFilterForm(forms.Form):
    q = SearchField(label=_("Name, trade or member"))
    scale = forms.ChoiceField(label=_("Above scale"), required=False, choices=YES_NO)
    member = forms.ChoiceField(label=_("Has a member"), required=False, choices=YES_NO)
    unit = forms.ModelChoiceField(
        Unit.everywhere.none(), label=_("Town"), required=False, empty_label=_("all")
    )
    state = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[
            ("", pgettext_lazy("enterprise", "open")),
            ("closed", pgettext_lazy("enterprise", "closed")),
            ("all", _("all")),
        ],
    )

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        towns = Unit.objects.filter(pk__in=visible_to(actor).order_by().values("unit"))
        choose_from(self, "unit", towns)


class EnterpriseForm(forms.Form):
    name = forms.CharField(label=NAME, max_length=80)
    unit = forms.ModelChoiceField(Unit.everywhere.none(), label=_("Town"), required=False)
    trade = forms.CharField(label=_("Trade"), max_length=40, required=False)
    above_scale_since = DayField(
        label=_("Above scale since"), required=False, help_text=_("Empty: it is not above scale.")
    )
    above_scale_until = DayField(label=_("Above scale until"), required=False)
    members = forms.ModelMultipleChoiceField(
        Membership.everywhere.none(),
        label=_("Members of it"),
        required=False,
        help_text=_("Members of the committee who work there."),
    )

    def __init__(self, *args: Any, enterprise: Enterprise, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_from(self, "unit", open_towns(), also=[enterprise.unit_id])
        there = enterprise.people.values_list("membership", flat=True) if enterprise.pk else ()
        choose_from(self, "members", serving_members(), also=there)


class EnterpriseCloseForm(forms.Form):
    on = PastDayField(label=pgettext_lazy("enterprise", "Closed on"), initial=clock.today)
