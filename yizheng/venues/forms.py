"""Forms of venues: what they are, who serves, the rota, the wall, visits and their steps."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from yizheng.core import clock, handover
from yizheng.core.access import Actor
from yizheng.core.fields import (
    DayField,
    PaperField,
    PastDayField,
    PhoneField,
    SearchField,
    TextField,
    TimeOfDayField,
)
from yizheng.core.forms import StepForm, choose_from
from yizheng.organisations.forms import NAME, NamedForm, open_towns
from yizheng.organisations.models import Unit
from yizheng.organisations.queries import in_force_on
from yizheng.people.models import Membership, Sector
from yizheng.people.queries import serving_members

from .enums import Board, Sort, VenueKind, VisitState
from .models import RotaDay, Venue, VenueCategory, VenueMember, Visit
from .queries import members_from

ALL = _("all")
WEEKDAYS = [
    ("0", pgettext_lazy("weekday", "Mon")),
    ("1", pgettext_lazy("weekday", "Tue")),
    ("2", pgettext_lazy("weekday", "Wed")),
    ("3", pgettext_lazy("weekday", "Thu")),
    ("4", pgettext_lazy("weekday", "Fri")),
    ("5", pgettext_lazy("weekday", "Sat")),
    ("6", pgettext_lazy("weekday", "Sun")),
]


class CategoryForm(NamedForm):
    sort = forms.ChoiceField(
        label=_("Counts as"), choices=Sort, help_text=_("Under which word reports count it.")
    )


class VenueFilterForm(forms.Form):
    q = SearchField(label=_("Name, place or member"))
    category = forms.ModelChoiceField(
        VenueCategory.everywhere.none(), label=_("Category"), required=False, empty_label=ALL
    )
    sort = forms.ChoiceField(
        label=_("Counts as"), required=False, choices=[("", ALL), *Sort.choices]
    )
    kind = forms.ChoiceField(
        label=pgettext_lazy("of a venue", "Kind"),
        required=False,
        choices=[("", ALL), *VenueKind.choices],
    )
    unit = forms.ModelChoiceField(
        Unit.everywhere.none(), label=_("Town"), required=False, empty_label=ALL
    )
    state = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[("", _("open")), ("closed", pgettext_lazy("venue", "closed")), ("all", ALL)],
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_from(self, "category", VenueCategory.objects.all())
        towns = Unit.objects.filter(pk__in=Venue.objects.order_by().values("unit"))
        choose_from(self, "unit", towns)


class VenueForm(forms.Form):
    name = forms.CharField(label=NAME, max_length=60)
    category = forms.ModelChoiceField(
        VenueCategory.everywhere.none(), label=_("Category"), empty_label=None
    )
    kind = forms.ChoiceField(
        label=pgettext_lazy("of a venue", "Kind"), choices=VenueKind, initial=VenueKind.REGIONAL
    )
    sector = forms.ModelChoiceField(
        Sector.everywhere.none(),
        label=_("Sector"),
        required=False,
        help_text=_("For a venue of a sector."),
    )
    unit = forms.ModelChoiceField(
        Unit.everywhere.none(),
        label=_("Town"),
        required=False,
        help_text=_("The town or subdistrict where it stands."),
    )
    place = forms.CharField(label=_("Address"), max_length=100)
    area = forms.DecimalField(
        label=_("Area, m²"), min_value=1, max_digits=8, decimal_places=1, required=False
    )
    phone = PhoneField()
    stars = forms.IntegerField(
        label=_("Stars"),
        min_value=0,
        max_value=5,
        initial=0,
        help_text=_("As assessed; 0 means none."),
    )
    label = forms.CharField(
        label=_("Honour"),
        max_length=40,
        required=False,
        help_text=_("For instance: model studio of the city, 2026."),
    )
    about = TextField(label=_("What it is for"), max_length=2000, required=False, rows=3)
    opened_on = PastDayField(label=_("Opened on"), initial=clock.today)

    def __init__(self, *args: Any, venue: Venue | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_from(self, "category", VenueCategory.objects.all())
        choose_from(self, "sector", Sector.objects.order_by("pk"))
        choose_from(self, "unit", open_towns(), also=[getattr(venue, "unit_id", None)])


class VenueDayForm(forms.Form):
    on = DayField(label=_("Last day"), initial=clock.today)


class MembersForm(forms.Form):
    members = forms.ModelMultipleChoiceField(Membership.everywhere.none(), label=_("Members"))
    since = DayField(label=_("From the day"), initial=clock.today)
    is_host = forms.BooleanField(label=_("In charge of the venue"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_from(self, "members", serving_members())


class RotaForm(forms.Form):
    """A whole time at once: weekdays, members one after the other."""

    members = forms.ModelMultipleChoiceField(
        Membership.everywhere.none(),
        label=_("Members"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose who serves.")},
    )
    weekdays = forms.TypedMultipleChoiceField(
        label=_("On"),
        choices=WEEKDAYS,
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one weekday.")},
    )
    first = DayField(label=_("From the day"), initial=clock.today)
    last = DayField(label=_("Until the day"))
    begins = TimeOfDayField(label=_("From"), initial=dt.time(9))
    ends = TimeOfDayField(label=_("Until"), initial=dt.time(11, 30))
    together = forms.TypedChoiceField(
        label=_("Who when"),
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
        initial="no",
        choices=[("no", _("one after the other, a day each")), ("yes", _("all together each day"))],
    )
    on_days_off = forms.BooleanField(label=_("On days off too"), required=False)

    def __init__(self, *args: Any, venue: Venue, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        today = clock.today()
        choose_from(self, "members", members_from(venue, today))
        self.fields["last"].initial = clock.add_months(today, 3)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        first, last = data.get("first"), data.get("last")
        if first and last and last < first:
            self.add_error("last", _("The time ends before it begins."))
        elif first and last and (last - first).days > 366:
            self.add_error("last", _("A rota is made for at most a year."))
        return data


class RotaDayForm(forms.Form):
    member = forms.ModelChoiceField(
        Membership.everywhere.none(), label=_("Member"), empty_label=None
    )
    day = DayField(label=_("Day"))
    begins = TimeOfDayField(label=_("From"))
    ends = TimeOfDayField(label=_("Until"))

    def __init__(self, *args: Any, row: RotaDay, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        serving = members_from(row.venue, min(row.day, clock.today()))
        choose_from(self, "member", serving, also=[row.membership_id])


class NoticeForm(forms.Form):
    board = forms.ChoiceField(label=_("What it is"), choices=Board)
    title = forms.CharField(label=_("Title"), max_length=100)
    text = TextField(label=_("Text"), max_length=5000, required=False, rows=6)
    posted_on = DayField(label=_("Posted on"), initial=clock.today)
    until = DayField(
        label=_("Until the day"), required=False, help_text=_("Empty: until it is taken down.")
    )
    file = PaperField(label=_("File"))


# Visits -------------------------------------------------------------------------------------------


class VisitFilterForm(forms.Form):
    q = SearchField(label=_("Words"))
    venue = forms.ModelChoiceField(
        Venue.everywhere.none(), label=_("Venue"), required=False, empty_label=ALL
    )
    state = forms.ChoiceField(
        label=_("State"), required=False, choices=[("", ALL), *VisitState.choices]
    )
    year = forms.ChoiceField(label=_("Year"), required=False)

    def __init__(self, *args: Any, venues: Any, years: list[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_from(self, "venue", venues)
        choose_from(self, "year", ((str(year), str(year)) for year in years), ALL)


class VisitFields(forms.Form):
    """Who came and what was raised; shared by noting a visit and correcting it."""

    visitor = forms.CharField(
        label=_("Who came"),
        max_length=80,
        help_text=_("In words: a shopkeeper of Shiqiao village. No name is needed."),
    )
    raised = TextField(label=_("What was raised"), max_length=5000)
    visitor_name = forms.CharField(
        label=_("Visitor's name"),
        max_length=40,
        required=False,
        help_text=_("Only if they want an answer. Lists never show it."),
    )
    visitor_phone = PhoneField(label=_("Visitor's phone"))


class VisitForm(VisitFields):
    day = PastDayField(label=_("Day"), initial=clock.today)
    served_by = forms.ModelChoiceField(
        Membership.everywhere.none(),
        label=_("Received by"),
        required=False,
        empty_label=_("the keeper of the venue"),
    )
    answer = TextField(
        label=pgettext_lazy("visit", "What was answered"),
        max_length=2000,
        required=False,
        help_text=_("If it could be settled at once; otherwise leave it empty."),
        rows=3,
    )

    field_order = [
        "visitor",
        "raised",
        "answer",
        "day",
        "served_by",
        "visitor_name",
        "visitor_phone",
    ]

    def __init__(self, *args: Any, venue: Venue, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_from(
            self, "served_by", members_from(venue, venue.opened_on), also=actor.membership_ids
        )
        served: Any = self.fields["served_by"]
        places = VenueMember.objects.filter(in_force_on(clock.today()), venue=venue)
        here = set(places.values_list("membership_id", flat=True))
        if own := [pk for pk in actor.membership_ids if pk in here] or list(actor.membership_ids):
            served.initial, served.required, served.empty_label = own[0], True, None


class CorrectForm(StepForm, VisitFields):
    def prepare(self) -> None:
        for name in ("visitor", "raised", "visitor_name", "visitor_phone"):
            self.fields[name].initial = getattr(self.obj, name)


class VisitAnswerForm(StepForm):
    answer = TextField(label=pgettext_lazy("visit", "What was answered"), max_length=2000)

    def prepare(self) -> None:
        if isinstance(self.obj, Visit):
            self.fields["answer"].initial = self.obj.answer


class VisitReasonForm(StepForm):
    reason = forms.CharField(label=_("Why"), max_length=200)


class HandOnForm(StepForm):
    to = forms.ChoiceField(label=_("It becomes"), widget=forms.RadioSelect)
    title = forms.CharField(
        label=_("Title"),
        max_length=100,
        help_text=_("You go on writing there; nothing is sent yet."),
    )

    def prepare(self) -> None:
        handlers = handover.open_to(self.actor)
        field: Any = self.fields["to"]
        field.choices = [(handler.code, handler.label) for handler in handlers]
        field.error_messages["required"] = (
            _("None of your roles can write one. Ask whoever may to hand it on.")
            if not handlers
            else _("Choose one.")
        )
        if len(handlers) == 1:
            field.initial = handlers[0].code
        self.fields["title"].initial = self.obj.headline
