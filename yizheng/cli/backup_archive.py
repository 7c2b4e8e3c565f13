"""The file of a backup: a zip of the database, the attachments, and a manifest with the digest of
each.
"""

from __future__ import annotations

import hashlib
import json
import os
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path, PurePosixPath
from typing import IO, Any

from .command import CommandFailure

MANIFEST = "manifest.json"
FORMAT = 1
CHUNK = 1024 * 1024
ATTACHMENTS = "files"


@dataclass(frozen=True)
class ChainHead:
    """Where the audit chain of an organisation ended when the backup was made."""

    sequence: int
    hash: str


@dataclass(frozen=True)
class ArchiveEntry:
    name: str
    size: int
    sha256: str


@dataclass
class Manifest:
    version: str
    made_at: str
    vendor: str
    migrations: list[str]
    heads: dict[str, ChainHead]
    files: list[ArchiveEntry] = field(default_factory=list)
    format: int = FORMAT
    product: str = "yizheng"

    def written(self) -> str:
        return json.dumps(asdict(self), ensure_ascii=False, indent=1)


class ArchiveWriter:
    """Writes beside the wanted name and takes that name at the end: a backup cut short never looks
    like one.
    """

    def __init__(self, target: Path) -> None:
        self.target, self.partial = target, target.with_name(target.name + ".partial")
        self.entries: list[ArchiveEntry] = []

    @contextmanager
    def opened(self) -> Iterator[ArchiveWriter]:
        descriptor = os.open(self.partial, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600)
        try:
            with (
                os.fdopen(descriptor, "w+b") as raw,
                zipfile.ZipFile(raw, "w", zipfile.ZIP_DEFLATED) as self._zip,
            ):
                yield self
            self.partial.replace(self.target)
        finally:
            self.partial.unlink(missing_ok=True)

    def add(self, file: Path, name: str) -> None:
        with file.open("rb") as source, self._zip.open(name, "w", force_zip64=True) as target:
            digest, size = _pump(source, target)
        self.entries.append(ArchiveEntry(name, size, digest))

    def close_with(self, manifest: Manifest) -> None:
        manifest.files = self.entries
        self._zip.writestr(MANIFEST, manifest.written())


def _pump(source: IO[bytes], target: IO[bytes] | None) -> tuple[str, int]:
    digest, size = hashlib.sha256(), 0
    while chunk := source.read(CHUNK):
        digest.update(chunk)
        size += len(chunk)
        if target:
            target.write(chunk)
    return digest.hexdigest(), size


class ArchiveReader:
    """An archive that is whole. Opening one that is not, is refused with the reason."""

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            self._zip = zipfile.ZipFile(path)
        except FileNotFoundError as error:
            raise CommandFailure(f"There is no file {path}.") from error
        except (zipfile.BadZipFile, OSError) as error:
            raise CommandFailure(f"{path.name} is not a backup, or was cut short.") from error
        self.manifest = self._manifest()
        self._check_names()

    def _manifest(self) -> Manifest:
        try:
            content: dict[str, Any] = json.loads(self._zip.read(MANIFEST))
            if content["product"] != "yizheng":
                raise ValueError(content["product"])
            if content["format"] > FORMAT:
                raise CommandFailure(
                    f"{self.path.name} was made by a newer version ({content['version']}) "
                    "than this one."
                )
            content["files"] = [ArchiveEntry(**entry) for entry in content["files"]]
            content["heads"] = {code: ChainHead(**head) for code, head in content["heads"].items()}
            return Manifest(**content)
        except (KeyError, ValueError, TypeError, zipfile.BadZipFile) as error:
            raise CommandFailure(
                f"{self.path.name} is not a backup of this platform: it has no manifest "
                "that can be read."
            ) from error

    def _check_names(self) -> None:
        said = {entry.name for entry in self.manifest.files}
        held = set(self._zip.namelist()) - {MANIFEST}
        if missing := said - held:
            raise CommandFailure(f"This backup is damaged: {min(missing)} is missing from it.")
        if added := held - said:
            raise CommandFailure(
                f"This backup was tampered with: {min(added)} is not in its manifest."
            )
        for name in said:
            parts = PurePosixPath(name).parts
            if name.startswith("/") or ".." in parts or "\\" in name:
                raise CommandFailure(
                    f"This backup was tampered with: {name} would be written outside the "
                    "data folder."
                )

    def extract(self, folder: Path, progress: Callable[[int], None]) -> None:
        """Everything into the folder, each file held against its digest on the way."""
        for entry in self.manifest.files:
            target = folder / entry.name
            target.parent.mkdir(parents=True, exist_ok=True)
            if self._extract(entry, target) != (entry.sha256, entry.size):
                raise CommandFailure(
                    f"This backup is damaged: {entry.name} is not what the manifest says."
                )
            progress(entry.size)

    def _extract(self, entry: ArchiveEntry, target: Path) -> tuple[str, int]:
        try:
            with self._zip.open(entry.name) as source, target.open("wb") as out:
                return _pump(source, out)
        except (zipfile.BadZipFile, EOFError, zlib.error) as error:
            raise CommandFailure(f"This backup is damaged: {entry.name} cannot be read.") from error
