"""延期: a unit asks for more time, the office decides."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop as msgid

from yizheng.core.flow import FLOWS, Act, Flow, State, Step, Tell

from .. import rules
from ..enums import ExtensionState as S
from ..models import Extension
from .common import proposal_url, tell_unit, values_of, working_days


def _grant(act: Act[Extension]) -> None:
    FLOWS["assignment"].perform("extend", act.obj.assignment, by=act.by, data={"until": act.obj.until})
    _decide(act)


def _decide(act: Act[Extension]) -> None:
    act.obj.decision_note = act.data.get("note", "")
    act.detail.update(until=act.obj.until, note=act.obj.decision_note)


def _tell(extension: Extension) -> Iterable[int]:
    return tell_unit(extension.assignment)


EXTENSION = Flow(
    "extension", _("Extension"), Extension,
    states={
        S.ASKED: State(
            S.ASKED.label, rules.assign, _("decides on the extension"), done=2, now=2,
            due=lambda e: working_days("hand_back_decision_days"),
        ),
        S.GRANTED: State(S.GRANTED.label, ends=True),
        S.REFUSED: State(S.REFUSED.label, ends=True),
        S.LAPSED: State(S.LAPSED.label, ends=True),
    },
    steps=[
        Step[Extension](
            "grant", _("Grant the extension"), _("extension granted"), frozenset({S.ASKED}), rules.assign,
            target=S.GRANTED, form="yizheng.proposals.forms.NoteForm", effect=_grant, primary=True, bulk=True,
            tell=(Tell(_tell, msgid("More time was granted for %(number)s “%(title)s”")),),
        ),
        Step[Extension](
            "refuse", _("Refuse the extension"), _("extension refused"), frozenset({S.ASKED}), rules.assign,
            target=S.REFUSED, form="yizheng.proposals.forms.RequiredNoteForm", effect=_decide,
            tell=(Tell(_tell, msgid("No more time was granted for %(number)s “%(title)s”")),),
        ),
        Step[Extension](
            "lapse", _("Lapse"), _("extension no longer needed"), frozenset({S.ASKED}), rules.assign, target=S.LAPSED,
            automatic=True,
        ),
    ],
    url=lambda e: proposal_url(e.assignment.proposal), visible=rules.visible_extensions, values=lambda e: values_of(e.assignment.proposal),
    under=lambda e: e.assignment.proposal,
)  # fmt: skip
