"""Hooks bound to the transaction under way, whoever opened it and however deep.

Django keeps the hooks of a commit with the savepoints they were queued in, and drops them with
whatever of these is rolled back. So a hook that is still queued says that what it stands for still
stands.
"""

from __future__ import annotations

from typing import TypeVar

from django.db import connection, transaction

T = TypeVar("T", bound="Hook")


class Hook:
    """Stands for something done in the transaction; called after the commit, or at once where there
    is no transaction.
    """

    def __call__(self) -> None:
        pass


def queue(hook: Hook) -> None:
    """Before all hooks of others: one of them that fails must not keep this one from hearing of the
    commit.
    """
    transaction.on_commit(hook, robust=True)
    if connection.in_atomic_block:
        connection.run_on_commit.insert(len(queued(Hook)) - 1, connection.run_on_commit.pop())


def queued(kind: type[T]) -> list[T]:
    """What of this kind is queued and was not rolled back, first things first."""
    return [each[1] for each in connection.run_on_commit if isinstance(each[1], kind)]


def forget(kind: type[Hook]) -> None:
    connection.run_on_commit = [
        each for each in connection.run_on_commit if not isinstance(each[1], kind)
    ]
