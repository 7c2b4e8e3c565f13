"""Forms of the organisation's settings."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from yizheng.core import clock
from yizheng.core.access import REGISTRY, Words
from yizheng.core.fields import DayField, PhoneField, SearchField
from yizheng.core.forms import choose_from
from yizheng.core.navigation import area_of
from yizheng.documents.import_pages import UploadForm

from . import places
from .models import NamedRow, Session, Term, Unit
from .queries import open_units

NAME = pgettext_lazy("of a thing", "Name")
YES_NO = [("", _("all")), ("yes", _("yes")), ("no", _("no"))]
"""Of a filter."""


class TermForm(forms.Form):
    ordinal = forms.IntegerField(label=_("Number of the term"), min_value=1, max_value=99)
    begins_on = DayField(label=_("Begins on"))
    ends_on = DayField(label=_("Ends on"), required=False)


class SessionForm(forms.Form):
    term = forms.ModelChoiceField(Term.everywhere.none(), label=_("Term"), empty_label=None)
    ordinal = forms.IntegerField(label=_("Number of the session"), min_value=1, max_value=20)
    year = forms.IntegerField(
        label=_("Year"),
        min_value=1949,
        max_value=2100,
        help_text=_("The year whose work the session opens."),
    )
    opens_on = DayField(label=_("Opens on"))
    closes_on = DayField(label=_("Closes on"))
    proposals_until = DayField(
        label=_("Proposals of the plenary until"),
        help_text=_("What comes later is an ordinary proposal."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_from(self, "term", Term.objects.all())


class SessionUploadForm(UploadForm):
    """A file, and the session it is of."""

    session = forms.ModelChoiceField(
        label=_("Session"), queryset=Session.everywhere.none(), empty_label=None
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_from(self, "session", Session.objects.select_related("term"))

    def asked(self) -> dict[str, Any]:
        return {"session": self.cleaned_data["session"].pk}


class NamedForm(forms.Form):
    """One of a kind of named things; what else a kind has is said by its own form."""

    name = forms.CharField(label=NAME, max_length=60)

    def __init__(self, *args: Any, row: NamedRow | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.row = row

    def chosen(self, name: str) -> list[Any]:
        """The key of what stands there already."""
        return [getattr(self.row, f"{name}_id", None)]

    def clean_name(self) -> str:
        return "".join(self.cleaned_data["name"].split())


def open_towns() -> QuerySet[Unit]:
    """Towns and subdistricts that are open."""
    return open_units().filter(kind=Unit.UnitKind.TOWN)


class UnitFilterForm(forms.Form):
    q = SearchField(label=NAME)
    kind = forms.ChoiceField(
        label=_("Kind"), required=False, choices=[("", _("all")), *Unit.UnitKind.choices]
    )
    state = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[("", _("open")), ("closed", _("closed")), ("all", _("all"))],
    )
    contacts = forms.ChoiceField(
        label=_("Leader and officer"),
        required=False,
        choices=[("", _("all")), ("both", _("both named")), ("lacking", _("one is not named"))],
    )


class UnitForm(forms.Form):
    name = forms.CharField(label=_("Full name"), max_length=60)
    short_name = forms.CharField(label=_("Short name"), max_length=20)
    kind = forms.ChoiceField(label=_("Kind"), choices=Unit.UnitKind)


class RenameForm(UnitForm):
    on = DayField(
        label=_("From the day"),
        initial=clock.today,
        help_text=_(
            "The first day of the new name, which may be one to come. Papers of earlier days keep "
            "the old one."
        ),
    )
    decided_by = forms.CharField(
        label=_("Decided by"),
        max_length=200,
        required=False,
        help_text=_("The paper or meeting that decided it."),
    )


class UnitCloseForm(forms.Form):
    on = DayField(label=_("Last day"), initial=clock.today)
    merged_into = forms.ModelChoiceField(
        Unit.everywhere.none(),
        label=_("Merged into"),
        required=False,
        empty_label=_("none; it is closed"),
        help_text=_(
            "Who does its work from now on. The people of the closed unit lose their roles there."
        ),
    )

    def __init__(self, *args: Any, unit: Unit, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = open_units().exclude(pk=unit.pk)
        choose_from(self, "merged_into", others)


class UnitContactForm(forms.Form):
    name = forms.CharField(
        label=_("Name"), max_length=40, required=False, help_text=_("Empty: nobody at present.")
    )
    post = forms.CharField(label=_("Post"), max_length=40, required=False)
    phone = PhoneField()


class CalendarDayForm(forms.Form):
    day = DayField(label=_("Day"))
    is_working_day = forms.TypedChoiceField(
        label=_("On this day the place"),
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
        choices=[("no", _("rests")), ("yes", _("works"))],
    )
    note = forms.CharField(
        label=_("Why"),
        max_length=60,
        required=False,
        help_text=_("For instance the number of the notice."),
    )


class CalendarYearForm(forms.Form):
    source = forms.CharField(
        label=_("Official list"),
        max_length=100,
        help_text=_("The notice of the State Council by which the days were entered."),
    )


LAST = 1000


def permissions_by_area() -> list[tuple[Words, list[tuple[str, Words]]]]:
    """As the bar at the top names and orders the parts of the platform."""
    areas: dict[tuple[int, str], list[tuple[str, Words]]] = {}
    for code, words in REGISTRY.items():
        part = area_of(code)
        area = (part.order, str(part.label)) if part else (LAST, str(_("Other")))
        areas.setdefault(area, []).append((code, words))
    return [(label, areas[order, label]) for order, label in sorted(areas)]


class RoleForm(forms.Form):
    name = forms.CharField(label=NAME, max_length=60)
    permissions = forms.MultipleChoiceField(
        label=_("May do"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        choices=lambda: permissions_by_area(),
    )
    place = forms.ChoiceField(
        label=_("Where it holds"),
        choices=places.choices,
        required=False,
        widget=forms.RadioSelect,
        help_text=_("Whoever is given it at one place reaches that place only."),
    )
    is_members = forms.BooleanField(
        label=_("The members' own"),
        required=False,
        help_text=_(
            "Every member gets it with the account and loses it with the membership; the "
            "office may open such accounts."
        ),
    )
    needs_second_factor = forms.BooleanField(
        label=_("Needs a second factor"),
        required=False,
        help_text=_("Whoever has the role sets it up at the next sign-in, before anything else."),
    )
