"""The life of an outcome: 拟 written, 签 signed, 送 sent, 复 answered, 效 followed to its
effect.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop as msgid
from django.utils.translation import pgettext_lazy

from yizheng.core import clock, numbering
from yizheng.core.access import Words
from yizheng.core.files import attach
from yizheng.core.flow import Act, Birth, Edit, Ends, Flow, State, Step, Tell
from yizheng.core.flow_table import keep_note, keep_note_in
from yizheng.core.punctuation import shortened
from yizheng.core.refusals import BadInput
from yizheng.core.time_left import DayCount
from yizheng.organisations.services.units import require_open

from .. import rules
from ..enums import ActivityState, OutcomeRecipient
from ..enums import OutcomeState as S
from ..models import Outcome
from . import guards
from .activity import MERGED, STRANGER
from .due_dates import answer_due, rules_for
from .notices import after, tell_organiser, tell_signers, tell_unit


def _is_complete(outcome: Outcome) -> Words | None:
    if not outcome.text.strip():
        return _("The text is still missing.")
    if outcome.recipient == OutcomeRecipient.UNIT and outcome.unit_id is None:
        return _("Name the unit it is sent to.")
    return None


def _stands(outcome: Outcome) -> Words | None:
    if outcome.activity.state in ActivityState.of("cancelled"):
        return _("Its activity was struck from the record; nothing of it is sent.")
    return None


def _sign(act: Act[Outcome]) -> None:
    """The number is drawn with the signature."""
    outcome = act.obj
    outcome.signed_by, outcome.signed_at = act.data["signed_by"] or act.by.name, act.at
    if not outcome.number:
        outcome.number = _next_number(outcome.kind, act.today)
    act.detail["number"] = outcome.number


def _next_number(kind: str, today: dt.date) -> str:
    found = rules_for(today).outcome(kind)
    if found is None:
        raise BadInput(
            _("The regulation in force does not know this kind of outcome."), field="kind"
        )
    return numbering.next_number(
        f"outcome-{kind}-{today.year}",
        found.number,
        lambda number: Outcome.objects.filter(number=number).exists(),
        year=today.year,
    )


def _send(act: Act[Outcome]) -> None:
    if act.obj.unit:
        require_open(act.obj.unit)
    act.obj.sent_on = act.data["sent_on"]
    act.detail["sent_on"] = act.obj.sent_on


def _answer(act: Act[Outcome]) -> None:
    outcome = act.obj
    outcome.answer, outcome.adoption = act.data["answer"], act.data["adoption"]
    outcome.answered_on = act.data["answered_on"]
    if paper := act.data["paper"]:
        act.detail["paper"] = attach(
            paper, paper.name, to=outcome, by=act.by, purpose="answer"
        ).name
    act.detail.update(note=shortened(outcome.answer), adoption=outcome.adoption)


def _close(act: Act[Outcome]) -> None:
    act.obj.effect = act.data["effect"]
    act.detail["note"] = shortened(act.data["effect"])


UNSENT = frozenset({S.DRAFT, S.SIGNING, S.SIGNED})


def _given_up_or_closed(outcome: Outcome, _data: Mapping[str, Any]) -> str:
    """What was not sent yet is given up; what was sent stays with whoever has it, and nothing more
    is waited for.
    """
    return S.DROPPED if outcome.state in UNSENT else S.CLOSED


def _lapse(act: Act[Outcome]) -> None:
    keep_note_in("dropped_because" if act.obj.state in UNSENT else "effect")(act)


def _tell_its_unit(outcome: Outcome) -> list[int]:
    return tell_unit(outcome.unit_id) if outcome.sent_on else []


def _due(outcome: Outcome) -> dt.date | None:
    return answer_due(outcome.activity, outcome.sent_on or clock.today())


def _tell_office(outcome: Outcome) -> list[int]:
    return list(tell_organiser(outcome.activity))


SEALS = (
    ("拟", pgettext_lazy("seal", "draft")),
    ("签", pgettext_lazy("seal", "signature")),
    ("送", pgettext_lazy("seal", "sending")),
    ("复", pgettext_lazy("seal", "answer")),
    ("效", pgettext_lazy("seal", "effect")),
)
FORMS = "yizheng.activities.forms.steps."

STATES = {
    S.DRAFT: State(S.DRAFT.label, rules.organise_around, _("writes it"), now=0),
    S.SIGNING: State(
        S.SIGNING.label, rules.sign, pgettext_lazy("outcome", "signs it"), done=1, now=1
    ),
    S.SIGNED: State(S.SIGNED.label, rules.organise_around, _("sends it"), done=2, now=2),
    S.SENT: State(
        S.SENT.label,
        rules.unit_answers | rules.office_answers,
        _("answers it"),
        done=3,
        now=3,
        due=_due,
        counted=DayCount.CALENDAR,
    ),
    S.ANSWERED: State(
        S.ANSWERED.label, rules.organise_around, _("follows its effect"), done=4, now=4
    ),
    S.CLOSED: State(S.CLOSED.label, done=5, ends=True),
    S.DROPPED: State(S.DROPPED.label, done=0, ends=True),
}

BIRTHS = [
    Birth[Outcome](
        "drafted",
        _("draft begun"),
        S.DRAFT,
        rule=rules.organise_around,
        stranger=STRANGER,
        guards=(guards.has_outcomes,),
    ),
    Birth[Outcome]("imported", _("brought in from a list"), S.CLOSED, rule=rules.import_activities),
]

STEPS = [
    Step[Outcome](
        "request_signature",
        _("Hand in for signature"),
        _("handed in for signature"),
        frozenset({S.DRAFT}),
        rules.organise_around,
        target=S.SIGNING,
        guards=(_stands, _is_complete),
        primary=True,
        tell=(Tell(tell_signers, msgid("“%(title)s” is to be signed")),),
    ),
    Step[Outcome](
        "sign",
        pgettext_lazy("outcome", "Sign"),
        pgettext_lazy("outcome", "signed"),
        frozenset({S.SIGNING}),
        rules.sign,
        target=S.SIGNED,
        form=f"{FORMS}SignForm",
        effect=_sign,
        primary=True,
        tell=(Tell(_tell_office, msgid("%(number)s “%(title)s” was signed: it can be sent")),),
    ),
    Step[Outcome](
        "send_back",
        _("Send back"),
        _("sent back"),
        frozenset({S.SIGNING}),
        rules.sign,
        target=S.DRAFT,
        form=f"{FORMS}ActivityNoteForm",
        effect=keep_note,
        tell=(Tell(_tell_office, msgid("“%(title)s” was sent back; the reason stands with it")),),
    ),
    Step[Outcome](
        "send",
        _("Send it"),
        _("sent"),
        frozenset({S.SIGNED}),
        rules.organise_around,
        target=S.SENT,
        guards=(_stands,),
        form=f"{FORMS}OutcomeSendForm",
        effect=_send,
        primary=True,
        tell=(
            Tell(
                lambda o: tell_unit(o.unit_id),
                msgid("%(number)s “%(title)s” was sent to your unit: please answer it"),
            ),
        ),
    ),
    Step[Outcome](
        "answer",
        _("Record the answer"),
        pgettext_lazy("outcome", "answered"),
        frozenset({S.SENT}),
        rules.unit_answers | rules.organise_around,
        target=S.ANSWERED,
        form=f"{FORMS}OutcomeAnswerForm",
        effect=_answer,
        primary=True,
        tell=(Tell(_tell_office, msgid("%(number)s “%(title)s” was answered")),),
    ),
    Step[Outcome](
        "ask_again",
        _("Ask for another answer"),
        _("another answer asked for"),
        frozenset({S.ANSWERED}),
        rules.organise_around,
        target=S.SENT,
        guards=(_stands,),
        form=f"{FORMS}ActivityNoteForm",
        effect=keep_note,
        tell=(
            Tell(
                lambda o: tell_unit(o.unit_id), msgid("%(number)s “%(title)s” needs another answer")
            ),
        ),
    ),
    Step[Outcome](
        "close",
        _("Record its effect"),
        _("effect followed"),
        frozenset({S.ANSWERED}),
        rules.organise_around,
        target=S.CLOSED,
        form=f"{FORMS}EffectForm",
        effect=_close,
        primary=True,
    ),
    Step[Outcome](
        "close_unanswered",
        _("Close without an answer"),
        _("closed without an answer"),
        frozenset({S.SENT}),
        rules.organise_around,
        target=S.CLOSED,
        form=f"{FORMS}EffectForm",
        effect=_close,
    ),
    Step[Outcome](
        "drop",
        _("Give it up"),
        _("given up"),
        frozenset({S.DRAFT, S.SIGNED}),
        rules.organise_around,
        target=S.DROPPED,
        form=f"{FORMS}ActivityShortNoteForm",
        effect=keep_note_in("dropped_because"),
    ),
    Step[Outcome](
        "lapse",
        _("Lapse"),
        _("lapsed with the activity"),
        UNSENT | {S.SENT, S.ANSWERED},
        rules.organise_around,
        target=_given_up_or_closed,
        effect=_lapse,
        automatic=True,
        tell=(
            Tell(
                _tell_its_unit,
                msgid(
                    "%(number)s “%(title)s” was closed: its activity was cancelled, and "
                    "nothing more is waited for"
                ),
            ),
        ),
    ),
]

EDITS = [
    Edit[Outcome](
        "save",
        _("draft changed"),
        frozenset({S.DRAFT}),
        rules.organise_around,
        stranger=STRANGER,
        traced=after("request_signature"),
        closed=_(
            "It is handed in for signature; its text can be changed only when it is sent back."
        ),
    ),
    Edit[Outcome](
        "inherited",
        MERGED,
        UNSENT | {S.SENT, S.ANSWERED},
        rules.organise_around,
        _("It is closed."),
        traced=False,
    ),
]

OUTCOME = Flow(
    "outcome",
    pgettext_lazy("activity", "Outcome"),
    Outcome,
    states=STATES,
    births=BIRTHS,
    steps=STEPS,
    edits=EDITS,
    ends=[
        Ends(
            "activity",
            frozenset(ActivityState.of("cancelled")),
            "lapse",
            lambda activity: activity.outcomes.all(),
        )
    ],
    under=lambda o: o.activity,
    due_with=("activity",),
    seals=SEALS,
    url=lambda o: reverse("activities:outcome", args=[o.pk]),
    visible=rules.visible_outcomes,
    values=lambda o: {"title": o.title, "number": o.number},
)
