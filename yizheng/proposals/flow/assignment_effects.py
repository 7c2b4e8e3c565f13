"""Effects of the steps on an assignment: what they do besides moving it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from yizheng.core import numbering
from yizheng.core.access import system
from yizheng.core.flow import FLOWS, Act
from yizheng.core.flow_table import keep_note_in
from yizheng.core.punctuation import shortened
from yizheng.promises import services as promises

from ..enums import AssignmentState, ProposalOutcome
from ..models import Assignment, Contact, Extension, Progress, Reply, Urging
from . import effects
from .assignment_guards import assisting_of
from .due_dates import put_off, reckon, rules_of
from .guards import all_replied
from .notices import proposal_url

S = AssignmentState


def accept(act: Act[Assignment]) -> None:
    act.obj.accepted_at = act.at


def hand_back(act: Act[Assignment]) -> None:
    act.obj.hand_back_reason, act.obj.hand_back_unit = act.data["reason"], act.data["unit"]
    act.detail.update(reason=act.data["reason"], unit=str(act.data["unit"]))


def state_before_hand_back(assignment: Assignment, _data: Mapping[str, Any]) -> str:
    return S.HANDLING if assignment.accepted_at else S.SENT


def grant_hand_back(act: Act[Assignment]) -> None:
    act.detail.update(unit=str(act.data["unit"]), note=act.data["note"])


def give_to_new_unit(act: Act[Assignment]) -> None:
    """The new unit gets the same part with fresh clocks."""
    old = act.obj
    effects.give(act, old.proposal, act.data["unit"], old.part, old.suggestions.all())
    reckon(old.proposal, by=act.by)


def contact(act: Act[Assignment]) -> None:
    fields = {name: act.data[name] for name in ("way", "on", "with_whom", "note")}
    Contact(assignment=act.obj, recorded_by_id=act.by.account_id, **fields).save()
    act.detail.update(fields)


def progress(act: Act[Assignment]) -> None:
    Progress(
        assignment=act.obj, at=act.at, text=act.data["text"], recorded_by_id=act.by.account_id
    ).save()
    act.detail["note"] = shortened(act.data["text"])


def urge(act: Act[Assignment]) -> None:
    Urging(assignment=act.obj, at=act.at, text=act.data["text"], by_id=act.by.account_id).save()
    act.detail["note"] = act.data["text"]


def ask_extension(act: Act[Assignment]) -> None:
    extension = Extension(assignment=act.obj, until=act.data["until"], reason=act.data["reason"])
    FLOWS["extension"].begin(extension, "asked", by=act.by)
    act.detail.update(until=act.data["until"], reason=act.data["reason"])


def request_sign_off(act: Act[Assignment]) -> None:
    """The reply says which assisting units let their time run out."""
    missing = "、".join(a.unit.short_name for a in assisting_of(act.obj))
    Reply.objects.filter(assignment=act.obj, round=act.obj.round).update(
        missing_countersigns=missing
    )
    act.obj.send_back_note = ""
    act.detail["missing_countersigns"] = missing


def send_back(act: Act[Assignment]) -> None:
    Reply.objects.filter(assignment=act.obj, round=act.obj.round).update(
        signed_at=None, signed_by=None
    )
    keep_note_in("send_back_note")(act)


def sign_off(act: Act[Assignment]) -> None:
    reply = act.obj.replies.get(round=act.obj.round)
    reply.signed_at, reply.signed_by_id = act.at, act.by.account_id
    if not reply.number:
        year, unit = act.today.year, act.obj.unit
        reply.number = numbering.next_number(
            f"reply-{unit.pk}-{year}",
            rules_of(act.today).numbering.reply,
            year=year,
            unit=unit.short_name,
        )
    reply.save()
    act.detail["number"] = reply.number


def release(act: Act[Assignment]) -> None:
    """The reply goes out, and its dated promises are followed from then on."""
    assignment = act.obj
    reply = assignment.replies.get(round=assignment.round)
    reply.released_at = act.at
    reply.save()
    _promise(act, reply)
    assignment.replied_at = act.at
    act.detail.update(number=reply.number, result_class=reply.result_class)


def answer_if_last(act: Act[Assignment]) -> None:
    """The last reply out answers the proposal and opens the rating."""
    if all_replied(act.obj.proposal):
        FLOWS["proposal"].perform("answer", act.obj.proposal, by=system(act.by.organisation_id))


def _promise(act: Act[Assignment], reply: Reply) -> None:
    """What is planned becomes a promise; a promise the unit no longer makes in this reply is
    replaced by it.
    """
    pattern = rules_of(act.today).numbering.promise
    for item in reply.items.select_related("suggestion__proposal"):
        proposal = item.suggestion.proposal
        if item.outcome != ProposalOutcome.PLANNED:
            promises.replace_open(item.suggestion, act.obj.unit, by=act.by)
            continue
        promises.promise(
            source=item.suggestion,
            unit=act.obj.unit,
            text=item.text,
            section=item.section,
            promised_for=item.planned_for,
            pattern=pattern,
            by=act.by,
            on=act.today,
            source_label=str(proposal),
            source_url=proposal_url(proposal),
        )


def countersign(act: Act[Assignment]) -> None:
    act.obj.opinion = act.data["opinion"]
    act.obj.countersigned_at, act.obj.countersigned_by_id = act.at, act.by.account_id
    act.detail["note"] = shortened(act.data["opinion"])


def handle_again(act: Act[Assignment]) -> None:
    """A second reply with its own clock. A part brought in from a list is under way here from now
    on.
    """
    act.obj.round = act.data["round"]
    act.obj.replied_at = None
    act.obj.accepted_at = act.obj.accepted_at or act.at
    act.obj.first_reply_due_on = act.obj.first_reply_due_on or act.obj.reply_due_on
    days = rules_of(act.today).deadlines.rehandle_days
    put_off(act.obj, act.today + dt.timedelta(days=days))
    act.detail["round"] = act.obj.round
