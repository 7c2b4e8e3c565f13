"""How much the pages cost: fills databases of several sizes, measures each page, writes the figures
and the tables.

    python -m bench --sizes 1000,100000 --databases sqlite
    script/bench all of it: about two hours, 40 GB of disk for a while

Each database is filled and measured in a process of its own, so that none of them knows of the
others.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

from bench import report

ROOT = Path(__file__).parent.parent
ONE_OFFICE = "one_office"
KINDS = ("sqlite", "postgresql")


@click.command(help=__doc__.partition("\n\n")[0] if __doc__ else "")
@click.option(
    "--sizes", default="1000,100000,1000000", show_default=True, help="Numbers of proposals."
)
@click.option("--databases", default=",".join(KINDS), show_default=True)
@click.option(
    "--one-office",
    default=100_000,
    show_default=True,
    help="Proposals of one office alone; 0: leave out.",
)
@click.option(
    "--rounds",
    default=150,
    show_default=True,
    type=click.IntRange(10),
    help="Requests of each page.",
)
@click.option(
    "--postgresql",
    "server",
    default="postgres://postgres@127.0.0.1:5432",
    show_default=True,
    metavar="URL",
)
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    default=ROOT / "docs" / "performance.json",
    show_default=True,
)
@click.option(
    "--work",
    type=click.Path(path_type=Path),
    help="Folder for the databases; what it holds is used again.",
)
@click.option("--keep", is_flag=True, help="Leave the databases where they are.")
@click.option(
    "--attendance",
    is_flag=True,
    help="Only 300 people at three desks and the calendar of a year; printed.",
)
@click.option("--page", "only", multiple=True, help="Only this page; nothing is written then.")
def main(
    sizes: str,
    databases: str,
    one_office: int,
    rounds: int,
    server: str,
    out: Path,
    work: Path | None,
    keep: bool,
    attendance: bool,
    only: tuple[str, ...],
) -> None:
    if attendance:
        _attendance(databases.split(","), work, keep, server)
        return
    results = json.loads(out.read_text(encoding="utf-8")) if out.exists() else {}
    with _folder(work, keep) as folder:
        for kind in databases.split(","):
            place = _place(kind, folder, server)
            asked = [("fill", int(size)) for size in sizes.split(",") if size]
            for what, size in asked + ([(ONE_OFFICE, one_office)] if one_office else []):
                found = _one(place, what, size, rounds, only, keep)
                if only:
                    click.echo(json.dumps(found["pages"], indent=1))
                    continue
                name = ONE_OFFICE if what == ONE_OFFICE else str(size)
                results.setdefault(kind, {})[name] = {**found, "on": dt.date.today().isoformat()}  # noqa: DTZ011
                out.write_text(json.dumps(results, indent=1) + "\n", encoding="utf-8")
            if not keep:
                place.drop("seed")
    if not only:
        report.write(results, out.with_suffix(".md"))


def _attendance(kinds: list[str], work: Path | None, keep: bool, server: str) -> None:
    with _folder(work, keep) as folder:
        for kind in kinds:
            place = _place(kind, folder, server)
            place.make("attendance")
            click.echo(place.run("bench.attendance", "attendance", database="attendance"))
            if not keep:
                place.drop("attendance")


@contextmanager
def _folder(work: Path | None, keep: bool) -> Iterator[Path]:
    folder = work or Path(tempfile.mkdtemp(prefix="yizheng-bench-"))
    folder.mkdir(parents=True, exist_ok=True)
    try:
        yield folder.resolve()
    finally:
        if not (work or keep):
            shutil.rmtree(folder)


def _one(
    place: Place, what: str, size: int, rounds: int, only: tuple[str, ...], keep: bool
) -> dict[str, Any]:
    """Fill and measure one database."""
    name = f"{what}_{size}"
    if not place.has("seed"):
        place.make("seed")
        place.run("bench.fill", "seed", "seed", "0")
    if not place.has(name):
        place.make(name, copy_of="seed")
        place.run("bench.fill", what, name, str(size))
    output = place.run("bench.measure", name, str(rounds), *only, database=name)
    if not keep:
        place.drop(name)
    return dict(json.loads(output))


# Where databases are ------------------------------------------------------------------------------


class Place:
    """A kind of database: its own data folder, and databases by name in it."""

    def __init__(self, kind: str, folder: Path) -> None:
        self.data = folder / kind
        self.data.mkdir(parents=True, exist_ok=True)

    def url(self, name: str) -> str:
        raise NotImplementedError

    def has(self, name: str) -> bool:
        """Whether it is there and was filled to the end."""
        return (self.data / (f"{name}.json" if name != "seed" else "demo-sign-ins.json")).exists()

    def make(self, name: str, copy_of: str = "") -> None:
        raise NotImplementedError

    def drop(self, name: str) -> None:
        raise NotImplementedError

    def run(self, module: str, *arguments: str, database: str = "") -> str:
        """Run a part of the bench on a database; what it prints."""
        name = database or arguments[1]
        environment = {
            **os.environ,
            "YIZHENG_DATA": str(self.data),
            "YIZHENG_DATABASE_URL": self.url(name),
            "DJANGO_SETTINGS_MODULE": "yizheng.settings",
        }
        code = (
            f"import django; django.setup(); import runpy; runpy.run_module({module!r}, "
            "run_name='__main__', alter_sys=True)"
        )
        done = subprocess.run(
            [sys.executable, "-c", code, *arguments],
            env=environment,
            cwd=ROOT,
            stdout=subprocess.PIPE,
            text=True,
            check=False,
        )
        if done.returncode:
            raise click.ClickException(
                f"{module} {' '.join(arguments)} failed; the lines above say why."
            )
        return done.stdout


class Sqlite(Place):
    def file(self, name: str) -> Path:
        return self.data / f"{name}.sqlite3"

    def url(self, name: str) -> str:
        return f"sqlite:///{self.file(name)}"

    def make(self, name: str, copy_of: str = "") -> None:
        self.drop(name)
        if copy_of:
            shutil.copyfile(self.file(copy_of), self.file(name))

    def drop(self, name: str) -> None:
        for file in self.data.glob(f"{name}.*"):
            file.unlink()


class PostgreSQL(Place):
    def __init__(self, folder: Path, server: str) -> None:
        super().__init__("postgresql", folder)
        self.server = server

    def url(self, name: str) -> str:
        return f"{self.server}/yizheng_bench_{name}"

    def make(self, name: str, copy_of: str = "") -> None:
        self.drop(name)
        template = f' TEMPLATE "yizheng_bench_{copy_of}"' if copy_of else ""
        self._execute(f'CREATE DATABASE "yizheng_bench_{name}"{template}')

    def drop(self, name: str) -> None:
        self._execute(f'DROP DATABASE IF EXISTS "yizheng_bench_{name}" WITH (FORCE)')
        (self.data / f"{name}.json").unlink(missing_ok=True)

    def _execute(self, sql: str) -> None:
        import psycopg

        with psycopg.connect(f"{self.server}/postgres", autocommit=True) as connection:
            connection.execute(sql)


def _place(kind: str, folder: Path, server: str) -> Place:
    if kind not in KINDS:
        raise click.ClickException(
            f"There is no database “{kind}” here; there are: {', '.join(KINDS)}."
        )
    return Sqlite(kind, folder) if kind == "sqlite" else PostgreSQL(folder, server)


if __name__ == "__main__":
    main()
