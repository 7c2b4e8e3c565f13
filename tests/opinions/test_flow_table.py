"""Step × state × person against a table written by hand: what an information editor would say when
asked who does what.

The table is not read from the flows. Each state is reached by real steps, and each standing person
tries each step.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.flow_tables import Line, lines
from tests.grounds import standing
from tests.opinions.roads import (
    above,
    answer,
    at,
    draft,
    instruct,
    issue,
    sent_to,
    sent_up,
    transfer,
)
from tests.undo import undone
from tests.world import World, build, step
from yizheng.core import clock, tenancy
from yizheng.core.access import system
from yizheng.core.flow import FLOWS
from yizheng.core.refusals import NotAllowed, NotNow, StaleState
from yizheng.opinions import services
from yizheng.opinions.models import Dispatch, Issue, Opinion
from yizheng.transfers.models import Transfer

# flow: step | from | to (= stays where it is) | who ("—": no person, it follows from another step)
TABLE = """
opinion: submit           | draft returned                              | submitted   | member
opinion: withdraw         | submitted returned editing checking signing | withdrawn   | member
opinion: take_up          | submitted                                   | editing     | editor
opinion: return           | submitted editing                           | returned    | editor
opinion: not_use          | submitted editing checking signing          | not_used    | editor signer chairperson
opinion: merge            | editing                                     | =           | editor
opinion: be_merged        | submitted editing                           | merged      | —
opinion: finish           | editing                                     | checking    | editor
opinion: send_back        | checking signing                            | editing     | editor signer chairperson
opinion: pass_check       | checking                                    | signing     | editor
opinion: sign             | signing                                     | signed      | signer chairperson
opinion: publish          | signed published sent used transferred answered | published | —
opinion: send             | signed published                            | sent        | editor
opinion: send             | sent used transferred answered              | =           | editor
opinion: send_up          | signed published                            | sent        | editor
opinion: send_up          | sent used transferred answered              | =           | editor
opinion: be_adopted       | signed published sent used transferred answered closed | used | —
opinion: be_instructed    | signed published sent used transferred answered closed | used | —
opinion: be_transferred   | signed published sent used transferred answered | transferred | —
opinion: come_back        | transferred                                 | used        | —
opinion: be_answered      | transferred                                 | answered    | —
opinion: close            | published sent used answered                | closed      | editor
opinion: close            | transferred                                 | not now     | editor
opinion: reopen           | closed                                      | sent        | editor
opinion: reopen           | not_used                                    | editing     | editor
opinion: mark_excellent   | signed published sent used transferred answered closed | = | editor
opinion: unmark_excellent | signed published sent used transferred answered closed | = | editor
opinion: mark_secrecy     | submitted editing checking signing signed published sent used transferred answered closed not_used withdrawn | = | editor
opinion: come_out         | merged                                      | submitted   | —
opinion: be_completed     | returned                                    | submitted   | —
opinion: be_taken_back    | submitted returned                          | withdrawn   | —

dispatch: adopt           | sent not_adopted                            | adopted     | editor
dispatch: refuse          | sent                                        | not_adopted | editor
dispatch: take_back       | sent returned completed                     | withdrawn   | editor
dispatch: be_returned     | sent taken_up                               | returned    | —
dispatch: complete        | returned                                    | completed   | editor
dispatch: send_back       | completed                                   | returned    | signer chairperson
dispatch: send_again      | completed                                   | sent        | signer chairperson
dispatch: be_taken_up     | sent                                        | taken_up    | —
dispatch: be_adopted      | sent taken_up                               | adopted     | —
dispatch: be_refused      | sent taken_up                               | not_adopted | —

issue: publish            | composing                                   | published   | editor

transfer: accept          | sent                                        | handling    | officer leader
transfer: answer          | sent handling                               | answered    | officer leader
transfer: hand_back       | sent handling                               | handed_back | officer leader
transfer: take            | answered                                    | taken       | editor
transfer: send_back       | answered                                    | handling    | editor
transfer: urge            | sent handling                               | =           | editor
transfer: recall          | sent handling                               | recalled    | editor
transfer: lapse           | sent handling answered                      | recalled    | —
"""
# flow: how it begins | in which state | who ("—": it follows from something else)
BIRTHS = """
opinion: drafted             | draft     | member third editor reporter officer other_officer
opinion: entered             | draft     | editor
opinion: taken_over          | submitted | —
opinion: taken_over_as_draft | draft     | member third editor reporter officer other_officer
opinion: received            | submitted | —
opinion: imported            | closed    | editor
opinion: imported_not_used   | not_used  | editor
dispatch: dispatched         | sent      | —
dispatch: sent_up            | sent      | —
dispatch: sent_further       | taken_up  | —
dispatch: imported           | adopted   | editor
issue: composed              | composing | editor
issue: imported              | published | editor
transfer: transferred        | sent      | editor
"""
# flow: what is changed | while it is | who
EDITS = """
opinion: save          | draft returned   | member
opinion: enclose       | draft returned   | member
opinion: discard       | draft            | member
opinion: save_edition  | editing checking | editor
opinion: start_over    | editing checking | editor
opinion: add_paper     | signed published sent used transferred answered closed | editor
opinion: be_told       | merged           | editor
dispatch: be_received  | sent             | editor
issue: compose         | composing        | editor
issue: discard         | composing        | editor
"""
PERSONS = (
    "member",
    "third",
    "editor",
    "signer",
    "secretary",
    "reporter",
    "officer",
    "leader",
    "other_officer",
    "chairperson",
    "organiser",
    "clerk",
    "auditor",
    "administrator",
)


LINES = lines(TABLE)
FLOWS_HERE = ("opinion", "dispatch", "issue", "transfer")


def _used(world: World) -> Opinion:
    opinion = at(world, "sent")
    instruct(world, opinion)
    return opinion


def _transferred(world: World) -> Opinion:
    opinion = at(world, "sent")
    transfer(world, opinion)
    return opinion


def _answered(world: World) -> Opinion:
    opinion = at(world, "sent")
    answer(world, transfer(world, opinion))
    return opinion


def _published(world: World) -> Opinion:
    opinion = at(world, "signed")
    issue(world, opinion)
    return opinion


def _merged(world: World) -> Opinion:
    other = at(world, "submitted")
    step(world, at(world, "editing", "third"), "merge", "editor", others=[other])
    return other


def _taken(name: str, who: str, **data: Any) -> Callable[[World], Any]:
    """What was transferred to the unit, after one more step."""
    return lambda world: step(world, transfer(world, at(world, "sent")), name, who, **data)


def _taken_up_above(world: World) -> Any:
    """Sent up to a committee of the level above, whose editor has taken it up."""
    dispatch, city = sent_up(world, at(world, "signed"))
    with tenancy.scope(city.organisation):
        step(city, above(dispatch), "take_up", "editor")
    return dispatch


def _returned_from_above(world: World) -> Any:
    dispatch, city = sent_up(world, at(world, "signed"))
    with tenancy.scope(city.organisation):
        step(city, above(dispatch), "return", "editor", note="请补充时间地点")
    return dispatch


def _completed(world: World) -> Any:
    return step(world, _returned_from_above(world), "complete", "editor", **COMPLETION)


COMPLETION = {
    "title": "关于北坡村冬季供水的反映",
    "text": "北坡村入冬以来停水六次。",
    "note": "已补充停水次数",
}
ANSWER = {"answer": "已加装保温层。", "result": "adopted"}
AT: dict[tuple[str, str], Callable[[World], Any]] = {
    ("opinion", "draft"): draft,
    **{
        ("opinion", stop): lambda w, stop=stop: at(w, stop)
        for stop in ("submitted", "editing", "checking", "signing", "signed", "sent")
    },
    ("opinion", "returned"): lambda w: step(
        w, at(w, "submitted"), "return", "editor", note="请补充时间地点"
    ),
    ("opinion", "published"): _published,
    ("opinion", "used"): _used,
    ("opinion", "transferred"): _transferred,
    ("opinion", "answered"): _answered,
    ("opinion", "closed"): lambda w: step(
        w, at(w, "sent"), "close", "editor", feedback="县委已阅。"
    ),
    ("opinion", "not_used"): lambda w: step(
        w, at(w, "submitted"), "not_use", "editor", reason="empty"
    ),
    ("opinion", "merged"): _merged,
    ("opinion", "withdrawn"): lambda w: step(
        w, at(w, "submitted"), "withdraw", "member", note="情况已变"
    ),
    ("dispatch", "sent"): lambda w: sent_to(w, at(w, "signed")),
    ("dispatch", "taken_up"): _taken_up_above,
    ("dispatch", "returned"): _returned_from_above,
    ("dispatch", "completed"): _completed,
    ("dispatch", "adopted"): lambda w: step(
        w, sent_to(w, at(w, "signed")), "adopt", "editor", **_adoption()
    ),
    ("dispatch", "not_adopted"): lambda w: step(
        w, sent_to(w, at(w, "signed")), "refuse", "editor", note="未用"
    ),
    ("dispatch", "withdrawn"): lambda w: step(
        w, sent_to(w, at(w, "signed")), "take_back", "editor", note="误报"
    ),
    ("issue", "composing"): lambda w: services.compose(
        by=w.actor("editor"), opinions=[at(w, "signed")], journal="社情民意"
    ),
    ("issue", "published"): lambda w: issue(w, at(w, "signed")),
    ("transfer", "sent"): lambda w: transfer(w, at(w, "sent")),
    ("transfer", "handling"): _taken("accept", "officer"),
    ("transfer", "answered"): _taken("answer", "officer", **ANSWER),
    ("transfer", "taken"): lambda w: step(
        w, _taken("answer", "officer", **ANSWER)(w), "take", "editor"
    ),
    ("transfer", "handed_back"): _taken("hand_back", "officer", note="不属本单位职责"),
    ("transfer", "recalled"): _taken("recall", "editor", note="误转"),
}


def _adoption() -> dict[str, Any]:
    return {"adoption": "single", "adopted_in": "县委信息", "adopted_on": clock.today()}


def _data(world: World, line: Line) -> dict[str, Any]:
    made: dict[str, Callable[[], dict[str, Any]]] = {
        "not_use": lambda: {"reason": "empty"},
        "merge": lambda: {"others": [at(world, "submitted", "third")]},
        "send": lambda: {"recipients": ["city_cppcc"], "sent_on": clock.today()},
        "send_up": lambda: {"to": world.organisation.parent},
        "close": lambda: {"feedback": "已转县水务局办理。"},
        "mark_secrecy": lambda: {"secrecy": "internal", "accounts": []},
        "adopt": _adoption,
        "complete": lambda: COMPLETION,
        "answer": lambda: ANSWER,
    }
    return made[line.step]() if line.step in made else {"note": "见附件说明"}


@standing
def reached(world: World, place: tuple[str, str]) -> Any:
    """Where there is a committee above to send to."""
    world.organisation.parent = build("shangcheng").organisation
    world.organisation.save()
    obj = AT[place](world)
    obj.refresh_from_db()
    return obj


def test_the_table_names_every_step_and_every_state() -> None:
    assert {(line.flow, line.step) for line in LINES} == {
        (code, name) for code in FLOWS_HERE for name in FLOWS[code].steps
    }
    assert set(AT) == {(code, str(state)) for code in FLOWS_HERE for state in FLOWS[code].states}
    assert {(line.flow, line.step) for line in lines(BIRTHS)} == {
        (code, name) for code in FLOWS_HERE for name in FLOWS[code].births
    }
    assert {(line.flow, line.step) for line in lines(EDITS)} == {
        (code, name) for code in FLOWS_HERE for name in FLOWS[code].edits
    }


def test_a_step_leaves_from_where_the_table_says() -> None:
    for flow, name in {(line.flow, line.step) for line in LINES}:
        taken = FLOWS[flow].steps[name]
        lines = [line for line in LINES if (line.flow, line.step) == (flow, name)]
        assert {str(source) for source in taken.sources} == frozenset().union(
            *(line.sources for line in lines)
        ), name
        assert {taken.automatic} == {line.automatic for line in lines}, name


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
        (line.step, who) for line in lines for who in line.who if line.step != "unmark_excellent"
    }
    offered = {
        (offer.step.name, who)
        for who in PERSONS
        for offer in FLOWS[flow].offers(obj, world.actor(who))
    }
    assert offered == expected
    for line in LINES:
        if line.flow == flow and state not in FLOWS[flow].steps[line.step].sources:
            for who in sorted(line.who):
                with pytest.raises((StaleState, NotAllowed)):
                    obj.flow.perform(line.step, obj, by=world.actor(who))


def _try(world: World, line: Line, obj: Any, data: dict[str, Any], who: str) -> str:
    """The state after the person took the step, or that it is not theirs; what was
    done is undone.
    """
    result = ""
    with undone():
        try:
            result = obj.flow.perform(line.step, obj, by=world.actor(who), data=data).state
        except NotAllowed:
            result = "not allowed"
        except NotNow:
            result = "not now"
    return result


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
    obj = reached
    if line.step == "unmark_excellent":
        obj = step(world, obj, "mark_excellent", "editor")
    data = _data(world, line)
    outcomes = {who: _try(world, line, obj, data, who) for who in PERSONS}
    target = place[1] if line.target == "=" else line.target
    assert outcomes == {who: target if who in line.who else "not allowed" for who in PERSONS}


# How it begins, and what is changed in it ---------------------------------------------------------


def _opinion(world: World, who: str, line: Line) -> Opinion:
    kind = "member" if line.step == "entered" else "non_member"
    return Opinion(
        year=clock.today().year,
        title="题",
        body="文",
        reporter_kind=kind,
        reporter_name="何大山",
        reporter_identity="北坡村村民",
        reporter=world.members["cosigner"] if kind == "member" else None,
        edited_text="文",
        signed_by_name="孟澜",
        reason_not_used="empty",
    )


NEW: dict[str, Callable[[World, str, Line], Any]] = {
    "opinion": _opinion,
    "dispatch": lambda w, who, line: Dispatch(
        opinion=Opinion.objects.get(),
        level="city",
        recipient="市政协",
        sent_on=clock.today(),
        adoption="single",
        adopted_on=clock.today(),
    ),
    "issue": lambda w, who, line: Issue(
        journal="社情民意",
        year=clock.today().year,
        number="第9期" if line.step == "imported" else "",
        issued_on=clock.today(),
    ),
    "transfer": lambda w, who, line: Transfer(
        source=Opinion.objects.get(),
        unit=w.units["水务局"],
        sent_on=clock.today(),
        answer_due_on=clock.today(),
    ),
}


@pytest.mark.parametrize("line", lines(BIRTHS), ids=lambda line: f"{line.flow}.{line.step}")
def test_it_begins_by_whom_the_table_says_and_in_the_state_it_says(
    world: World, line: Line
) -> None:
    if line.flow in ("dispatch", "transfer"):
        at(world, "signed")
    flow, platform = FLOWS[line.flow], system(world.organisation.pk)
    assert (flow.births[line.step].rule is None) == line.automatic
    actors = {"": platform} if line.automatic else {who: world.actor(who) for who in PERSONS}
    outcomes = {}
    for who, actor in actors.items():
        with undone():
            try:
                outcomes[who] = flow.begin(
                    NEW[line.flow](world, who, line), line.step, by=actor
                ).state
            except NotAllowed:
                outcomes[who] = "not allowed"
    (state,) = line.sources
    assert outcomes == {
        who: state if line.automatic or who in line.who else "not allowed" for who in actors
    }


@pytest.mark.parametrize("place", AT, ids=".".join)
def test_it_is_changed_by_whom_the_table_says_and_only_then(
    world: World, place: tuple[str, str]
) -> None:
    flow, state = place
    obj = AT[place](world)
    obj.refresh_from_db()
    for line in (line for line in lines(EDITS) if line.flow == flow):
        open_now = state in line.sources
        for who in PERSONS if open_now else sorted(line.who):
            expected = (
                "changed"
                if open_now and who in line.who
                else "not now"
                if who in line.who
                else "not allowed"
            )
            assert (line.step, who, _change(world, obj, line.step, who)) == (
                line.step,
                who,
                expected,
            )


def _change(world: World, obj: Any, name: str, who: str) -> str:
    result = "changed"
    with undone():
        try:
            with obj.flow.editing(name, obj, by=world.actor(who)):
                pass
        except NotAllowed:
            result = "not allowed"
        except NotNow:
            result = "not now"
    return result
