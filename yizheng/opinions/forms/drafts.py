"""Forms on which opinions are written: drafts, for whom they are, the edition."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from yizheng.core.access import Actor
from yizheng.core.fields import OneRow, TextField
from yizheng.core.forms import choose_from
from yizheng.people.fields import MemberField, MembersField
from yizheng.people.models import Collective, Membership
from yizheng.people.queries import serving_visible_to

from .. import rules
from ..enums import OpinionBodyForm, OpinionState, ReporterKind, Secrecy, Urgency
from ..flow.due_dates import rules_of
from ..models import Opinion

CLOSED_TO_YOU = _("chosen before; it is closed to you now")


class EarlierField(OneRow):
    unread: int | None = None
    """Chosen already, and closed to whoever has the form before them since."""

    def label_from_instance(self, obj: Any) -> str:
        return str(CLOSED_TO_YOU) if obj.pk == self.unread else f"{obj.number} {obj.heading}"


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
