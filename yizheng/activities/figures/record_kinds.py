"""Kinds of records behind the figures of activities: how they are listed, who may see which, and
where their history is kept.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import Any

from django.db.models import F, Q, QuerySet
from django.db.models.functions import ExtractYear
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from yizheng.core.access import Actor
from yizheng.core.figures import (
    ALL_LIVE,
    Keeping,
    RecordColumn,
    RecordKind,
    number,
    own_trail,
    state_label,
)
from yizheng.organisations.models import Unit

from .. import rules
from ..enums import ParticipantRole
from ..flow.due_dates import begins_on
from ..models import (
    Activity,
    ActivitySuggestion,
    Attendance,
    Contribution,
    MeasuredResult,
    Outcome,
    Participant,
)
from ..queries import label_of

Trails = Mapping[int, list[tuple[str, int]]]
BY_DAY = _(
    "An activity belongs to the year in which it begins; one that was cancelled does not count."
)
BY_SENDING = _("An outcome belongs to the year in which it was sent.")


# By what one knows that they were kept ------------------------------------------------------------

_OF_LIVE = Q(activity__is_imported=False)


def _with_activity(code: str, model: type[Any]) -> Keeping:
    return Keeping(code, model.objects.all, F("activity__year"), live=_OF_LIVE)


def attendance_kept(code: str, those: Q = ALL_LIVE) -> Keeping:
    """Somebody was noted as having come; who is only on the list of those invited tells nothing."""
    return Keeping(
        code,
        lambda: Attendance.objects.filter(those),
        F("sitting__activity__year"),
        live=Q(sitting__activity__is_imported=False),
    )


def _says_with_whom() -> QuerySet[Activity]:
    """A list brought in has no column for the units consulted with."""
    named = Q(units__isnull=False) | Q(participants__unit__isnull=False)
    return Activity.objects.filter(named | Q(is_imported=False), kind="consultation")


ACTIVITIES = Keeping("activities", Activity.objects.all, F("year"), live=Q(is_imported=False))
ATTENDANCES = attendance_kept("attendance")
STAFF_ATTENDANCES = attendance_kept("staff attendance", Q(participant__role=ParticipantRole.STAFF))
UNITS_CONSULTED = Keeping("consulted", _says_with_whom, F("year"), live=Q(is_imported=False))
CONTRIBUTIONS = Keeping(
    "contributions", Contribution.objects.all, F("activity__year"), live=ALL_LIVE
)
OUTCOMES = Keeping("outcomes", Outcome.objects.all, ExtractYear("sent_on"), live=_OF_LIVE)

# The kinds ----------------------------------------------------------------------------------------


def _of_activity(model: type[Any]) -> Callable[[Collection[int]], Trails]:
    """What hangs on an activity is told in its history."""

    def trail(ids: Collection[int]) -> Trails:
        found = model.objects.filter(pk__in=ids).order_by().values_list("pk", "activity")
        return {
            pk: [(model._meta.label_lower, pk), ("activities.activity", activity)]
            for pk, activity in found
        }

    return trail


def _page(record: Any) -> str:
    return reverse("activities:detail", args=[record.activity_id])


def _speaker(given: Contribution) -> str:
    return given.membership.person.name if given.membership else given.speaker_name


def _units_visible(actor: Actor) -> Q:
    return Q()


OF_ACTIVITY = (
    RecordColumn("activity", _("activity"), lambda r: r.activity.title, width=30),
    RecordColumn("day", _("day"), lambda r: begins_on(r.activity), "date"),
)
ACTIVITY = RecordKind(
    "activity",
    _("Activity"),
    Activity,
    number=lambda a: "",
    name=lambda a: a.title,
    url=lambda a: reverse("activities:detail", args=[a.pk]),
    visible=rules.visible_activities,
    trail=own_trail(Activity),
    keeping=ACTIVITIES,
    related=("committee",),
    dated=BY_DAY,
    columns=(
        RecordColumn("day", _("day"), begins_on, "date"),
        RecordColumn("form", _("form"), lambda a: label_of("forms", a.form), width=16),
        RecordColumn(
            "committee",
            _("responsible committee"),
            lambda a: a.committee.name if a.committee else "",
            width=16,
        ),
        RecordColumn("place", _("place"), lambda a: a.place, width=16),
    ),
)
ATTENDANCE = RecordKind(
    "attendance",
    pgettext_lazy("activity", "Who came"),
    Participant,
    number=lambda p: "",
    name=str,
    url=_page,
    visible=rules.visible_inside,
    trail=_of_activity(Participant),
    keeping=ATTENDANCES,
    related=("activity", "membership__person", "person", "unit"),
    dated=BY_DAY,
    columns=(
        RecordColumn("role", _("capacity"), lambda p: p.get_role_display(), width=8),
        *OF_ACTIVITY,
    ),
)
CONTRIBUTION = RecordKind(
    "contribution",
    _("Contribution"),
    Contribution,
    number=lambda c: "",
    name=lambda c: c.title,
    url=lambda c: reverse("activities:contribution", args=[c.pk]),
    visible=rules.visible_contributions,
    trail=own_trail(Contribution),
    keeping=CONTRIBUTIONS,
    related=("activity", "membership__person"),
    dated=BY_DAY,
    columns=(
        RecordColumn("speaker", _("speaker"), _speaker, width=10),
        RecordColumn(
            "kind", _("kind of contribution"), lambda c: label_of("contributions", c.kind), width=10
        ),
        *OF_ACTIVITY,
    ),
)
SUGGESTION = RecordKind(
    "act_suggestion",
    _("Suggestion"),
    ActivitySuggestion,
    number=lambda s: str(s.number),
    name=lambda s: s.text,
    url=lambda s: reverse("activities:suggestion", args=[s.pk]),
    visible=rules.visible_suggestions,
    trail=own_trail(ActivitySuggestion),
    keeping=_with_activity("suggestions", ActivitySuggestion),
    related=("activity", "unit"),
    dated=BY_DAY,
    columns=(
        RecordColumn(
            "unit", _("unit concerned"), lambda s: s.unit.short_name if s.unit else "", width=10
        ),
        RecordColumn("state", _("adoption"), state_label, width=10),
        *OF_ACTIVITY,
    ),
)
OUTCOME = RecordKind(
    "outcome",
    pgettext_lazy("activity", "Outcome"),
    Outcome,
    number=lambda o: o.number,
    name=lambda o: o.title,
    url=lambda o: reverse("activities:outcome", args=[o.pk]),
    visible=rules.visible_outcomes,
    trail=own_trail(Outcome),
    keeping=OUTCOMES,
    related=("activity",),
    dated=BY_SENDING,
    columns=(
        RecordColumn("recipient", _("sent to"), lambda o: o.get_recipient_display(), width=12),
        RecordColumn("sent_on", _("sent on"), lambda o: o.sent_on, "date"),
        RecordColumn("adoption", _("adoption"), lambda o: o.get_adoption_display(), width=10),
    ),
)
CONSULTED = RecordKind(
    "consulted_unit",
    _("Unit"),
    Unit,
    number=lambda u: "",
    name=lambda u: u.name,
    url=lambda u: f"{reverse('activities:list')}?kind=consultation&unit={u.pk}",
    visible=_units_visible,
    trail=lambda ids: {each: [] for each in ids},
    keeping=UNITS_CONSULTED,
    dated=BY_DAY,
    columns=(RecordColumn("kind", _("kind"), lambda u: u.get_kind_display(), width=10),),
)
MEASURED = RecordKind(
    "measured",
    _("Measured result"),
    MeasuredResult,
    number=lambda m: "",
    name=lambda m: m.activity.title,
    url=_page,
    visible=rules.visible_inside,
    trail=_of_activity(MeasuredResult),
    keeping=_with_activity("measured", MeasuredResult),
    related=("activity",),
    dated=BY_DAY,
    columns=(
        RecordColumn("value", _("value"), lambda m: number(m.value), "number"),
        RecordColumn(
            "at_least", _("exact"), lambda m: _("at least") if m.is_at_least else "", width=6
        ),
        RecordColumn("day", _("day"), lambda m: begins_on(m.activity), "date"),
        RecordColumn("note", _("note"), lambda m: m.note, width=20),
    ),
)
