"""Forms of the administration of accounts."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from yizheng.core import clock
from yizheng.core.fields import DayField, MobileField, SearchField
from yizheng.core.forms import choose_from
from yizheng.organisations import places
from yizheng.organisations.models import Role, Unit

ACTIVE = [("", _("all")), ("yes", _("active")), ("no", _("switched off"))]


class AccountFilterForm(forms.Form):
    q = SearchField(label=_("Name or phone"))
    role = forms.ModelChoiceField(
        Role.everywhere.none(), label=_("Role"), required=False, empty_label=_("all")
    )
    unit = forms.ModelChoiceField(
        Unit.everywhere.none(), label=_("Unit"), required=False, empty_label=_("all")
    )
    active = forms.ChoiceField(label=_("State"), required=False, choices=ACTIVE)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_from(self, "role", Role.objects.order_by("pk"))
        choose_from(self, "unit", Unit.objects.all())


class RoleGrantForm(forms.Form):
    """Which role, where, from when. Each kind of place has a field of its own; one is filled at
    most, and becomes the `place`.
    """

    before_place: ClassVar[tuple[str, ...]] = ()

    role = forms.ModelChoiceField(Role.everywhere.none(), label=_("Role"))
    since = DayField(label=_("From the day"), initial=clock.today)
    until = DayField(
        label=_("Until the day"),
        required=False,
        help_text=_("The last day; empty if it is not known."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_from(self, "role", Role.objects.order_by("pk"))
        for kind in places.KINDS.values():
            words: dict[str, Any] = {"label": kind.label, "help_text": kind.help}
            self.fields[kind.code] = forms.ModelChoiceField(kind.open(), required=False, **words)
        self.order_fields([*self.before_place, "role", *places.KINDS])

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        given = [code for code in places.KINDS if values.get(code)]
        for code in given[1:]:
            self.add_error(code, _("A role holds at one place, not at several."))
        chosen = [values.pop(code, None) for code in places.KINDS]
        values["place"] = next((place for place in chosen if place), None)
        return values


class OpenForm(RoleGrantForm):
    """A new account: for a person who is known already, or for a new one."""

    name = forms.CharField(label=_("Name"), max_length=40)
    phone = MobileField(label=_("Mobile phone"), help_text=_("With it the person can sign in too."))
    employer = forms.CharField(label=_("Employer and post"), max_length=80, required=False)
    username = forms.CharField(
        label=_("Sign-in name"),
        max_length=40,
        required=False,
        help_text=_("Empty: the name, with a number if somebody else has it."),
    )

    before_place = ("name", "phone", "employer")

    def __init__(self, *args: Any, known: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["until"]
        for name in ("name", "phone", "employer") if known else ():
            del self.fields[name]


class EndRoleForm(forms.Form):
    on = DayField(
        label=_("The role ends from"),
        initial=clock.today,
        help_text=_("The first day on which it no longer holds."),
    )
