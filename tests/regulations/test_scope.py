"""What a request or a task remembers of the regulations: what was adopted in it counts at once, and
what was taken back never.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from tests.world import World, adopt_rules, proposal_at, step
from yizheng.core import clock, jobs, nightly_work, tenancy
from yizheng.core.access import Actor
from yizheng.core.jobs import Job
from yizheng.proposals import parameters


def days() -> int:
    return parameters.in_force(clock.today()).deadlines.hand_back_days


def adopt_days(world: World, n: int) -> None:
    adopt_rules(world, deadlines={"hand_back_days": n})


def test_a_step_after_an_adoption_goes_by_the_new_rules(world: World) -> None:
    first, second = proposal_at(world, "review"), proposal_at(world, "review")
    assert step(world, first, "file", "reviewer").case_number.startswith("〔")
    adopt_rules(
        world,
        numbering={"case": "提字{year}第{serial:4}号", "case_ordinary": "提字{year}第{serial:4}号"},
    )
    assert step(world, second, "file", "reviewer").case_number.startswith("提字")


def test_an_outer_scope_sees_what_was_adopted_in_an_inner_one(world: World) -> None:
    """A command or import that holds a scope while a request, or its own part, works in another of
    the same organisation.
    """
    assert days() == 5
    with tenancy.scope(world.organisation):
        assert days() == 5
        adopt_days(world, 7)
        assert days() == 7
    assert days() == 7


def test_what_was_taken_back_is_not_remembered(world: World) -> None:
    class TakenBack(Exception):
        pass

    assert days() == 5
    with pytest.raises(TakenBack), transaction.atomic():
        adopt_days(world, 7)
        assert days() == 7
        raise TakenBack
    assert days() == 5


def test_a_request_asks_the_database_once(world: World) -> None:
    with tenancy.scope(world.organisation), CaptureQueriesContext(connection) as asked:
        for _ in range(5):
            days()
    assert len(asked) == 1


def test_after_the_commit_it_is_remembered_again(open_county: World) -> None:
    adopt_days(open_county, 7)
    assert days() == 7
    with CaptureQueriesContext(connection) as asked:
        assert days() == days() == 7
    assert len(asked) == 0


def test_each_work_of_a_night_asks_anew(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """An adoption by another process while the night's work runs."""
    found: list[int] = []

    def looks(_by: Actor) -> int:
        found.append(days())
        return 0

    def another_process_adopts(_by: Actor) -> int:
        looks(_by)
        _behind_the_back(lambda: adopt_days(world, 7))
        return 0

    monkeypatch.setattr(nightly_work, "_registered", {"a": another_process_adopts, "b": looks})
    assert [outcome.error for outcome in nightly_work.run_for(world.organisation)] == ["", ""]
    assert found == [5, 7]


def _behind_the_back(change: Callable[[], Any]) -> None:
    """What another process does: no scope of this one is told."""
    import contextvars

    contextvars.Context().run(lambda: _in_scope_of_its_own(change))


def _in_scope_of_its_own(change: Callable[[], Any]) -> None:
    from yizheng.organisations.models import Organisation

    with tenancy.scope(Organisation.objects.get()):
        change()


def test_a_job_begins_with_what_is_in_force_when_it_begins(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    found: list[int] = []

    def look(_progress: Any) -> dict[str, Any]:
        found.append(days())
        return {}

    monkeypatch.setitem(jobs.RUNNERS, "test", lambda job: look)
    for n in (5, 7):
        if n == 7:
            _behind_the_back(lambda: adopt_days(world, 7))
        job = Job(kind="test", title="x", account=world.accounts["clerk"])
        job.save()
        jobs.run.call(job.pk)
    assert found == [5, 7]


def test_tomorrows_version_waits_for_its_day_in_one_scope(world: World) -> None:
    adopt_rules(world, on=clock.today(), deadlines={"hand_back_days": 7})
    assert days() == 7
    with clock.at(clock.now() - dt.timedelta(days=1)):
        assert days() == 5
