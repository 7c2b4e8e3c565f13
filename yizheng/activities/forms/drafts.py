"""Forms on which an activity is prepared."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from yizheng.core import clock
from yizheng.core.fields import MomentField, TextField
from yizheng.core.forms import FilesForm, choose_from, tell
from yizheng.organisations.models import Committee, Unit
from yizheng.organisations.queries import open_units
from yizheng.people.models import Group, Sector
from yizheng.venues.models import Venue

from .. import services
from ..enums import PlanState
from ..models import Activity, LearningProgramme, PlanItem
from ..parameters import in_force
from .regulated import chosen_code, form_choices


class PapersForm(FilesForm):
    label = pgettext_lazy("activity", "Papers")


class ActivityForm(forms.Form):
    """What the regulation's form asks for decides which fields a page shows; what is sent is taken
    all the same.
    """

    needed = ("place",)

    title = forms.CharField(label=_("Title"), max_length=100)
    form = forms.ChoiceField(label=_("Form"))
    plan_item = forms.ModelChoiceField(
        label=_("Topic of the plan"),
        queryset=PlanItem.everywhere.none(),
        required=False,
        help_text=_("Left empty, it counts as held outside the plan."),
    )
    programme = forms.ChoiceField(label=_("Programme"), required=False)
    starts_at = MomentField(label=_("Begins"))
    ends_at = MomentField(label=_("Ends"))
    place = forms.CharField(
        label=pgettext_lazy("activity", "Place"), max_length=100, required=False
    )
    venue = forms.ModelChoiceField(
        label=_("At the venue"), queryset=Venue.everywhere.none(), required=False
    )
    learning = forms.ModelChoiceField(
        label=_("Programme of learning"),
        queryset=LearningProgramme.everywhere.none(),
        required=False,
        help_text=_("For study and training that belongs to one."),
    )
    is_remote = forms.BooleanField(label=_("Held remotely"), required=False)
    is_away = forms.BooleanField(label=_("Held away from here"), required=False)
    counterpart = forms.CharField(
        label=_("Other committee or host"), max_length=100, required=False
    )
    committee = forms.ModelChoiceField(
        label=_("Responsible committee"), queryset=Committee.everywhere.none(), required=False
    )
    sector = forms.ModelChoiceField(
        label=_("Sector"), queryset=Sector.everywhere.none(), required=False
    )
    group = forms.ModelChoiceField(
        label=_("Group"), queryset=Group.everywhere.none(), required=False
    )
    units = forms.ModelMultipleChoiceField(
        label=_("Units taking part"), queryset=Unit.everywhere.none(), required=False
    )
    summary = TextField(label=_("What it is about"), max_length=10000, required=False, rows=6)
    is_announced = forms.BooleanField(
        label=_("Announced to all members"),
        required=False,
        initial=True,
        help_text=_(
            "Members who are not invited read what, when and where; papers and minutes stay "
            "with those who take part."
        ),
    )

    def __init__(self, *args: Any, activity: Activity | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._offer_codes(activity)
        year = clock.today().year
        topics = PlanItem.objects.filter(state__in=PlanState.of("planned"), year__gte=year - 1)
        of_now = {
            "plan_item": topics,
            "venue": Venue.objects.filter(closed_on=None),
            "learning": LearningProgramme.objects.filter(year__gte=year - 1),
        }
        for name, what in of_now.items():
            choose_from(self, name, what, also=[getattr(activity, f"{name}_id", None)])
        choose_from(self, "committee", Committee.objects.all())
        choose_from(self, "sector", Sector.objects.all())
        choose_from(self, "group", Group.objects.all())
        there = activity.units.values_list("pk", flat=True) if activity else ()
        choose_from(self, "units", open_units(), also=there)

    def _offer_codes(self, activity: Activity | None) -> None:
        """Of the regulation."""
        form = chosen_code("forms", activity.form) if activity else []
        choose_from(self, "form", form_choices(), "—", also=form)
        programmes = [("", "—"), *((p.code, p.label) for p in in_force().programmes)]
        programme = chosen_code("programmes", activity.programme) if activity else []
        choose_from(self, "programme", programmes, also=programme)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if refusal := services.wrong_in_activity(cleaned).refusal:
            tell(refusal, self)
        return cleaned
