"""Doing something to see what comes of it, and taking it back."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction


@contextmanager
def undone() -> Iterator[None]:
    """What is written inside is taken back at its end; what is raised inside comes out."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
