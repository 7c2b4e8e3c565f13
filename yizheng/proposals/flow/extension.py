"""The life of an extension (延期): a unit asks for more time, the office decides."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop as msgid

from yizheng.core.flow import Act, Birth, Ends, Flow, State, Step, Tell

from .. import rules
from ..enums import ExtensionState as S
from ..models import Extension
from .assignment import ASSIGNMENT
from .due_dates import put_off, reckon, working_days
from .notices import proposal_url, tell_unit, values_of


def _grant(act: Act[Extension]) -> None:
    """The new date counts wherever the reply's own date is the clock; the proposal's
    clock follows.
    """
    assignment = act.obj.assignment
    with ASSIGNMENT.editing("extend", assignment, by=act.by) as edit:
        put_off(edit.row, act.obj.until)
    reckon(assignment.proposal, by=act.by)
    _decide(act)


def _decide(act: Act[Extension]) -> None:
    act.obj.decision_note = act.data["note"]
    act.detail.update(until=act.obj.until, note=act.obj.decision_note)


def _tell(extension: Extension) -> Iterable[int]:
    return tell_unit(extension.assignment)


EXTENSION = Flow(
    "extension",
    _("Extension"),
    Extension,
    states={
        S.ASKED: State(
            S.ASKED.label,
            rules.assign,
            _("decides on the extension"),
            done=2,
            now=2,
            due=working_days("hand_back_decision_days"),
        ),
        S.GRANTED: State(S.GRANTED.label, ends=True),
        S.REFUSED: State(S.REFUSED.label, ends=True),
        S.LAPSED: State(S.LAPSED.label, ends=True),
    },
    births=[Birth[Extension]("asked", _("asked for more time"), S.ASKED)],
    steps=[
        Step[Extension](
            "grant",
            _("Grant the extension"),
            _("extension granted"),
            frozenset({S.ASKED}),
            rules.assign,
            target=S.GRANTED,
            form="yizheng.proposals.forms.steps.ProposalNoteForm",
            effect=_grant,
            primary=True,
            tell=(Tell(_tell, msgid("More time was granted for %(number)s “%(title)s”")),),
        ),
        Step[Extension](
            "refuse",
            _("Refuse the extension"),
            _("extension refused"),
            frozenset({S.ASKED}),
            rules.assign,
            target=S.REFUSED,
            form="yizheng.proposals.forms.steps.ProposalRequiredNoteForm",
            effect=_decide,
            tell=(Tell(_tell, msgid("No more time was granted for %(number)s “%(title)s”")),),
        ),
        Step[Extension](
            "lapse",
            _("Lapse"),
            _("extension no longer needed"),
            frozenset({S.ASKED}),
            rules.assign,
            target=S.LAPSED,
            automatic=True,
        ),
    ],
    ends=[
        Ends(
            "assignment", frozenset(ASSIGNMENT.ended_states), "lapse", lambda a: a.extensions.all()
        )
    ],
    url=lambda e: proposal_url(e.assignment.proposal),
    visible=rules.visible_extensions,
    values=lambda e: values_of(e.assignment.proposal),
    under=lambda e: e.assignment.proposal,
    due_with=("assignment__proposal", "assignment__unit"),
)
