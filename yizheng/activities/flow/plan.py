"""The life of a topic of the annual plan: proposed, discussed, approved."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from yizheng.core.access import Words
from yizheng.core.flow import Act, Birth, Flow, State, Step
from yizheng.core.flow_table import keep_note_in

from .. import rules
from ..enums import ActivityState
from ..enums import PlanState as S
from ..models import PlanItem

FIELDS = ("title", "form", "month", "committee", "reason", "proposed_by")


def _discuss(act: Act[PlanItem]) -> None:
    act.obj.discussed_at_meeting = act.data["meeting"]
    act.detail["note"] = act.data["meeting"]


def _approve(act: Act[PlanItem]) -> None:
    act.obj.approved_by_meeting, act.obj.approved_on = act.data["meeting"], act.data["on"]
    act.detail.update(note=act.data["meeting"], on=act.data["on"])


def _drop(act: Act[PlanItem]) -> None:
    act.obj.approved_on = None
    keep_note_in("dropped_because")(act)


def _take_up(act: Act[PlanItem]) -> None:
    act.obj.dropped_because = ""


def _amend(act: Act[PlanItem]) -> None:
    act.detail["before"] = {
        name: str(getattr(act.obj, name))
        for name in FIELDS
        if getattr(act.obj, name) != act.data[name]
    }
    for name in FIELDS:
        setattr(act.obj, name, act.data[name])


def _move(act: Act[PlanItem]) -> None:
    act.detail.update(before=act.obj.month, note=act.data["note"])
    act.obj.month = act.data["month"]


def nothing_under_way(item: PlanItem) -> Words | None:
    if item.activities.exclude(state__in=ActivityState.of("cancelled")).exists():
        return _("An activity on it is under way or was held; it stays in the plan.")
    return None


SEALS = (
    ("提", pgettext_lazy("seal", "proposal of the topic")),
    ("议", pgettext_lazy("seal", "discussion")),
    ("定", pgettext_lazy("seal", "entry in the plan")),
)
FORMS = "yizheng.activities.forms.steps."

PLAN_ITEM = Flow(
    "plan_item",
    _("Topic of the plan"),
    PlanItem,
    states={
        S.PROPOSED: State(
            S.PROPOSED.label, rules.plan, _("discusses it"), done=1, now=1, tone="ochre"
        ),
        S.DISCUSSED: State(
            S.DISCUSSED.label, rules.approve, _("approves it"), done=2, now=2, tone="ochre"
        ),
        S.APPROVED: State(S.APPROVED.label, done=3, ends=True),
        S.DROPPED: State(S.DROPPED.label, done=1, ends=True),
    },
    births=[
        Birth[PlanItem](
            "proposed",
            _("topic proposed"),
            S.PROPOSED,
            rule=rules.plan,
            stranger=_(
                "Only whoever keeps the annual plan proposes topics. Who keeps that of one "
                "committee names it as the responsible committee."
            ),
        )
    ],
    steps=[
        Step[PlanItem](
            "discuss",
            _("Record the discussion"),
            _("discussed"),
            frozenset({S.PROPOSED}),
            rules.plan,
            target=S.DISCUSSED,
            form=f"{FORMS}DiscussForm",
            effect=_discuss,
            primary=True,
            bulk=True,
        ),
        Step[PlanItem](
            "approve",
            _("Approve"),
            _("taken into the plan"),
            frozenset({S.DISCUSSED}),
            rules.approve,
            target=S.APPROVED,
            form=f"{FORMS}ApprovePlanForm",
            effect=_approve,
            primary=True,
            bulk=True,
        ),
        Step[PlanItem](
            "amend",
            _("Change the topic"),
            pgettext_lazy("plan", "changed"),
            frozenset({S.PROPOSED, S.DISCUSSED}),
            rules.plan,
            form=f"{FORMS}PlanItemStepForm",
            effect=_amend,
        ),
        Step[PlanItem](
            "move",
            _("Move to another month"),
            _("moved to another month"),
            frozenset({S.APPROVED}),
            rules.plan,
            form=f"{FORMS}PlanMoveForm",
            effect=_move,
        ),
        Step[PlanItem](
            "drop",
            _("Do not take up"),
            _("not taken up"),
            frozenset({S.PROPOSED, S.DISCUSSED, S.APPROVED}),
            rules.approve,
            target=S.DROPPED,
            guards=(nothing_under_way,),
            form=f"{FORMS}ActivityShortNoteForm",
            effect=_drop,
            bulk=True,
        ),
        Step[PlanItem](
            "take_up",
            _("Take up after all"),
            pgettext_lazy("plan", "taken up again"),
            frozenset({S.DROPPED}),
            rules.plan,
            target=S.PROPOSED,
            effect=_take_up,
        ),
    ],
    seals=SEALS,
    url=lambda item: reverse("activities:plan-item", args=[item.pk]),
    visible=rules.visible_plan,
    values=lambda item: {"title": item.title},
)
