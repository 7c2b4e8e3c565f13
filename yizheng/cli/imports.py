"""Commands that import what offices have in Excel or CSV: first every error, then all of it or
nothing.
"""

from __future__ import annotations

import csv
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

import click

from .command import CommandFailure, organisation_of, organisation_option, progressbar, ready

if TYPE_CHECKING:
    from yizheng.core.access import Actor
    from yizheng.documents.import_preview import SheetPreview, SheetSpec
    from yizheng.documents.table_files import Table
    from yizheng.documents.year_workbook import RecognisedSheet
    from yizheng.organisations.models import Session, Term
    from yizheng.people.imports import RosterImportResult

SHOWN_ERRORS = 200


@dataclass(frozen=True)
class ImportRequest:
    """What the command line asked for besides the file."""

    by: Actor
    year: int | None
    create_missing: bool
    accounts: Path | None


@dataclass(frozen=True)
class ImportKind:
    """One kind of file: how it is read, checked and taken over.

    `take` answers a sentence on what came of it.
    """

    spec: SheetSpec
    preview: Callable[[Table], SheetPreview]
    take: Callable[[Table, Any], str]
    advice: str = ""  # said when rows are wrong


@click.command("import")
@click.argument("kind", type=click.Choice(["roster", "units", "proposals", "year"]))
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@organisation_option
@click.option(
    "--year",
    type=int,
    help="Of proposals and of a year's workbook: the year of the session. Of a roster: a year of "
    "its term.",
)
@click.option(
    "--create-missing",
    is_flag=True,
    help="Of a roster: make sectors, committees and groups not yet known.",
)
@click.option(
    "--accounts",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Of a roster: open accounts too, and write their first passwords into this CSV file.",
)
@click.option("--dry-run", is_flag=True, help="Say what is wrong with the file; change nothing.")
def import_(
    kind: str,
    file: Path,
    code: str,
    year: int | None,
    create_missing: bool,
    accounts: Path | None,
    dry_run: bool,
) -> None:
    """Import a roster, units, proposals, or a whole past year from FILE (xlsx or csv).

    The workbook of a year holds any of the sheets 活动, 出席, 活动建议, 活动成果, 提案 and others
    that stand in its template (on the page “Past years”); what is in the records already is passed
    over.

    Columns may stand in any order, and further ones are left alone. All rows are taken over, or,
    when any of them is wrong, none; then every error is named with its row and column.
    """
    ready()
    from yizheng.core import tenancy
    from yizheng.core.access import system
    from yizheng.documents import import_preview

    organisation = organisation_of(code)
    with tenancy.scope(organisation):
        if kind == "year":
            _year(
                file,
                ImportRequest(system(organisation.pk), year, create_missing, accounts),
                dry_run,
            )
            return
        sheet = _sheet(kind, ImportRequest(system(organisation.pk), year, create_missing, accounts))
        table = import_preview.read_sheet(sheet.spec, file.name, file.read_bytes())
        preview = sheet.preview(table)
        _show(preview, sheet.advice)
        if dry_run:
            click.echo(f"{len(preview.rows)} rows can be taken over. Nothing was changed.")
            return
        with progressbar(len(preview.rows), "Importing") as bar:
            done = sheet.take(table, lambda number, *_total: bar.update(number - bar.pos))
    click.echo(done)


def _year(file: Path, wish: ImportRequest, dry_run: bool) -> None:
    from yizheng.documents import year_workbook

    session, content = _session(wish.year), file.read_bytes()
    opened = year_workbook.opened(file.name, content)
    found = opened.check(session, wish.by)
    for name in opened.strays:
        click.echo(f"The sheet “{name}” is none of ours and is passed over.", err=True)
    wrong = [_show_sheet(each) for each in found]
    if any(wrong):
        raise CommandFailure(f"{sum(wrong)} rows are wrong (above). Nothing was taken over.")
    rows = sum(len(each.checked.preview.rows) for each in found)
    if dry_run:
        click.echo(f"{rows} rows can be taken over. Nothing was changed.")
        return
    with progressbar(rows, "Importing") as bar:
        made = opened.take(session, by=wish.by, progress=bar.update)
    for code, taken in made.items():
        click.echo(f"{code}: {taken.added} added, {taken.known} in the records already.")


def _show_sheet(found: RecognisedSheet) -> int:
    """Warnings and errors of one sheet; answers how many of its rows are wrong."""
    name, preview = found.checked.spec.name, found.checked.preview
    for warning in preview.warnings:
        click.echo(f"{name}: {warning}", err=True)
    for error in preview.errors[:SHOWN_ERRORS]:
        click.echo(f"{name}: {error.sentence}", err=True)
    return preview.bad_rows


def _show(preview: SheetPreview, advice: str) -> None:
    """Warnings, and every error; refuses when there is one."""
    for warning in preview.warnings:
        click.echo(warning, err=True)
    for error in preview.errors[:SHOWN_ERRORS]:
        click.echo(error.sentence, err=True)
    if preview.errors:
        raise CommandFailure(
            f"{preview.bad_rows} of {preview.total} rows are wrong (above). Nothing was "
            f"taken over.{advice}"
        )
    if not preview.rows:
        raise CommandFailure("The file holds no row. Nothing was taken over.")


def _sheet(kind: str, wish: ImportRequest) -> ImportKind:
    return {"roster": _roster, "units": _units, "proposals": _proposals}[kind](wish)


def _roster(wish: ImportRequest) -> ImportKind:
    from yizheng.people import imports

    term = _term(wish.year)

    def take(table: Table, progress: Any) -> str:
        with _for_owner_only(
            wish.accounts
        ) as file:  # refused, if it must be, before there is a password to lose
            done = imports.import_roster(
                table,
                by=wish.by,
                term=term,
                create_missing=wish.create_missing,
                open_accounts=file is not None,
                progress=progress,
            )
            if file:
                _write_passwords(done, file)
        made = f" Made: {', '.join(done.created)}." if done.created else ""
        opened = f" {len(done.opened)} accounts opened." if wish.accounts else ""
        return (
            f"{done.added} added, {done.updated} brought up to date, {done.unchanged} "
            f"unchanged.{made}{opened}"
        )

    advice = (
        ""
        if wish.create_missing
        else " --create-missing makes sectors, committees and groups not yet known."
    )
    return ImportKind(
        imports.SPEC,
        lambda table: imports.preview_roster(table, create_missing=wish.create_missing),
        take,
        advice,
    )


@contextmanager
def _for_owner_only(file: Path | None) -> Iterator[IO[str] | None]:
    """The file opened for writing, for nobody but who ran the command to read."""
    if file is None:
        yield None
        return
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8-sig", newline="") as target:
        yield target


def _write_passwords(done: RosterImportResult, target: IO[str]) -> None:
    """The passwords are kept nowhere else."""
    rows: list[Sequence[str]] = [("sector", "name", "user name", "first password")]
    for opened, sector in done.opened:
        account = opened.account
        rows.append((sector, str(account.person or ""), account.username, opened.password))
    csv.writer(target).writerows(rows)


def _units(wish: ImportRequest) -> ImportKind:
    from yizheng.organisations import imports

    def take(table: Table, progress: Any) -> str:
        done = imports.import_units(table, by=wish.by, progress=progress)
        return f"{done.added} added, {done.updated} brought up to date."

    return ImportKind(imports.SPEC, imports.preview_units, take)


def _proposals(wish: ImportRequest) -> ImportKind:
    from yizheng.proposals import imports

    session = _session(wish.year)

    def take(table: Table, progress: Any) -> str:
        done = imports.import_proposals(table, session=session, by=wish.by, progress=progress)
        return f"{len(done)} proposals imported into {session}."

    return ImportKind(imports.spec(), lambda table: imports.read(table, session), take)


def _session(year: int | None) -> Session:
    """The session of the year, or the newest."""
    from yizheng.organisations.models import Session

    sessions = Session.objects.filter(year=year) if year else Session.objects.all()
    session = sessions.order_by("-opens_on").first()
    if session is None:
        raise CommandFailure(
            f"There is no session of {year}."
            if year
            else "There is no session yet: enter one first."
        )
    return session


def _term(year: int | None) -> Term:
    from yizheng.organisations.models import Term

    terms = Term.objects.order_by("-begins_on")
    term = (terms.filter(begins_on__year__lte=year) if year else terms).first()
    if term is None:
        raise CommandFailure(
            f"There is no term in {year}." if year else "There is no term yet: enter one first."
        )
    return term
