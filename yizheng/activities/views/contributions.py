"""Pages of contributions: a member offers, the office records; one contribution with its text and
stages.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext, pgettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from yizheng.core import attempts, audit, doors
from yizheng.core.access import Actor
from yizheng.core.case_display import actions_for, timeline
from yizheng.core.fields import PaperField, TextField
from yizheng.core.files import attach, attached_to
from yizheng.core.forms import choose_from, tell
from yizheng.core.refusals import NotAllowed, Refusal
from yizheng.core.views import actor_of
from yizheng.core.views import find as find_any
from yizheng.organisations.models import Unit
from yizheng.organisations.queries import open_units
from yizheng.people.fields import MemberField
from yizheng.people.models import Membership
from yizheng.people.queries import serving_on

from .. import queries, rules, services
from ..flow import CONTRIBUTION
from ..flow.activity import STRANGER
from ..flow.due_dates import begins_on
from ..flow.guards import takes_offers
from ..models import Activity, Contribution
from ..parameters import in_force
from .detail import find


def members_on(activity: Activity) -> QuerySet[Membership]:
    """Whoever can have said something there: the members who served on its day."""
    return (
        serving_on(begins_on(activity)).select_related("person", "sector").order_by("sector", "pk")
    )


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


def _take(
    request: HttpRequest, form: ContributionOfferForm, write: Any, actor: Actor
) -> Contribution | None:
    """Write it with its file, or leave the refusal with the form."""
    values = dict(form.cleaned_data)
    upload = values.pop("file", None)
    try:
        with transaction.atomic():
            made: Contribution = attempts.one(request, lambda: write(values))
            if upload:
                attach(upload, upload.name, to=made, by=actor)
    except Refusal as refused:
        tell(refused, form)
        return None
    return made


def offer(request: HttpRequest, pk: int) -> HttpResponse:
    actor, activity = actor_of(request), find(request, pk)
    if not actor.membership_ids:
        raise NotAllowed(gettext("Only members offer contributions."))
    form = ContributionOfferForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        made = _take(
            request,
            form,
            lambda values: services.offer_contribution(activity, by=actor, **values),
            actor,
        )
        if made:
            messages.success(request, gettext("Offered. You are told what becomes of it."))
            return redirect("activities:contribution", made.pk)
    words = activity.call_words if takes_offers(activity) else ""
    context = {
        "form": form,
        "activity": activity,
        "heading": gettext("Offer a contribution"),
        "intro": words,
        "key": f"offer-{pk}",
    }
    return render(request, "activities/write.html", context, status=422 if form.errors else 200)


def record(request: HttpRequest, pk: int) -> HttpResponse:
    actor, activity = actor_of(request), find(request, pk)
    doors.require(actor, rules.organise, activity, STRANGER)
    form = ContributionRecordForm(request.POST or None, request.FILES or None, activity=activity)
    if request.method == "POST" and form.is_valid():
        made = _take(
            request,
            form,
            lambda values: services.record_contribution(activity, by=actor, **values),
            actor,
        )
        if made:
            messages.success(request, gettext("Saved."))
            return redirect("activities:detail", activity.pk)
    context = {
        "form": form,
        "activity": activity,
        "heading": gettext("Record a contribution"),
        "key": f"contribution-{pk}",
    }
    return render(request, "activities/write.html", context, status=422 if form.errors else 200)


@require_safe
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    actor = actor_of(request)
    found: Contribution = find_any(CONTRIBUTION, pk, actor)
    state = CONTRIBUTION.state_of(found)
    pen = {
        "seals": CONTRIBUTION.seals_of(found),
        "holder": queries.holder_of(CONTRIBUTION, found) or str(state.label),
        "holder_label": gettext("How it ended") if state.ends else "",
        "holding": state.holding if state.holder else "",
        "actions": actions_for(CONTRIBUTION.offers(found, actor)),
    }
    facts = [
        (gettext("Who speaks"), queries.speaker_of(found)),
        (gettext("Post"), found.speaker_post),
        (gettext("Kind"), queries.label_of("contributions", found.kind)),
        (gettext("Place in the list"), str(found.position or "")),
        (gettext("Minutes to speak"), str(found.minutes or "")),
        (gettext("Note of the decision"), found.decision_note),
        (pgettext("contribution", "Given on"), found.given_on),
    ]
    context = {
        "contribution": found,
        "activity": found.activity,
        "state": state,
        "pen": pen,
        "facts": facts,
        "attachments": list(attached_to(found)),
        "timeline": timeline(list(audit.history(found)), "member"),
        "sees_activity": rules.may_read(rules.visible_activities)(actor, found.activity),
    }
    return render(request, "activities/contribution.html", context)
