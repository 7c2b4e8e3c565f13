"""How things of activities begin and are changed beside their steps, against a table written by
hand: who × state.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.activities.making import activity, activity_at, planned
from tests.activities.test_flow_table import AT, PERSONS
from tests.undo import undone
from tests.world import World
from yizheng.activities.flow import ACTIVITY, CONTRIBUTION, OUTCOME, PLAN_ITEM, SUGGESTION
from yizheng.activities.models import Activity, ActivitySuggestion, Contribution, Outcome, PlanItem
from yizheng.attending.flow import LEAVE
from yizheng.attending.models import Leave
from yizheng.core.flow import FLOWS
from yizheng.core.refusals import NotAllowed, NotNow

FLOWS_HERE = ("activity", "plan_item", "contribution", "activity_suggestion", "outcome", "leave")

# flow: how | the activity is | begins as | who may
BIRTHS = """
contribution: offered        | approved invited                         | offered     | member cosigner
contribution: recorded       | approving approved invited held recorded | oral        | organiser
contribution: recorded_given | approving approved invited held recorded | given       | organiser
activity_suggestion: noted   | invited held recorded                    | pending     | organiser
outcome: drafted             | held recorded                            | draft       | organiser
leave: ask                   | invited held recorded                    | asked       | member organiser
"""
ALONE = """
activity: drafted    | draft    | organiser
activity: imported   | closed   | organiser
plan_item: proposed  | proposed | organiser secretary
contribution: offered | offered | member cosigner
"""
IMPORTED = {
    "activity.imported": "closed",
    "outcome.imported": "closed",
    "leave.imported": "granted",
    "activity_suggestion.imported_adopted": "adopted",
    "activity_suggestion.imported_partly": "partly",
    "activity_suggestion.imported_not_adopted": "not_adopted",
}

NOT_OFF = "draft approving approved invited held recorded closed"
# flow: edit | in | who may
EDITS = f"""
activity: save               | draft                                | organiser
activity: agenda             | draft approving approved invited held | organiser
activity: enclose            | draft approving approved invited held | organiser
activity: take_paper_off     | draft approving approved invited held | organiser
activity: discard            | draft                                | organiser
activity: list               | {NOT_OFF} | organiser
activity: take_off           | {NOT_OFF} | organiser
activity: sign_in            | {NOT_OFF} | member cosigner
activity: keep_attendance    | {NOT_OFF} | organiser
activity: confirm_attendance | {NOT_OFF} | organiser
activity: measured           | held recorded closed                 | organiser
activity: inherited          | draft approving approved invited      | organiser
outcome: save                | draft                                | organiser
outcome: inherited           | draft signing signed sent answered   | organiser
activity_suggestion: inherited | pending                            | organiser
"""
Rows = dict[tuple[str, str], list[set[str]]]


def _read(text: str) -> Rows:
    found: Rows = {}
    for line in filter(str.strip, text.splitlines()):
        name, *rest = (part.strip() for part in line.split("|"))
        flow, _colon, what = name.partition(":")
        found[flow, what.strip()] = [set(part.split()) for part in rest]
    return found


BORN, CHANGED = _read(BIRTHS), _read(EDITS)


def test_the_tables_name_every_birth_and_every_edit() -> None:
    born = {(code, name) for code in FLOWS_HERE for name in FLOWS[code].births}
    assert born == {
        *BORN,
        ("activity", "drafted"),
        ("plan_item", "proposed"),
        *(tuple(name.split(".")) for name in IMPORTED),
    }
    assert {(code, name) for code in FLOWS_HERE for name in FLOWS[code].edits} == set(CHANGED)
    for (flow, name), (sources, _who) in CHANGED.items():
        assert {str(state) for state in FLOWS[flow].edits[name].sources} == sources, name


def test_what_a_list_brings_in_stands_where_it_ended() -> None:
    assert {
        name: FLOWS[name.split(".")[0]].births[name.split(".")[1]].state for name in IMPORTED
    } == IMPORTED


def _outcome_of(act: Callable[[], Any]) -> str:
    result = ""
    with undone():
        try:
            result = str(act())
        except NotAllowed:
            result = "not theirs"
        except NotNow:
            result = "not now"
    return result


# Births -------------------------------------------------------------------------------------------

STATES = (*NOT_OFF.split(), "cancelled")


def _place(world: World, state: str) -> Activity:
    """The activity with a call that still runs; the member and the co-signer stand on its list."""
    found: Activity = AT["activity", state](world)
    type(found).objects.filter(pk=found.pk).update(call_until="2999-12-31")
    return type(found).objects.get(pk=found.pk)


def _made(world: World, flow: str, name: str, at: Activity, who: str) -> Any:
    by = world.actor(who)
    if flow == "contribution":
        own = (
            min(by.membership_ids, default=None)
            if name == "offered"
            else world.members["member"].pk
        )
        return Contribution(
            activity=at,
            kind="speech",
            title="发言",
            membership_id=own,
            given_on=at.starts_at.date(),
        )
    if flow == "activity_suggestion":
        return ActivitySuggestion(activity=at, number=1, text="建议", made_by="委员")
    if flow == "leave":
        mine = at.participants.get(membership=world.members["member"])
        return Leave(participant=mine, reason="duty", words="下乡", asked_at=at.starts_at)
    return Outcome(
        activity=at, kind="minutes", title="纪要", text="会议认为", recipient="government"
    )


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("place", BORN, ids=".".join)
def test_each_begins_by_whom_and_when_the_table_says(
    world: World, place: tuple[str, str], state: str
) -> None:
    (flow, name), at = place, _place(world, state)
    sources, target, who = BORN[place]
    if flow == "leave" and state == "closed":
        sources = {"closed"} - {"closed"}  # its attendance is confirmed
    found = {
        p: _outcome_of(
            lambda p=p: (
                FLOWS[flow].begin(_made(world, flow, name, at, p), name, by=world.actor(p)).state
            )
        )
        for p in PERSONS
    }
    now = next(iter(target)) if state in sources else "not now"
    assert found == {p: now if p in who else "not theirs" for p in PERSONS}


@pytest.mark.parametrize("name", ["drafted", "proposed"])
def test_an_activity_and_a_topic_begin_by_whom_the_table_says(world: World, name: str) -> None:
    flow, who = (
        (ACTIVITY, {"organiser"}) if name == "drafted" else (PLAN_ITEM, {"organiser", "secretary"})
    )

    def make() -> Any:
        if name == "proposed":
            return PlanItem(title="议题", year=2027, form="special_survey", month=5)
        whole = Activity.objects.get()
        whole.pk, whole._state.adding = None, True
        return whole

    activity(world)
    found = {
        p: _outcome_of(lambda p=p: flow.begin(make(), name, by=world.actor(p)).state)
        for p in PERSONS
    }
    assert found == {
        p: ("draft" if name == "drafted" else "proposed") if p in who else "not theirs"
        for p in PERSONS
    }


def test_only_a_topic_of_the_plan_carries_an_activity(world: World) -> None:
    from tests.activities.making import topic
    from yizheng.activities import services

    mine = activity(world, plan_item=planned(world))
    raw = topic(world, title="还没有讨论的议题")
    for refused in (
        lambda: activity(world, plan_item=raw),
        lambda: services.save_activity(mine, by=world.actor("organiser"), plan_item=raw),
    ):
        with pytest.raises(NotNow):
            refused()
    assert Activity.objects.get().plan_item != raw


# Edits --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "place",
    [place for place in AT if place[0] in ("activity", "activity_suggestion", "outcome")],
    ids=".".join,
)
def test_everybody_changes_just_what_is_theirs(world: World, place: tuple[str, str]) -> None:
    """A draft that was never approved: one that was is called off, not thrown away."""
    flow, state = place
    obj = activity_at(world, "draft") if place == ("activity", "draft") else AT[place](world)

    def change(name: str, who: str) -> str:
        with FLOWS[flow].editing(name, obj, by=world.actor(who)):
            return "changed"

    for (of, name), (sources, who) in CHANGED.items():
        if of != flow:
            continue
        begun = state in ("held", "recorded", "closed")
        now = (
            "changed" if state in sources and (name != "confirm_attendance" or begun) else "not now"
        )
        if begun and name == "confirm_attendance":
            type(obj).objects.filter(pk=obj.pk).update(
                starts_at="2020-01-01T09:00+08:00", ends_at="2020-01-01T11:00+08:00"
            )
            obj.sittings.update(
                starts_at="2020-01-01T09:00+08:00", ends_at="2020-01-01T11:00+08:00"
            )
        assert {p: _outcome_of(lambda p=p, name=name: change(name, p)) for p in PERSONS} == {
            p: now if p in who else "not theirs" for p in PERSONS
        }, name


def test_a_draft_that_was_approved_or_has_papers_out_stays(world: World) -> None:
    """Taken back after the approval it is a draft again, and cannot be thrown away."""
    from tests.world import step

    back = step(world, activity_at(world, "approved"), "take_back", "organiser")
    with pytest.raises(NotNow), ACTIVITY.editing("discard", back, by=world.actor("organiser")):
        pass
    assert {flow.code for flow in (ACTIVITY, CONTRIBUTION, OUTCOME, SUGGESTION, LEAVE)} <= set(
        FLOWS
    )
