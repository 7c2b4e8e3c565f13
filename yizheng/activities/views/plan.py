"""The annual plan: a year on one page, its topics, Excel."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from yizheng.core import attempts, audit, clock
from yizheng.core.access import NOTHING, Actor
from yizheng.core.case_display import actions_for, timeline
from yizheng.core.forms import tell
from yizheng.core.refusals import NotAllowed, Refusal
from yizheng.core.request_values import year_in
from yizheng.core.views import actor_of, bulk_steps, find
from yizheng.documents.downloads import excel

from .. import documents, queries, rules, services
from ..flow import PLAN_ITEM
from ..forms.steps import PlanItemForm
from ..models import PlanItem
from ..queries import plan as plan_queries


def _reader(request: HttpRequest) -> Actor:
    actor = actor_of(request)
    if not rules.reads_plan(actor):
        raise NotAllowed(_("The annual plan is open to members and to the office."))
    return actor


@require_safe
def year(request: HttpRequest) -> HttpResponse:
    actor, wanted = _reader(request), year_in(request, earliest=2000, latest=2100)
    plan = plan_queries.plan_of(actor, wanted)
    known = sorted(
        {
            *PLAN_ITEM.visible_to(actor).order_by().values_list("year", flat=True).distinct(),
            wanted,
            clock.today().year,
        }
    )
    context = {
        "plan": plan,
        "years": known,
        "open_rows": queries.plan_rows(plan.open_items, actor),
        "words": plan_queries.WORDS,
        "bulk": bulk_steps(PLAN_ITEM, actor, request.get_full_path()) if plan.open_items else [],
        "tones": plan_queries.TONES,
        "keeps": rules.plan.scope(actor) != NOTHING,
        "organises": rules.organise.scope(actor) != NOTHING,
        "table": _table(plan),
        "this_month": clock.today().month if wanted == clock.today().year else 0,
    }
    return render(request, "activities/plan.html", context)


def _table(plan: plan_queries.YearPlan) -> list[dict[str, Any]]:
    """The month grid: planned and held, a bar each, outside the plan beside it."""
    most = max([1, *(month.planned + len(month.outside) for month in plan.months)])
    return [
        {
            "number": month.number,
            "planned": month.planned,
            "held": month.count(plan_queries.HELD),
            "outside": len(month.outside),
            "overdue": month.count(plan_queries.OVERDUE),
            "most": most,
        }
        for month in plan.months
    ]


@require_safe
def export(request: HttpRequest) -> HttpResponse:
    actor, wanted = _reader(request), year_in(request, earliest=2000, latest=2100)
    audit.record("plan.exported", by=actor, detail={"year": wanted})
    content = documents.plan_sheets(plan_queries.plan_of(actor, wanted))
    return excel(content, f"plan-{wanted}.xlsx")


def propose(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    if rules.plan.scope(actor) == NOTHING:
        raise NotAllowed(_("Only whoever keeps the annual plan proposes topics."))
    begun = {
        "year": year_in(request, earliest=2000, latest=2100),
        "month": request.GET.get("month") or clock.today().month,
    }
    form = PlanItemForm(request.POST or None, initial=begun)
    if request.method == "POST" and form.is_valid():
        try:
            item = attempts.one(
                request, lambda: services.propose_topic(by=actor, **form.cleaned_data)
            )
        except Refusal as refused:
            tell(refused, form)
        else:
            messages.success(request, _("“%(title)s” was proposed.") % {"title": item.title})
            return (
                redirect(f"{reverse('activities:propose')}?year={item.year}")
                if "another" in request.POST
                else redirect("activities:plan-item", item.pk)
            )
    return render(
        request, "activities/propose.html", {"form": form}, status=422 if form.errors else 200
    )


@require_safe
def item(request: HttpRequest, pk: int) -> HttpResponse:
    actor = actor_of(request)
    found: PlanItem = find(PLAN_ITEM, pk, actor)
    state = PLAN_ITEM.state_of(found)
    activities = queries.visible_to(actor).filter(plan_item=found).order_by("starts_at")
    pen = {
        "seals": PLAN_ITEM.seals_of(found),
        "holder": queries.holder_of(PLAN_ITEM, found) or str(state.label),
        "holder_label": _("How it ended") if state.ends else "",
        "holding": state.holding if state.holder else "",
        "actions": actions_for(PLAN_ITEM.offers(found, actor)),
    }
    facts = [
        (_("Year"), str(found.year)),
        (_("Month"), str(found.month)),
        (_("Form"), queries.label_of("forms", found.form)),
        (_("Responsible committee"), str(found.committee or "")),
        (_("Proposed by"), found.proposed_by),
        (_("Discussed by"), found.discussed_at_meeting),
        (_("Approved by"), found.approved_by_meeting),
        (_("Approved on"), found.approved_on),
        (_("Not taken up because"), found.dropped_because),
    ]
    context = {
        "item": found,
        "state": state,
        "pen": pen,
        "facts": facts,
        "rows": queries.rows(list(activities), actor),
        "timeline": timeline(list(audit.history(found))),
        "organises": rules.organise.scope(actor) != NOTHING and bool(found.approved_on),
    }
    return render(request, "activities/plan_item.html", context)
