"""Delivery in the background; the night's run and the start of the worker pick up what a crash left
behind.
"""

from __future__ import annotations

from django_tasks import task

from .services import deliver_pending


@task()
def deliver() -> int:
    return deliver_pending()


def announce() -> None:
    """Called after each commit that left something in the outbox."""
    deliver.enqueue()
