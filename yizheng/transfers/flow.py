"""The life of a transfer (转办): what a unit was given to handle is accepted, answered within its
days, and the answer taken or sent back.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop as msgid
from django.utils.translation import pgettext_lazy

from yizheng.core import sources
from yizheng.core.access import Words
from yizheng.core.files import attach
from yizheng.core.flow import Act, Birth, Flow, State, Step, Tell
from yizheng.core.flow_table import keep_note_in
from yizheng.core.punctuation import shortened
from yizheng.core.time_left import DayCount
from yizheng.instructions.rules import KEEPERS_ONLY
from yizheng.organisations.queries import calendar
from yizheng.people.queries import accounts_at_unit

from . import rules, transfer_terms
from .enums import TransferState as S
from .models import Transfer


def tell_unit(transfer: Transfer) -> Iterable[int]:
    return accounts_at_unit(transfer.unit_id, sources.of(transfer).handle)


def tell_office(transfer: Transfer) -> Iterable[int]:
    return transfer_terms.of(transfer).tell_office(transfer.source)


def tell_writers(transfer: Transfer) -> Iterable[int]:
    return transfer_terms.of(transfer).tell(transfer.source)


def values_of(transfer: Transfer) -> Mapping[str, str]:
    return {"title": sources.of(transfer).title(transfer.source), "unit": transfer.unit.short_name}


def _kept_days(transfer: Transfer) -> dict[str, dt.date]:
    """The day by which it is to be answered, as the calendar counts it now."""
    ends = transfer.answer_period_ends_on or transfer.answer_due_on
    return {"answer_period_ends_on": ends, "answer_due_on": calendar().on_or_after(ends)}


_keep_note = keep_note_in("note")


def _answer(act: Act[Transfer]) -> None:
    act.obj.answer = act.data["answer"]
    act.obj.result = act.data["result"]
    act.obj.answered_on = act.today
    act.detail["note"] = shortened(act.obj.answer)
    if paper := act.data["paper"]:
        attachment = attach(paper, paper.name, to=act.obj, by=act.by)
        act.detail["paper"] = {"name": attachment.name, "digest": attachment.digest}


def _settled(act: Act[Transfer]) -> None:
    """Whoever keeps the object learns that one unit less has it."""
    transfer_terms.of(act.obj).answered(act.obj, act.by)


def _has_it_already(transfer: Transfer) -> Words | None:
    there = Transfer.objects.filter(
        content_type=transfer.content_type, object_id=transfer.object_id, unit=transfer.unit_id
    )
    if there.filter(state__in=S.of("unfinished")).exists():
        return _("%(unit)s has this already and has not finished with it.") % {
            "unit": transfer.unit.short_name
        }
    return None


def _is_closed(transfer: Transfer) -> Words | None:
    return transfer_terms.of(transfer).closed_to(transfer)


NOTE = "yizheng.transfers.forms.TransferNoteForm"
GONE = msgid("“%(title)s” is no longer with your unit")
HELD = frozenset({S.SENT, S.HANDLING})

TRANSFER = Flow(
    "transfer",
    _("Transfer to a unit"),
    Transfer,
    states={
        S.SENT: State(
            S.SENT.label,
            rules.handler,
            _("accepts it"),
            done=1,
            now=1,
            due=lambda t: t.answer_due_on,
            counted=DayCount.CALENDAR,
        ),
        S.HANDLING: State(
            S.HANDLING.label,
            rules.handler,
            _("handles and answers it"),
            done=1,
            now=1,
            due=lambda t: t.answer_due_on,
            counted=DayCount.CALENDAR,
            tone="indigo",
        ),
        S.ANSWERED: State(
            S.ANSWERED.label,
            rules.transferrer,
            _("looks at the answer"),
            done=2,
            now=2,
            tone="ochre",
        ),
        S.TAKEN: State(S.TAKEN.label, done=3, ends=True, tone="bamboo"),
        S.HANDED_BACK: State(S.HANDED_BACK.label, done=1, ends=True, tone="cinnabar"),
        S.RECALLED: State(S.RECALLED.label, done=1, ends=True),
    },
    births=[
        Birth[Transfer](
            "transferred",
            _("transferred to a unit"),
            S.SENT,
            rule=rules.transferrer,
            stranger=KEEPERS_ONLY,
            guards=(_has_it_already, _is_closed),
            tell=(Tell(tell_unit, msgid("“%(title)s” was transferred to your unit")),),
        )
    ],
    steps=[
        Step[Transfer](
            "accept",
            _("Accept"),
            _("accepted by the unit"),
            frozenset({S.SENT}),
            rules.handler,
            target=S.HANDLING,
            primary=True,
        ),
        Step[Transfer](
            "answer",
            _("Answer"),
            _("answered by the unit"),
            HELD,
            rules.handler,
            target=S.ANSWERED,
            form="yizheng.transfers.forms.TransferAnswerForm",
            effect=_answer,
            primary=True,
            tell=(
                Tell(
                    tell_office, msgid("%(unit)s answered “%(title)s”: please look at the answer")
                ),
            ),
        ),
        Step[Transfer](
            "hand_back",
            pgettext_lazy("transfer", "Hand back"),
            _("handed back by the unit"),
            HELD,
            rules.handler,
            target=S.HANDED_BACK,
            form=NOTE,
            effect=_keep_note,
            then=_settled,
            tell=(
                Tell(
                    tell_office,
                    msgid("%(unit)s handed “%(title)s” back; the reason stands with it"),
                ),
            ),
        ),
        Step[Transfer](
            "take",
            _("Take the answer"),
            _("answer taken"),
            frozenset({S.ANSWERED}),
            rules.transferrer,
            target=S.TAKEN,
            then=_settled,
            primary=True,
            bulk=True,
            tell=(Tell(tell_writers, msgid("%(unit)s answered “%(title)s”"), may_mute=True),),
        ),
        Step[Transfer](
            "send_back",
            _("Ask for a better answer"),
            _("a better answer was asked for"),
            frozenset({S.ANSWERED}),
            rules.transferrer,
            target=S.HANDLING,
            form=NOTE,
            effect=_keep_note,
            tell=(
                Tell(
                    tell_unit,
                    msgid("Your answer on “%(title)s” came back; the reason stands with it"),
                ),
            ),
        ),
        Step[Transfer](
            "urge",
            _("Urge"),
            _("urged"),
            HELD,
            rules.transferrer,
            effect=_keep_note,
            form=NOTE,
            bulk=True,
            touches=False,
            records=True,
            tell=(Tell(tell_unit, msgid("Your answer on “%(title)s” is being waited for")),),
        ),
        Step[Transfer](
            "recall",
            _("Recall"),
            _("recalled"),
            HELD,
            rules.transferrer,
            target=S.RECALLED,
            form=NOTE,
            effect=_keep_note,
            then=_settled,
            tell=(Tell(tell_unit, GONE),),
        ),
        Step[Transfer](
            "lapse",
            _("End with the matter"),
            _("ended with the matter itself"),
            frozenset({S.SENT, S.HANDLING, S.ANSWERED}),
            rules.transferrer,
            target=S.RECALLED,
            automatic=True,
            tell=(Tell(tell_unit, GONE),),
        ),
    ],
    seals=(
        ("转", pgettext_lazy("seal", "transfer")),
        ("办", pgettext_lazy("seal", "handling")),
        ("复", pgettext_lazy("seal", "answer")),
    ),
    url=lambda t: reverse("transfers:detail", args=[t.pk]),
    visible=rules.visible_transfers,
    values=values_of,
    under=sources.object_of,
    days=_kept_days,
    due_with=("source", "unit"),
)
