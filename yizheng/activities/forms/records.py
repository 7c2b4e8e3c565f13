"""Forms of what is recorded about an activity: contributions, suggestions, outcomes, measured
results.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from yizheng.core.fields import PaperField, TextField
from yizheng.core.forms import choose_from
from yizheng.core.punctuation import bracketed
from yizheng.organisations.models import Unit
from yizheng.organisations.queries import open_units
from yizheng.people.fields import MemberField
from yizheng.people.models import Membership

from .. import services
from ..enums import OutcomeRecipient
from ..models import Activity, Outcome
from ..parameters import in_force
from ..queries import members_on
from .regulated import chosen_code


def member_field(label: Any) -> MemberField:
    return MemberField(label=label, queryset=Membership.everywhere.none(), required=False)


class ContributionOfferForm(forms.Form):
    """What a member offers; the office decides how it is used."""

    kind = forms.ChoiceField(label=_("Kind"))
    title = forms.CharField(label=_("Title"), max_length=100)
    collective_name = forms.CharField(
        label=_("On behalf of"),
        max_length=60,
        required=False,
        help_text=_("A party, body or sector; left empty, yourself."),
    )
    text = TextField(label=_("Text"), max_length=20000, rows=14)
    file = PaperField(label=_("As a file too"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = in_force().contributions
        asked = [kind for kind in kinds if kind.is_selected] or list(kinds)
        choose_from(
            self,
            "kind",
            [(k.code, k.label) for k in (*asked, *(k for k in kinds if k not in asked))],
        )


class ContributionRecordForm(ContributionOfferForm):
    """Who spoke or is to speak, entered by the organiser: a member, or somebody by name."""

    membership = member_field(_("Member"))
    speaker_name = forms.CharField(label=_("Speaker, if no member"), max_length=40, required=False)
    speaker_post = forms.CharField(label=_("Speaker's post"), max_length=80, required=False)
    unit = forms.ModelChoiceField(
        label=pgettext_lazy("speaker", "Unit"), queryset=Unit.everywhere.none(), required=False
    )
    minutes = forms.IntegerField(
        label=_("Minutes to speak"), min_value=1, max_value=180, required=False
    )
    position = forms.IntegerField(
        label=_("Place in the list"), min_value=1, max_value=200, required=False
    )
    field_order = (
        "kind",
        "title",
        "membership",
        "speaker_name",
        "speaker_post",
        "unit",
        "collective_name",
        "minutes",
        "position",
        "text",
        "file",
    )

    def __init__(self, *args: Any, activity: Activity, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].required = False
        choose_from(self, "membership", members_on(activity))
        choose_from(self, "unit", open_units())
        self.fields["collective_name"].help_text = ""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not cleaned.get("membership") and not cleaned.get("speaker_name", "").strip():
            self.add_error("membership", _("Say who speaks: a member, or somebody by name."))
        return cleaned


class SuggestionForm(forms.Form):
    text = TextField(
        label=_("Suggestion"), max_length=5000, help_text=_("One concrete thing to be done.")
    )
    membership = member_field(_("Made by"))
    made_by = forms.CharField(
        label=_("Made by, in words"),
        max_length=60,
        required=False,
        help_text=_("Where it was no member, or several of them."),
    )
    unit = forms.ModelChoiceField(
        label=_("Unit concerned"),
        queryset=Unit.everywhere.none(),
        required=False,
        help_text=_("It decides on it; left empty, the office does."),
    )

    def __init__(self, *args: Any, activity: Activity, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_from(self, "membership", members_on(activity))
        choose_from(self, "unit", open_units())

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not cleaned.get("membership") and not cleaned.get("made_by", "").strip():
            self.add_error("membership", _("Say who made it: a member, or somebody in words."))
        return cleaned


class OutcomeForm(forms.Form):
    kind = forms.ChoiceField(label=_("Kind"))
    title = forms.CharField(label=_("Title"), max_length=100)
    recipient = forms.ChoiceField(label=_("Sent to"), choices=OutcomeRecipient.choices)
    unit = forms.ModelChoiceField(
        label=_("Answering unit"),
        queryset=Unit.everywhere.none(),
        required=False,
        help_text=_("Where it is sent to a unit."),
    )
    text = TextField(
        label=_("Text"),
        max_length=60000,
        help_text=_("Paragraph by paragraph; headings 一、（一）1. are set as such in Word."),
        rows=18,
    )

    def __init__(self, *args: Any, outcome: Outcome | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = [(kind.code, kind.label) for kind in in_force().outcomes]
        kind = chosen_code("outcomes", outcome.kind) if outcome else []
        choose_from(self, "kind", kinds, also=kind)
        unit = [outcome.unit_id] if outcome else []
        choose_from(self, "unit", open_units(), also=unit)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("recipient") == OutcomeRecipient.UNIT and not cleaned.get("unit"):
            self.add_error("unit", _("Name the unit it is sent to."))
        if cleaned.get("recipient") != OutcomeRecipient.UNIT:
            cleaned["unit"] = None
        return cleaned


class MeasuredResultForm(forms.Form):
    """A number for each measure of the regulation, and for what was measured under an earlier one;
    what is left empty was not measured.
    """

    def __init__(self, *args: Any, activity: Activity, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        held = {row.measure: row for row in activity.measured.all()}
        now = in_force()
        gone = held.keys() - {measure.code for measure in now.measures}
        self.measures = [*now.measures, *(now.measure(code) for code in held if code in gone)]
        for measure in self.measures:
            row = held.get(measure.code)
            self.fields[f"value_{measure.code}"] = forms.DecimalField(
                label=measure.label + bracketed(measure.unit),
                required=False,
                min_value=0,
                max_digits=14,
                decimal_places=2,
                initial=f"{row.value.normalize():f}" if row else None,
            )
            self.fields[f"least_{measure.code}"] = forms.BooleanField(
                label=_("at least so many"),
                required=False,
                initial=row.is_at_least if row else False,
            )
            self.fields[f"note_{measure.code}"] = forms.CharField(
                label=_("Remark"), required=False, max_length=100, initial=row.note if row else ""
            )

    @property
    def rows(self) -> list[tuple[forms.BoundField, forms.BoundField, forms.BoundField]]:
        return [
            (self[f"value_{m.code}"], self[f"least_{m.code}"], self[f"note_{m.code}"])
            for m in self.measures
        ]

    @property
    def values(self) -> dict[str, services.Value]:
        data = self.cleaned_data
        return {
            m.code: (data[f"value_{m.code}"], data[f"least_{m.code}"], data[f"note_{m.code}"])
            for m in self.measures
            if data[f"value_{m.code}"] is not None
        }
