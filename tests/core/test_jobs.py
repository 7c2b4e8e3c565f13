"""Long work: the worker does it, one of a kind at a time, and its end is told truly."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction

from tests.world import World
from yizheng.core import clock, jobs
from yizheng.core.jobs import Job
from yizheng.core.progress import TellDone
from yizheng.core.refusals import BadInput
from yizheng.people.models import Sector

pytestmark = pytest.mark.usefixtures("files_apart")


@pytest.fixture
def kind() -> Iterator[str]:
    yield "trial"
    jobs.RUNNERS.pop("trial", None)


def job_of(world: World, **values: Any) -> Job:
    return Job(kind="trial", title="试做", account=world.accounts["clerk"], total=3, **values)


def work() -> None:
    """The worker itself, within the transaction of the test: so it is told to keep its connection
    when it looks for old ones.
    """
    kept = connection.settings_dict["AUTOCOMMIT"], connection.close_at
    connection.settings_dict["AUTOCOMMIT"], connection.close_at = False, None
    try:
        call_command(
            "db_worker", batch=True, interval=0, startup_delay=False, reload=False, verbosity=0
        )
    finally:
        connection.settings_dict["AUTOCOMMIT"], connection.close_at = kept


def test_it_waits_for_the_worker_and_is_found_again(world: World, queued: None, kind: str) -> None:
    jobs.register(kind, lambda job: lambda progress: {"made": job.total})
    job = jobs.begin(job_of(world))
    assert not job.is_over and jobs.under_way(kind) == job
    work()
    job.refresh_from_db()
    assert (job.is_over, job.result, job.refusal, job.done) == (True, {"made": 3}, "", 3)
    assert jobs.under_way(kind) is None


def test_how_far_it_has_come_is_seen_from_outside_while_it_runs(world: World, kind: str) -> None:
    seen = []

    def runner(job: Job) -> Any:
        def run(progress: TellDone) -> dict[str, Any]:
            progress(2)
            seen.append(Job.objects.get(pk=job.pk).done)
            return {}

        return run

    jobs.register(kind, runner)
    job = jobs.begin(job_of(world))
    assert seen == [2]
    assert list(Path(jobs.default_storage.path("progress")).iterdir()) == [], (
        "nothing is left of its notes"
    )
    assert job.pk


@pytest.mark.parametrize(
    ("error", "told"), [(BadInput("第 3 行不对"), "第 3 行不对"), (RuntimeError("磁盘"), "管理员")]
)
def test_what_fails_leaves_nothing_and_says_why(
    world: World, kind: str, error: Exception, told: str
) -> None:
    def run(progress: TellDone) -> dict[str, Any]:
        Sector(name="半成品").save()
        raise error

    jobs.register(kind, lambda job: run)
    job = jobs.begin(job_of(world))
    job.refresh_from_db()
    assert job.is_over and told in job.refusal and not Sector.objects.filter(name="半成品").exists()


def test_one_of_a_kind_at_a_time(world: World, queued: None, kind: str) -> None:
    jobs.begin(job_of(world))
    with pytest.raises(IntegrityError), transaction.atomic():
        jobs.begin(job_of(world))


def test_what_was_lost_with_its_worker_is_given_up_after_a_while(
    world: World, queued: None, kind: str
) -> None:
    job = jobs.begin(job_of(world))
    Job.objects.filter(pk=job.pk).update(state=jobs.JobState.RUNNING, began_at=clock.now())
    assert jobs.under_way(kind) == job
    began = clock.now()
    with clock.at(began + dt.timedelta(minutes=9, seconds=50)):
        assert jobs.under_way(kind) == job
    with clock.at(began + dt.timedelta(minutes=10, seconds=10)):
        assert jobs.under_way(kind) is None
    job.refresh_from_db()
    assert job.is_over and "没有导入任何内容" in job.refusal
