"""Nightly work: what is done once a day for every organisation.

The queue of tasks itself is the calendar: each run puts the next one into it, and a worker that
starts and finds none waiting puts one in, so that a run lost to a power cut is made good.
"""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.core.management import call_command
from django.utils import timezone
from django_tasks import TaskResultStatus, task

from . import tenancy
from .access import Actor, system

logger = logging.getLogger(__name__)
AT = dt.time(1, 30)
"""Local time of the run, when nobody works."""
KEEP_RESULTS = dt.timedelta(days=14)

Nightly = Callable[[Actor], int]
"""Given the platform itself as actor, with its organisation in scope; answers how many rows it
changed.
"""

_registered: dict[str, Nightly] = {}


@dataclass(frozen=True)
class NightlyOutcome:
    """What one function did for one organisation; `error` is empty when it went well."""

    name: str
    organisation: str
    changed: int
    error: str = ""


def register(name: str, function: Nightly) -> None:
    """Run the function every night for each organisation. It must bear being run twice a day."""
    if _registered.get(name, function) is not function:
        raise ValueError(f"two nightly functions are named {name}")
    _registered[name] = function


def run() -> Iterator[NightlyOutcome]:
    """Run everything now.

    One function's failure is logged and told, and does not keep the others from running.
    """
    for organisation in tenancy.organisations():
        yield from run_for(organisation)
    tidy()


def run_for(organisation: Any) -> list[NightlyOutcome]:
    """Everything once for one organisation."""
    return [_run_one(name, organisation.pk, organisation.code) for name in _registered]


def _run_one(name: str, organisation_id: int, code: str) -> NightlyOutcome:
    """In a scope of its own: a night is long, and what is remembered in one (the regulation in
    force) must not outlive it.
    """
    try:
        with tenancy.scope(organisation_id):
            return NightlyOutcome(name, code, _registered[name](system(organisation_id)))
    except Exception as error:
        logger.exception("nightly %s failed for %s", name, code)
        return NightlyOutcome(name, code, 0, f"{type(error).__name__}: {error}")


def tidy() -> None:
    """Forget sessions that ended and tasks that were done."""
    call_command("clearsessions")
    _results().finished().filter(finished_at__lt=timezone.now() - KEEP_RESULTS).delete()


def _results() -> Any:
    return apps.get_model("django_tasks_database", "DBTaskResult").objects.all()


@task()
def nightly() -> None:
    try:
        for _outcome in run():
            pass
    finally:
        schedule(next_run(timezone.localtime()))


def next_run(now: dt.datetime) -> dt.datetime:
    today = now.replace(hour=AT.hour, minute=AT.minute, second=0, microsecond=0)
    return today if now < today else today + dt.timedelta(days=1)


def schedule(when: dt.datetime) -> None:
    """Put a run into the queue unless one waits there already, as when two workers run."""
    if not _results().filter(task_path=nightly.module_path, status=TaskResultStatus.READY).exists():
        nightly.using(run_after=when).enqueue()


def begin() -> None:
    """What a worker does first: make sure that a run is waiting; without one, none ever ran or the
    last was lost.
    """
    schedule(timezone.localtime())
