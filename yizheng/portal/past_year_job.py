"""The job that brings in a past year in the worker: all of the file or nothing, whoever asked may
leave and come back.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction
from django.urls import NoReverseMatch, reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as msgid

from yizheng.core import jobs, outbox
from yizheng.core.access import Actor
from yizheng.core.jobs import Job
from yizheng.core.progress import TellDone
from yizheng.core.refusals import NotAllowed, NotNow
from yizheng.documents import year_workbook
from yizheng.organisations.models import Session
from yizheng.people.models import Account
from yizheng.people.queries import actor_of

KIND = "year"


def under_way() -> Job | None:
    return jobs.under_way(KIND)


def begin(name: str, content: bytes, session: Session, *, by: Actor, rows: int) -> Job:
    """`rows` is what the preview counted.

    One file at a time: what the next one may pass over hangs on this one.
    """
    if job := under_way():
        raise NotNow(
            _("“%(file)s” is being brought in just now. Wait until it is done, then hand yours in.")
            % {"file": job}
        )
    if by.account_id is None:
        raise NotAllowed
    asked = {"session": session.pk, "address": by.address, "session_name": str(session)}
    job = Job(kind=KIND, title=name[:200], account_id=by.account_id, asked=asked, total=rows)
    try:
        with transaction.atomic():
            job.save()
            default_storage.save(_place(job), ContentFile(content))
            jobs.begin(job)
    except IntegrityError as other:
        raise NotNow(
            _(
                "Another file is being brought in just now. Wait until it is done, then "
                "hand yours in."
            )
        ) from other
    job.refresh_from_db()
    return job


def _place(job: Job) -> str:
    return f"waiting/job-{job.pk}"


def run(job: Job) -> Callable[[TellDone], Mapping[str, Any]]:
    """Read the file, then take it over as whoever asked, with the rights they have now and in their
    language.
    """
    account = Account.objects.select_related("person").get(pk=job.account_id)
    with translation.override(account.language):
        try:
            with default_storage.open(_place(job)) as file:
                opened = year_workbook.opened(job.title, file.read())
        finally:
            default_storage.delete(_place(job))

    def work(progress: TellDone) -> Mapping[str, Any]:
        with translation.override(account.language):
            session = Session.objects.get(pk=job.asked["session"])
            made = opened.take(
                session, by=actor_of(account, str(job.asked["address"])), progress=progress
            )
        words, values = msgid("“%(file)s” was brought in: see what came of it"), {"file": job.title}
        outbox.post(
            "year.imported", words, values, [account.pk], reverse("years-job", args=[job.pk])
        )
        return {"made": {code: [taken.added, taken.known] for code, taken in made.items()}}

    return work


def made(job: Job) -> list[dict[str, Any]]:
    """What came of it, sheet by sheet, with the list where it stands now."""
    counts = job.result.get("made", {})
    return [
        {
            "label": sheet.label,
            "added": counts[sheet.code][0],
            "known": counts[sheet.code][1],
            "url": _list(sheet),
        }
        for sheet in sorted(year_workbook.BOOK, key=lambda sheet: sheet.order)
        if sheet.code in counts
    ]


def _list(sheet: year_workbook.BookSheet) -> str:
    try:
        return reverse(sheet.listed_at)
    except NoReverseMatch:
        return ""
