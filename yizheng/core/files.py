"""Attachments: kept outside the web root under a name nobody can guess, typed by their content,
their names cleaned.

They are only ever handed out through a view that asks the object they belong to whether the reader
may see it.

A file is no part of the database's transaction, so it is bound to it by a hook of the commit
(`core.transaction_hooks`). It is written before its row, and goes when its hook is dropped by a
rollback of whatever surrounds it; it is deleted by a hook, after its row is gone for good. So row,
file and audit entry agree whatever fails, and no door or view has to do anything for it. Only a
kill between commit and hook leaves a file without a row; the night takes it away (`sweep`).
"""

from __future__ import annotations

import datetime as dt
import hashlib
import logging
import re
import unicodedata
import uuid
import weakref
from collections.abc import Iterator, Sequence
from functools import partial
from typing import IO, Any

import puremagic
from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile, File
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile
from django.db import connection, models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from . import audit, clock, tenancy, transaction_hooks
from .access import Actor
from .faults import FileMissing
from .refusals import BadInput
from .tenancy import Tenant

logger = logging.getLogger(__name__)
FOLDER = "attachments"
LEFT_FOR = dt.timedelta(days=1)
"""How old a file without a row must be before the night takes it away: no transaction is so long.
"""

# Extension → what its content must look like, as puremagic names it.
ALLOWED: dict[str, frozenset[str]] = {
    ".pdf": frozenset({".pdf"}),
    ".docx": frozenset({".docx", ".zip"}),
    ".xlsx": frozenset({".xlsx", ".zip"}),
    ".jpg": frozenset({".jpg", ".jpeg", ".jfif"}),
    ".jpeg": frozenset({".jpg", ".jpeg", ".jfif"}),
    ".png": frozenset({".png"}),
    ".ofd": frozenset({".ofd", ".zip"}),
}
KINDS_TAKEN = _("PDF, Word (docx), Excel (xlsx), OFD, JPG or PNG")
"""As it is said beside a field, when a file is chosen and when it is refused."""
OFFICE_PARTS = {".docx": b"word/", ".xlsx": b"xl/", ".ofd": b"OFD.xml"}


def _stored_name(_attachment: models.Model, _name: str) -> str:
    token = uuid.uuid4().hex
    return f"{FOLDER}/{token[:2]}/{token}"


class Attachment(Tenant):
    content_type = models.ForeignKey(ContentType, models.PROTECT, related_name="+")
    object_id = models.PositiveBigIntegerField()
    of = GenericForeignKey("content_type", "object_id")
    purpose = models.CharField(max_length=24, default="attachment")
    name = models.CharField(_("name"), max_length=120)
    file = models.FileField(upload_to=_stored_name)
    size = models.PositiveIntegerField(_("size"))
    digest = models.CharField(max_length=64)
    added_at = models.DateTimeField(default=timezone.now)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        indexes = [
            models.Index(fields=["content_type", "object_id"], name="attachments_of_an_object")
        ]

    def __str__(self) -> str:
        return self.name


def clean_name(name: str) -> str:
    """The last part of the name, without control characters, path signs or leading dots; at most
    100 characters.
    """
    last = re.split(r"[\\/]", unicodedata.normalize("NFC", name))[-1]
    clean = "".join(
        c for c in last if unicodedata.category(c)[0] != "C" and c not in '<>:"|?*'
    ).strip(" .")
    stem, dot, ending = clean.rpartition(".")
    return f"{stem[:100]}{dot}{ending[:10]}" if stem else clean[:100] or "file"


def _ending(name: str) -> str:
    return "." + name.rpartition(".")[2].lower() if "." in name else ""


def check_type(name: str, content: bytes) -> None:
    """Raises BadInput when the file's content is not what its name says, or a kind we
    do not take.
    """
    ending = _ending(name)
    if ending not in ALLOWED:
        raise BadInput(
            _("“%(name)s” is not a kind of file we take: %(kinds)s.")
            % {"name": name, "kinds": KINDS_TAKEN}
        )
    try:
        found = {match.extension for match in puremagic.magic_string(content)}
    except (puremagic.PureError, ValueError):
        found = set()
    if not found & ALLOWED[ending] or OFFICE_PARTS.get(ending, b"") not in content:
        raise BadInput(
            _(
                "“%(name)s” is not what its name says: its content is not %(kind)s. Save it "
                "again in that format."
            )
            % {"name": name, "kind": ending[1:].upper()}
        )


def read_whole(upload: UploadedFile[Any] | IO[bytes], name: str) -> bytes:
    """Raises BadInput with a sentence when it is too large, empty or lies about its type."""
    limit = settings.ATTACHMENT_BYTES
    content: bytes = upload.read(limit + 1)
    if len(content) > limit:
        raise BadInput(
            _("“%(name)s” is larger than %(limit)s MB.") % {"name": name, "limit": limit // 1024**2}
        )
    if not content:
        raise BadInput(_("“%(name)s” is empty.") % {"name": name})
    check_type(name, content)
    return content


def attach(
    upload: UploadedFile[Any] | IO[bytes],
    name: str,
    *,
    to: models.Model,
    by: Actor,
    purpose: str = "attachment",
) -> Attachment:
    """Keep a file with an object: row, file and audit entry together, and none of them when what
    surrounds it is rolled back.

    Raises BadInput with a sentence when it is too large, empty or lies about its type.
    """
    name = clean_name(name)
    content = read_whole(upload, name)
    attachment = Attachment(
        organisation_id=by.organisation_id,
        content_type=ContentType.objects.get_for_model(to),
        object_id=to.pk,
        purpose=purpose,
        name=name,
        size=len(content),
        digest=hashlib.sha256(content).hexdigest(),
        added_by_id=by.account_id,
    )
    with transaction.atomic():
        attachment.file.name = _written(_stored_name(attachment, name), content)
        attachment.save()
        detail = {key: getattr(attachment, key) for key in ("name", "size", "digest", "purpose")}
        audit.record("file.attached", by=by, of=to, detail=detail)
    return attachment


def _written(place: str, content: bytes) -> str:
    """Write the file, inside a transaction: what rolls it back takes the file away."""
    transaction_hooks.queue(_FileRollback(place))
    return default_storage.save(place, ContentFile(content))


class _FileRollback(transaction_hooks.Hook):
    """The hook of a file that was written: called after the commit, the file stays; dropped with a
    rollback, it goes.
    """

    def __init__(self, place: str) -> None:
        self._goes = weakref.finalize(self, _take_away, place)

    def __call__(self) -> None:
        self._goes.detach()


def _take_away(place: str) -> None:
    """A connection lost at the very commit does not say whether it was committed: then the file is
    left to the night.
    """
    if connection.in_atomic_block or not connection.errors_occurred:
        default_storage.delete(place)


def opened(attachment: Attachment) -> File[bytes]:
    """Raises FileMissing where the store has lost it."""
    try:
        content: File[bytes] = attachment.file.open("rb")
    except FileNotFoundError as error:
        raise FileMissing(f"attachment {attachment.pk}: {attachment.file.name}") from error
    return content


def remove(attachment: Attachment, *, by: Actor) -> None:
    """Take an attachment off its object; the file itself goes after the commit.

    What somebody else took off already is gone.
    """
    with transaction.atomic():
        rows = Attachment.everywhere.filter(organisation_id=by.organisation_id)
        locked = rows.select_for_update(no_key=True).filter(pk=attachment.pk).first()
        if locked is None:
            return
        audit.record(
            "file.removed",
            by=by,
            of=locked.of,
            detail={"name": locked.name, "digest": locked.digest},
        )
        locked.delete()
        transaction.on_commit(partial(default_storage.delete, str(locked.file.name)), robust=True)


def remove_all(obj: models.Model, *, by: Actor) -> None:
    """Everything that hangs on an object that is about to be deleted, whatever for; in the caller's
    transaction.
    """
    for attachment in _hanging_on(obj).order_by("id"):
        remove(attachment, by=by)


def _hanging_on(obj: models.Model) -> models.QuerySet[Attachment]:
    return Attachment.objects.filter(
        content_type=ContentType.objects.get_for_model(obj), object_id=obj.pk
    )


def attached_to(obj: models.Model, purpose: str = "attachment") -> models.QuerySet[Attachment]:
    return _hanging_on(obj).filter(purpose=purpose).order_by("id")


def attached_to_each(
    objects: Sequence[models.Model], purpose: str = "attachment"
) -> dict[int, list[Attachment]]:
    """Those of many objects of one table, asked for together; by the number of the object."""
    papers: dict[int, list[Attachment]] = {obj.pk: [] for obj in objects}
    if objects:
        of = ContentType.objects.get_for_model(objects[0])
        found = Attachment.objects.filter(content_type=of, object_id__in=papers, purpose=purpose)
        for attachment in found.order_by("id"):
            papers[attachment.object_id].append(attachment)
    return papers


# The night ----------------------------------------------------------------------------------------


def sweep(by: Actor) -> int:
    """Files that a kill left behind without a row go; rows without their file are counted and told,
    never deleted.

    The files of all organisations lie in one folder: it is swept once a night, in the turn of the
    first of them.
    """
    _tell_missing(by.organisation_id)
    first = tenancy.organisations().values_list("pk", flat=True).first()
    return _swept() if by.organisation_id == first else 0


def _swept() -> int:
    before = clock.now() - LEFT_FOR
    old = [place for place in _files(FOLDER) if default_storage.get_modified_time(place) < before]
    kept = set(Attachment.everywhere.values_list("file", flat=True).iterator())
    left = [place for place in old if place not in kept]
    for place in left:
        default_storage.delete(place)
    return len(left)


def _files(folder: str) -> Iterator[str]:
    if not default_storage.exists(folder):
        return
    folders, names = default_storage.listdir(folder)
    yield from (f"{folder}/{name}" for name in names)
    for below in folders:
        yield from _files(f"{folder}/{below}")


def _tell_missing(organisation: int) -> None:
    places = Attachment.everywhere.filter(organisation_id=organisation).values_list(
        "file", flat=True
    )
    if missing := sum(not default_storage.exists(place) for place in places.iterator()):
        logger.warning(
            "%s attachment(s) of organisation %s have no file in the data folder",
            missing,
            organisation,
        )
