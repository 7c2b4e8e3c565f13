"""Backup and restore: a round trip, and every way in which an archive can be wrong."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import sqlite3
import stat
import zipfile
from pathlib import Path

import psycopg
import pytest

from .conftest import FOUNDED, Installation


@pytest.fixture(scope="session")
def _archived(_founded: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("archived") / "backup.zip"
    Installation(_founded).does("backup", str(file))
    return file


@pytest.fixture
def archive(_archived: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy2(_archived, tmp_path))


def rows(database: Path, query: str) -> list[tuple[object, ...]]:
    with contextlib.closing(sqlite3.connect(database)) as connection, connection:
        return connection.execute(query).fetchall()


def rewritten(archive: Path, change: dict[str, bytes], without: str = "") -> Path:
    """The archive with some of its members replaced, added or left out."""
    target = archive.with_name("changed.zip")
    with zipfile.ZipFile(archive) as old, zipfile.ZipFile(target, "w") as new:
        members = {name: old.read(name) for name in old.namelist() if name != without}
        for name, content in {**members, **change}.items():
            new.writestr(name, content)
    return target


def attachment_in(archive: Path) -> str:
    with zipfile.ZipFile(archive) as members:
        (name,) = [name for name in members.namelist() if name.startswith("files/")]
    return name


def test_a_round_trip_brings_everything_back(
    county: Installation, archive: Path, tmp_path: Path
) -> None:
    elsewhere = Installation(tmp_path / "elsewhere")
    output = elsewhere.does("restore", str(archive))
    assert "yunxi: the audit chain holds" in output
    for query in (
        "SELECT * FROM core_auditentry ORDER BY id",
        "SELECT * FROM core_attachment ORDER BY id",
    ):
        assert rows(elsewhere.database, query) == rows(county.database, query) != []
    (name,) = rows(county.database, "SELECT file FROM core_attachment")[0]
    assert (elsewhere.data / "files" / str(name)).read_bytes() == (
        county.data / "files" / str(name)
    ).read_bytes()
    assert "6 entries, every one holds" in elsewhere.does("audit", "verify")


def test_the_file_is_for_its_owner_alone(archive: Path) -> None:
    assert stat.S_IMODE(archive.stat().st_mode) == 0o600


def test_what_was_written_but_not_yet_merged_into_the_file_is_in_the_backup(
    county: Installation, tmp_path: Path
) -> None:
    """A writer still has the database open, so that its last commit stands only in the write-ahead
    log.
    """
    writer = sqlite3.connect(county.database)
    writer.execute("PRAGMA wal_autocheckpoint=0")
    writer.execute("UPDATE organisations_organisation SET region = '新云溪县'")
    writer.commit()
    county.does("backup", str(tmp_path / "live.zip"))
    writer.close()
    elsewhere = Installation(tmp_path / "elsewhere")
    elsewhere.does("restore", str(tmp_path / "live.zip"))
    assert rows(elsewhere.database, "SELECT region FROM organisations_organisation") == [
        ("新云溪县",)
    ]


def test_a_backup_does_not_overwrite_unasked(county: Installation, archive: Path) -> None:
    assert (
        county.refuses("backup", str(archive))
        == f"{archive} is there already; --force overwrites it."
    )
    county.does("backup", str(archive), "--force")


def test_records_are_not_replaced_unasked(county: Installation, archive: Path) -> None:
    before = county.database.read_bytes()
    assert "--force" in county.refuses("restore", str(archive))
    assert county.database.read_bytes() == before


def test_with_force_what_was_there_is_kept_beside(county: Installation, archive: Path) -> None:
    rows(county.database, "UPDATE organisations_organisation SET region = '改过的县'")
    county.does("restore", str(archive), "--force")
    assert rows(county.database, "SELECT region FROM organisations_organisation") == [("云溪县",)]
    (kept,) = county.data.glob("replaced-*")
    assert rows(kept / "database.sqlite3", "SELECT region FROM organisations_organisation") == [
        ("改过的县",)
    ]
    assert [path for path in (kept / "files").rglob("*") if path.is_file()]


def test_a_database_in_use_is_not_replaced(county: Installation, archive: Path) -> None:
    reader = sqlite3.connect(county.database)
    reader.execute("SELECT count(*) FROM core_auditentry").fetchone()
    try:
        assert county.refuses("restore", str(archive), "--force") == (
            "A server or worker has this database open: stop it first."
        )
    finally:
        reader.close()


def test_an_altered_attachment_is_named(empty: Installation, archive: Path) -> None:
    name = attachment_in(archive)
    changed = rewritten(archive, {name: b"%PDF-1.4\n% another\n%%EOF\n"})
    assert empty.refuses("restore", str(changed)) == (
        f"This backup is damaged: {name} is not what the manifest says."
    )
    assert not empty.database.exists()


def test_a_missing_attachment_is_named(empty: Installation, archive: Path) -> None:
    name = attachment_in(archive)
    assert empty.refuses("restore", str(rewritten(archive, {}, without=name))) == (
        f"This backup is damaged: {name} is missing from it."
    )


def test_an_added_file_is_named(empty: Installation, archive: Path) -> None:
    changed = rewritten(archive, {"files/../../evil": b"x"})
    assert "tampered with" in empty.refuses("restore", str(changed))


def test_a_path_out_of_the_folder_is_refused_even_when_the_manifest_has_it(
    empty: Installation, archive: Path
) -> None:
    with zipfile.ZipFile(archive) as members:
        manifest = json.loads(members.read("manifest.json"))
    manifest["files"].append({"name": "../evil", "size": 1, "sha256": "00"})
    changed = rewritten(archive, {"manifest.json": json.dumps(manifest).encode(), "../evil": b"x"})
    assert "outside the data folder" in empty.refuses("restore", str(changed))
    assert not (empty.data.parent / "evil").exists()


def test_a_file_cut_short_is_refused(empty: Installation, archive: Path) -> None:
    cut = archive.with_name("cut.zip")
    cut.write_bytes(archive.read_bytes()[:-1000])
    assert empty.refuses("restore", str(cut)) == "cut.zip is not a backup, or was cut short."


def test_flipped_bytes_inside_are_refused(empty: Installation, archive: Path) -> None:
    content = bytearray(archive.read_bytes())
    content[2000:2040] = b"\xff" * 40
    bad = archive.with_name("bad.zip")
    bad.write_bytes(content)
    assert empty.refuses("restore", str(bad)).startswith("This backup is damaged: database.sqlite3")


def test_another_zip_is_refused(empty: Installation, tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "letters.zip", "w") as other:
        other.writestr("letter.txt", "dear all")
    assert "has no manifest" in empty.refuses("restore", str(tmp_path / "letters.zip"))


def test_one_of_a_newer_version_is_refused(empty: Installation, archive: Path) -> None:
    with zipfile.ZipFile(archive) as members:
        manifest = json.loads(members.read("manifest.json"))
    manifest["migrations"].append("core.0999_from_the_future")
    changed = rewritten(archive, {"manifest.json": json.dumps(manifest).encode()})
    assert "core.0999_from_the_future" in empty.refuses("restore", str(changed))


def test_a_chain_that_does_not_hold_is_said_after_restoring(
    county: Installation, tmp_path: Path
) -> None:
    rows(county.database, "DROP TRIGGER audit_entry_no_update")
    rows(county.database, "UPDATE core_auditentry SET actor_name = '某人' WHERE sequence = 3")
    county.does("backup", str(tmp_path / "altered.zip"))
    elsewhere = Installation(tmp_path / "elsewhere")
    assert elsewhere.refuses("restore", str(tmp_path / "altered.zip")) == (
        "The audit chain of what was restored does not hold."
    )


@pytest.mark.skipif(
    "postgres" not in os.environ.get("YIZHENG_DATABASE_URL", ""), reason="the tests run on SQLite"
)
def test_a_round_trip_on_postgresql(tmp_path: Path) -> None:
    server, _slash, name = os.environ["YIZHENG_DATABASE_URL"].rpartition("/")
    url = f"{server}/{name}_backup_{os.getpid()}"
    installation = Installation(tmp_path / "data", {"YIZHENG_DATABASE_URL": url})
    with psycopg.connect(f"{server}/postgres", autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{url.rpartition("/")[2]}"'.encode())
        try:
            installation.does("manage", "migrate", "--verbosity=0")
            installation.does("manage", "shell", "--no-imports", "-c", FOUNDED)
            installation.does("backup", str(tmp_path / "backup.zip"))
            assert "--force" in installation.refuses("restore", str(tmp_path / "backup.zip"))
            installation.does("manage", "shell", "--no-imports", "-c", _RENAMED)
            assert "yunxi: the audit chain holds" in installation.does(
                "restore", str(tmp_path / "backup.zip"), "--force"
            )
            assert "6 entries, every one holds" in installation.does(
                "audit", "verify", "--organisation", "yunxi"
            )
        finally:
            connection.execute(f'DROP DATABASE "{url.rpartition("/")[2]}" WITH (FORCE)'.encode())


_RENAMED = """
from yizheng.organisations.models import Organisation
Organisation.objects.update(code="renamed")
"""
