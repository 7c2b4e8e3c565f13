"""The life of a leave (请假): asked for, granted, refused or withdrawn.

Who decides says the regulation by the form of the activity.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop as msgid
from django.utils.translation import pgettext_lazy

from yizheng.activities.enums import ActivityState
from yizheng.activities.models import Participant
from yizheng.activities.rules import import_activities
from yizheng.core import clock
from yizheng.core.access import Words
from yizheng.core.flow import Act, Birth, Ends, Flow, State, Step, Tell
from yizheng.core.flow_table import keep_note_in
from yizheng.core.time_left import DayCount
from yizheng.people.queries import accounts_holding, accounts_of

from . import rules
from .enums import LeaveState as S
from .models import Leave


def accounts_of_participant(participant: Participant) -> list[int]:
    if participant.membership_id:
        return accounts_of([participant.membership_id])
    if participant.person is None:
        return []
    return list(participant.person.accounts.filter(is_active=True).values_list("pk", flat=True))


def tell_approver(leave: Leave) -> Iterable[int]:
    return accounts_holding(rules.approver_of(leave).code, leave.participant.activity.committee_id)


def _tell_asker(leave: Leave) -> Iterable[int]:
    return accounts_of_participant(leave.participant)


def values_of(leave: Leave) -> Mapping[str, str]:
    activity = leave.participant.activity
    return {"title": activity.title, "name": str(leave.participant)}


def _decide(act: Act[Leave]) -> None:
    act.obj.decided_at, act.obj.decided_by_id = act.at, act.by.account_id
    keep_note_in("decision_note")(act)


def _withdraw(act: Act[Leave]) -> None:
    act.obj.decision_note = act.data["note"]


def _ask_again(act: Act[Leave]) -> None:
    leave = act.obj
    leave.reason, leave.words = act.data["reason"], act.data["words"]
    leave.decided_at, leave.decided_by_id, leave.decision_note = None, None, ""
    rules.set_asked(leave, act.at)
    act.detail["note"] = leave.words


def _stands(leave: Leave) -> Words | None:
    if leave.participant.activity.state in ActivityState.of("cancelled"):
        return _("The activity was cancelled; no leave is needed.")
    return None


def _has_not_ended(leave: Leave) -> Words | None:
    if clock.now() > leave.participant.activity.ends_at:
        return _("The activity is over; leave can no longer be withdrawn.")
    return None


def _not_confirmed(leave: Leave) -> Words | None:
    if leave.participant.activity.attendance_confirmed_at:
        return _("The attendance is confirmed; leave can no longer be asked for.")
    return None


def _is_invited(leave: Leave) -> Words | None:
    if not leave.participant.activity.invited_at:
        return _("Invitations are not out yet; there is nothing to answer.")
    return None


def _asks_once(leave: Leave) -> Words | None:
    if Leave.objects.filter(participant=leave.participant).exists():
        return _("Leave was asked for already. Look at how it stands.")
    return None


def _due(leave: Leave) -> dt.date | None:
    """To be decided before it begins; what was asked after that, at once."""
    asked_on = timezone.localdate(leave.state_since)
    return max(timezone.localdate(leave.participant.activity.starts_at), asked_on)


ASKED = msgid("%(name)s asks for leave from “%(title)s”")

LEAVE = Flow(
    "leave",
    _("Leave"),
    Leave,
    states={
        S.ASKED: State(
            S.ASKED.label,
            rules.decide_leave,
            _("decides on the leave"),
            done=1,
            now=1,
            due=_due,
            counted=DayCount.CALENDAR,
        ),
        S.GRANTED: State(S.GRANTED.label, done=2, ends=True),
        S.REFUSED: State(S.REFUSED.label, done=1, ends=True),
        S.WITHDRAWN: State(S.WITHDRAWN.label, ends=True),
    },
    births=[
        Birth[Leave](
            "ask",
            _("leave asked for"),
            S.ASKED,
            rule=rules.ask_or_organise,
            stranger=_(
                "Only the person invited asks for leave, or the organising office for them."
            ),
            guards=(_stands, _is_invited, _not_confirmed, _asks_once),
            tell=(Tell(tell_approver, ASKED),),
        ),
        Birth[Leave]("imported", _("brought in from a list"), S.GRANTED, rule=import_activities),
    ],
    steps=[
        Step[Leave](
            "grant",
            _("Grant the leave"),
            _("leave granted"),
            frozenset({S.ASKED}),
            rules.decide_leave,
            target=S.GRANTED,
            guards=(_stands,),
            form="yizheng.attending.forms.GrantForm",
            effect=_decide,
            primary=True,
            tell=(Tell(_tell_asker, msgid("Your leave from “%(title)s” was granted")),),
        ),
        Step[Leave](
            "refuse",
            _("Refuse the leave"),
            _("leave refused"),
            frozenset({S.ASKED}),
            rules.decide_leave,
            target=S.REFUSED,
            form="yizheng.attending.forms.RefuseForm",
            effect=_decide,
            tell=(
                Tell(
                    _tell_asker,
                    msgid("Your leave from “%(title)s” was refused: please look at the reason"),
                ),
            ),
        ),
        Step[Leave](
            "withdraw",
            _("Withdraw the leave"),
            _("leave withdrawn"),
            frozenset({S.ASKED, S.GRANTED}),
            rules.ask_or_organise,
            target=S.WITHDRAWN,
            guards=(_has_not_ended,),
            form="yizheng.attending.forms.LeaveNoteForm",
            effect=_withdraw,
            tell=(
                Tell(
                    tell_approver,
                    msgid("%(name)s withdrew the leave from “%(title)s” and comes"),
                    may_mute=True,
                ),
            ),
        ),
        Step[Leave](
            "lapse",
            _("Lapse"),
            _("lapsed with the activity"),
            frozenset({S.ASKED}),
            rules.ask_or_organise,
            target=S.WITHDRAWN,
            effect=_withdraw,
            automatic=True,
        ),
        Step[Leave](
            "ask_again",
            _("Ask for leave again"),
            _("leave asked for again"),
            frozenset({S.REFUSED, S.WITHDRAWN}),
            rules.ask_or_organise,
            target=S.ASKED,
            guards=(_stands, _not_confirmed),
            form="yizheng.attending.forms.LeaveRequestForm",
            effect=_ask_again,
            tell=(Tell(tell_approver, ASKED),),
        ),
    ],
    seals=(("请", pgettext_lazy("seal", "request")), ("准", pgettext_lazy("seal", "approval"))),
    url=lambda leave: reverse("attending:leave", args=[leave.pk]),
    visible=rules.visible_leaves,
    values=values_of,
    title=lambda leave: str(_("leave of %(name)s from “%(title)s”")) % values_of(leave),
    ends=[
        Ends(
            "activity",
            frozenset(ActivityState.of("cancelled")),
            "lapse",
            lambda activity: Leave.objects.filter(participant__activity=activity),
        )
    ],
    under=lambda leave: leave.participant.activity,
    due_with=(
        "participant__activity",
        "participant__membership__person",
        "participant__person",
        "participant__unit",
    ),
)
