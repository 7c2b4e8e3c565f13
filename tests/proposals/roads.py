"""Proposals, and what hangs on them, brought to each state by real steps; and what each step needs
to be filled in.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.utils import timezone

from tests.flow_tables import Line
from tests.world import (
    World,
    assignment_of,
    draft,
    entered_by_office,
    invite,
    later,
    merged_pair,
    proposal_at,
    rating,
    released,
    speak,
    step,
    unit_step,
    with_assisting,
    write_and_send,
    write_reply,
)
from yizheng.core import clock
from yizheng.core.access import system
from yizheng.promises.models import Promise
from yizheng.proposals.flow import ASSIGNMENT
from yizheng.proposals.models import Assignment, Extension

# Reaching each state by real steps ----------------------------------------------------------------


def _ended(name: str, **data: Any) -> Callable[[World], Any]:
    return lambda world: step(world, proposal_at(world, "review"), name, "reviewer", **data)


def _assignment_at(stop: str) -> Callable[[World], Any]:
    return lambda world: assignment_of(proposal_at(world, stop))


def _handed_back(world: World) -> Any:
    proposal = proposal_at(world, "assigned")
    return unit_step(
        world, proposal, "hand_back", "officer", reason="不属本单位职责", unit=world.units["教育局"]
    )


def _reassigned(world: World) -> Any:
    return step(
        world, _handed_back(world), "grant_hand_back", "assigner", unit=world.units["教育局"]
    )


def _countersigned(world: World) -> Any:
    proposal = with_assisting(world)
    return step(
        world,
        assignment_of(proposal, "assisting"),
        "countersign",
        "assisting_officer",
        opinion="资金已列预算",
    )


def _lapsed(world: World) -> Any:
    proposal = with_assisting(world)
    with later(40):
        write_and_send(world, proposal)
        unit_step(world, proposal, "sign_off", "leader")
        unit_step(world, proposal, "release", "clerk")
    return assignment_of(proposal, "assisting")


def _untold(world: World) -> Any:
    """Of a past year, out of a list that does not say what the assisting unit thought."""
    proposal = proposal_at(world, "closed")
    part = Assignment(proposal=proposal, unit=world.units["财政局"], part="assisting")
    return ASSIGNMENT.begin(part, "imported_assisting", by=world.actor("clerk"))


def _cancelled(world: World) -> Any:
    proposal = proposal_at(world, "accepted")
    step(world, proposal, "withdraw", "member", note="情况已变")
    return proposal.assignments.get()


def _invitation(answer: str = "") -> Callable[[World], Any]:
    def make(world: World) -> Any:
        (invitation,) = invite(world, draft(world), "member", "cosigner")
        return step(world, invitation, answer, "cosigner") if answer else invitation

    return make


def _lapsed_invitation(world: World) -> Any:
    return _as_platform(world, _invitation()(world), "lapse")


def _rating(world: World) -> Any:
    return proposal_at(world, "replied").evaluations.get()


def _lapsed_rating(world: World) -> Any:
    rating = _rating(world)
    with later(40):
        step(world, rating.proposal, "conclude", "clerk")
    rating.refresh_from_db()
    return rating


def _asked(world: World) -> Any:
    proposal = proposal_at(world, "accepted")
    unit_step(
        world, proposal, "ask_extension", "officer", **_more_time(world, assignment_of(proposal))
    )
    return Extension.objects.get()


def _lapsed_extension(world: World) -> Any:
    """Asked for, and the reply went out before anybody decided."""
    extension = _asked(world)
    write_and_send(world, extension.assignment.proposal)
    released(world, extension.assignment.proposal)
    extension.refresh_from_db()
    return extension


def _promise(*steps: str) -> Callable[[World], Any]:
    def make(world: World) -> Any:
        proposal_at(world, "replied")
        promise = Promise.objects.get()
        with later(100):
            for name in steps:
                who = "officer" if name == "report" else "clerk"
                promise = step(
                    world, promise, name, who, **data_for(world, "promise", name, promise)
                )
        return promise

    return make


def _as_platform(world: World, obj: Any, name: str) -> Any:
    return obj.flow.perform(name, obj, by=system(world.organisation.pk))


AT: dict[tuple[str, str], Callable[[World], Any]] = {
    ("proposal", "draft"): draft,
    ("proposal", "confirming"): entered_by_office,
    ("proposal", "submitted"): lambda w: proposal_at(w, "submitted"),
    ("proposal", "returned"): lambda w: step(
        w, proposal_at(w, "submitted"), "return", "clerk", note="请补充数据"
    ),
    ("proposal", "review"): lambda w: proposal_at(w, "review"),
    ("proposal", "filed"): lambda w: proposal_at(w, "filed"),
    ("proposal", "handling"): lambda w: proposal_at(w, "accepted"),
    ("proposal", "evaluating"): lambda w: proposal_at(w, "replied"),
    ("proposal", "closed"): lambda w: proposal_at(w, "closed"),
    ("proposal", "not_filed"): _ended("not_file", reason="empty"),
    ("proposal", "converted"): _ended("convert", consent_how="电话同意"),
    ("proposal", "merged"): lambda w: merged_pair(w)[1],
    ("proposal", "withdrawn"): lambda w: step(
        w, proposal_at(w, "filed"), "withdraw", "member", note="情况已变"
    ),
    ("assignment", "sent"): _assignment_at("assigned"),
    ("assignment", "hand_back"): _handed_back,
    ("assignment", "reassigned"): _reassigned,
    ("assignment", "handling"): _assignment_at("accepted"),
    ("assignment", "countersigned"): _countersigned,
    ("assignment", "signing"): _assignment_at("signing"),
    ("assignment", "checking"): _assignment_at("checking"),
    ("assignment", "replied"): _assignment_at("replied"),
    ("assignment", "lapsed"): _lapsed,
    ("assignment", "untold"): _untold,
    ("assignment", "cancelled"): _cancelled,
    ("cosignature", "invited"): _invitation(),
    ("cosignature", "accepted"): _invitation("accept"),
    ("cosignature", "declined"): _invitation("decline"),
    ("cosignature", "lapsed"): _lapsed_invitation,
    ("evaluation", "pending"): _rating,
    ("evaluation", "answered"): lambda w: proposal_at(w, "closed").evaluations.get(),
    ("evaluation", "lapsed"): _lapsed_rating,
    ("extension", "asked"): _asked,
    ("extension", "granted"): lambda w: step(w, _asked(w), "grant", "assigner"),
    ("extension", "refused"): lambda w: step(
        w, _asked(w), "refuse", "assigner", note="应当按期办结"
    ),
    ("extension", "lapsed"): _lapsed_extension,
    ("promise", "open"): _promise(),
    ("promise", "reported"): _promise("report"),
    ("promise", "kept"): _promise("report", "confirm"),
    ("promise", "missed"): _promise("miss"),
    ("promise", "void"): lambda w: _as_platform(w, _promise()(w), "void"),
    ("promise", "replaced"): lambda w: _as_platform(w, _promise()(w), "replace"),
}


# What a step needs to be filled in, and what must have happened before it -------------------------


def _more_time(world: World, assignment: Any) -> dict[str, Any]:
    return {"until": assignment.reply_due_on + dt.timedelta(days=30), "reason": "需要现场勘测"}


def data_for(world: World, flow: str, name: str, obj: Any) -> dict[str, Any]:
    noted = (
        "disown",
        "return",
        "withdraw",
        "reopen",
        "unmake_key",
        "unpublish",
        "refuse_hand_back",
        "return_draft",
        "send_back",
        "refuse",
    )
    if name in noted:
        return {"note": "见附件说明"}
    made: dict[str, Callable[[], dict[str, Any]]] = {
        "not_file": lambda: {"reason": "empty"},
        "merge": lambda: {"others": [proposal_at(world, "review")]},
        "convert": lambda: {"consent_how": "电话同意"},
        "pass_on": lambda: {"consent_how": "电话同意"},
        "assign": lambda: {"how": "meeting", "plan": [(world.units["水务局"], "sole", [])]},
        "make_key": lambda: {"leader": world.accounts["chairperson"].person},
        "supervise": lambda: {
            "kind": "on_site",
            "held_on": timezone.localdate(),
            "leader": None,
            "place": "石桥村",
            "participants": "",
            "findings": "支管已更换三成",
        },
        "hand_back": lambda: {"reason": "不属本单位职责", "unit": world.units["教育局"]},
        "grant_hand_back": lambda: {"unit": world.units["教育局"]},
        "contact": lambda: {
            "way": "phone",
            "on": timezone.localdate(),
            "with_whom": "沈禾",
            "note": "听取意见",
        },
        "progress": lambda: {"text": "已完成勘测"},
        "urge": lambda: {"text": "请按期答复"},
        "countersign": lambda: {"opinion": "资金已列预算"},
        "ask_extension": lambda: _more_time(world, obj),
        "answer": lambda: rating("satisfied"),
        "publish": lambda: {"secrecy": True},
        "report": lambda: {"evidence": "备用水源已建成通水"},
        "confirm": lambda: (
            {"finding": "现场看过", "settled_on": clock.today()} if flow == "promise" else {}
        ),
        "doubt": lambda: {"finding": "尚未通水"},
        "miss": lambda: {"finding": "到期未办"},
    }
    return made[name]() if name in made else {}


def prepared(world: World, line: Line, obj: Any) -> Any:
    """The object on which the step makes sense: a reply written, a key proposal chosen, a page
    published.
    """
    if line.step == "countersign":
        return assignment_of(with_assisting(world, accepted=obj.state == "handling"), "assisting")
    if line.step == "request_sign_off":
        speak(world, obj.proposal)
        write_reply(world, obj.proposal)
    elif line.step == "unmake_key":
        step(world, obj, "make_key", "reviewer", leader=world.accounts["chairperson"].person)
    elif line.step == "unpublish" and obj.state == "handling":
        obj = proposal_at(world, "closed")
        step(world, obj, "publish", "clerk", secrecy=True)
        return step(world, obj, "reopen", "chairperson", note="承诺未兑现")
    elif line.step == "unpublish":
        return step(world, obj, "publish", "clerk", secrecy=True)
    return obj
