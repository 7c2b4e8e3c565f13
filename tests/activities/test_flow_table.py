"""The flows of activities against a table written by hand: step × role × state."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from django.utils import timezone

from tests.activities.making import (
    ROUTE,
    activity_at,
    call_for,
    offered,
    on,
    outcome,
    planned,
    suggestion,
    topic,
)
from tests.flow_tables import Line, lines
from tests.undo import undone
from tests.world import World, step
from yizheng.activities.flow.guards import takes_offers
from yizheng.attending.services import sign_in
from yizheng.core import clock
from yizheng.core.access import system
from yizheng.core.files import attach
from yizheng.core.flow import FLOWS
from yizheng.core.refusals import NotAllowed, StaleState

# flow: step | from | to (= stays) | who may (— nobody: a follow-up of other steps)
TABLE = """
activity: submit_for_approval | draft                | approving | organiser
activity: take_back           | approving approved   | draft     | organiser
activity: approve             | approving            | approved  | secretary chairperson
activity: send_back           | approving            | draft     | secretary chairperson
activity: invite              | approved             | invited   | organiser
activity: send_papers         | approved invited     | =         | organiser
activity: call                | approved invited     | =         | organiser
activity: change              | approved invited     | =         | organiser
activity: hold                | approved invited     | held      | organiser
activity: record              | held                 | recorded  | organiser
activity: amend               | recorded             | =         | organiser
activity: keep_no_attendance  | held recorded        | =         | organiser
activity: close               | recorded             | closed    | organiser
activity: reopen              | closed               | recorded  | secretary chairperson
activity: cancel              | draft approving approved invited | cancelled | organiser secretary chairperson
activity: annul               | held recorded closed | cancelled | secretary chairperson

plan_item: discuss            | proposed             | discussed | organiser secretary
plan_item: approve            | discussed            | approved  | secretary chairperson
plan_item: amend              | proposed discussed   | =         | organiser secretary
plan_item: move               | approved             | =         | organiser secretary
plan_item: drop               | proposed discussed approved | dropped | secretary chairperson
plan_item: take_up            | dropped              | proposed  | organiser secretary

contribution: shortlist       | offered              | shortlisted | organiser
contribution: ask_revision    | offered shortlisted  | revising  | organiser
contribution: revise          | revising             | shortlisted | member organiser
contribution: take_oral       | offered shortlisted written | oral | organiser
contribution: take_written    | offered shortlisted oral | written | organiser
contribution: place           | oral                 | =         | organiser
contribution: not_use         | offered shortlisted revising oral written | not_used | organiser
contribution: give            | oral written         | given     | organiser
contribution: reconsider      | not_used             | offered   | organiser
contribution: withdraw        | offered shortlisted revising | withdrawn | member
contribution: lapse           | offered shortlisted revising oral written | not_used | —

activity_suggestion: decide   | pending              | adopted   | organiser officer leader
activity_suggestion: pass_on  | pending              | =         | organiser
activity_suggestion: reopen   | adopted partly not_adopted | pending | organiser
activity_suggestion: lapse    | pending              | lapsed    | —

outcome: request_signature    | draft                | signing   | organiser
outcome: sign                 | signing              | signed    | secretary chairperson
outcome: send_back            | signing              | draft     | secretary chairperson
outcome: send                 | signed               | sent      | organiser
outcome: answer               | sent                 | answered  | organiser officer leader
outcome: ask_again            | answered             | sent      | organiser
outcome: close                | answered             | closed    | organiser
outcome: close_unanswered     | sent                 | closed    | organiser
outcome: drop                 | draft signed         | dropped   | organiser
outcome: lapse                | draft signing signed sent answered | dropped   | —
"""
PERSONS = (
    "member",
    "cosigner",
    "clerk",
    "organiser",
    "secretary",
    "chairperson",
    "officer",
    "leader",
    "other_officer",
    "auditor",
    "administrator",
    "editor",
    "reporter",
)


LINES = lines(TABLE)
FLOW_CODES = sorted({line.flow for line in LINES})


# Reaching each state by real steps ----------------------------------------------------------------


def _held(world: World) -> Any:
    """Held yesterday, so that all that follows can be done today; a paper hangs on nothing."""
    return activity_at(world, "held", days=1)


def _topic(*steps: tuple[str, str]) -> Callable[[World], Any]:
    def make(world: World) -> Any:
        item = topic(world)
        for name, who in steps:
            item = step(world, item, name, who, **_data(world, "plan_item", name, item))
        return item

    return make


def _offer(*steps: str, who: str = "organiser") -> Callable[[World], Any]:
    def make(world: World) -> Any:
        made = offered(world, call_for(world))
        for name in steps:
            made = step(world, made, name, who, **_data(world, "contribution", name, made))
        return made

    return make


def _given(world: World) -> Any:
    made = _offer("take_oral")(world)
    with clock.at(made.activity.starts_at + dt.timedelta(hours=1)):
        return step(world, made, "give", "organiser")


def _suggested(adoption: str = "") -> Callable[[World], Any]:
    def make(world: World) -> Any:
        made = suggestion(world, activity_at(world, "invited"))
        return (
            step(world, made, "decide", "officer", adoption=adoption, answer="已列入计划")
            if adoption
            else made
        )

    return make


def _lapsed(world: World) -> Any:
    made = _suggested()(world)
    step(world, made.activity, "cancel", "organiser", note="并入下月")
    made.refresh_from_db()
    return made


OUT = ("request_signature", "sign", "send", "answer", "close")
TAKEN_BY = {"sign": "secretary", "answer": "officer"}


def _sent_on(stop: str = "") -> Callable[[World], Any]:
    """A report for the water office to answer."""

    def make(world: World) -> Any:
        made = outcome(world, _held(world), recipient="unit", unit=world.units["水务局"])
        for name in OUT[: OUT.index(stop) + 1] if stop else ():
            made = step(
                world,
                made,
                name,
                TAKEN_BY.get(name, "organiser"),
                **_data(world, "outcome", name, made),
            )
        return made

    return make


def _ended(flow: str, name: str, make: Callable[[World], Any]) -> Callable[[World], Any]:
    return lambda world: step(
        world, made := make(world), name, "organiser", **_data(world, flow, name, made)
    )


def _taken_back(world: World) -> Any:
    """A draft that was approved once: only such a one is called off, others are thrown away."""
    return step(world, activity_at(world, "approved"), "take_back", "organiser")


AT: dict[tuple[str, str], Callable[[World], Any]] = {
    **{("activity", stop): partial(activity_at, stop=stop) for stop in ROUTE},
    ("activity", "draft"): _taken_back,
    ("activity", "cancelled"): _ended("activity", "cancel", lambda w: activity_at(w, "invited")),
    ("plan_item", "proposed"): topic,
    ("plan_item", "discussed"): _topic(("discuss", "organiser")),
    ("plan_item", "approved"): planned,
    ("plan_item", "dropped"): _topic(("drop", "secretary")),
    ("contribution", "offered"): _offer(),
    ("contribution", "shortlisted"): _offer("shortlist"),
    ("contribution", "revising"): _offer("ask_revision"),
    ("contribution", "oral"): _offer("take_oral"),
    ("contribution", "written"): _offer("take_written"),
    ("contribution", "not_used"): _offer("not_use"),
    ("contribution", "given"): _given,
    ("contribution", "withdrawn"): _offer("withdraw", who="member"),
    ("activity_suggestion", "pending"): _suggested(),
    ("activity_suggestion", "lapsed"): _lapsed,
    ("activity_suggestion", "adopted"): _suggested("adopted"),
    ("activity_suggestion", "partly"): _suggested("partly"),
    ("activity_suggestion", "not_adopted"): _suggested("not_adopted"),
    ("outcome", "draft"): _sent_on(),
    ("outcome", "signing"): _sent_on("request_signature"),
    ("outcome", "signed"): _sent_on("sign"),
    ("outcome", "sent"): _sent_on("send"),
    ("outcome", "answered"): _sent_on("answer"),
    ("outcome", "closed"): _sent_on("close"),
    ("outcome", "dropped"): _ended("outcome", "drop", _sent_on()),
}


def _data(world: World, flow: str, name: str, obj: Any) -> dict[str, Any]:
    """What a step needs to be filled in."""
    today = timezone.localdate()
    topic_fields = {
        "title": "改过的议题",
        "form": "special_survey",
        "month": 5,
        "committee": None,
        "reason": "",
        "proposed_by": "",
    }
    made: dict[str, dict[str, Any]] = {
        "activity.call": {"call_until": today, "call_words": "围绕供水"},
        "activity.change": {
            "starts_at": on(today + dt.timedelta(days=50), 9),
            "ends_at": on(today + dt.timedelta(days=50), 11),
            "note": "顺延",
        },
        "activity.record": {"minutes": "会议听取情况。"},
        "activity.amend": {"minutes": "会议听取情况。", "note": "更正人名"},
        "plan_item.discuss": {"meeting": "主席会议"},
        "plan_item.approve": {"meeting": "县委常委会会议", "on": today},
        "activity.invite": {},
        "plan_item.amend": topic_fields,
        "plan_item.move": {"month": 12, "note": "错开换届"},
        "contribution.revise": {"title": "改过的题目", "text": "改过的正文"},
        "contribution.take_oral": {"position": 1, "minutes": 8},
        "contribution.place": {"position": 2, "minutes": 6},
        "activity_suggestion.decide": {"adoption": "adopted", "answer": "照办"},
        "activity_suggestion.pass_on": {"unit": world.units["财政局"]},
        "outcome.answer": {"adoption": "adopted", "answer": "已列入明年计划", "answered_on": today},
        "outcome.close": {"effect": "两村已通水"},
        "outcome.close_unanswered": {"effect": "仅供参阅"},
        "outcome.send": {"sent_on": today},
    }
    return made.get(f"{flow}.{name}", {"note": "见说明"})


LATER = {"hold", "give"}


def _try(world: World, line: Line, obj: Any, who: str) -> str:
    """The state after the person took the step, or that it is not theirs; what was
    done is undone.
    """
    result, moment = "", clock.now()
    if line.step in LATER:
        moment = (obj if line.flow == "activity" else obj.activity).ends_at + dt.timedelta(days=1)
    data = _data(world, line.flow, line.step, obj)
    with undone(), clock.at(moment):
        try:
            result = obj.flow.perform(line.step, obj, by=world.actor(who), data=data).state
        except NotAllowed:
            result = "not allowed"
    return result


def _prepared(world: World, line: Line, obj: Any) -> Any:
    if line.step == "send_papers":
        attach(
            io.BytesIO(b"%PDF-1.4\n%%EOF\n"),
            "议程.pdf",
            to=obj,
            by=world.actor("organiser"),
            purpose="paper",
        )
    if (line.flow, line.step) == ("activity", "close"):
        with clock.at(obj.ends_at):
            sign_in.confirm(obj, by=world.actor("organiser"))
    return obj


# The tests ----------------------------------------------------------------------------------------


def test_the_table_names_every_step_and_every_state() -> None:
    assert {(line.flow, line.step) for line in LINES} == {
        (code, name) for code in FLOW_CODES for name in FLOWS[code].steps
    }
    assert set(AT) == {(code, str(state)) for code in FLOW_CODES for state in FLOWS[code].states}


@pytest.mark.parametrize("line", LINES, ids=lambda line: f"{line.flow}.{line.step}")
def test_a_step_leaves_from_where_the_table_says(line: Line) -> None:
    taken = FLOWS[line.flow].steps[line.step]
    assert {str(source) for source in taken.sources} == line.sources
    assert taken.automatic == (not line.who)


@pytest.mark.parametrize("place", AT, ids=".".join)
def test_everybody_takes_just_what_is_theirs(world: World, place: tuple[str, str]) -> None:
    flow, state = place
    obj = AT[place](world)
    assert obj.state == state
    from_here = [line for line in LINES if line.flow == flow and state in line.sources and line.who]
    offered_now = {
        (o.step.name, who) for who in PERSONS for o in FLOWS[flow].offers(obj, world.actor(who))
    }
    assert offered_now == {(line.step, who) for line in from_here for who in line.who}
    for line in from_here:
        target = state if line.target == "=" else line.target
        _prepared(world, line, obj)
        outcomes = {who: _try(world, line, obj, who) for who in PERSONS}
        assert outcomes == {who: target if who in line.who else "not allowed" for who in PERSONS}, (
            line.step
        )
    for line in LINES:
        if line.flow == flow and state not in line.sources:
            for who in sorted(line.who):
                with pytest.raises((StaleState, NotAllowed)):
                    obj.flow.perform(line.step, obj, by=world.actor(who))


def test_follow_ups_are_the_platforms(world: World) -> None:
    made = offered(world, call_for(world))
    with pytest.raises(NotAllowed):
        made.flow.perform("lapse", made, by=world.actor("member"), data={"note": "取消"})
    assert (
        made.flow.perform(
            "lapse", made, by=system(world.organisation.pk), data={"note": "取消"}
        ).state
        == "not_used"
    )


def test_only_what_is_selected_is_shortlisted(world: World) -> None:
    made = offered(world, call_for(world), kind="speech")
    assert "shortlist" not in {
        o.step.name for o in made.flow.offers(made, world.actor("organiser"))
    }
    assert takes_offers(made.activity)
