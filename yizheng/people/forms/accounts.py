"""Forms of the administration of accounts."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from yizheng.core import clock
from yizheng.organisations.models import Committee, Role, Unit, Venue

ACTIVE = [("", _("all")), ("yes", _("active")), ("no", _("switched off"))]


def day_input() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class AccountFilter(forms.Form):
    q = forms.CharField(
        label=_("Name or phone"),
        required=False,
        max_length=40,
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    role = forms.ModelChoiceField(
        Role.everywhere.none(), label=_("Role"), required=False, empty_label=_("all")
    )
    unit = forms.ModelChoiceField(
        Unit.everywhere.none(), label=_("Unit"), required=False, empty_label=_("all")
    )
    active = forms.ChoiceField(label=_("State"), required=False, choices=ACTIVE)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].queryset = Role.objects.order_by("pk")  # type: ignore[attr-defined]
        self.fields["unit"].queryset = Unit.objects.all()  # type: ignore[attr-defined]


class RoleForm(forms.Form):
    """Which role, where, from when."""

    role = forms.ModelChoiceField(Role.everywhere.none(), label=_("Role"), empty_label=_("choose"))
    unit = forms.ModelChoiceField(
        Unit.everywhere.none(),
        label=_("At the unit"),
        required=False,
        empty_label=_("none"),
        help_text=_("For people of a unit. Empty: over the whole organisation."),
    )
    committee = forms.ModelChoiceField(
        Committee.everywhere.none(),
        label=_("At the committee"),
        required=False,
        empty_label=_("none"),
    )
    venue = forms.ModelChoiceField(
        Venue.everywhere.none(),
        label=_("At the venue"),
        required=False,
        empty_label=_("none"),
        help_text=_("For whoever keeps one studio or station."),
    )
    since = forms.DateField(label=_("From the day"), widget=day_input(), initial=clock.today)
    until = forms.DateField(
        label=_("Until the day"),
        widget=day_input(),
        required=False,
        help_text=_("The last day; empty if it is not known."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].queryset = Role.objects.order_by("pk")  # type: ignore[attr-defined]
        self.fields["unit"].queryset = Unit.objects.filter(closed_on=None)  # type: ignore[attr-defined]
        self.fields["committee"].queryset = Committee.objects.all()  # type: ignore[attr-defined]
        self.fields["venue"].queryset = Venue.objects.filter(closed_on=None)  # type: ignore[attr-defined]


class OpenForm(RoleForm):
    """A new account: for a person who is known already, or for a new one."""

    name = forms.CharField(label=_("Name"), max_length=40)
    phone = forms.RegexField(
        r"^1[3-9]\d{9}$",
        label=_("Mobile phone"),
        required=False,
        help_text=_("With it the person can sign in too."),
        error_messages={"invalid": _("A mobile number has eleven digits and begins with 1.")},
    )
    employer = forms.CharField(label=_("Employer and post"), max_length=80, required=False)
    username = forms.CharField(
        label=_("Sign-in name"),
        max_length=40,
        required=False,
        help_text=_("Empty: the name, with a number if somebody else has it."),
    )

    field_order = [
        "name",
        "phone",
        "employer",
        "role",
        "unit",
        "committee",
        "venue",
        "since",
        "username",
    ]

    def __init__(self, *args: Any, known: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["until"]
        for name in ("name", "phone", "employer") if known else ():
            del self.fields[name]


class EndRoleForm(forms.Form):
    on = forms.DateField(
        label=_("The role ends from"),
        widget=day_input(),
        initial=clock.today,
        help_text=_("The first day on which it no longer holds."),
    )
