"""A unit merged in mid-year: what stood there or waited for it goes over, what is past keeps its
unit; each kind by hand.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.apps import apps
from django.test import Client
from django.utils import timezone

from tests.activities.making import activity, activity_at, outcome, suggestion
from tests.enterprises.making import enterprise
from tests.signing_in import SignedIn
from tests.venues.making import venue
from tests.world import World, proposal_at, step
from yizheng.activities.models import Participant
from yizheng.core import audit, clock
from yizheng.core.refusals import NotNow
from yizheng.organisations.models import Unit
from yizheng.organisations.services import units
from yizheng.promises.flow import PROMISE
from yizheng.promises.models import Promise

DECIDED = {
    # goes over
    "venues.venue.unit",
    "enterprises.enterprise.unit",
    "promises.promise.unit",
    "activities.activitysuggestion.unit",
    "activities.outcome.unit",
    "activities.participant.unit",
    "activities.activity.units",
    "proposals.proposal.suggested_units",
    # in hand: given to somebody first
    "proposals.assignment.unit",
    "transfers.transfer.unit",
    # past: keeps the unit and its name
    "proposals.assignment.hand_back_unit",
    "activities.contribution.unit",
    "opinions.opinion.unit",
    "organisations.unitname.unit",
    "organisations.unit.merged_into",
    # ends with it
    "organisations.unitcontact.unit",
}


def merge(world: World, unit: str = "水务局", into: str = "财政局") -> None:
    units.close_unit(
        world.units[unit],
        by=world.actor("clerk"),
        on=timezone.localdate(),
        merged_into=world.units[into],
    )


def test_every_reference_to_a_unit_was_decided_on() -> None:
    """A new one must be decided on too: add it to `LEGACIES`, or say here why it stays."""
    found = {
        f"{model._meta.label_lower}.{field.name}"
        for model in apps.get_models(include_auto_created=False)
        for field in model._meta.get_fields()
        if getattr(field, "related_model", None) is Unit and field.concrete
    }
    assert found == DECIDED


def trail(row: Any) -> tuple[str, str]:
    entry = audit.history(row).filter(action__endswith=".inherited").get()
    return entry.action, entry.detail["note"]


def test_what_stands_in_a_town_goes_over_with_it(world: World) -> None:
    place = venue(world, unit=world.units["水务局"])
    works = enterprise(world, unit=world.units["水务局"])
    elsewhere = enterprise(world, "北坡茶厂", unit=world.units["教育局"])
    merge(world)
    for row in (place, works, elsewhere):
        row.refresh_from_db()
    assert [place.unit, works.unit, elsewhere.unit] == [
        world.units["财政局"],
        world.units["财政局"],
        world.units["教育局"],
    ]
    assert trail(place) == ("venue.inherited", "yunxi县水务局 → yunxi县财政局")
    assert trail(works) == ("enterprise.inherited", "yunxi县水务局 → yunxi县财政局")


def test_an_open_promise_is_kept_by_the_unit_that_does_the_work_now(world: World) -> None:
    proposal_at(world, "closed")
    promise = Promise.objects.get()
    assert promise.state in PROMISE.open_states
    merge(world)
    promise.refresh_from_db()
    assert promise.unit == world.units["财政局"] and trail(promise)[0] == "promise.inherited"
    assert [
        offer.step.name for offer in PROMISE.offers(promise, world.actor("assisting_officer"))
    ], "its officer reports on it now"


def test_a_settled_promise_and_a_reply_keep_the_name_of_their_day(world: World) -> None:
    proposal = proposal_at(world, "closed")
    Promise.objects.update(
        state=PROMISE.ended_states[0], settled_on=timezone.localdate(), evidence="已办"
    )
    merge(world)
    assert Promise.objects.get().unit == world.units["水务局"]
    assert proposal.assignments.get().unit == world.units["水务局"]


def test_suggestions_outcomes_and_invitations_that_wait_go_over(world: World) -> None:
    water, finance = world.units["水务局"], world.units["财政局"]
    held = activity_at(world, "held")
    waiting = suggestion(world, held)
    decided = step(
        world,
        suggestion(world, held, text="建水塔"),
        "decide",
        "organiser",
        adoption="adopted",
        answer="已列入计划",
    )
    asked = outcome(world, held, recipient="unit", unit=water)
    coming = activity(world, title="下月座谈会")
    past = activity_at(world, "held", title="上月座谈会")
    for each in (coming, past):
        each.units.add(water)
        Participant(activity=each, role="guest", name="何楠", unit=water).save()
    merge(world)
    for row in (waiting, decided, asked):
        row.refresh_from_db()
    assert [waiting.unit, decided.unit, asked.unit] == [finance, water, finance]
    assert [list(each.units.all()) for each in (coming, past)] == [[finance], [water]]
    assert [each.participants.get(name="何楠").unit for each in (coming, past)] == [finance, water]


def test_a_proposal_not_assigned_yet_names_the_new_unit(world: World) -> None:
    filed = proposal_at(world, "filed")
    handled = proposal_at(world, "closed", title="关于修缮石桥的建议")
    for each in (filed, handled):
        each.suggested_units.add(world.units["水务局"])
    merge(world)
    assert list(filed.suggested_units.all()) == [world.units["财政局"]]
    assert list(handled.suggested_units.all()) == [world.units["水务局"]]


def test_a_unit_whose_work_is_not_done_is_merged_not_just_closed(
    world: World, signed_in: SignedIn
) -> None:
    suggestion(world, activity_at(world, "held"))
    clerk: Client = signed_in("clerk")
    unit = world.units["水务局"]
    answer = clerk.post(
        f"/organisation/units/{unit.pk}/close/", {"on": timezone.localdate(), "merged_into": ""}
    )
    assert answer.status_code == 422 and "待答复的活动建议 1" in answer.content.decode()
    with pytest.raises(NotNow) as refused:
        units.close_unit(unit, by=world.actor("clerk"), on=timezone.localdate())
    assert refused.value.field == "merged_into"
    answer = clerk.post(
        f"/organisation/units/{unit.pk}/close/",
        {"on": timezone.localdate(), "merged_into": world.units["财政局"].pk},
        follow=True,
    )
    assert (
        answer.status_code == 200
        and Unit.objects.get(pk=unit.pk).merged_into == world.units["财政局"]
    )


def test_merged_twice_it_ends_at_the_last(world: World) -> None:
    works = enterprise(world, unit=world.units["水务局"])
    merge(world)
    with clock.at(clock.now() + dt.timedelta(days=1)):
        merge(world, "财政局", "教育局")
    works.refresh_from_db()
    assert works.unit == world.units["教育局"]
