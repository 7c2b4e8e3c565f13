"""An error at the n-th SQL statement, for every n: whatever breaks, all of an act is done or
nothing of it.

for every statement of `act`: begin anew, fail there, and the county is as it was, its files too;
then let it through, and what it should have done is done.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.core.files.storage import default_storage
from django.db import OperationalError, connection

from yizheng.core.files import Attachment

NOT_LOOKED_AT = frozenset(
    {"django_session", "usersessions_usersession", "django_migrations", "sqlite_sequence"}
)
MOST = 400


class Broke(OperationalError):
    """The database went away at this very statement."""


class _Fuse:
    """Lets n statements through and breaks at the next, once; afterwards everything works again."""

    def __init__(self, n: int) -> None:
        self.left, self.blown = n, False

    def __call__(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if not self.blown and self.left == 0:
            self.blown = True
            raise Broke(sql)
        self.left -= 1
        return execute(sql, params, many, context)


@contextmanager
def breaking_at(n: int) -> Iterator[_Fuse]:
    fuse = _Fuse(n)
    with connection.execute_wrapper(fuse):
        yield fuse


Snapshot = tuple[dict[str, list[Any]], frozenset[str]]


def snapshot() -> Snapshot:
    """Every row of every table, and the attachments on the disk."""
    tables = sorted(
        set(connection.introspection.django_table_names(only_existing=True)) - NOT_LOOKED_AT
    )
    rows: dict[str, list[Any]] = {}
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608 - a name of our own tables
            rows[table] = cursor.fetchall()
    return rows, files_there()


def files_there() -> frozenset[str]:
    folder = Path(default_storage.path("attachments"))
    return frozenset(
        f"attachments/{file.relative_to(folder)}" for file in folder.rglob("*") if file.is_file()
    )


def files_named() -> frozenset[str]:
    """The files that attachments name."""
    return frozenset(Attachment.everywhere.values_list("file", flat=True))


def differences(one: Snapshot, other: Snapshot) -> dict[str, Any]:
    found: dict[str, Any] = {
        table: (one[0][table], other[0][table])
        for table in one[0]
        if one[0][table] != other[0][table]
    }
    return {**found, "files": (one[1], other[1])} if one[1] != other[1] else found


def all_or_nothing(act: Callable[[], Any]) -> int:
    """Break `act` at each of its statements, then let it through once.

    Answers how many statements it has.
    """
    before = snapshot()
    for n in range(MOST):
        with breaking_at(n) as fuse:
            try:
                act()
            except Broke:
                assert differences(before, snapshot()) == {}, f"broken at statement {n}"
                continue
        assert not fuse.blown, f"what broke at statement {n} was passed over in silence"
        assert differences(before, snapshot()) != {}, "nothing was done"
        return n
    raise AssertionError("it never passes through")
