"""Step × state × person against a table written by hand: what a clerk would say when asked who does what, and when.

The table is not read from the flows. Each state is reached by real steps, and each standing person tries each step.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone, translation

from tests.grounds import standing
from tests.world import (
    World,
    assignment_of,
    build,
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
from yizheng.commitments.models import Commitment
from yizheng.core import clock
from yizheng.core.access import system
from yizheng.core.flow import FLOWS
from yizheng.core.refusals import NotAllowed, NotNow, StaleState
from yizheng.proposals.flow import PROPOSAL
from yizheng.proposals.models import Assignment, Cosignature, Extension, Proposal

# flow: step | from | to (= stays where it is) | who ("—": no person, it follows from another step)
TABLE = """
proposal: submit           | draft returned                      | submitted     | member
proposal: confirm          | confirming                          | submitted     | member
proposal: disown           | confirming                          | withdrawn     | member
proposal: pass_check       | submitted                           | review        | clerk
proposal: return           | submitted review                    | returned      | clerk reviewer
proposal: file             | review                              | filed         | reviewer
proposal: not_file         | review                              | not_filed     | reviewer
proposal: merge            | review                              | filed         | reviewer
proposal: be_merged        | review                              | merged        | —
proposal: convert          | review                              | converted     | reviewer
proposal: pass_on          | not_filed                           | =             | reviewer
proposal: withdraw         | draft confirming submitted returned review filed handling | withdrawn | member
proposal: assign           | filed                               | handling      | assigner
proposal: answer           | handling                            | evaluating    | —
proposal: conclude         | evaluating                          | closed        | clerk
proposal: reopen           | closed                              | handling      | chairperson
proposal: make_key         | filed handling evaluating           | =             | reviewer
proposal: unmake_key       | filed handling evaluating           | =             | reviewer
proposal: supervise        | handling evaluating closed          | =             | reviewer chairperson
proposal: publish          | evaluating closed                   | =             | clerk
proposal: unpublish        | handling evaluating closed          | =             | clerk

assignment: accept           | sent                              | handling      | officer leader
assignment: hand_back        | sent handling                     | hand_back     | officer leader
assignment: grant_hand_back  | hand_back                         | reassigned    | assigner
assignment: refuse_hand_back | hand_back                         | sent          | assigner
assignment: contact          | handling signing checking         | =             | officer leader
assignment: progress         | handling signing checking         | =             | officer leader
assignment: ask_extension    | handling                          | =             | officer leader
assignment: urge             | sent handling signing             | =             | assigner
assignment: countersign      | sent handling                     | countersigned | assisting_officer assisting_leader
assignment: request_sign_off | handling                          | signing       | officer leader
assignment: return_draft     | signing                           | handling      | leader
assignment: sign_off         | signing                           | checking      | leader
assignment: send_back        | checking                          | handling      | clerk
assignment: release          | checking                          | replied       | clerk
assignment: handle_again     | replied                           | handling      | —
assignment: lapse            | sent hand_back handling           | lapsed        | —
assignment: cancel           | sent hand_back handling signing checking | cancelled | —

cosignature: accept    | invited       | accepted  | cosigner
cosignature: decline   | invited       | declined  | cosigner
cosignature: lapse     | invited       | lapsed    | —

evaluation: answer     | pending       | answered  | member
evaluation: lapse      | pending       | lapsed    | —

extension: grant       | asked         | granted   | assigner
extension: refuse      | asked         | refused   | assigner
extension: lapse       | asked         | lapsed    | —

commitment: report     | open missed   | reported  | officer leader
commitment: confirm    | reported      | kept      | clerk reviewer assigner
commitment: doubt      | reported      | open      | clerk reviewer assigner
commitment: miss       | open reported | missed    | clerk reviewer assigner
commitment: replace    | open reported | replaced  | —
commitment: void       | open reported missed | void | —
"""
# What begins: birth | in which state | who ("—": it follows from something that was allowed by itself)
BEGINS = """
proposal: drafted            | draft      | member clerk
proposal: imported           | submitted  | clerk
proposal: imported_filed     | filed      | clerk
proposal: imported_closed    | closed     | clerk
proposal: imported_not_filed | not_filed  | clerk
proposal: imported_withdrawn | withdrawn  | clerk
cosignature: invited         | invited    | member
cosignature: imported        | accepted   | clerk
assignment: sent             | sent       | —
assignment: imported         | replied    | clerk
assignment: imported_assisting | lapsed   | clerk
evaluation: asked            | pending    | —
extension: asked             | asked      | —
"""
# What is changed without moving: edit | while | who
EDITED = """
proposal: save          | draft returned | member
proposal: detach        | draft returned | member
proposal: discard       | draft          | member
proposal: invite        | draft confirming submitted returned review | member
proposal: reckon        | handling       | assigner
assignment: write_reply | handling       | officer leader
assignment: extend      | sent hand_back handling signing checking | assigner
"""
PERSONS = (
    "member", "cosigner", "third", "clerk", "reviewer", "assigner", "officer", "leader", "assisting_officer",
    "assisting_leader", "other_officer", "chairperson", "auditor", "administrator",
)  # fmt: skip


@dataclass(frozen=True)
class Line:
    flow: str
    step: str
    sources: frozenset[str]
    target: str
    who: frozenset[str]

    @property
    def automatic(self) -> bool:
        return not self.who


def _line(text: str) -> Line:
    name, sources, target, who = (part.strip() for part in text.split("|"))
    flow, _colon, step_name = name.partition(":")
    people = frozenset(who.split()) - {"—"}
    return Line(flow, step_name.strip(), frozenset(sources.split()), target, people)


LINES = [_line(text) for text in TABLE.splitlines() if text.strip()]


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    with translation.override("en"):
        yield


# Reaching each state by real steps ---------------------------------------------------------------------------------


def _ended(name: str, **data: Any) -> Callable[[World], Any]:
    return lambda world: step(world, proposal_at(world, "review"), name, "reviewer", **data)


def _assignment_at(stop: str) -> Callable[[World], Any]:
    return lambda world: assignment_of(proposal_at(world, stop))


def _handed_back(world: World) -> Any:
    proposal = proposal_at(world, "assigned")
    return unit_step(world, proposal, "hand_back", "officer", reason="不属本单位职责", unit=world.units["教育局"])


def _reassigned(world: World) -> Any:
    return step(world, _handed_back(world), "grant_hand_back", "assigner", unit=world.units["教育局"])


def _countersigned(world: World) -> Any:
    proposal = with_assisting(world)
    return step(world, assignment_of(proposal, "assisting"), "countersign", "assisting_officer", opinion="资金已列预算")


def _lapsed(world: World) -> Any:
    proposal = with_assisting(world)
    with later(40):
        write_and_send(world, proposal)
        unit_step(world, proposal, "sign_off", "leader")
        unit_step(world, proposal, "release", "clerk")
    return assignment_of(proposal, "assisting")


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
    unit_step(world, proposal, "ask_extension", "officer", **_more_time(world, assignment_of(proposal)))
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
        commitment = Commitment.objects.get()
        with later(100):
            for name in steps:
                who = "officer" if name == "report" else "clerk"
                commitment = step(world, commitment, name, who, **_data(world, "commitment", name, commitment))
        return commitment

    return make


def _as_platform(world: World, obj: Any, name: str) -> Any:
    return obj.flow.perform(name, obj, by=system(world.organisation.pk))


AT: dict[tuple[str, str], Callable[[World], Any]] = {
    ("proposal", "draft"): draft,
    ("proposal", "confirming"): entered_by_office,
    ("proposal", "submitted"): lambda w: proposal_at(w, "submitted"),
    ("proposal", "returned"): lambda w: step(w, proposal_at(w, "submitted"), "return", "clerk", note="请补充数据"),
    ("proposal", "review"): lambda w: proposal_at(w, "review"),
    ("proposal", "filed"): lambda w: proposal_at(w, "filed"),
    ("proposal", "handling"): lambda w: proposal_at(w, "accepted"),
    ("proposal", "evaluating"): lambda w: proposal_at(w, "replied"),
    ("proposal", "closed"): lambda w: proposal_at(w, "closed"),
    ("proposal", "not_filed"): _ended("not_file", reason="empty"),
    ("proposal", "converted"): _ended("convert", consent_how="电话同意"),
    ("proposal", "merged"): lambda w: merged_pair(w)[1],
    ("proposal", "withdrawn"): lambda w: step(w, proposal_at(w, "filed"), "withdraw", "member", note="情况已变"),
    ("assignment", "sent"): _assignment_at("assigned"),
    ("assignment", "hand_back"): _handed_back,
    ("assignment", "reassigned"): _reassigned,
    ("assignment", "handling"): _assignment_at("accepted"),
    ("assignment", "countersigned"): _countersigned,
    ("assignment", "signing"): _assignment_at("signing"),
    ("assignment", "checking"): _assignment_at("checking"),
    ("assignment", "replied"): _assignment_at("replied"),
    ("assignment", "lapsed"): _lapsed,
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
    ("extension", "refused"): lambda w: step(w, _asked(w), "refuse", "assigner", note="应当按期办结"),
    ("extension", "lapsed"): _lapsed_extension,
    ("commitment", "open"): _promise(),
    ("commitment", "reported"): _promise("report"),
    ("commitment", "kept"): _promise("report", "confirm"),
    ("commitment", "missed"): _promise("miss"),
    ("commitment", "void"): lambda w: _as_platform(w, _promise()(w), "void"),
    ("commitment", "replaced"): lambda w: _as_platform(w, _promise()(w), "replace"),
}


# What a step needs to be filled in, and what must have happened before it -------------------------------------------


def _more_time(world: World, assignment: Any) -> dict[str, Any]:
    return {"until": assignment.reply_due_on + dt.timedelta(days=30), "reason": "需要现场勘测"}


def _data(world: World, flow: str, name: str, obj: Any) -> dict[str, Any]:
    noted = ("disown", "return", "withdraw", "reopen", "unmake_key", "unpublish", "refuse_hand_back", "return_draft",
             "send_back", "refuse")  # fmt: skip
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
            "kind": "on_site", "held_on": timezone.localdate(), "leader": None, "place": "石桥村", "participants": "",
            "findings": "支管已更换三成",
        },
        "hand_back": lambda: {"reason": "不属本单位职责", "unit": world.units["教育局"]},
        "grant_hand_back": lambda: {"unit": world.units["教育局"]},
        "contact": lambda: {"way": "phone", "on": timezone.localdate(), "with_whom": "沈禾", "note": "听取意见"},
        "progress": lambda: {"text": "已完成勘测"},
        "urge": lambda: {"text": "请按期答复"},
        "countersign": lambda: {"opinion": "资金已列预算"},
        "ask_extension": lambda: _more_time(world, obj),
        "answer": lambda: rating("satisfied"),
        "publish": lambda: {"secrecy": True},
        "report": lambda: {"evidence": "备用水源已建成通水"},
        "confirm": lambda: {"finding": "现场看过", "settled_on": clock.today()} if flow == "commitment" else {},
        "doubt": lambda: {"finding": "尚未通水"},
        "miss": lambda: {"finding": "到期未办"},
    }  # fmt: skip
    return made[name]() if name in made else {}


def _prepared(world: World, line: Line, obj: Any) -> Any:
    """The object on which the step makes sense: a reply written, a key proposal chosen, a page published."""
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


class _Undo(Exception):
    pass


def _try(world: World, line: Line, obj: Any, data: dict[str, Any], who: str) -> str:
    """The state after the person took the step, or that it is not theirs; what was done is undone."""
    result = ""
    days = {"conclude": 40, "miss": 100}.get(line.step, 0)
    with suppress(_Undo), transaction.atomic(), later(days):
        try:
            result = obj.flow.perform(line.step, obj, by=world.actor(who), data=data).state
        except NotAllowed:
            result = "not allowed"
        raise _Undo
    return result


# The tests ----------------------------------------------------------------------------------------------------------


def test_the_table_names_every_step_and_every_state() -> None:
    written = {(line.flow, line.step) for line in LINES}
    codes = {line.flow for line in LINES}
    assert written == {(code, name) for code in codes for name in FLOWS[code].steps}
    assert set(AT) == {(code, state) for code in codes for state in FLOWS[code].states}


@pytest.mark.parametrize("line", LINES, ids=lambda line: f"{line.flow}.{line.step}")
def test_a_step_leaves_from_where_the_table_says(line: Line) -> None:
    taken = FLOWS[line.flow].steps[line.step]
    assert {str(source) for source in taken.sources} == line.sources
    assert taken.automatic == line.automatic


@standing
def reached(world: World, place: tuple[str, str]) -> Any:
    return AT[place](world)


@pytest.mark.parametrize("place", AT, ids=".".join)
def test_everybody_is_offered_just_what_is_theirs_and_nothing_leaves_from_elsewhere(world: World, place: tuple[str, str], reached: Any) -> None:
    (flow, state), obj = place, reached
    assert obj.state == state
    lines = [line for line in LINES if line.flow == flow and state in line.sources and not line.automatic]
    expected = {(line.step, who) for line in lines for who in line.who if _makes_sense(line.step, obj)}
    offered = {(offer.step.name, who) for who in PERSONS for offer in FLOWS[flow].offers(obj, world.actor(who))}
    assert offered == expected
    for line in LINES:
        if line.flow == flow and state not in line.sources:
            _cannot_leave_from_here(world, line, obj)


def _cannot_leave_from_here(world: World, line: Line, obj: Any) -> None:
    for who in sorted(line.who):
        with pytest.raises((StaleState, NotAllowed)):
            obj.flow.perform(line.step, obj, by=world.actor(who))


def _makes_sense(name: str, obj: Any) -> bool:
    """None of these objects is a key proposal, published, or an assisting unit's."""
    return name not in ("unmake_key", "unpublish", "countersign")


@pytest.mark.parametrize(
    ("place", "line"),
    [((flow, state), line) for flow, state in AT for line in LINES if line.flow == flow and state in line.sources and not line.automatic],
    ids=lambda value: value[1] if isinstance(value, tuple) else f"{value.flow}.{value.step}",
)
def test_who_may_take_it_does_and_all_others_are_refused(world: World, place: tuple[str, str], line: Line, reached: Any) -> None:
    obj = _prepared(world, line, reached)
    data = _data(world, line.flow, line.step, obj)
    outcomes = {who: _try(world, line, obj, data, who) for who in PERSONS}
    target = place[1] if line.target == "=" else line.target
    assert outcomes == {who: target if who in line.who else "not allowed" for who in PERSONS}


def test_what_the_office_entered_is_the_offices_only_while_it_is_a_draft(world: World) -> None:
    proposal = draft(world, "clerk", proposer=world.members["member"])
    assert "submit" in {offer.step.name for offer in PROPOSAL.offers(proposal, world.actor("clerk"))}
    waiting = step(world, proposal, "submit", "clerk")
    assert waiting.state == "confirming"
    assert PROPOSAL.offers(waiting, world.actor("clerk")) == []


def test_a_stranger_of_another_committee_may_take_no_step(world: World) -> None:
    elsewhere = build("linshan")
    proposal = proposal_at(world, "review")
    for line in LINES:
        for who in line.who if line.flow == "proposal" else ():
            with pytest.raises(NotAllowed):
                PROPOSAL.perform(line.step, proposal, by=elsewhere.actor(who))


# What begins, what is changed without moving ------------------------------------------------------------------------


def _row(text: str) -> tuple[str, str, frozenset[str], frozenset[str]]:
    name, states, who = (part.strip() for part in text.split("|"))
    flow, _colon, line = name.partition(":")
    return flow, line.strip(), frozenset(states.split()), frozenset(who.split()) - {"—"}


BEGINNING = [_row(text) for text in BEGINS.splitlines() if text.strip()]
EDITING = [_row(text) for text in EDITED.splitlines() if text.strip()]
OF_PROPOSALS = ("proposal", "cosignature", "assignment", "evaluation", "extension")
Row = tuple[str, str, frozenset[str], frozenset[str]]


def test_the_tables_name_every_beginning_and_every_edit() -> None:
    assert {row[:2] for row in BEGINNING} == {(code, name) for code in OF_PROPOSALS for name in FLOWS[code].births}
    assert {row[:2] for row in EDITING} == {(code, name) for code in OF_PROPOSALS for name in FLOWS[code].edits}
    for flow, name, states, _who in EDITING:
        assert {str(source) for source in FLOWS[flow].edits[name].sources} == states


def _about_to_begin(world: World, flow: str, name: str) -> Any:
    if flow == "proposal":
        new = Proposal(session=world.session, year=world.session.year, occasion="ordinary", title="关于修路的建议")
        new.proposer = world.members["member"]
        numbered = name in ("imported_filed", "imported_closed")
        new.case_number, new.filed_at = ("〔2020〕7", clock.now()) if numbered else ("", None)
        new.replied_at, new.reason_not_filed = clock.now(), "empty"
        return new
    if flow == "cosignature":
        return Cosignature(proposal=draft(world), membership=world.members["cosigner"], answered_at=clock.now())
    proposal = proposal_at(world, "filed")
    day = clock.today()
    return Assignment(
        proposal=proposal, unit=world.units["水务局"], part="sole", assigned_on=day, reply_due_on=day, hand_back_until=day,
        accepted_at=clock.now(), replied_at=clock.now(),
    )  # fmt: skip


@pytest.mark.parametrize("row", [row for row in BEGINNING if row[3]], ids=lambda row: f"{row[0]}.{row[1]}")
def test_who_may_begin_it_does_and_all_others_are_refused(world: World, row: Row) -> None:
    flow, name, (state,), whose = row[0], row[1], tuple(row[2]), row[3]
    outcomes = {}
    for who in PERSONS:
        new = _about_to_begin(world, flow, name)
        with suppress(_Undo), transaction.atomic():
            try:
                outcomes[who] = FLOWS[flow].begin(new, name, by=world.actor(who)).state
            except NotAllowed:
                outcomes[who] = "not allowed"
            raise _Undo
    assert outcomes == {who: state if who in whose else "not allowed" for who in PERSONS}


@pytest.mark.parametrize("place", [place for place in AT if place[0] in ("proposal", "assignment")], ids=".".join)
def test_who_may_change_it_does_while_it_is_open(world: World, place: tuple[str, str]) -> None:
    obj = AT[place](world)
    for flow, name, states, whose in EDITING:
        if flow != place[0]:
            continue
        outcomes = {who: _edited(world, obj, name, who) for who in (*sorted(whose), "third", "clerk", "other_officer", "auditor")}
        if place[1] in states:
            assert outcomes == {who: "changed" if who in whose else "NotAllowed" for who in outcomes}, name
        else:
            assert set(outcomes.values()) <= {"NotNow", "NotAllowed"}, name


def _edited(world: World, obj: Any, name: str, who: str) -> str:
    """Whether the person could change it, or how it was refused; what was done is undone."""
    outcome = "changed"
    with suppress(_Undo), transaction.atomic():
        try:
            with obj.flow.editing(name, obj, by=world.actor(who)) as edit:
                edit.note(what="something")
        except (NotAllowed, NotNow) as refused:
            outcome = type(refused).__name__
        raise _Undo
    return outcome
