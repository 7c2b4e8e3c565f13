"""Commands of backup and restore."""

from __future__ import annotations

import datetime as dt
import shutil
import tempfile
from contextlib import suppress
from pathlib import Path

import click

from yizheng import __version__

from . import backup_archive, databases
from .command import CommandFailure, progressbar, ready


@click.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--force", is_flag=True, help="Overwrite the file if it is there.")
def backup(file: Path, force: bool) -> None:
    """Write everything into FILE, a zip.

    It holds the database, the attachments, and a manifest with the digest of each. People may go on
    working meanwhile: the copy is of one moment. The secret key is not in it; without the old one
    everybody signs in anew. The file holds personal data: keep it as you keep those.
    """
    ready()
    if file.exists() and not force:
        raise CommandFailure(f"{file} is there already; --force overwrites it.")
    if not file.absolute().parent.is_dir():
        raise CommandFailure(f"There is no folder {file.parent}.")
    with (
        backup_archive.ArchiveWriter(file).opened() as writer,
        tempfile.TemporaryDirectory(dir=file.absolute().parent) as folder,
    ):
        copy = Path(folder) / databases.name_in_archive()
        manifest = _manifest()
        # First the files that are there, then the database, then what came meanwhile: each row of
        # the copy has its file.
        there = _add_attachments(writer, frozenset())
        with progressbar(1, "Database") as bar:

            def progress(done: int, total: int) -> None:
                bar.length = max(total, 1)
                bar.update(done - bar.pos)

            databases.copy_to(copy, progress)
        writer.add(copy, copy.name)
        _add_attachments(writer, there)
        _warn_of_missing(_attachments_folder())
        writer.close_with(manifest)
    click.echo(
        f"{file}: {len(writer.entries) - 1} attachments, {file.stat().st_size / 1024**2:.1f} MB."
    )
    for code, head in manifest.heads.items():
        click.echo(f"{code}: head {head.hash} (entry {head.sequence})")


def _manifest() -> backup_archive.Manifest:
    """Heads are read before the copy: the chain in the copy must hold them, and may have grown
    since.
    """
    from django.utils import timezone

    return backup_archive.Manifest(
        version=__version__,
        made_at=timezone.now().isoformat(timespec="seconds"),
        vendor=databases.vendor(),
        migrations=_applied(),
        heads=_heads(),
    )


def _applied() -> list[str]:
    from django.db import connection
    from django.db.migrations.recorder import MigrationRecorder

    return sorted(
        f"{app}.{name}" for app, name in MigrationRecorder(connection).applied_migrations()
    )


def _heads() -> dict[str, backup_archive.ChainHead]:
    from yizheng.core.audit import AuditHead

    rows = AuditHead.objects.order_by("organisation__code").values_list(
        "organisation__code", "sequence", "hash"
    )
    return {code: backup_archive.ChainHead(sequence, last) for code, sequence, last in rows}


def _attachments_folder() -> Path:
    from django.core.files.storage import default_storage

    return Path(default_storage.path(""))


def _add_attachments(
    writer: backup_archive.ArchiveWriter, known: frozenset[Path]
) -> frozenset[Path]:
    """Every file that is not known yet.

    One that is removed meanwhile has no row any more, or none yet in the copy.
    """
    folder = _attachments_folder()
    files = (
        sorted(file for file in folder.rglob("*") if file.is_file() and file not in known)
        if folder.is_dir()
        else []
    )
    with progressbar(len(files), "Attachments") as bar:
        for file in files:
            with suppress(FileNotFoundError):
                writer.add(
                    file, f"{backup_archive.ATTACHMENTS}/{file.relative_to(folder).as_posix()}"
                )
            bar.update(1)
    return known.union(files)


def _warn_of_missing(folder: Path) -> None:
    from yizheng.core.files import Attachment

    names = Attachment.everywhere.values_list("file", flat=True)
    if missing := sum(not (folder / name).is_file() for name in names):
        click.echo(
            f"Beware: {missing} attachment(s) that the database names are not in the data folder.",
            err=True,
        )


@click.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option(
    "--force",
    is_flag=True,
    help="Replace the records that are there; they are kept in a folder beside.",
)
def restore(file: Path, force: bool) -> None:
    """Put the backup FILE back.

    Every part of it is first held against its manifest. Stop server and worker before. Afterwards
    the audit chains are verified up to the heads they had.
    """
    ready()
    from django.conf import settings

    reader = backup_archive.ArchiveReader(file)
    _check_fits(reader.manifest)
    if databases.holds_records() and not force:
        raise CommandFailure(
            "There are records here already; --force replaces them (they are kept in a "
            "folder beside)."
        )
    databases.check_not_in_use()
    settings.DATA.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=settings.DATA, prefix=".restore-") as name:
        folder = Path(name)
        _extract(reader, folder)
        kept = _set_aside(settings.DATA)
        _put_in_place(folder)
    click.echo(
        f"Restored the backup of {reader.manifest.made_at}."
        + (f" What was here before: {kept}" if kept else "")
    )
    _check_afterwards(reader.manifest)


def _check_fits(manifest: backup_archive.Manifest) -> None:
    from django.db.migrations.loader import MigrationLoader

    if manifest.vendor != databases.vendor():
        raise CommandFailure(
            f"This backup is of a {manifest.vendor} database, and this installation uses "
            f"{databases.vendor()}:"
            " set YIZHENG_DATABASE_URL to one of the same kind."
        )
    known = {f"{app}.{name}" for app, name in MigrationLoader(None).disk_migrations or {}}
    if newer := [name for name in manifest.migrations if name not in known]:
        raise CommandFailure(
            f"This backup was made by a newer version ({manifest.version}): it knows "
            f"{newer[0]}, this one does not."
        )


def _extract(reader: backup_archive.ArchiveReader, folder: Path) -> None:
    with progressbar(sum(entry.size for entry in reader.manifest.files), "Checking") as bar:
        reader.extract(folder, bar.update)
    if databases.vendor() == "sqlite":
        databases.check_sqlite(folder / databases.name_in_archive())


def _set_aside(data: Path) -> Path | None:
    """Copy or move what is here into a folder of its own; None when there was nothing."""
    attachments = _attachments_folder()
    if not databases.holds_records() and not attachments.is_dir():
        return None
    kept = data / f"replaced-{dt.datetime.now(dt.UTC):%Y%m%d-%H%M%S-%f}"
    kept.mkdir(mode=0o700)
    if databases.holds_records():
        databases.copy_to(kept / databases.name_in_archive(), lambda done, total: None)
    if attachments.is_dir():
        shutil.move(attachments, kept / backup_archive.ATTACHMENTS)
    return kept


def _put_in_place(folder: Path) -> None:
    from django.db import connections

    connections.close_all()
    databases.put_back(folder / databases.name_in_archive())
    if (folder / backup_archive.ATTACHMENTS).is_dir():
        attachments = _attachments_folder()
        attachments.parent.mkdir(parents=True, exist_ok=True)
        shutil.move(folder / backup_archive.ATTACHMENTS, attachments)


def _check_afterwards(manifest: backup_archive.Manifest) -> None:
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    from yizheng.core.audit import verify
    from yizheng.organisations.models import Organisation

    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        click.echo("It was made by an older version. Run: yizheng manage migrate")
    flaws = 0
    for code, head in manifest.heads.items():
        organisation = Organisation.objects.filter(code=code).first()
        found = (
            list(verify(organisation.pk, head.hash if head.sequence else ""))
            if organisation
            else []
        )
        flaws += len(found) + (organisation is None)
        click.echo(f"{code}: {'the audit chain holds' if not found else found[0].reason}")
    if flaws:
        raise CommandFailure("The audit chain of what was restored does not hold.")
