"""Forms of the steps, and of a new topic of the plan."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from yizheng.core import clock
from yizheng.core.fields import (
    DayField,
    MomentField,
    PaperField,
    PastDayField,
    ReasonField,
    TextField,
)
from yizheng.core.forms import StepForm, choose_from
from yizheng.organisations.models import Committee, Unit
from yizheng.organisations.queries import open_units

from ..enums import SuggestionState
from ..flow.due_dates import notice_is_short
from ..parameters import in_force
from .regulated import chosen_code, form_choices

MONTHS = [(n, _("month %(n)s") % {"n": n}) for n in range(1, 13)]


class ActivityNoteForm(StepForm):
    note = ReasonField()


class ActivityShortNoteForm(StepForm):
    note = ReasonField(max_length=200)


# Activities ---------------------------------------------------------------------------------------


class ApproveForm(StepForm):
    approved_by = forms.CharField(
        label=_("Approved by"),
        required=False,
        max_length=100,
        help_text=_(
            "The meeting or person as it is to stand in the record; left empty, your own name."
        ),
    )


class ActivityInviteForm(StepForm):
    """A notice that comes too late goes out all the same, with the reason beside it."""

    note = TextField(
        label=_("Why the notice is short"),
        max_length=500,
        rows=3,
        error_messages={"required": _("The notice is shorter than the regulation wants: say why.")},
    )

    def prepare(self) -> None:
        short = notice_is_short(self.obj)
        self.intro = short or _("Everybody on the invitation list is told now.")
        if not short:
            del self.fields["note"]

    def clean(self) -> dict[str, Any]:
        return {"note": "", **(super().clean() or {})}


class CallForm(StepForm):
    call_until = DayField(label=_("Contributions until"))
    call_words = TextField(
        label=_("What is asked for"),
        max_length=2000,
        help_text=_("Themes, length, oral or written."),
        rows=5,
    )

    def prepare(self) -> None:
        self.fields["call_until"].initial = self.obj.call_until
        self.fields["call_words"].initial = self.obj.call_words

    def clean_call_until(self) -> dt.date:
        day: dt.date = self.cleaned_data["call_until"]
        if day < clock.today() or day > timezone.localdate(self.obj.ends_at):
            raise forms.ValidationError(
                _("Choose a day between today and the end of the activity.")
            )
        return day


class ChangeForm(StepForm):
    intro = _("Everybody who was invited is told at once, and the sittings follow the new times.")
    starts_at = MomentField(label=_("Begins"))
    ends_at = MomentField(label=_("Ends"))
    place = forms.CharField(
        label=pgettext_lazy("activity", "Place"), max_length=100, required=False
    )
    note = TextField(label=_("Why it changes"), max_length=500, rows=3)

    @classmethod
    def spread(cls, data: Mapping[str, Any], obj: Any) -> Mapping[str, Any]:
        """What only names another time leaves the place as it is."""
        return {"place": obj.place, **data}

    def prepare(self) -> None:
        for name in ("starts_at", "ends_at", "place"):
            self.fields[name].initial = getattr(self.obj, name)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        begin, end = cleaned.get("starts_at"), cleaned.get("ends_at")
        if begin and end and end <= begin:
            self.add_error("ends_at", _("It must end after it begins."))
        if begin and begin < clock.now():
            self.add_error("starts_at", _("This moment has passed."))
        return cleaned


class ActivityRecordForm(StepForm):
    minutes = TextField(
        label=_("Minutes"),
        max_length=60000,
        help_text=_("What was said and agreed, point by point."),
        rows=14,
    )
    results = TextField(
        label=_("Results"),
        required=False,
        max_length=10000,
        help_text=_("What came of it, in a few lines; numbers go under measured results."),
        rows=5,
    )

    def prepare(self) -> None:
        self.fields["minutes"].initial = self.obj.minutes
        self.fields["results"].initial = self.obj.results


class AmendForm(ActivityRecordForm):
    note = TextField(label=_("What is corrected"), max_length=500, rows=2)


class NoAttendanceForm(StepForm):
    intro = _(
        "For what is held without a list, for instance an exhibition open to all. Nobody is "
        "counted as having come."
    )
    note = TextField(label=_("Why no attendance is kept"), max_length=200, rows=3)


class CancelForm(StepForm):
    intro = _("Everybody who was invited is told. What was prepared stays to be read.")
    note = TextField(label=_("Reason"), max_length=200, rows=3)


class AnnulForm(CancelForm):
    intro = _(
        "Its records stay to be read, and it counts nowhere: in no figure, no report, "
        "nobody's duties."
    )


# The plan -----------------------------------------------------------------------------------------


class PlanItemFields(forms.Form):
    title = forms.CharField(label=_("Topic"), max_length=100)
    form = forms.ChoiceField(label=_("Form"))
    month = forms.TypedChoiceField(label=_("Month"), coerce=int, choices=MONTHS)
    committee = forms.ModelChoiceField(
        label=_("Responsible committee"), queryset=Committee.everywhere.none(), required=False
    )
    proposed_by = forms.CharField(label=_("Proposed by"), max_length=60, required=False)
    reason = TextField(label=_("Why"), max_length=2000, required=False)

    def _offer_choices(self, form: str = "") -> None:
        """`form`: the one that stands there already."""
        choose_from(self, "form", form_choices(), "—", also=chosen_code("forms", form))
        choose_from(self, "committee", Committee.objects.all())


class PlanItemForm(PlanItemFields):
    """A topic as it is proposed, for a year."""

    year = forms.IntegerField(label=_("Year"), min_value=2000, max_value=2100)
    field_order = ("year", "title", "form", "month", "committee", "proposed_by", "reason")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._offer_choices()


class PlanItemStepForm(PlanItemFields, StepForm):
    def prepare(self) -> None:
        self._offer_choices(self.obj.form)
        for name in self.fields:
            value = getattr(self.obj, name)
            self.fields[name].initial = value.pk if name == "committee" and value else value


class DiscussForm(StepForm):
    meeting = forms.CharField(
        label=_("Discussed by"),
        max_length=100,
        help_text=_("The meeting, for instance 九届第12次主席会议."),
    )


class ApprovePlanForm(StepForm):
    meeting = forms.CharField(
        label=_("Approved by"),
        max_length=100,
        help_text=_("The meeting or body whose decision it is."),
    )
    on = PastDayField(label=_("Approved on"), initial=clock.today)


class PlanMoveForm(ActivityShortNoteForm):
    month = forms.TypedChoiceField(label=_("Month"), coerce=int, choices=MONTHS)
    field_order = ("month", "note")

    def prepare(self) -> None:
        self.fields["month"].initial = self.obj.month


# Contributions ------------------------------------------------------------------------------------


class ReviseForm(StepForm):
    title = forms.CharField(label=_("Title"), max_length=100)
    text = TextField(label=_("Text"), max_length=20000, rows=14)

    def prepare(self) -> None:
        self.intro = self.obj.decision_note
        self.fields["title"].initial, self.fields["text"].initial = self.obj.title, self.obj.text


class PlaceForm(StepForm):
    position = forms.IntegerField(
        label=_("Place in the list"), min_value=1, max_value=200, required=False
    )
    minutes = forms.IntegerField(
        label=_("Minutes to speak"), min_value=1, max_value=180, required=False
    )

    def prepare(self) -> None:
        kind = in_force().contribution(self.obj.kind)
        self.fields["position"].initial = self.obj.position
        self.fields["minutes"].initial = self.obj.minutes or (kind.minutes if kind else 0) or None


# Suggestions --------------------------------------------------------------------------------------


DECISIONS = [(state.value, state.label) for state in SuggestionState.of("decided")]


class DecideForm(StepForm):
    adoption = forms.ChoiceField(label=_("Decision"), widget=forms.RadioSelect, choices=DECISIONS)
    answer = TextField(
        label=_("What is answered"),
        required=False,
        max_length=5000,
        help_text=_("Needed unless it is adopted whole."),
        rows=5,
    )
    planned_for = DayField(
        label=_("Promised for"),
        required=False,
        help_text=_("What is promised for a day becomes a promise that is followed."),
    )

    def prepare(self) -> None:
        self.intro = str(self.obj)
        self.fields["answer"].initial = self.obj.answer
        if self.obj.unit_id is None:
            del self.fields["planned_for"]

    def clean(self) -> dict[str, Any]:
        cleaned = {"planned_for": None, **(super().clean() or {})}
        adoption, planned_for = cleaned.get("adoption"), cleaned["planned_for"]
        if adoption in SuggestionState.of("explained") and not cleaned.get("answer", "").strip():
            self.add_error("answer", _("Say why it is not adopted, or which part is."))
        if self.obj.unit_id is None and self.data.get("planned_for"):
            self.add_error(
                None, _("Only the unit concerned can promise a day, and only for what is adopted.")
            )
        if planned_for and adoption in SuggestionState.of("refused"):
            self.add_error("planned_for", _("What is not adopted is promised for no day."))
        if planned_for and planned_for < clock.today():
            self.add_error("planned_for", _("This day has passed; promise a day to come."))
        return cleaned


class PassOnForm(StepForm):
    unit = forms.ModelChoiceField(label=_("Unit concerned"), queryset=Unit.everywhere.none())

    def prepare(self) -> None:
        self.intro = str(self.obj)
        units = open_units().exclude(pk=self.obj.unit_id or 0)
        choose_from(self, "unit", units)


# Outcomes -----------------------------------------------------------------------------------------


class SignForm(StepForm):
    intro = _("It gets its number with your signature.")
    signed_by = forms.CharField(
        label=_("Signed by"),
        required=False,
        max_length=40,
        help_text=_("Left empty, your own name."),
    )


class OutcomeSendForm(StepForm):
    sent_on = PastDayField(label=_("Sent on"), initial=clock.today)

    def clean_sent_on(self) -> dt.date:
        day: dt.date = self.cleaned_data["sent_on"]
        if self.obj.signed_at and day < timezone.localdate(self.obj.signed_at):
            raise forms.ValidationError(_("It cannot be sent before it was signed."))
        return day


class OutcomeAnswerForm(StepForm):
    adoption = forms.ChoiceField(label=_("Decision"), widget=forms.RadioSelect, choices=DECISIONS)
    answer = TextField(label=_("What is answered"), max_length=10000, rows=8)
    answered_on = PastDayField(label=_("Answered on"), initial=clock.today)
    paper = PaperField(label=_("The answer as it came"))

    def clean_answered_on(self) -> dt.date:
        day: dt.date = self.cleaned_data["answered_on"]
        if self.obj.sent_on and day < self.obj.sent_on:
            raise forms.ValidationError(_("The answer cannot be older than what it answers."))
        return day


class EffectForm(StepForm):
    effect = TextField(
        label=_("What came of the outcome"),
        max_length=5000,
        help_text=_("What was done because of it; or why no answer is waited for."),
        rows=6,
    )
