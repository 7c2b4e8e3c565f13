"""Forms on which proposals are written: drafts, for whom they are, who is invited to co-sign."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from yizheng.core.access import Actor
from yizheng.core.fields import PhoneField, TextField
from yizheng.core.forms import Texts, choose_from
from yizheng.organisations.models import Unit
from yizheng.organisations.queries import open_units
from yizheng.people.fields import MemberField, MembersField
from yizheng.people.models import Membership
from yizheng.people.queries import serving_visible_to

from ..enums import COLLECTIVE_KINDS, ProposalBodyForm, ProposerKind
from ..flow.due_dates import rules_of
from ..models import Proposal


class ProposalDraftForm(forms.Form):
    """A proposal being written.

    Nothing but the subject is needed to save a draft; `submit` wants it whole.
    """

    needed = (
        "collective_name",
        "category",
        "situation",
        "body",
        "suggestions",
        "no_publication_reason",
    )

    title = forms.CharField(
        label=_("Subject"), max_length=100, help_text=_("One matter, at most 100 characters.")
    )
    kind = forms.ChoiceField(label=_("Kind of proposer"), choices=ProposerKind)
    collective_name = forms.CharField(
        label=_("Name of the collective"), required=False, max_length=60
    )
    contact_name = forms.CharField(label=_("Contact"), required=False, max_length=40)
    contact_phone = PhoneField(label=_("Contact's phone"))
    category = forms.ChoiceField(label=_("Category"), required=False)
    body_form = forms.ChoiceField(label=_("How you write"), widget=forms.RadioSelect)
    situation = TextField(
        label=_("Situation and problem"),
        required=False,
        max_length=20000,
        help_text=_("What is the case: where, since when, how many, what you saw yourself."),
        rows=7,
    )
    analysis = TextField(
        label=_("Analysis"), required=False, max_length=20000, help_text=_("Why it is so."), rows=5
    )
    body = TextField(label=_("Text"), required=False, max_length=60000, rows=12)
    suggestions = Texts("suggestion", label=_("Suggestions"))
    suggested_units = forms.ModelMultipleChoiceField(
        label=_("Proposed units"),
        queryset=Unit.everywhere.none(),
        required=False,
        help_text=_("Whom you think it concerns; the office decides."),
    )
    may_publish = forms.BooleanField(label=_("May be published"), required=False, initial=True)
    no_publication_reason = forms.CharField(
        label=_("Reason against publication"), required=False, max_length=60
    )

    def __init__(self, *args: Any, proposal: Proposal | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        category = [(proposal.category, proposal.category)] if proposal else []
        categories = [(each, each) for each in rules_of().categories]
        choose_from(self, "category", categories, "—", also=category)
        choose_from(self, "body_form", ProposalBodyForm.choices)
        named = proposal.suggested_units.values_list("pk", flat=True) if proposal else ()
        choose_from(self, "suggested_units", open_units(), also=named)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("kind") in COLLECTIVE_KINDS and not cleaned.get("collective_name"):
            self.add_error("collective_name", _("Name the collective that proposes."))
        return cleaned


class OnBehalfForm(forms.Form):
    """For whom the office enters a proposal; none for a collective."""

    proposer = MemberField(
        label=_("For which member"), queryset=Membership.everywhere.none(), required=False
    )

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_from(self, "proposer", serving_visible_to(actor))


class CosignerInviteForm(forms.Form):
    members = MembersField(label=_("Members to invite"), queryset=Membership.everywhere.none())

    def __init__(self, *args: Any, actor: Actor, proposal: Proposal, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = proposal.cosignatures.values("membership")
        members = (
            serving_visible_to(actor).exclude(pk=proposal.proposer_id or 0).exclude(pk__in=known)
        )
        choose_from(self, "members", members)
