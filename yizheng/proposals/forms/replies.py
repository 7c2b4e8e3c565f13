"""Forms of a reply, and of its answer to each suggestion."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from yizheng.core import clock
from yizheng.core.fields import DayField, PhoneField, TextField
from yizheng.core.forms import choose_from

from ..enums import ProposalOutcome
from ..flow.due_dates import rules_of
from ..models import Assignment, Reply


class ItemForm(forms.Form):
    """The answer to one suggestion; half-written ones are saved too."""

    needed = ("outcome", "text", "planned_for")
    row_name = ""

    outcome = forms.ChoiceField(
        label=_("Outcome"),
        choices=ProposalOutcome.choices,
        widget=forms.RadioSelect,
        required=False,
    )
    text = TextField(label=_("Answer"), required=False, max_length=5000, rows=3)
    planned_for = DayField(
        label=_("By when"),
        required=False,
        help_text=_("A planned matter becomes a promise that is followed."),
    )
    section = forms.CharField(label=_("Responsible section"), required=False, max_length=40)

    def clean_planned_for(self) -> dt.date | None:
        day: dt.date | None = self.cleaned_data["planned_for"]
        if day and day < clock.today():
            raise forms.ValidationError(_("This day has passed; promise a day to come."))
        return day


class ReplyForm(forms.Form):
    needed = ("contacted", "no_publication_reason")

    contacted = forms.CharField(
        label=_("Contact with the proposer"),
        required=False,
        widget=forms.TextInput(attrs={"readonly": True}),
    )
    """Stands empty for as long as no contact is recorded, so that it is missed like a field."""

    opening = TextField(label=_("Opening"), required=False, max_length=4000, rows=3)
    closing = TextField(label=_("Closing"), required=False, max_length=4000, rows=2)
    result_class = forms.ChoiceField(
        label=_("Class of result"),
        required=False,
        help_text=_("It follows from the answers; another one needs its reason."),
    )
    class_argument = TextField(label=_("Why another class"), required=False, max_length=500, rows=2)
    contact_name = forms.CharField(label=_("Contact"), required=False, max_length=40)
    contact_phone = PhoneField(label=_("Contact's phone"))
    may_publish = forms.BooleanField(
        label=_("The reply may be published"), required=False, initial=True
    )
    no_publication_reason = forms.CharField(
        label=_("Reason against publication"), required=False, max_length=100
    )

    def __init__(
        self, *args: Any, reply: Reply | None, assignment: Assignment, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        if assignment.contacts.exists():
            del self.fields["contacted"]
        else:
            self.fields["contacted"].help_text = _way_to_contact(assignment)
        rules = rules_of()
        classes = [(c.code, f"{c.code} {c.label}") for c in rules.result_classes]
        words = _("as it follows from the answers")
        code = reply.result_class if reply else ""
        chosen = [(code, f"{code} {rules.class_label(code)}")] if code else []
        choose_from(self, "result_class", classes, words, also=chosen)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not cleaned.get("may_publish") and not cleaned.get("no_publication_reason", "").strip():
            self.add_error("no_publication_reason", _("Say why the reply should not be published."))
        return cleaned


def _way_to_contact(assignment: Assignment) -> SafeString:
    """Where it is recorded; from there it leads back to the reply."""
    step = reverse("core:step", args=["assignment", assignment.pk, "contact"])
    back = reverse("proposals:reply", args=[assignment.pk])
    return format_html('<a href="{}?next={}">{}</a>', step, back, gettext("Record contact"))
