"""Reads of activities; each starts at what the actor may see."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from yizheng.core import audit, clock, doors
from yizheng.core.access import Actor
from yizheng.core.case_display import CaseRow, bulk_steps_of
from yizheng.core.day_words import day_words, month_words
from yizheng.core.flow import Flow, State
from yizheng.core.punctuation import bracketed, shortened
from yizheng.core.refusals import NotNow
from yizheng.core.time_left import TimeLeft, due_of
from yizheng.organisations.queries import calendar
from yizheng.people.models import Membership
from yizheng.people.queries import serving_on
from yizheng.promises.flow import PROMISE
from yizheng.promises.models import Promise
from yizheng.regulations import NoRegulation

from .. import rules
from ..enums import ActivityState, OutcomeRecipient
from ..flow import ACTIVITY, CONTRIBUTION, OUTCOME, PLAN_ITEM, SUGGESTION
from ..flow.due_dates import begins_on
from ..models import Activity, ActivitySuggestion, Attendance, Contribution, Outcome, PlanItem
from ..parameters import ActivityParameters, in_force


def visible_to(actor: Actor) -> QuerySet[Activity]:
    return ACTIVITY.visible_to(actor).select_related("committee", "entered_by__person")


def counted() -> Q:
    """Filter: activities that took place and count; what was called off or struck from the record
    does not.
    """
    return Q(state__in=ActivityState.of("held"))


def without_attendance(held: QuerySet[Activity]) -> QuerySet[Activity]:
    """Those of which nothing tells who came: none was kept, or a list brought in has none, or it is
    not confirmed yet that nobody came.
    """
    signed = Attendance.objects.filter(sitting__activity=OuterRef("pk"))
    return held.filter(~Exists(signed), attendance_confirmed_at=None)


def words_in_force() -> ActivityParameters | None:
    """None where no regulation is in force yet: a house just founded shows its empty list all the
    same.
    """
    try:
        return in_force()
    except NoRegulation:
        return None


def label_of(items: str, code: str) -> str:
    """The regulation's wording of a code; that of an earlier version where it is gone."""
    known = words_in_force()
    return known.label(items, code) if known else code


STAGES: Mapping[str, tuple[str, ...]] = {
    "coming": ActivityState.of("coming"),
    "held": ActivityState.of("following"),
    "closed": ActivityState.of("closed"),
    "cancelled": ActivityState.of("cancelled"),
}


def filtered(activities: QuerySet[Activity], wanted: Mapping[str, Any]) -> QuerySet[Activity]:
    """`wanted`: year, kind, form, stage, committee, unit, plan (in, out), q; whatever is empty does
    not narrow.
    """
    for name in ("year", "kind", "form", "committee", "programme"):
        if value := wanted.get(name):
            activities = activities.filter(**{name: value})
    if stage := wanted.get("stage"):
        activities = activities.filter(state__in=STAGES[stage])
    if plan := wanted.get("plan"):
        activities = activities.filter(plan_item__isnull=plan == "out")
    if words := (wanted.get("q") or "").strip():
        activities = activities.filter(
            Q(title__icontains=words) | Q(place__icontains=words) | Q(counterpart__icontains=words)
        )
    return activities


def years(actor: Actor) -> list[int]:
    """Years in which anything is held, latest first; this one always."""
    found = set(ACTIVITY.visible_to(actor).order_by().values_list("year", flat=True).distinct())
    return sorted(found | {clock.today().year}, reverse=True)


# Rows of lists ------------------------------------------------------------------------------------


def holder_of(flow: Flow[Any], obj: Any) -> str:
    """Who holds the pen, in one word."""
    holder = flow.state_of(obj).holder
    return "" if holder is None else str(_PENS.get(holder.code, _office)(obj))


def _office(_obj: Any) -> str:
    return _("the organising office")


def _leaders(_obj: Any) -> str:
    return _("who approves")


_PENS: Mapping[str, Any] = {
    rules.approve.code: _leaders,
    rules.sign.code: lambda o: _("who signs"),
    rules.contributor.code: lambda c: str(c.membership) if c.membership_id else _office(c),
    (rules.unit_answers | rules.office_decides).code: lambda s: (
        s.unit.short_name if s.unit_id else _office(s)
    ),
    (rules.unit_answers | rules.office_answers).code: lambda o: answering(o),
}
"""By the rule that says whose pen it is."""


def answering(outcome: Outcome) -> str:
    """Who has to answer it."""
    if outcome.recipient == OutcomeRecipient.UNIT and outcome.unit:
        return outcome.unit.short_name
    return str(OutcomeRecipient(outcome.recipient).label)


def when(activity: Activity) -> str:
    """3 月 18 日 09:00–12:00, or from day to day. A list brought in knows of no hours."""
    begin, end = timezone.localtime(activity.starts_at), timezone.localtime(activity.ends_at)
    if begin.date() == end.date():
        if activity.is_imported:
            return day_words(begin.date())
        return f"{day_words(begin.date())} {begin:%H:%M}–{end:%H:%M}"
    return f"{day_words(begin.date())} – {day_words(end.date())}"


def rows(activities: Sequence[Activity], actor: Actor) -> list[CaseRow]:
    days, today = calendar(), clock.today()
    return [_activity_row(activity, actor, days, today) for activity in activities]


def _activity_row(activity: Activity, actor: Actor, days: Any, today: dt.date) -> CaseRow:
    state = ACTIVITY.state_of(activity)
    form = label_of("forms", activity.form)
    row = _row(ACTIVITY, activity, state, actor, days, today)
    row.line = " · ".join(
        filter(
            None,
            [
                when(activity),
                form,
                activity.place or (_("held remotely") if activity.is_remote else ""),
            ],
        )
    )
    row.badge = _badge(activity)
    row.cells = {
        "when": when(activity),
        "form": form,
        "kind": label_of("kinds", activity.kind),
        "place": activity.place,
        "committee": activity.committee.name if activity.committee else "",
        "state": str(state.label),
    }
    return row


def _badge(activity: Activity) -> Mapping[str, str] | None:
    if activity.state in ActivityState.of("cancelled"):
        words = (
            _("struck from the record") if activity.held_at else ACTIVITY.state_of(activity).label
        )
        return {"text": str(words), "tone": "ochre"}
    return None


def _row(
    flow: Flow[Any], obj: Any, state: State, actor: Actor, days: Any, today: dt.date
) -> CaseRow:
    return CaseRow(
        id=obj.pk,
        title=flow.title(obj),
        url=flow.url(obj),
        seals=flow.seals_of(obj),
        holder=holder_of(flow, obj) or str(state.label),
        holder_note=state.holding if state.holder else "",
        mine=flow.waits_for(obj, actor),
        due=None if state.ends else due_of(obj.due_on, days, today, state.counted),
        bulk=bulk_steps_of(obj),
    )


def may_be_edited(edit: str, obj: Any) -> bool:
    return obj.state in obj.flow.edits[edit].sources


def may_discard(activity: Activity) -> bool:
    """A draft that was approved before, or to which something was offered, is called off."""
    edit = activity.flow.edits["discard"]
    return may_be_edited("discard", activity) and not any(guard(activity) for guard in edit.guards)


def may_edit(edit: str, obj: Any, actor: Actor) -> bool:
    """Whether a page of that edit is open to the actor as the object stands."""
    return bool(obj.flow.may_edit(edit, obj, actor))


def require_edit(edit: str, obj: Any, actor: Actor) -> None:
    """Before a page is shown; the door asks again when it is sent.

    Raises NotAllowed, or NotNow, with the edit's own sentence.
    """
    line = obj.flow.edits[edit]
    doors.require(actor, line.rule, obj, line.stranger)
    if obj.state not in line.sources:
        raise NotNow(line.closed)


def may_begin(flow: Flow[Any], birth: str, obj: Any, actor: Actor) -> bool:
    """Whether the actor may add such a thing just now."""
    line = flow.births[birth]
    return (line.rule is None or line.rule.allows(actor, obj)) and not any(
        guard(obj) for guard in line.guards
    )


def plan_rows(items: Sequence[PlanItem], actor: Actor) -> list[CaseRow]:
    found = []
    for item, row in _rows(PLAN_ITEM, items, actor):
        row.line = " · ".join(
            filter(
                None,
                [
                    month_words(item.year, item.month),
                    label_of("forms", item.form),
                    item.committee.name if item.committee else "",
                ],
            )
        )
        found.append(row)
    return found


def contribution_rows(contributions: Sequence[Contribution], actor: Actor) -> list[CaseRow]:
    found = []
    for contribution, row in _rows(CONTRIBUTION, contributions, actor):
        row.line = " · ".join(
            [
                speaker_of(contribution),
                label_of("contributions", contribution.kind),
                contribution.activity.title,
            ]
        )
        found.append(row)
    return found


def speaker_of(contribution: Contribution) -> str:
    name = str(contribution.membership) if contribution.membership_id else contribution.speaker_name
    if contribution.collective_name:
        return contribution.collective_name + bracketed(name)
    return name


def suggestion_rows(suggestions: Sequence[ActivitySuggestion], actor: Actor) -> list[CaseRow]:
    found = []
    for suggestion, row in _rows(SUGGESTION, suggestions, actor):
        row.title = shortened(suggestion.text, 44)
        row.number, row.line = str(suggestion.number), suggestion.activity.title
        found.append(row)
    return found


def outcome_rows(outcomes: Sequence[Outcome], actor: Actor) -> list[CaseRow]:
    found = []
    for outcome, row in _rows(OUTCOME, outcomes, actor):
        row.number = outcome.number
        row.line = " · ".join(
            [label_of("outcomes", outcome.kind), answering(outcome), outcome.activity.title]
        )
        found.append(row)
    return found


def _rows(flow: Flow[Any], objects: Sequence[Any], actor: Actor) -> list[tuple[Any, CaseRow]]:
    days, today = calendar(), clock.today()
    return [(obj, _row(flow, obj, flow.state_of(obj), actor, days, today)) for obj in objects]


# What hangs on an activity ------------------------------------------------------------------------


def members_on(activity: Activity) -> QuerySet[Membership]:
    """Whoever can have said something there: the members who served on its day."""
    return (
        serving_on(begins_on(activity)).select_related("person", "sector").order_by("sector", "pk")
    )


def contributions_to(actor: Actor, activity: Activity) -> QuerySet[Contribution]:
    found = CONTRIBUTION.visible_to(actor).filter(activity=activity)
    return found.select_related("membership__person", "activity", "unit").order_by("position", "id")


def suggestions_at(
    actor: Actor, activity: Activity
) -> list[tuple[ActivitySuggestion, State, tuple[Promise, State] | None]]:
    """Each with its decision and the promise that came of it."""
    found = list(
        SUGGESTION.visible_to(actor)
        .filter(activity=activity)
        .select_related("membership__person", "unit", "activity")
    )
    kind = ContentType.objects.get_for_model(ActivitySuggestion)
    promises = (
        PROMISE.visible_to(actor)
        .filter(content_type=kind, object_id__in=[s.pk for s in found])
        .order_by("id")
    )
    latest = {c.object_id: (c, PROMISE.state_of(c)) for c in promises} if found else {}
    return [(s, SUGGESTION.state_of(s), latest.get(s.pk)) for s in found]


def outcomes_of(actor: Actor, activity: Activity) -> QuerySet[Outcome]:
    return (
        OUTCOME.visible_to(actor)
        .filter(activity=activity)
        .select_related("unit", "activity")
        .order_by("id")
    )


def measured_of(activity: Activity) -> list[tuple[str, str]]:
    """(what, how much): 服务群众, 至少 320 人次."""
    known = words_in_force()
    found = []
    for row in activity.measured.all():
        measure = known.measure(row.measure) if known else None
        label, unit = (measure.label, measure.unit) if measure else (row.measure, "")
        number = f"{row.value.normalize():,f} {unit}".strip()
        words = _("at least %(number)s") % {"number": number} if row.is_at_least else number
        found.append((label, words + bracketed(row.note)))
    return found


def history(activity: Activity) -> list[audit.AuditEntry]:
    """Everything that happened to the activity and its outcomes."""
    of = Q(object_type="activities.activity", object_id=activity.pk)
    of |= Q(
        object_type="activities.outcome",
        object_id__in=list(activity.outcomes.values_list("pk", flat=True)),
    )
    return list(audit.AuditEntry.objects.filter(of).order_by("id"))


def names_in(activity: Activity) -> Callable[[audit.AuditEntry], str]:
    """Which outcome an entry of `history` tells of; empty where it is the activity itself."""
    titles = {
        pk: number or title
        for pk, number, title in activity.outcomes.values_list("pk", "number", "title")
    }

    def name(entry: audit.AuditEntry) -> str:
        if entry.object_type != "activities.outcome" or entry.object_id is None:
            return ""
        return _("Outcome “%(title)s”") % {"title": titles.get(entry.object_id, "")}

    return name


def promise_of(actor: Actor, suggestion: ActivitySuggestion) -> tuple[Promise, State] | None:
    """The latest promise that came of it, where the actor may read it."""
    kind = ContentType.objects.get_for_model(ActivitySuggestion)
    promises = PROMISE.visible_to(actor).filter(content_type=kind, object_id=suggestion.pk)
    found = promises.order_by("id").last()
    return (found, PROMISE.state_of(found)) if found else None


def due_for(flow: Flow[Any], obj: Any) -> TimeLeft | None:
    """Time left while the object still waits for somebody."""
    state = flow.state_of(obj)
    if state.ends:
        return None
    return due_of(obj.due_on, calendar(), clock.today(), state.counted)


def address(name: str, *args: Any) -> str:
    return reverse(f"activities:{name}", args=args)


def documents_of(activity: Activity) -> list[dict[str, str]]:
    """The papers that can be had of it as it stands."""
    found = []
    if activity.approved_by_words:
        found.append(("notice", _("Notice")))
    if activity.recorded_at:
        found.append(("minutes", _("Minutes")))
    return [
        {"kind": kind, "label": label, "url": address("paper", activity.pk, kind)}
        for kind, label in found
    ]
