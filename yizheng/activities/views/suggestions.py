"""Pages of suggestions made at an activity, and of its measured results."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from yizheng.core import attempts, audit, concurrent_changes, doors
from yizheng.core.access import Actor
from yizheng.core.case_display import actions_for, timeline
from yizheng.core.fields import TextField
from yizheng.core.forms import choose_from, tell
from yizheng.core.punctuation import bracketed
from yizheng.core.refusals import Refusal
from yizheng.core.views import actor_of, seen_of
from yizheng.core.views import find as find_any
from yizheng.organisations.models import Unit
from yizheng.organisations.queries import open_units

from .. import queries, rules, services
from ..flow import SUGGESTION
from ..flow.activity import STRANGER
from ..models import Activity, ActivitySuggestion
from ..parameters import in_force
from .contributions import member_field, members_on
from .detail import find


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


def organised(request: HttpRequest, pk: int) -> tuple[Actor, Activity]:
    actor, activity = actor_of(request), find(request, pk)
    doors.require(actor, rules.organise, activity, STRANGER)
    return actor, activity


def note(request: HttpRequest, pk: int) -> HttpResponse:
    actor, activity = organised(request, pk)
    form = SuggestionForm(request.POST or None, activity=activity)
    if request.method == "POST" and form.is_valid():
        try:
            made = attempts.one(
                request, lambda: services.add_suggestion(activity, by=actor, **form.cleaned_data)
            )
        except Refusal as refused:
            tell(refused, form)
        else:
            messages.success(request, gettext("Noted as suggestion %(n)s.") % {"n": made.number})
            return redirect(
                "activities:note-suggestion" if "another" in request.POST else "activities:detail",
                activity.pk,
            )
    context = {
        "form": form,
        "activity": activity,
        "heading": gettext("Note a suggestion"),
        "another": True,
        "key": f"suggestion-{pk}",
    }
    return render(request, "activities/write.html", context, status=422 if form.errors else 200)


@require_safe
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    actor = actor_of(request)
    found: ActivitySuggestion = find_any(SUGGESTION, pk, actor)
    state = SUGGESTION.state_of(found)
    pen = {
        "seals": SUGGESTION.seals_of(found),
        "holder": queries.holder_of(SUGGESTION, found) or str(state.label),
        "holder_label": gettext("How it ended") if state.ends else "",
        "holding": state.holding if state.holder else "",
        "due": queries.due_for(SUGGESTION, found),
        "actions": actions_for(SUGGESTION.offers(found, actor)),
    }
    facts = [
        (gettext("Made by"), str(found.membership or found.made_by)),
        (gettext("Unit concerned"), str(found.unit or "")),
        (gettext("What is answered"), found.answer),
        (gettext("Decided on"), found.decided_on),
    ]
    context = {
        "suggestion": found,
        "activity": found.activity,
        "state": state,
        "pen": pen,
        "facts": facts,
        "promise": queries.promise_of(actor, found),
        "timeline": timeline(list(audit.history(found))),
    }
    return render(request, "activities/suggestion.html", context)


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


def measured(request: HttpRequest, pk: int) -> HttpResponse:
    actor, activity = actor_of(request), find(request, pk)
    queries.require_edit("measured", activity, actor)
    form = MeasuredResultForm(request.POST or None, activity=activity)
    if request.method == "POST" and form.is_valid():
        try:
            services.set_measured(activity, form.values, by=actor, seen=seen_of(request))
        except Refusal as refused:
            concurrent_changes.explain(form, refused, request.get_full_path())
        else:
            messages.success(request, gettext("Saved."))
            return redirect("activities:detail", activity.pk)
    version = concurrent_changes.onward(form, activity, seen_of(request))
    return render(
        request,
        "activities/measured.html",
        {"form": form, "activity": activity, "version": version},
        status=422 if form.errors else 200,
    )
