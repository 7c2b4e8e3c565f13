"""The page of one activity: who holds the pen, what it is, who comes, what was said, what
came of it.
"""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from yizheng.core import panels
from yizheng.core.access import Actor
from yizheng.core.case_display import Action, actions_for, timeline
from yizheng.core.files import attached_to
from yizheng.core.punctuation import clauses, join_cn
from yizheng.core.views import actor_of
from yizheng.core.views import find as find_any

from .. import queries, rules
from ..flow import ACTIVITY, CONTRIBUTION, OUTCOME, PLAN_ITEM, SUGGESTION
from ..flow.due_dates import LABELS, form_of, notice_is_short, terms_of
from ..flow.guards import PAPER, takes_offers
from ..models import Activity, ActivitySuggestion, Contribution, Outcome


def find(request: HttpRequest, pk: int) -> Activity:
    """The activity, if it is open to the reader; else not found, or refused with the reason."""
    found: Activity = find_any(ACTIVITY, pk, actor_of(request))
    return found


def detail(request: HttpRequest, pk: int) -> HttpResponse:
    actor, activity = actor_of(request), find(request, pk)
    concerned = rules.is_concerned(actor, activity)
    context: dict[str, Any] = {
        "activity": activity,
        "state": ACTIVITY.state_of(activity),
        "pen": pen(activity, actor),
        "concerned": concerned,
        "facts": _facts(activity),
        "reads_topic": activity.plan_item_id is not None
        and PLAN_ITEM.visible_to(actor).filter(pk=activity.plan_item_id).exists(),
        "agenda": list(activity.agenda.all()),
        "form": form_of(activity),
        "form_label": queries.label_of("forms", activity.form),
        "panels": panels.on("activity", actor, activity),
        "links": _links(activity, actor),
        "takes_offers": takes_offers(activity),
        "own": _own(activity, actor),
    }
    if concerned:
        context.update(_inside(activity, actor))
    return render(request, "activities/detail.html", context)


def _inside(activity: Activity, actor: Actor) -> dict[str, Any]:
    """What only those who take part and the office read."""
    office = rules.reads(actor, activity)
    contributions = list(queries.contributions_to(actor, activity))
    outcomes = list(queries.outcomes_of(actor, activity))
    return {
        "office": office,
        "papers": list(attached_to(activity, PAPER)),
        "terms": terms_of(activity) if office else [],
        "short_notice": notice_is_short(activity)
        if office and queries.may_be_edited("agenda", activity) and not activity.invited_at
        else "",
        "contributions": [
            (
                c,
                CONTRIBUTION.state_of(c),
                queries.speaker_of(c),
                queries.label_of("contributions", c.kind),
            )
            for c in contributions
        ],
        "suggestions": queries.suggestions_at(actor, activity),
        "outcomes": [
            (o, OUTCOME.state_of(o), queries.label_of("outcomes", o.kind), queries.answering(o))
            for o in outcomes
        ],
        "measured": queries.measured_of(activity),
        "timeline": timeline(queries.history(activity), about=queries.names_in(activity))
        if office
        else [],
        "documents": queries.documents_of(activity),
    }


def _own(activity: Activity, actor: Actor) -> list[Any]:
    """What the reader offered, also when they are not invited."""
    if not actor.membership_ids:
        return []
    found = activity.contributions.filter(membership__in=actor.membership_ids)
    return [(c, CONTRIBUTION.state_of(c)) for c in found]


def _facts(activity: Activity) -> list[tuple[str, str]]:
    return [
        (pgettext("activity", "When"), queries.when(activity)),
        (
            pgettext("activity", "Place"),
            clauses(
                filter(None, [activity.place, _("held remotely") if activity.is_remote else ""])
            ),
        ),
        (_("At the venue"), str(activity.venue or "")),
        (_("Programme of learning"), str(activity.learning or "")),
        (_("Form"), queries.label_of("forms", activity.form)),
        (
            _("Programme"),
            queries.label_of("programmes", activity.programme) if activity.programme else "",
        ),
        (_("Responsible committee"), str(activity.committee or "")),
        (_("Sector"), str(activity.sector or "")),
        (_("Group"), str(activity.group or "")),
        (_("Other committee or host"), activity.counterpart),
        (_("Units taking part"), join_cn(unit.short_name for unit in activity.units.all())),
        (_("Approved by"), activity.approved_by_words),
        (_("No attendance kept because"), activity.no_attendance_because),
        (_("Called off because"), activity.cancelled_because),
    ]


def pen(activity: Activity, actor: Actor) -> dict[str, Any]:
    state = ACTIVITY.state_of(activity)
    steps = actions_for(ACTIVITY.offers(activity, actor))
    return {
        "seals": ACTIVITY.seals_of(activity),
        "holder": queries.holder_of(ACTIVITY, activity) or str(state.label),
        "holder_label": _("How it ended") if state.ends else "",
        "holding": state.holding if state.holder else "",
        "due": queries.due_for(ACTIVITY, activity),
        "due_label": _due_label(activity),
        "actions": [*_writing(activity, actor), *steps],
    }


def _due_label(activity: Activity) -> str:
    return str(LABELS.get(ACTIVITY.state_of(activity).due, _("Due")))


def _writing(activity: Activity, actor: Actor) -> list[Action]:
    """Pages where something is written that moves no state."""
    if queries.may_edit("save", activity, actor):
        return [Action(_("Edit"), reverse("activities:edit", args=[activity.pk]))]
    if queries.may_edit("agenda", activity, actor):
        return [Action(_("Agenda and papers"), reverse("activities:agenda", args=[activity.pk]))]
    return []


def _links(activity: Activity, actor: Actor) -> dict[str, bool]:
    """Which sections the reader may add to."""
    own = Contribution(activity=activity, membership_id=min(actor.membership_ids, default=None))
    return {
        "contribution": queries.may_begin(CONTRIBUTION, "recorded", own, actor),
        "suggestion": queries.may_begin(
            SUGGESTION, "noted", ActivitySuggestion(activity=activity), actor
        ),
        "outcome": queries.may_begin(OUTCOME, "drafted", Outcome(activity=activity), actor),
        "measured": queries.may_edit("measured", activity, actor),
        "offer": queries.may_begin(CONTRIBUTION, "offered", own, actor),
    }
