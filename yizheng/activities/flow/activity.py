"""The life of an activity: 拟 prepared, 请 invited, 开 held, 果 what came of it."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop as msgid
from django.utils.translation import pgettext_lazy

from yizheng.core.flow import Birth, Edit, Flow, State, Step, Tell
from yizheng.core.flow_table import keep_note, keep_note_in
from yizheng.core.time_left import DayCount

from .. import rules
from ..enums import ActivityState as S
from ..models import Activity
from . import effects, guards
from .due_dates import begins_on, minutes_due, prepared_by
from .notices import (
    activity_url,
    after,
    tell_approvers,
    tell_called,
    tell_invited,
    tell_organiser,
    tell_participants,
    values_of,
)

SEALS = (
    ("拟", pgettext_lazy("seal", "preparation and approval")),
    ("请", _("invitations")),
    ("开", pgettext_lazy("seal", "event")),
    ("果", pgettext_lazy("seal", "minutes and results")),
)
FORMS = "yizheng.activities.forms.steps."

STATES = {
    S.DRAFT: State(S.DRAFT.label, rules.organise, _("prepares it"), now=0, due=prepared_by),
    S.APPROVING: State(S.APPROVING.label, rules.approve, _("approves it"), now=0, due=prepared_by),
    S.APPROVED: State(
        S.APPROVED.label, rules.organise, _("sends the invitations"), done=1, now=1, due=prepared_by
    ),
    S.INVITED: State(
        S.INVITED.label,
        rules.organise,
        _("holds it"),
        done=2,
        now=2,
        due=begins_on,
        counted=DayCount.CALENDAR,
    ),
    S.HELD: State(
        S.HELD.label,
        rules.organise,
        _("records minutes and results"),
        done=3,
        now=3,
        due=minutes_due,
    ),
    S.RECORDED: State(
        S.RECORDED.label, rules.organise, _("follows what came of it"), done=3, now=3
    ),
    S.CLOSED: State(S.CLOSED.label, done=4, ends=True),
    S.CANCELLED: State(S.CANCELLED.label, done=0, ends=True),
}

STRANGER = _(
    "Only whoever organises activities may do this. Who organises those of one committee "
    "names it as the responsible committee."
)

BIRTHS = [
    Birth[Activity](
        "drafted",
        _("draft begun"),
        S.DRAFT,
        rule=rules.organise,
        stranger=STRANGER,
        guards=(guards.topic_stands,),
    ),
    Birth[Activity](
        "imported", _("brought in from a list"), S.CLOSED, rule=rules.import_activities
    ),
]

STEPS = [
    Step[Activity](
        "submit_for_approval",
        _("Hand in for approval"),
        _("handed in for approval"),
        frozenset({S.DRAFT}),
        rules.organise,
        target=S.APPROVING,
        guards=(guards.is_complete,),
        primary=True,
        tell=(Tell(tell_approvers, msgid("“%(title)s” on %(when)s is to be approved")),),
    ),
    Step[Activity](
        "take_back",
        _("Take back"),
        _("taken back for changes"),
        frozenset({S.APPROVING, S.APPROVED}),
        rules.organise,
        target=S.DRAFT,
    ),
    Step[Activity](
        "approve",
        _("Approve"),
        _("approved"),
        frozenset({S.APPROVING}),
        rules.approve,
        target=S.APPROVED,
        form=f"{FORMS}ApproveForm",
        effect=effects.approve,
        primary=True,
        bulk=True,
        tell=(Tell(tell_organiser, msgid("“%(title)s” was approved: the invitations can go out")),),
    ),
    Step[Activity](
        "send_back",
        _("Send back"),
        _("sent back"),
        frozenset({S.APPROVING}),
        rules.approve,
        target=S.DRAFT,
        form=f"{FORMS}ActivityNoteForm",
        effect=keep_note,
        tell=(Tell(tell_organiser, msgid("“%(title)s” was sent back; the reason stands with it")),),
    ),
    Step[Activity](
        "invite",
        _("Send the invitations"),
        _("invitations sent"),
        frozenset({S.APPROVED}),
        rules.organise,
        target=S.INVITED,
        guards=(guards.somebody_is_invited,),
        form=f"{FORMS}ActivityInviteForm",
        effect=effects.invite,
        primary=True,
        tell=(Tell(tell_participants, msgid("You are invited: “%(title)s”, %(when)s, %(place)s")),),
    ),
    Step[Activity](
        "send_papers",
        _("Send the papers"),
        _("papers sent"),
        frozenset({S.APPROVED, S.INVITED}),
        rules.organise,
        guards=(guards.has_papers,),
        applies=lambda a: a.papers_sent_on is None,
        effect=effects.send_papers,
        touches=False,
        confirm=_("Tell everybody invited that the papers are there?"),
        tell=(
            Tell(
                tell_invited, msgid("The papers of “%(title)s” are there to be read"), may_mute=True
            ),
        ),
    ),
    Step[Activity](
        "call",
        _("Ask for contributions"),
        _("contributions asked for"),
        frozenset({S.APPROVED, S.INVITED}),
        rules.organise,
        form=f"{FORMS}CallForm",
        effect=effects.call,
        tell=(Tell(tell_called, msgid("Contributions are asked for: “%(title)s”"), may_mute=True),),
    ),
    Step[Activity](
        "change",
        _("Change time or place"),
        _("time or place changed"),
        frozenset({S.APPROVED, S.INVITED}),
        rules.organise,
        target=effects.as_it_stands,
        guards=(guards.not_begun,),
        form=f"{FORMS}ChangeForm",
        effect=effects.change,
        tell=(Tell(tell_invited, msgid("“%(title)s” has changed: now %(when)s, %(place)s")),),
    ),
    Step[Activity](
        "hold",
        _("Record that it was held"),
        pgettext_lazy("activity", "held"),
        frozenset({S.APPROVED, S.INVITED}),
        rules.organise,
        target=S.HELD,
        guards=(guards.has_begun,),
        effect=effects.hold,
        primary=True,
        confirm=_("Record that it was held? Minutes and results come next."),
    ),
    Step[Activity](
        "record",
        _("Record minutes and results"),
        _("minutes and results recorded"),
        frozenset({S.HELD}),
        rules.organise,
        target=S.RECORDED,
        form=f"{FORMS}ActivityRecordForm",
        effect=effects.record,
        primary=True,
        tell=(
            Tell(
                tell_invited,
                msgid("The minutes of “%(title)s” are there to be read"),
                may_mute=True,
            ),
        ),
    ),
    Step[Activity](
        "amend",
        _("Correct the minutes"),
        _("minutes corrected"),
        frozenset({S.RECORDED}),
        rules.organise,
        form=f"{FORMS}AmendForm",
        effect=effects.record,
    ),
    Step[Activity](
        "keep_no_attendance",
        _("Say that no attendance is kept"),
        _("no attendance is kept"),
        frozenset({S.HELD, S.RECORDED}),
        rules.organise,
        applies=guards.may_keep_none,
        form=f"{FORMS}NoAttendanceForm",
        effect=keep_note_in("no_attendance_because"),
    ),
    Step[Activity](
        "close",
        pgettext_lazy("activity", "Close"),
        pgettext_lazy("activity", "closed"),
        frozenset({S.RECORDED}),
        rules.organise,
        target=S.CLOSED,
        primary=True,
        bulk=True,
        guards=(
            guards.attendance_is_known,
            guards.outcomes_are_followed,
            guards.suggestions_are_decided,
            guards.contributions_are_settled,
        ),
    ),
    Step[Activity](
        "reopen",
        _("Open again"),
        _("opened again"),
        frozenset({S.CLOSED}),
        rules.approve,
        target=S.RECORDED,
        form=f"{FORMS}ActivityNoteForm",
        effect=keep_note,
    ),
    Step[Activity](
        "cancel",
        _("Call off"),
        _("called off"),
        frozenset({S.DRAFT, S.APPROVING, S.APPROVED, S.INVITED}),
        rules.organise | rules.approve,
        target=S.CANCELLED,
        form=f"{FORMS}CancelForm",
        applies=lambda a: a.state != S.DRAFT or bool(guards.never_approved(a)),
        effect=keep_note_in("cancelled_because"),
        tell=(Tell(tell_invited, msgid("“%(title)s” on %(when)s was called off")),),
    ),
    Step[Activity](
        "annul",
        _("Strike from the record"),
        _("struck from the record"),
        frozenset({S.HELD, S.RECORDED, S.CLOSED}),
        rules.approve,
        target=S.CANCELLED,
        form=f"{FORMS}AnnulForm",
        effect=keep_note_in("cancelled_because"),
        tell=(
            Tell(
                tell_organiser,
                msgid("“%(title)s” was struck from the record; it counts nowhere any more"),
            ),
        ),
    ),
]

NOT_OVER = frozenset({S.DRAFT, S.APPROVING, S.APPROVED, S.INVITED, S.HELD})
NOT_CANCELLED = frozenset(S.but("cancelled"))
KEEPERS = _("The lists of participants and attendance are kept by the organising office.")
MERGED = _("went over to the unit it was merged into")
"""The trail is written where units are merged (`organisations.unit_mergers`)."""
NOBODY_MORE = _("The activity was cancelled; nobody can be invited to it any more.")
NOBODY_SIGNS_IN = _("The activity was cancelled; nobody can be signed in to it.")

EDITS = [
    Edit[Activity](
        "save",
        _("draft changed"),
        frozenset({S.DRAFT}),
        rules.organise,
        _("It is handed in; take it back first, or change its time and place."),
        stranger=STRANGER,
        traced=after("submit_for_approval"),
        reckons=True,
    ),
    Edit[Activity](
        "agenda",
        _("agenda put in order"),
        NOT_OVER,
        rules.organise,
        _("Its minutes are recorded; the agenda stays as it was."),
        stranger=STRANGER,
    ),
    Edit[Activity](
        "enclose",
        _("papers put to it"),
        NOT_OVER,
        rules.organise,
        _("Its minutes are recorded; its papers stay as they were."),
        stranger=STRANGER,
        traced=False,
    ),
    Edit[Activity](
        "take_paper_off",
        _("paper taken off"),
        NOT_OVER,
        rules.organise,
        guards.PAPERS_STAY,
        stranger=STRANGER,
        guards=(guards.papers_are_not_sent,),
        traced=False,
    ),
    Edit[Activity](
        "discard",
        _("thrown away"),
        frozenset({S.DRAFT}),
        rules.organise,
        guards.ONLY_DRAFTS,
        stranger=STRANGER,
        guards=(guards.never_approved,),
        deletes=True,
    ),
    Edit[Activity](
        "list",
        _("people put on the list"),
        NOT_CANCELLED,
        rules.organise,
        NOBODY_MORE,
        stranger=KEEPERS,
        touches=False,
    ),
    Edit[Activity](
        "take_off",
        _("people taken off the list"),
        NOT_CANCELLED,
        rules.organise,
        NOBODY_MORE,
        stranger=KEEPERS,
        touches=False,
    ),
    # Who came: each receipt and each change has a trail of its own (`attendance.…`), by the hundred
    # in an hour.
    Edit[Activity](
        "sign_in",
        _("signed in"),
        NOT_CANCELLED,
        rules.takes_part,
        NOBODY_SIGNS_IN,
        traced=False,
        touches=False,
        stranger=_(
            "You are not on the list of this activity. Please tell the desk; it can add you."
        ),
    ),
    Edit[Activity](
        "keep_attendance",
        _("attendance kept"),
        NOT_CANCELLED,
        rules.organise,
        NOBODY_SIGNS_IN,
        stranger=KEEPERS,
        traced=False,
        touches=False,
    ),
    Edit[Activity](
        "confirm_attendance",
        _("attendance confirmed"),
        NOT_CANCELLED,
        rules.organise,
        _("The activity was cancelled; there is no attendance to confirm."),
        stranger=KEEPERS,
        touches=False,
        guards=(guards.last_sitting_has_begun, guards.nothing_is_doubted),
    ),
    Edit[Activity](
        "inherited",
        MERGED,
        frozenset(S.of("coming")),
        rules.organise,
        _("It has been held, or was called off."),
        traced=False,
    ),
    Edit[Activity](
        "measured",
        _("measured results recorded"),
        frozenset(S.of("held")),
        rules.organise,
        _("Results are recorded when it has been held."),
        stranger=STRANGER,
    ),
]

ACTIVITY = Flow(
    "activity",
    _("Activity"),
    Activity,
    states=STATES,
    births=BIRTHS,
    steps=STEPS,
    edits=EDITS,
    seals=SEALS,
    url=activity_url,
    visible=rules.visible_activities,
    values=values_of,
)
