"""转办: what a unit was given to handle is accepted, answered within its days, and the answer taken or sent back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop as msgid
from django.utils.translation import pgettext_lazy

from yizheng.core.files import attach
from yizheng.core.flow import Act, Flow, State, Step, Tell
from yizheng.people.queries import accounts_at_unit

from . import rules, sources
from .enums import TransferState as S
from .models import Transfer


def tell_unit(transfer: Transfer) -> Iterable[int]:
    return accounts_at_unit(transfer.unit_id, sources.of(transfer).handle)


def tell_office(transfer: Transfer) -> Iterable[int]:
    return sources.of(transfer).tell_office(transfer.source)


def tell_writers(transfer: Transfer) -> Iterable[int]:
    return sources.of(transfer).tell(transfer.source)


def values_of(transfer: Transfer) -> Mapping[str, str]:
    return {"title": sources.of(transfer).title(transfer.source), "unit": transfer.unit.short_name}


def _keep_note(act: Act[Transfer]) -> None:
    act.obj.note = act.data.get("note", "")
    act.detail["note"] = act.obj.note[:200]


def _answer(act: Act[Transfer]) -> None:
    act.obj.answer, act.obj.result, act.obj.answered_on = act.data["answer"], act.data["result"], act.today
    act.detail["note"] = act.obj.answer[:200]
    if paper := act.data.get("paper"):
        attachment = attach(paper, paper.name, to=act.obj, by=act.by)
        act.detail["paper"] = {"name": attachment.name, "digest": attachment.digest}


def _settled(act: Act[Transfer]) -> None:
    """Whoever keeps the object learns that one unit less has it."""
    sources.of(act.obj).answered(act.obj, act.by)


NOTE = "yizheng.commitments.forms.TransferNoteForm"
OPEN = frozenset({S.SENT, S.HANDLING})

TRANSFER = Flow(
    "transfer", _("Transfer to a unit"), Transfer,
    states={
        S.SENT: State(S.SENT.label, rules.handler, _("accepts it"), done=1, now=1, due=lambda t: t.answer_due_on),
        S.HANDLING: State(S.HANDLING.label, rules.handler, _("handles and answers it"), done=1, now=1, due=lambda t: t.answer_due_on),
        S.ANSWERED: State(S.ANSWERED.label, rules.transferrer, _("looks at the answer"), done=2, now=2),
        S.TAKEN: State(S.TAKEN.label, done=3, ends=True),
        S.HANDED_BACK: State(S.HANDED_BACK.label, done=1, ends=True),
        S.RECALLED: State(S.RECALLED.label, done=1, ends=True),
    },
    steps=[
        Step[Transfer]("accept", _("Accept"), _("accepted by the unit"), frozenset({S.SENT}), rules.handler, target=S.HANDLING,
                       primary=True),
        Step[Transfer](
            "answer", _("Answer"), _("answered by the unit"), OPEN, rules.handler, target=S.ANSWERED,
            form="yizheng.commitments.forms.TransferAnswerForm", effect=_answer, primary=True,
            tell=(Tell(tell_office, msgid("%(unit)s answered “%(title)s”: please look at the answer")),),
        ),
        Step[Transfer](
            "hand_back", _("Hand back"), _("handed back by the unit"), OPEN, rules.handler, target=S.HANDED_BACK, form=NOTE,
            effect=_keep_note, then=_settled,
            tell=(Tell(tell_office, msgid("%(unit)s handed “%(title)s” back; the reason stands with it")),),
        ),
        Step[Transfer](
            "take", _("Take the answer"), _("answer taken"), frozenset({S.ANSWERED}), rules.transferrer, target=S.TAKEN,
            then=_settled, primary=True, bulk=True,
            tell=(Tell(tell_writers, msgid("%(unit)s answered “%(title)s”")),),
        ),
        Step[Transfer](
            "send_back", _("Ask for a better answer"), _("a better answer was asked for"), frozenset({S.ANSWERED}),
            rules.transferrer, target=S.HANDLING, form=NOTE, effect=_keep_note,
            tell=(Tell(tell_unit, msgid("Your answer on “%(title)s” came back; the reason stands with it")),),
        ),
        Step[Transfer](
            "urge", _("Urge"), _("urged"), OPEN, rules.transferrer, effect=_keep_note, form=NOTE, bulk=True, touches=False, records=True,
            tell=(Tell(tell_unit, msgid("Your answer on “%(title)s” is being waited for")),),
        ),
        Step[Transfer](
            "recall", _("Recall"), _("recalled"), OPEN, rules.transferrer, target=S.RECALLED, form=NOTE,
            effect=_keep_note, then=_settled,
            tell=(Tell(tell_unit, msgid("“%(title)s” is no longer with your unit")),),
        ),
    ],
    seals=(("转", pgettext_lazy("seal", "transfer")), ("办", pgettext_lazy("seal", "handling")), ("复", pgettext_lazy("seal", "answer"))),
    url=lambda t: reverse("commitments:transfer", args=[t.pk]), visible=rules.visible_transfers, values=values_of,
)  # fmt: skip


def begun(transfer: Transfer, **how: Any) -> Transfer:
    return TRANSFER.begin(transfer, S.SENT, action="transferred", **how)
