"""Forms of the steps on opinions, of what was sent, of issues."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from yizheng.core import clock
from yizheng.core.fields import PaperField, PastDayField, ReasonField, RemarkField, TextField
from yizheng.core.forms import StepForm, choose_from
from yizheng.organisations.models import Organisation
from yizheng.people.fields import AccountsField
from yizheng.people.models import Account

from .. import rules, upward_dispatch
from ..enums import Adoption, Secrecy
from ..flow.due_dates import rules_of
from ..models import Opinion
from ..opinion_text import ParagraphPair, compare, current_text, length_of


class OpinionNoteForm(StepForm):
    note = RemarkField()


class OpinionRequiredNoteForm(StepForm):
    note = ReasonField()


class NotUseForm(StepForm):
    reason = forms.ChoiceField(label=_("Reason"), widget=forms.RadioSelect)
    note = TextField(
        label=_("Sentence to the writer"),
        required=False,
        max_length=1000,
        help_text=_("Left empty, the regulation's sentence for the reason is used."),
        rows=3,
    )

    def prepare(self) -> None:
        reasons = [
            (r.code, format_html("<b>{}</b><br>{}", r.label, r.sentence))
            for r in rules_of().reasons_not_used
        ]
        choose_from(self, "reason", reasons)


class OpinionMergeForm(StepForm):
    intro = _(
        "They become one combined piece under this one; every writer is kept and told. "
        "Their texts are put after this text, to be edited."
    )
    others = forms.ModelMultipleChoiceField(
        label=_("Information to combine with this"),
        queryset=Opinion.everywhere.none(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one other.")},
    )

    def prepare(self) -> None:
        others = Opinion.objects.filter(
            rules.editor.scope(self.actor), state__in=self.obj.flow.steps["be_merged"].sources
        )
        others = others.filter(merged=None).exclude(pk=self.obj.pk)
        choose_from(self, "others", others.distinct())


def recipient_choices() -> list[tuple[str, str]]:
    return [(r.code, r.label) for r in rules_of().recipients]


class OpinionSendForm(StepForm):
    recipients = forms.MultipleChoiceField(label=_("Sent to"), widget=forms.CheckboxSelectMultiple)
    sent_on = PastDayField(label=_("Sent on"), initial=clock.today)

    def prepare(self) -> None:
        choose_from(self, "recipients", recipient_choices())


class SendUpForm(StepForm):
    intro = _(
        "It becomes a case of its own there. What is decided there comes back by itself; "
        "until it is taken up you can take it back."
    )
    to = forms.ModelChoiceField(
        label=_("Committee above"),
        queryset=Organisation.objects.none(),
        widget=forms.RadioSelect,
        empty_label=None,
    )

    def prepare(self) -> None:
        found = upward_dispatch.above(
            self.obj.organisation, past_the_next=rules_of().direct_reporting
        )
        choose_from(self, "to", Organisation.objects.filter(pk__in=[each.pk for each in found]))
        field = self.fields["to"]
        field.initial = found[0].pk if found else None
        if not found:
            field.help_text = _(
                "No committee above works on this platform. Record under “Send to leaders "
                "and departments” where it was sent."
            )


class CompletionForm(StepForm):
    """What the committee above asked for.

    The piece as it was signed and published here stays as it is.
    """

    page = "opinions/completion.html"
    title = forms.CharField(label=_("Title"), max_length=100)
    text = TextField(label=_("Text as it goes up again"), max_length=20000, rows=16)
    file = PaperField(
        label=_("A further paper"), help_text=_("It is attached to the piece and goes up with it.")
    )
    note = TextField(
        label=_("What was completed"),
        max_length=400,
        help_text=_("The committee above reads this sentence."),
        rows=2,
    )

    def prepare(self) -> None:
        self.fields["title"].initial = self.obj.completed_title or self.obj.opinion.heading
        self.fields["text"].initial = self.obj.completed_text or current_text(self.obj.opinion)

    def clean_text(self) -> str:
        length, most = length_of(self.cleaned_data["text"]), rules_of().longest_text
        if length > most:
            words = _("The text has %(n)s characters; the regulation allows %(most)s. Shorten it.")
            raise forms.ValidationError(words % {"n": length, "most": most})
        return str(self.cleaned_data["text"])


class SendAgainForm(StepForm):
    """Nothing to fill in: whoever signs reads what goes up, and what was changed in it."""

    page = "opinions/send_again.html"

    def pairs(self) -> list[ParagraphPair]:
        return compare(current_text(self.obj.opinion), self.obj.completed_text)


class AdoptionForm(StepForm):
    adoption = forms.ChoiceField(
        label=_("How it was adopted"), choices=Adoption, widget=forms.RadioSelect
    )
    adopted_in = forms.CharField(
        label=pgettext_lazy("opinion", "Adopted in"),
        required=False,
        max_length=100,
        help_text=_("Journal and number, or the paper."),
    )
    adopted_on = PastDayField(label=pgettext_lazy("opinion", "Adopted on"), initial=clock.today)


class OpinionCloseForm(StepForm):
    feedback = TextField(
        label=_("What the writer is told"),
        max_length=1000,
        help_text=_("What came of it, in a sentence or two."),
    )


class SecrecyForm(StepForm):
    secrecy = forms.ChoiceField(
        label=_("Who may read it"), choices=Secrecy, widget=forms.RadioSelect
    )
    accounts = AccountsField(
        label=_("Circulation list"),
        queryset=Account.objects.none(),
        required=False,
        help_text=_(
            "For “circulation list only”: nobody else finds it anywhere, besides its writers."
        ),
    )

    def prepare(self) -> None:
        here = Account.objects.filter(organisation_id=self.actor.organisation_id, is_active=True)
        here = here.select_related("person").order_by("person__name")
        listed = list(self.obj.circulation.values_list("account", flat=True))
        choose_from(self, "accounts", here, also=listed)
        self.fields["secrecy"].initial = self.obj.secrecy
        self.fields["accounts"].initial = listed

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("secrecy") == Secrecy.LISTED and not cleaned.get("accounts"):
            self.add_error("accounts", _("Name at least one reader, or choose another marking."))
        if (
            self.obj.merged.filter(secrecy=Secrecy.LISTED).exists()
            and cleaned.get("secrecy") != Secrecy.LISTED
        ):
            self.add_error(
                "secrecy",
                _(
                    "A part of this combined piece is marked for a circulation list; the "
                    "whole cannot be more open."
                ),
            )
        return cleaned


class IssuePublishForm(StepForm):
    intro = _(
        "The issue gets its number and can no longer be changed. Each of its pieces is "
        "recorded as sent to those chosen."
    )
    recipients = forms.MultipleChoiceField(
        label=_("Sent to"), widget=forms.CheckboxSelectMultiple, required=False
    )

    def prepare(self) -> None:
        choose_from(self, "recipients", recipient_choices())
