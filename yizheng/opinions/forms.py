"""Forms of the steps on opinions, of drafts, editions and issues."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from yizheng.core import clock
from yizheng.core.access import Actor
from yizheng.core.fields import (
    OneRow,
    PaperField,
    PastDayField,
    ReasonField,
    RemarkField,
    SeveralRows,
    TextField,
)
from yizheng.core.forms import StepForm, choose_from
from yizheng.core.punctuation import bracketed, join_cn
from yizheng.organisations.models import Organisation
from yizheng.people.fields import AccountsField, MemberField, MembersField
from yizheng.people.models import Account, Collective, Membership
from yizheng.people.queries import serving_visible_to

from . import rules, upward_dispatch
from .enums import Adoption, OpinionBodyForm, OpinionState, ReporterKind, Secrecy, Urgency
from .flow.due_dates import rules_of
from .models import Opinion
from .opinion_text import ParagraphPair, compare, current_text, length_of

CLOSED_TO_YOU = _("chosen before; it is closed to you now")


class OpinionNoteForm(StepForm):
    note = RemarkField()


class EarlierField(OneRow):
    unread: int | None = None
    """Chosen already, and closed to whoever has the form before them since."""

    def label_from_instance(self, obj: Any) -> str:
        return str(CLOSED_TO_YOU) if obj.pk == self.unread else f"{obj.number} {obj.heading}"


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


# Writing ------------------------------------------------------------------------------------------


class OpinionDraftForm(forms.Form):
    """Short enough for a minute on a phone: a title and a text are all that is needed."""

    needed = ("body", "situation")

    title = forms.CharField(
        label=_("Title"), max_length=100, help_text=_("One matter; at most 100 characters.")
    )
    body_form = forms.ChoiceField(
        label=_("How you write"), choices=OpinionBodyForm, widget=forms.RadioSelect
    )
    body = TextField(
        label=_("Text"),
        required=False,
        max_length=20000,
        help_text=_("What is the case, why, and what should be done."),
        rows=9,
    )
    situation = TextField(
        label=_("Situation and problem"), required=False, max_length=20000, rows=6
    )
    analysis = TextField(label=_("Analysis"), required=False, max_length=20000)
    suggestions = TextField(label=_("Suggestions"), required=False, max_length=20000)
    category = forms.ChoiceField(label=_("Category"), required=False)
    urgency = forms.ChoiceField(label=_("Urgency"), choices=Urgency, initial=Urgency.ORDINARY)
    secrecy = forms.ChoiceField(
        label=_("Who may read it"), choices=Secrecy, initial=Secrecy.INTERNAL
    )
    cowriters = MembersField(
        label=_("Written together with"), queryset=Membership.everywhere.none(), required=False
    )
    follow_up_of = EarlierField(
        label=_("Follows up an earlier one"), queryset=Opinion.everywhere.none(), required=False
    )

    def __init__(
        self, *args: Any, actor: Actor, opinion: Opinion | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.opinion = opinion
        categories = [("", _("the editor decides")), *((c, c) for c in rules_of().categories)]
        choose_from(self, "category", categories, also=_chosen_category(opinion))
        self._offer_members(actor)
        self._offer_earlier(actor)

    def _offer_members(self, actor: Actor) -> None:
        there = self.opinion.cowriters.all() if self.opinion else ()
        together = [cowriter.membership_id for cowriter in there]
        members = serving_visible_to(actor)
        others = members.exclude(pk__in=actor.membership_ids)
        choose_from(self, "cowriters", others, also=together)
        if not together and not members.exists():
            del self.fields["cowriters"]

    def _offer_earlier(self, actor: Actor) -> None:
        chosen = self.opinion.follow_up_of_id if self.opinion else None
        earlier = Opinion.objects.filter(rules.concerned(actor)).exclude(
            pk=self.opinion.pk if self.opinion else 0
        )
        earlier = earlier.exclude(state__in=OpinionState.of("uncounted"))
        choose_from(self, "follow_up_of", earlier, also=[chosen])
        field = self.fields["follow_up_of"]
        readable = Opinion.objects.filter(rules.visible_opinions(actor), pk=chosen or 0)
        if isinstance(field, EarlierField) and chosen and not readable.exists():
            field.unread = chosen


def _chosen_category(opinion: Opinion | None) -> list[tuple[str, str]]:
    return [(opinion.category, opinion.category)] if opinion else []


class ReporterForm(forms.Form):
    """For whom it is entered: oneself, somebody who is no member; by the office also members,
    parties and bodies.
    """

    SELF = "self"
    who = forms.ChoiceField(
        label=_("Whose information it is"), widget=forms.RadioSelect, initial=SELF
    )
    member = MemberField(label=_("Member"), queryset=Membership.everywhere.none(), required=False)
    collective = forms.ModelChoiceField(
        label=_("Party or body"), queryset=Collective.everywhere.none(), required=False
    )
    name = forms.CharField(label=_("Name of the reporter"), max_length=40, required=False)
    identity = forms.CharField(
        label=_("Who the reporter is"),
        max_length=80,
        required=False,
        help_text=_("Post, employer, or village and telephone."),
    )

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.actor, office = actor, actor.holds(rules.EDIT)
        choices = [] if office and not actor.membership_ids else [(self.SELF, _("my own"))]
        if office:
            choices += [
                (ReporterKind.MEMBER, _("a member's")),
                (ReporterKind.COLLECTIVE, _("a party's or body's")),
            ]
        choices += [(ReporterKind.NON_MEMBER, _("of somebody who is no member"))]
        choose_from(self, "who", choices)
        self.fields["who"].initial = choices[0][0]
        members = serving_visible_to(actor)
        choose_from(self, "member", members)
        choose_from(self, "collective", Collective.objects.all())
        if not office:
            del self.fields["member"], self.fields["collective"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        who = cleaned.get("who")
        wanted = {"member": "member", "collective": "collective", "non_member": "name"}
        needed = wanted.get(who or "")
        if needed and needed not in self.errors and not cleaned.get(needed):
            self.add_error(needed, _("This is still missing."))
        if who == ReporterKind.NON_MEMBER and not cleaned.get("identity"):
            self.add_error(
                "identity", _("Say who the reporter is: post, employer or where they live.")
            )
        return cleaned


class EditionForm(forms.Form):
    title = forms.CharField(label=_("Title of the edition"), max_length=100)
    category = forms.ChoiceField(label=_("Category"))
    text = TextField(label=_("Text of the edition"), max_length=20000, rows=24)

    def __init__(self, *args: Any, opinion: Opinion, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", "—"), *((c, c) for c in rules_of().categories)]
        choose_from(self, "category", choices, also=_chosen_category(opinion))
        self.fields["category"].required = False


class PiecesField(SeveralRows):
    def label_from_instance(self, obj: Opinion) -> str:
        return f"{obj.number} {obj.heading}{bracketed(obj.reporter_name)}"


class IssueForm(forms.Form):
    journal = forms.ChoiceField(label=_("Journal"))
    addressees = forms.CharField(
        label=_("Reported to"),
        max_length=200,
        required=False,
        help_text=_("As it stands at the foot: 报：县委、县政府"),
    )
    copies = forms.CharField(label=_("Copies to"), max_length=200, required=False)
    remark = TextField(label=_("Editor's remark"), max_length=400, required=False, rows=2)
    opinions = PiecesField(
        label=_("Information in this issue"),
        queryset=Opinion.everywhere.none(),
        widget=forms.CheckboxSelectMultiple,
        help_text=_(
            "In the order in which they are numbered below; signed ones that stand in no "
            "other issue."
        ),
    )
    order = forms.CharField(
        label=_("Order"),
        required=False,
        max_length=200,
        help_text=_("Receipt numbers, the first piece first; left empty, as listed."),
    )

    def __init__(self, *args: Any, actor: Actor, issue: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        labels = [(j.label, j.label) for j in rules_of().journals]
        journal = [(issue.journal, issue.journal)] if issue else []
        choose_from(self, "journal", labels, also=journal)
        free = Opinion.objects.filter(rules.editor.scope(actor), state__in=OpinionState.of("live"))
        free = (
            free.filter(issue_item=None) | free.filter(issue_item__issue=issue)
            if issue
            else free.filter(issue_item=None)
        )
        self.free = free.order_by("signed_at", "id")
        standing = issue.items.values_list("opinion", flat=True) if issue else ()
        choose_from(self, "opinions", self.free, also=standing)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        chosen = {opinion.number for opinion in cleaned.get("opinions", ())}
        if chosen and (unknown := [each for each in self._wanted() if each not in chosen]):
            words = _("No information chosen above has the receipt number %(numbers)s.")
            self.add_error("order", words % {"numbers": join_cn(unknown)})
        return cleaned

    def _wanted(self) -> list[str]:
        """The receipt numbers in the order that was typed."""
        return re.findall(r"[^\s,，、]+", self.cleaned_data.get("order", ""))

    def in_order(self) -> list[Opinion]:
        wanted = self._wanted()
        return sorted(
            self.cleaned_data["opinions"],
            key=lambda o: wanted.index(o.number) if o.number in wanted else len(wanted),
        )
