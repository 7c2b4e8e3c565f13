"""The life of an assignment (交办 → 答复): what a unit does with a proposal it was given."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop as msgid

from yizheng.core.flow import Birth, Edit, Ends, Flow, State, Step, Tell
from yizheng.core.flow_table import keep_note
from yizheng.core.time_left import DayCount

from .. import rules
from ..enums import AssignmentState as S
from ..enums import Part, ProposalState
from ..models import Assignment
from . import assignment_effects, assignment_guards
from .due_dates import kept_days, working_days
from .notices import (
    proposal_url,
    tell_assigners,
    tell_checkers,
    tell_lead,
    tell_leader,
    tell_unit,
    values_of,
)

OPEN = frozenset({S.SENT, S.HAND_BACK, S.HANDLING, S.SIGNING, S.CHECKING})


def _answers(assignment: Assignment) -> bool:
    return assignment.answers


def _assists(assignment: Assignment) -> bool:
    return assignment.part == Part.ASSISTING


STATES = {
    S.SENT: State(
        S.SENT.label,
        rules.unit_officer,
        _("accepts it"),
        done=2,
        now=2,
        due=working_days("accept_days"),
    ),
    S.HAND_BACK: State(
        S.HAND_BACK.label,
        rules.assign,
        _("decides on the hand-back"),
        done=2,
        now=2,
        due=working_days("hand_back_decision_days"),
    ),
    S.HANDLING: State(
        S.HANDLING.label,
        rules.unit_officer,
        _("writes the reply"),
        done=2,
        now=2,
        due=lambda a: a.reply_due_on,
        counted=DayCount.CALENDAR,
    ),
    S.SIGNING: State(
        S.SIGNING.label,
        rules.unit_leader,
        _("signs off the reply"),
        done=2,
        now=2,
        due=lambda a: a.reply_due_on,
        counted=DayCount.CALENDAR,
    ),
    S.CHECKING: State(
        S.CHECKING.label,
        rules.check,
        _("checks the reply"),
        done=2,
        now=2,
        due=lambda a: a.reply_due_on,
        counted=DayCount.CALENDAR,
    ),
    S.COUNTERSIGNED: State(S.COUNTERSIGNED.label, done=3, ends=True),
    S.REPLIED: State(S.REPLIED.label, done=3, ends=True),
    S.UNTOLD: State(S.UNTOLD.label, done=3, ends=True),
    S.REASSIGNED: State(S.REASSIGNED.label, ends=True),
    S.LAPSED: State(S.LAPSED.label, ends=True),
    S.CANCELLED: State(S.CANCELLED.label, ends=True),
}

BIRTHS = [
    Birth[Assignment](
        "sent",
        _("given to the unit"),
        S.SENT,
        tell=(Tell(tell_unit, msgid("%(number)s “%(title)s” was assigned to your unit")),),
    ),
    Birth[Assignment]("imported", _("imported"), S.REPLIED, rules.import_proposals),
    Birth[Assignment]("imported_assisting", _("imported"), S.UNTOLD, rules.import_proposals),
]

STEPS = [
    Step[Assignment](
        "accept",
        _("Accept"),
        _("accepted"),
        frozenset({S.SENT}),
        rules.unit_officer,
        target=S.HANDLING,
        effect=assignment_effects.accept,
        primary=True,
        bulk=True,
    ),
    Step[Assignment](
        "grant_hand_back",
        _("Give it to another unit"),
        _("given to another unit"),
        frozenset({S.HAND_BACK}),
        rules.assign,
        target=S.REASSIGNED,
        form="yizheng.proposals.forms.steps.ReassignForm",
        effect=assignment_effects.grant_hand_back,
        then=assignment_effects.give_to_new_unit,
        primary=True,
        tell=(Tell(tell_unit, msgid("The hand-back of %(number)s “%(title)s” was granted")),),
    ),
    Step[Assignment](
        "refuse_hand_back",
        _("Refuse the hand-back"),
        _("hand-back refused"),
        frozenset({S.HAND_BACK}),
        rules.assign,
        target=assignment_effects.state_before_hand_back,
        form="yizheng.proposals.forms.steps.ProposalRequiredNoteForm",
        effect=keep_note,
        tell=(Tell(tell_unit, msgid("%(number)s “%(title)s” stays with your unit")),),
    ),
    Step[Assignment](
        "contact",
        _("Record contact"),
        _("spoke with the proposer"),
        frozenset({S.HANDLING, S.SIGNING, S.CHECKING}),
        rules.unit_officer,
        form="yizheng.proposals.forms.steps.ProposerContactForm",
        effect=assignment_effects.contact,
        touches=False,
        records=True,
    ),
    Step[Assignment](
        "progress",
        _("Note progress"),
        _("noted progress"),
        frozenset({S.HANDLING, S.SIGNING, S.CHECKING}),
        rules.unit_officer,
        form="yizheng.proposals.forms.steps.ProgressForm",
        effect=assignment_effects.progress,
        touches=False,
        records=True,
    ),
    Step[Assignment](
        "ask_extension",
        _("Ask for more time"),
        _("asked for more time"),
        frozenset({S.HANDLING}),
        rules.unit_officer,
        applies=_answers,
        guards=(assignment_guards.none_asked, assignment_guards.below_ceiling),
        form="yizheng.proposals.forms.steps.ExtensionForm",
        effect=assignment_effects.ask_extension,
        touches=False,
        tell=(Tell(tell_assigners, msgid("A unit asks for more time for %(number)s “%(title)s”")),),
    ),
    Step[Assignment](
        "hand_back",
        _("Hand back"),
        _("asked to hand it back"),
        frozenset({S.SENT, S.HANDLING}),
        rules.unit_officer,
        target=S.HAND_BACK,
        guards=(assignment_guards.hand_back_in_time, assignment_guards.hand_back_once),
        form="yizheng.proposals.forms.steps.HandBackForm",
        effect=assignment_effects.hand_back,
        tell=(Tell(tell_assigners, msgid("A unit asks to hand back %(number)s “%(title)s”")),),
    ),
    Step[Assignment](
        "urge",
        _("Urge"),
        _("urged"),
        frozenset({S.SENT, S.HANDLING, S.SIGNING}),
        rules.urge,
        form="yizheng.proposals.forms.steps.UrgeForm",
        effect=assignment_effects.urge,
        touches=False,
        records=True,
        bulk=True,
        tell=(Tell(tell_unit, msgid("You are urged to answer %(number)s “%(title)s”")),),
    ),
    Step[Assignment](
        "countersign",
        _("Countersign with opinion"),
        _("countersigned"),
        frozenset({S.SENT, S.HANDLING}),
        rules.unit_officer,
        target=S.COUNTERSIGNED,
        applies=_assists,
        form="yizheng.proposals.forms.steps.OpinionForm",
        effect=assignment_effects.countersign,
        primary=True,
        tell=(
            Tell(
                tell_lead,
                msgid("An assisting unit countersigned %(number)s “%(title)s”"),
                may_mute=True,
            ),
        ),
    ),
    Step[Assignment](
        "request_sign_off",
        _("Send for sign-off"),
        _("sent for sign-off"),
        frozenset({S.HANDLING}),
        rules.unit_officer,
        target=S.SIGNING,
        applies=_answers,
        guards=(
            assignment_guards.reply_is_complete,
            assignment_guards.proposer_was_contacted,
            assignment_guards.countersigned_or_late,
        ),
        effect=assignment_effects.request_sign_off,
        primary=True,
        tell=(
            Tell(tell_leader, msgid("The reply to %(number)s “%(title)s” awaits your sign-off")),
        ),
    ),
    Step[Assignment](
        "return_draft",
        _("Return to the officer"),
        _("draft returned"),
        frozenset({S.SIGNING}),
        rules.unit_leader,
        target=S.HANDLING,
        form="yizheng.proposals.forms.steps.ProposalRequiredNoteForm",
        effect=assignment_effects.send_back,
        tell=(Tell(tell_unit, msgid("The draft reply to %(number)s “%(title)s” came back")),),
    ),
    Step[Assignment](
        "sign_off",
        _("Sign off"),
        _("signed off"),
        frozenset({S.SIGNING}),
        rules.unit_leader,
        target=S.CHECKING,
        guards=(assignment_guards.reply_is_complete,),
        effect=assignment_effects.sign_off,
        primary=True,
        bulk=True,
        confirm=_("Sign off this reply in your unit's name?"),
        confirm_many=_("Sign off these %(n)s replies in your unit's name?"),
        tell=(Tell(tell_checkers, msgid("The reply to %(number)s “%(title)s” is to be checked")),),
    ),
    Step[Assignment](
        "send_back",
        _("Send the reply back"),
        _("reply sent back"),
        frozenset({S.CHECKING}),
        rules.check,
        target=S.HANDLING,
        form="yizheng.proposals.forms.steps.ProposalRequiredNoteForm",
        effect=assignment_effects.send_back,
        tell=(Tell(tell_unit, msgid("The reply to %(number)s “%(title)s” was sent back")),),
    ),
    Step[Assignment](
        "release",
        _("Release the reply"),
        _("replied"),
        frozenset({S.CHECKING}),
        rules.check,
        target=S.REPLIED,
        guards=(assignment_guards.reply_is_complete,),
        effect=assignment_effects.release,
        then=assignment_effects.answer_if_last,
        primary=True,
        bulk=True,
        confirm=_("Release this reply to its proposers?"),
        confirm_many=_("Release these %(n)s replies to their proposers?"),
    ),
    Step[Assignment](
        "handle_again",
        _("Handle again"),
        _("to be handled again"),
        frozenset({S.REPLIED}),
        rules.assign,
        target=S.HANDLING,
        effect=assignment_effects.handle_again,
        automatic=True,
        tell=(Tell(tell_unit, msgid("%(number)s “%(title)s” is to be handled again")),),
    ),
    Step[Assignment](
        "lapse",
        _("Lapse"),
        _("gave no opinion in time"),
        frozenset({S.SENT, S.HAND_BACK, S.HANDLING}),
        rules.assign,
        target=S.LAPSED,
        applies=_assists,
        automatic=True,
    ),
    Step[Assignment](
        "cancel",
        _("Cancel"),
        _("cancelled"),
        frozenset(OPEN),
        rules.assign,
        target=S.CANCELLED,
        automatic=True,
        tell=(Tell(tell_unit, msgid("%(number)s “%(title)s” was withdrawn by its proposer")),),
    ),
]

EDITS = [
    Edit[Assignment](
        "write_reply",
        _("wrote on the reply"),
        frozenset({S.HANDLING}),
        rules.unit_officer,
        _("The reply can be changed only while it is with the unit's officer."),
        _("Only the unit it is assigned to writes this reply."),
        guards=(assignment_guards.writes_a_reply,),
        traced=assignment_guards.came_back,
    ),
    Edit[Assignment](
        "extend",
        _("got more time"),
        OPEN,
        rules.assign,
        _("The unit has no reply to write any more; its date stands."),
        touches=False,
        reckons=True,
    ),
]

ENDS = [
    Ends(
        "proposal",
        frozenset(ProposalState.of("retracted")),
        "cancel",
        lambda p: p.assignments.all(),
    ),
    Ends(
        "proposal", frozenset(ProposalState.of("responded")), "lapse", lambda p: p.assignments.all()
    ),
]

ASSIGNMENT = Flow(
    "assignment",
    _("Assignment"),
    Assignment,
    states=STATES,
    births=BIRTHS,
    steps=STEPS,
    edits=EDITS,
    ends=ENDS,
    url=lambda a: proposal_url(a.proposal),
    visible=rules.visible_assignments,
    values=lambda a: values_of(a.proposal),
    under=lambda a: a.proposal,
    days=kept_days,
    due_with=("proposal", "unit"),
)
