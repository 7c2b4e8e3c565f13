"""Reads of who takes part in an activity: three separate facts beside each other, and how the
numbers stand.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet
from django.db.models.functions import Now, TruncDate
from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yizheng.activities.enums import ActivityState, Answer, ParticipantRole
from yizheng.activities.flow.due_dates import begins_on, form_of
from yizheng.activities.models import Activity, Attendance, Participant, Sitting
from yizheng.activities.parameters import SUBJECT
from yizheng.activities.queries import when
from yizheng.activities.rules import is_invited, organise, unit_answers
from yizheng.core import clock
from yizheng.core.access import NOTHING, Actor, Words
from yizheng.core.case_display import CaseRow
from yizheng.core.refusals import NotAllowed
from yizheng.core.time_left import DayCount, due_of
from yizheng.core.views import find
from yizheng.organisations.queries import calendar
from yizheng.people.seats import with_sector
from yizheng.regulations import NoRegulation, wording

from . import leave_limits, quorum, sign_in_codes
from .flow import LEAVE
from .models import Leave
from .services import sign_in


def activity_for(pk: int, actor: Actor) -> Activity:
    found: Activity = find(Activity.flow, pk, actor)
    return found


def organised(pk: int, actor: Actor) -> Activity:
    """The activity, for whoever keeps its lists."""
    activity = activity_for(pk, actor)
    if not organise.allows(actor, activity):
        raise NotAllowed(
            _("The lists of participants and attendance are kept by the organising office.")
        )
    return activity


def sitting_kept(pk: int, actor: Actor) -> Sitting:
    sitting = found_sitting(pk)
    sitting.activity = organised(sitting.activity_id, actor)
    return sitting


def found_sitting(pk: int) -> Sitting:
    sitting = Sitting.objects.select_related("activity").filter(pk=pk).first()
    if sitting is None:
        raise Http404
    return sitting


def participants(activity: Activity) -> QuerySet[Participant]:
    """With the sector its member had when the activity began."""
    people = with_sector(
        activity.participants.all(), TruncDate("activity__starts_at"), "membership"
    )
    return people.select_related("membership__person", "person", "unit", "leave").order_by(
        "role", "membership__sector", "id"
    )


@dataclass
class ParticipantFacts:
    """One line: who, and the three facts that are never mixed up."""

    participant: Participant
    place: str
    leave: Leave | None
    attended: dict[int, Attendance] = field(default_factory=dict)

    @property
    def name(self) -> str:
        return str(self.participant)

    @property
    def leave_words(self) -> Words:
        return LEAVE.state_of(self.leave).label if self.leave else ""

    @property
    def is_on_leave(self) -> bool:
        return self.leave is not None and LEAVE.seals_of(self.leave)[-1].status == "done"


def place_of(participant: Any) -> str:
    """Of one of `participants`."""
    if participant.membership:
        return str(participant.sector_then)
    return str(participant.unit.short_name if participant.unit else participant.post)


def facts(activity: Activity) -> list[ParticipantFacts]:
    """Two queries, however many people."""
    attended: dict[int, dict[int, Attendance]] = defaultdict(dict)
    for row in Attendance.objects.filter(sitting__activity=activity):
        attended[row.participant_id][row.sitting_id] = row
    return [
        ParticipantFacts(p, place_of(p), getattr(p, "leave", None), attended.get(p.pk, {}))
        for p in participants(activity)
    ]


@dataclass(frozen=True)
class AttendanceNumbers:
    invited: int
    come: int
    cannot: int
    silent: int
    leave_asked: int
    leave_granted: int
    attended: int


def numbers(lines: Sequence[ParticipantFacts]) -> AttendanceNumbers:
    answers = Counter(line.participant.answer for line in lines)
    return AttendanceNumbers(
        len(lines),
        answers[Answer.COMES],
        answers[Answer.CANNOT],
        answers[Answer.NONE],
        sum(line.leave is not None and not LEAVE.state_of(line.leave).ends for line in lines),
        sum(line.is_on_leave for line in lines),
        sum(bool(line.attended) for line in lines),
    )


def attendance_is_kept(activity: Activity, lines: Sequence[ParticipantFacts]) -> bool:
    """Whether one may say of anybody that they were absent: somebody was noted as there, or it was
    confirmed that nobody was. While it runs, it is.
    """
    return (
        activity.attendance_confirmed_at is not None
        or activity.ends_at >= clock.now()
        or any(line.attended for line in lines)
    )


def quorums(activity: Activity) -> list[tuple[Sitting, list[quorum.Quorum]]]:
    """Each sitting with its counts, those that were decided as they were."""
    return quorum.of_activity(activity)


def may_confirm(activity: Activity) -> bool:
    """Somebody is on the list, and the last sitting has begun."""
    if (
        activity.attendance_confirmed_at
        or activity.state in ActivityState.of("cancelled")
        or clock.now() < activity.starts_at
    ):
        return False
    last = activity.sittings.last()
    return last is not None and clock.now() >= last.starts_at and activity.participants.exists()


def has_quorum(activity: Activity) -> bool:
    form = form_of(activity)
    return form is not None and form.quorum != "none"


# What the desk takes with it ----------------------------------------------------------------------


def _is_there(row: Attendance | None) -> bool:
    """Whoever left can sign in again."""
    return row is not None and row.left_at is None


def desk_pack(sitting: Sitting) -> dict[str, Any]:
    """Everything a desk needs to go on without network: names, keys for this activity alone, who is
    there already.
    """
    activity = sitting.activity
    stand = quorum.of_sitting(sitting)
    people = [
        {
            "id": line.participant.pk,
            "name": line.name,
            "place": line.place,
            "role": line.participant.get_role_display(),
            "key": sign_in_codes.own_key(activity.sign_in_key, line.participant.pk),
            "leave": line.is_on_leave,
            "counts": line.participant.role == ParticipantRole.MEMBER,
            "signed": timezone.localtime(line.attended[sitting.pk].signed_at).strftime("%H:%M")
            if _is_there(line.attended.get(sitting.pk))
            else "",
        }
        for line in facts(activity)
    ]
    return {
        "now": int(clock.now().timestamp() * 1000),
        "zone": timezone.get_default_timezone_name(),
        "sitting": sitting.pk,
        "title": activity.title,
        "label": str(sitting),
        "seconds": sign_in.times_of(sitting).code_seconds,
        "key": sign_in_codes.screen_key(activity.sign_in_key, sitting.pk),
        "people": people,
        "confirmed": activity.attendance_confirmed_at is not None,
        "quorum": {
            "share": stand.share,
            "due": stand.due,
            "present": stand.present,
            "needed": stand.needed,
        },
    }


# Leave --------------------------------------------------------------------------------------------


def leave_rows(leaves: Sequence[Leave], actor: Actor) -> list[CaseRow]:
    days, today = calendar(), clock.today()
    return [
        _leave_row(leave, actor, due_of(leave.due_on, days, today, LEAVE.state_of(leave).counted))
        for leave in leaves
    ]


def _leave_row(leave: Leave, actor: Actor, due: Any) -> CaseRow:
    activity = leave.participant.activity
    state = LEAVE.state_of(leave)
    return CaseRow(
        id=leave.pk,
        title=LEAVE.title(leave),
        url=LEAVE.url(leave),
        seals=LEAVE.seals_of(leave),
        line=f"{reason_words(leave)} · {leave.words}",
        holder=holder_of(leave),
        holder_note=state.holding,
        mine=LEAVE.waits_for(leave, actor),
        due=due,
        cells={"day": timezone.localdate(activity.starts_at)},
    )


def reason_words(leave: Leave) -> str:
    try:
        reasons = leave_limits.rules_for(leave.participant.activity).reasons
    except NoRegulation:
        reasons = ()
    return _reason_in(reasons, leave.reason) or _earlier_reason(leave.reason)


def _reason_in(reasons: Iterable[Any], code: str) -> str | None:
    return next((reason.label for reason in reasons if reason.code == code), None)


def _earlier_reason(code: str) -> str:
    """As the last version called it that knew it."""
    return wording(SUBJECT, lambda rules: _reason_in(rules.leave.reasons, code)) or code


HELD_BY = {
    "organiser": gettext_lazy("the organising office"),
    "secretary": gettext_lazy("the secretary-general"),
    "chairperson": gettext_lazy("the chairperson"),
}


def holder_of(leave: Leave) -> str:
    """Who decides on it; its state where it is decided."""
    state = LEAVE.state_of(leave)
    return str(state.label if state.ends else HELD_BY[leave.approver])


def for_todo(found: QuerySet[Leave]) -> QuerySet[Leave]:
    return found.select_related(
        "participant__activity",
        "participant__membership__person",
        "participant__membership__sector",
        "participant__person",
        "participant__unit",
    )


# What waits for an answer -------------------------------------------------------------------------


def unanswered(actor: Actor) -> QuerySet[Participant] | None:
    """Invitations to the actor or their unit that nobody answered, until it is over; who asked for
    leave has said enough.

    Made of the actor alone: the database knows what time it is. Every page asks, so it begins at
    the actor's own invitations and not at all of the organisation: the activity, which is the
    organisation's, keeps it within.
    """
    mine = (is_invited | unit_answers).scope(actor)
    if mine == NOTHING:
        return None
    on = (
        Activity.objects.filter(state__in=ActivityState.of("inviting"), ends_at__gt=Now())
        .order_by()
        .values("pk")
    )
    return Participant.everywhere.filter(
        mine, activity__in=on, answer=Answer.NONE, leave=None, invited_at__isnull=False
    )


def with_activity(found: QuerySet[Participant]) -> QuerySet[Participant]:
    return found.select_related("activity", "unit")


def invitation_rows(invited: Sequence[Participant], _actor: Actor) -> list[CaseRow]:
    days, today = calendar(), clock.today()
    return [
        CaseRow(
            id=one.pk,
            title=one.activity.title,
            url=reverse("attending:attend", args=[one.activity_id]),
            mine=True,
            line=" · ".join(
                filter(
                    None,
                    [
                        when(one.activity),
                        one.activity.place,
                        one.unit.short_name if one.unit else "",
                    ],
                )
            ),
            holder_note=_("answers whether they come"),
            due=due_of(begins_on(one.activity), days, today, DayCount.CALENDAR),
            badge={"text": _("invitation"), "tone": "indigo"},
        )
        for one in invited
    ]


# One person's own ---------------------------------------------------------------------------------


def own_participation(activity: Activity, actor: Actor) -> Participant | None:
    mine = (
        activity.participants.filter(is_invited.scope(actor))
        .select_related("membership__person", "person", "leave", "unit")
        .first()
    )
    if mine is None and (at_unit := unit_answers.scope(actor)) != NOTHING:
        mine = activity.participants.filter(at_unit).select_related("unit", "leave").first()
    return mine


def next_sitting(activity: Activity, at: dt.datetime | None = None) -> Sitting | None:
    """The sitting that is on, or the next to come."""
    return activity.sittings.filter(ends_at__gte=at or clock.now()).first()
