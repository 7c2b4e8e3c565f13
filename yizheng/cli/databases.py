"""Copies of the database: a consistent one while people work on it, and putting one back."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
from pathlib import Path
from typing import Any

from yizheng.core.progress import TellDoneOf

from .command import CommandFailure

PAGES_A_STEP = 2048


def settings_of_database() -> dict[str, Any]:
    from django.db import connection

    return connection.settings_dict


def vendor() -> str:
    from django.db import connection

    return connection.vendor


def name_in_archive() -> str:
    return "database.sqlite3" if vendor() == "sqlite" else "database.pgdump"


def copy_to(target: Path, progress: TellDoneOf) -> None:
    if vendor() == "sqlite":
        _copy_sqlite(Path(settings_of_database()["NAME"]), target, progress)
    else:
        _postgres("pg_dump", "--format=custom", "--no-owner", "--no-privileges", f"--file={target}")


def put_back(source: Path) -> None:
    """Replace the database by the copy. What was there before is the caller's to keep."""
    if vendor() == "sqlite":
        _put_back_sqlite(source, Path(settings_of_database()["NAME"]))
    else:
        options = [
            "--clean",
            "--if-exists",
            "--no-owner",
            "--no-privileges",
            "--single-transaction",
            "--exit-on-error",
        ]
        _postgres("pg_restore", *options, f"--dbname={settings_of_database()['NAME']}", str(source))


def holds_records() -> bool:
    """Whether there is anything that a restore would replace."""
    from django.db import connection

    if vendor() == "sqlite" and not Path(settings_of_database()["NAME"]).exists():
        return False
    return (
        "organisations_organisation" in connection.introspection.table_names()
        and _count_organisations() > 0
    )


def _count_organisations() -> int:
    from yizheng.organisations.models import Organisation

    return Organisation.objects.count()


# SQLite -------------------------------------------------------------------------------------------


def _copy_sqlite(source: Path, target: Path, progress: TellDoneOf) -> None:
    """Through the backup interface, which reads the write-ahead log too.

    The open read transaction holds one moment fast, so that writers go on meanwhile without the
    copy beginning anew.
    """
    if not source.exists():
        raise CommandFailure(f"There is no database at {source}. Run: yizheng manage migrate")
    reader = sqlite3.connect(f"{source.resolve().as_uri()}?mode=ro", uri=True, isolation_level=None)
    writer = sqlite3.connect(target)
    try:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM sqlite_master").fetchone()
        reader.backup(
            writer,
            pages=PAGES_A_STEP,
            progress=lambda _status, left, total: progress(total - left, total),
        )
    finally:
        writer.close()
        reader.close()


def check_sqlite(file: Path) -> None:
    """Refuses a copy that SQLite itself finds damaged."""
    copy = sqlite3.connect(file)
    try:
        answer = copy.execute("PRAGMA quick_check").fetchone()[0]
    except sqlite3.DatabaseError as error:
        answer = str(error)
    finally:
        copy.close()
    if answer != "ok":
        raise CommandFailure(f"The database in this backup is damaged: {answer}.")


def check_not_in_use() -> None:
    """Refuses while a server or worker has the embedded database open: they would go on with the
    old one.
    """
    from django.db import connections

    file = Path(settings_of_database()["NAME"])
    if vendor() != "sqlite" or not file.exists():
        return
    connections.close_all()
    probe = sqlite3.connect(file, timeout=0.2, isolation_level=None)
    try:
        # In exclusive mode even a reader elsewhere keeps the lock from us.
        probe.execute("PRAGMA locking_mode=EXCLUSIVE")
        probe.execute("BEGIN EXCLUSIVE")
        probe.execute("ROLLBACK")
    except sqlite3.OperationalError as error:
        raise CommandFailure("A server or worker has this database open: stop it first.") from error
    finally:
        probe.close()


def _put_back_sqlite(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    for ending in ("-wal", "-shm"):
        Path(f"{target}{ending}").unlink(missing_ok=True)
    source.replace(target)


# PostgreSQL ---------------------------------------------------------------------------------------


def _postgres(program: str, *arguments: str) -> None:
    if not shutil.which(program):
        raise CommandFailure(
            f"{program} is needed for that and is not installed (Debian: apt-get install "
            "postgresql-client)."
        )
    settings = settings_of_database()
    names = {
        "PGHOST": "HOST",
        "PGPORT": "PORT",
        "PGUSER": "USER",
        "PGPASSWORD": "PASSWORD",
        "PGDATABASE": "NAME",
    }
    place = {variable: str(settings[key]) for variable, key in names.items() if settings.get(key)}
    command = [program, *arguments]
    answer = subprocess.run(command, env={**os.environ, **place}, capture_output=True, text=True)  # noqa: S603
    if answer.returncode:
        reason = answer.stderr.strip().splitlines() or ["it gave no reason"]
        raise CommandFailure(f"{program} failed: {reason[-1]}")
