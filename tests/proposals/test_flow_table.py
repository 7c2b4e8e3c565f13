"""Step × state × person against a table written by hand: what a clerk would say when asked who does
what, and when.

The table is not read from the flows. Each state is reached by real steps, and each standing person
tries each step.
"""

from __future__ import annotations

from typing import Any

import pytest

from tests.flow_tables import Line, lines
from tests.grounds import standing
from tests.proposals.roads import AT, data_for, prepared
from tests.undo import undone
from tests.world import World, build, draft, later, proposal_at, step
from yizheng.core import clock
from yizheng.core.flow import FLOWS
from yizheng.core.refusals import NotAllowed, NotNow, StaleState
from yizheng.proposals.flow import PROPOSAL
from yizheng.proposals.models import Assignment, Cosignature, Proposal

pytestmark = pytest.mark.usefixtures("english")

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
proposal: withdraw         | confirming submitted returned review filed handling | withdrawn | member
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

promise: report     | open missed   | reported  | officer leader
promise: confirm    | reported      | kept      | clerk reviewer assigner
promise: doubt      | reported      | open      | clerk reviewer assigner
promise: miss       | open reported | missed    | clerk reviewer assigner
promise: replace    | open reported | replaced  | —
promise: void       | open reported missed | void | —
"""
# What begins: birth | in which state | who ("—": it follows from something that was allowed by
# itself)
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
assignment: imported_assisting | untold   | clerk
evaluation: asked            | pending    | —
extension: asked             | asked      | —
"""
# What is changed without moving: edit | while | who
EDITED = """
proposal: save          | draft returned | member
proposal: enclose       | draft returned | member
proposal: discard       | draft          | member
proposal: invite        | draft confirming submitted returned review | member
proposal: reckon        | handling       | assigner
assignment: write_reply | handling       | officer leader
assignment: extend      | sent hand_back handling signing checking | assigner
"""
PERSONS = (
    "member",
    "cosigner",
    "third",
    "clerk",
    "reviewer",
    "assigner",
    "officer",
    "leader",
    "assisting_officer",
    "assisting_leader",
    "other_officer",
    "chairperson",
    "auditor",
    "administrator",
)


LINES = lines(TABLE)


# The tests ----------------------------------------------------------------------------------------


def _try(world: World, line: Line, obj: Any, data: dict[str, Any], who: str) -> str:
    """The state after the person took the step, or that it is not theirs; what was
    done is undone.
    """
    result = ""
    days = {"conclude": 40, "miss": 100}.get(line.step, 0)
    with undone(), later(days):
        try:
            result = obj.flow.perform(line.step, obj, by=world.actor(who), data=data).state
        except NotAllowed:
            result = "not allowed"
    return result


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
def test_everybody_is_offered_just_what_is_theirs_and_nothing_leaves_from_elsewhere(
    world: World, place: tuple[str, str], reached: Any
) -> None:
    (flow, state), obj = place, reached
    assert obj.state == state
    lines = [
        line for line in LINES if line.flow == flow and state in line.sources and not line.automatic
    ]
    expected = {
        (line.step, who) for line in lines for who in line.who if _makes_sense(line.step, obj)
    }
    offered = {
        (offer.step.name, who)
        for who in PERSONS
        for offer in FLOWS[flow].offers(obj, world.actor(who))
    }
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
    [
        ((flow, state), line)
        for flow, state in AT
        for line in LINES
        if line.flow == flow and state in line.sources and not line.automatic
    ],
    ids=lambda value: value[1] if isinstance(value, tuple) else f"{value.flow}.{value.step}",
)
def test_who_may_take_it_does_and_all_others_are_refused(
    world: World, place: tuple[str, str], line: Line, reached: Any
) -> None:
    obj = prepared(world, line, reached)
    data = data_for(world, line.flow, line.step, obj)
    outcomes = {who: _try(world, line, obj, data, who) for who in PERSONS}
    target = place[1] if line.target == "=" else line.target
    assert outcomes == {who: target if who in line.who else "not allowed" for who in PERSONS}


def test_what_the_office_entered_is_the_offices_only_while_it_is_a_draft(world: World) -> None:
    proposal = draft(world, "clerk", proposer=world.members["member"])
    assert "submit" in {
        offer.step.name for offer in PROPOSAL.offers(proposal, world.actor("clerk"))
    }
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


# What begins, what is changed without moving ------------------------------------------------------


def _row(text: str) -> tuple[str, str, frozenset[str], frozenset[str]]:
    name, states, who = (part.strip() for part in text.split("|"))
    flow, _colon, line = name.partition(":")
    return flow, line.strip(), frozenset(states.split()), frozenset(who.split()) - {"—"}


BEGINNING = [_row(text) for text in BEGINS.splitlines() if text.strip()]
EDITING = [_row(text) for text in EDITED.splitlines() if text.strip()]
OF_PROPOSALS = ("proposal", "cosignature", "assignment", "evaluation", "extension")
Row = tuple[str, str, frozenset[str], frozenset[str]]


def test_the_tables_name_every_beginning_and_every_edit() -> None:
    assert {row[:2] for row in BEGINNING} == {
        (code, name) for code in OF_PROPOSALS for name in FLOWS[code].births
    }
    assert {row[:2] for row in EDITING} == {
        (code, name) for code in OF_PROPOSALS for name in FLOWS[code].edits
    }
    for flow, name, states, _who in EDITING:
        assert {str(source) for source in FLOWS[flow].edits[name].sources} == states


def _about_to_begin(world: World, flow: str, name: str) -> Any:
    if flow == "proposal":
        new = Proposal(
            session=world.session,
            year=world.session.year,
            occasion="ordinary",
            title="关于修路的建议",
        )
        new.proposer = world.members["member"]
        numbered = name in ("imported_filed", "imported_closed")
        new.case_number, new.filed_at = ("〔2020〕7", clock.now()) if numbered else ("", None)
        new.replied_at, new.reason_not_filed = clock.now(), "empty"
        return new
    if flow == "cosignature":
        return Cosignature(
            proposal=draft(world), membership=world.members["cosigner"], answered_at=clock.now()
        )
    proposal = proposal_at(world, "filed")
    day = clock.today()
    return Assignment(
        proposal=proposal,
        unit=world.units["水务局"],
        part="sole",
        assigned_on=day,
        reply_due_on=day,
        hand_back_until=day,
        accepted_at=clock.now(),
        replied_at=clock.now(),
    )


@pytest.mark.parametrize(
    "row", [row for row in BEGINNING if row[3]], ids=lambda row: f"{row[0]}.{row[1]}"
)
def test_who_may_begin_it_does_and_all_others_are_refused(world: World, row: Row) -> None:
    flow, name, (state,), whose = row[0], row[1], tuple(row[2]), row[3]
    outcomes = {}
    for who in PERSONS:
        new = _about_to_begin(world, flow, name)
        with undone():
            try:
                outcomes[who] = FLOWS[flow].begin(new, name, by=world.actor(who)).state
            except NotAllowed:
                outcomes[who] = "not allowed"
    assert outcomes == {who: state if who in whose else "not allowed" for who in PERSONS}


@pytest.mark.parametrize(
    "place", [place for place in AT if place[0] in ("proposal", "assignment")], ids=".".join
)
def test_who_may_change_it_does_while_it_is_open(world: World, place: tuple[str, str]) -> None:
    obj = AT[place](world)
    for flow, name, states, whose in EDITING:
        if flow != place[0]:
            continue
        outcomes = {
            who: _edited(world, obj, name, who)
            for who in (*sorted(whose), "third", "clerk", "other_officer", "auditor")
        }
        if place[1] in states:
            assert outcomes == {
                who: "changed" if who in whose else "NotAllowed" for who in outcomes
            }, name
        else:
            assert set(outcomes.values()) <= {"NotNow", "NotAllowed"}, name


def _edited(world: World, obj: Any, name: str, who: str) -> str:
    """Whether the person could change it, or how it was refused; what was done is undone."""
    outcome = "changed"
    with undone():
        try:
            with obj.flow.editing(name, obj, by=world.actor(who)) as edit:
                edit.note(what="something")
        except (NotAllowed, NotNow) as refused:
            outcome = type(refused).__name__
    return outcome
