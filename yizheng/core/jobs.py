"""Jobs: long work asked for in the browser and done by the worker; whoever asked may leave the page
and come back to it.

The row says what was asked, and in the end what came of it. How far it has come stands in a file
beside it: the work is one transaction, and nothing inside it can be seen from outside before it is
over.
"""

from __future__ import annotations

import datetime as dt
import logging
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.storage import default_storage
from django.db import models, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django_tasks import task

from . import clock, derived_rows, tenancy
from .progress import TellDone
from .refusals import Refusal
from .tenancy import Tenant

logger = logging.getLogger(__name__)
SILENT = dt.timedelta(minutes=10)
"""Work that gave no sign of life for so long was lost with its worker; its transaction went with
it.
"""
PAUSE = 0.3
"""Seconds between two notes of how far it has come."""


class JobState(models.TextChoices):
    WAITING = "waiting", _("waits for its turn")
    RUNNING = "running", _("is being done")
    DONE = "done", _("done")
    REFUSED = "refused", _("refused")
    BROKEN = "broken", _("broken off")


OVER = (JobState.DONE, JobState.REFUSED, JobState.BROKEN)


class Job(Tenant):
    kind = models.CharField(max_length=20)
    title = models.CharField(max_length=200)
    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    asked = models.JSONField(default=dict)
    total = models.PositiveIntegerField(default=0)
    state = models.CharField(max_length=10, choices=JobState, default=JobState.WAITING)
    result = models.JSONField(default=dict)
    asked_at = models.DateTimeField(default=clock.now)
    began_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "kind"],
                condition=Q(state__in=["waiting", "running"]),
                name="one_job_of_a_kind_at_a_time",
            )
        ]
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.title

    @property
    def is_over(self) -> bool:
        return self.state in OVER

    @property
    def refusal(self) -> str:
        """Why nothing came of it; empty when something did."""
        return str(self.result.get("refusal", ""))

    @property
    def done(self) -> int:
        """How many of `total` are done."""
        if self.state == JobState.DONE:
            return self.total
        try:
            return min(int(_beside(self.pk).read_text()), self.total)
        except (OSError, ValueError):
            return 0


Runner = Callable[[Job], Callable[[TellDone], Mapping[str, Any]]]
"""What is made ready, then what is done: in one transaction with the word that it is done.

That answers what came of it, for its page; a Refusal is an answer too.
"""

RUNNERS: dict[str, Runner] = {}


def register(kind: str, runner: Runner) -> None:
    RUNNERS[kind] = runner


def under_way(kind: str) -> Job | None:
    """The one that waits or runs. One that was lost is given up first."""
    job = Job.objects.filter(kind=kind).exclude(state__in=OVER).first()
    if job and job.state == JobState.RUNNING and clock.now() - _sign_of_life(job) > SILENT:
        _end(
            job,
            JobState.BROKEN,
            {
                "refusal": str(
                    _(
                        "The work was broken off, and nothing was taken over. Please hand "
                        "the file in again."
                    )
                )
            },
        )
        return None
    return job


def _sign_of_life(job: Job) -> dt.datetime:
    began = job.began_at or job.asked_at
    try:
        return max(began, dt.datetime.fromtimestamp(_beside(job.pk).stat().st_mtime, dt.UTC))
    except OSError:
        return began


def begin(job: Job) -> Job:
    """Hand the work to the worker.

    At most one of a kind waits or runs in an organisation: the database sees to it.
    """
    with transaction.atomic():
        job.save()
        run.enqueue(job.pk)
    return job


@task()
def run(job_id: int) -> None:
    job = Job.everywhere.get(pk=job_id)
    with tenancy.scope(job.organisation_id):
        taken = Job.objects.filter(pk=job.pk, state=JobState.WAITING).update(
            state=JobState.RUNNING, began_at=clock.now()
        )
        if taken:
            _run(job)


def _run(job: Job) -> None:
    note = _ProgressNote(job.pk)
    try:
        work = RUNNERS[job.kind](job)
        # What can be derived again is derived after it: meanwhile others write.
        with derived_rows.at_the_end(), transaction.atomic():
            _end(job, JobState.DONE, work(note.add))
    except Refusal as refused:
        _end(job, JobState.REFUSED, {"refusal": str(refused)})
    except Exception:
        logger.exception("job %s (%s) failed", job.pk, job.kind)
        _end(
            job,
            JobState.BROKEN,
            {
                "refusal": str(
                    _(
                        "Something went wrong on our side, and nothing was taken over. "
                        "Please tell your administrator."
                    )
                )
            },
        )
    finally:
        note.remove()


def _end(job: Job, state: JobState, result: Mapping[str, Any]) -> None:
    job.state, job.result, job.ended_at = state, dict(result), clock.now()
    job.save(update_fields=["state", "result", "ended_at"])


def _beside(job_id: int) -> Path:
    return Path(default_storage.path(f"progress/{job_id}"))


class _ProgressNote:
    """Written whole and put in place at once, so that whoever looks never reads half of it."""

    def __init__(self, job_id: int) -> None:
        self.place, self.count, self.written = _beside(job_id), 0, 0.0

    def add(self, done: int) -> None:
        self.count += done
        if time.monotonic() - self.written > PAUSE:
            self.written = time.monotonic()
            self.place.parent.mkdir(parents=True, exist_ok=True)
            half = self.place.with_suffix(".new")
            half.write_text(str(self.count))
            half.replace(self.place)

    def remove(self) -> None:
        self.place.unlink(missing_ok=True)
