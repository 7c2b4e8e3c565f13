"""Background tasks that deliver notices."""

from __future__ import annotations

from django_tasks import task

from .services import deliver_pending


@task()
def deliver() -> int:
    return deliver_pending()


def announce() -> None:
    """Called after each commit that left something in the outbox."""
    deliver.enqueue()
