"""Attachments: kept outside the web root under a name nobody can guess, typed by their content, their names cleaned.

They are only ever handed out through a view that asks the object they belong to whether the reader may see it.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
import uuid
from typing import IO, Any

import puremagic
from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .access import Actor
from .refusals import BadInput
from .tenancy import Tenant

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
OFFICE_PARTS = {".docx": b"word/", ".xlsx": b"xl/", ".ofd": b"OFD.xml"}


def _stored_name(_attachment: models.Model, _name: str) -> str:
    token = uuid.uuid4().hex
    return f"attachments/{token[:2]}/{token}"


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
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["content_type", "object_id"], name="attachments_of_an_object")]

    def __str__(self) -> str:
        return self.name


def clean_name(name: str) -> str:
    """The last part of the name, without control characters, path signs or leading dots; at most 100 characters."""
    last = re.split(r"[\\/]", unicodedata.normalize("NFC", name))[-1]
    clean = "".join(c for c in last if unicodedata.category(c)[0] != "C" and c not in '<>:"|?*').strip(" .")
    stem, dot, ending = clean.rpartition(".")
    return f"{stem[:100]}{dot}{ending[:10]}" if stem else clean[:100] or "file"


def _ending(name: str) -> str:
    return "." + name.rpartition(".")[2].lower() if "." in name else ""


def check_type(name: str, content: bytes) -> None:
    """Raises BadInput when the file's content is not what its name says, or a kind we do not take."""
    ending = _ending(name)
    if ending not in ALLOWED:
        raise BadInput(
            _("“%(name)s” is not a kind of file we take: PDF, Word (docx), Excel (xlsx), OFD, JPG or PNG.") % {"name": name}
        )
    try:
        found = {match.extension for match in puremagic.magic_string(content)}
    except (puremagic.PureError, ValueError):
        found = set()
    if not found & ALLOWED[ending] or OFFICE_PARTS.get(ending, b"") not in content:
        raise BadInput(
            _("“%(name)s” is not what its name says: its content is not %(kind)s. Save it again in that format.")
            % {"name": name, "kind": ending[1:].upper()}
        )


def attach(upload: UploadedFile[Any] | IO[bytes], name: str, *, to: models.Model, by: Actor, purpose: str = "attachment") -> Attachment:
    """Keep a file with an object. Raises BadInput with a sentence when it is too large, empty or lies about its type."""
    limit = settings.ATTACHMENT_BYTES
    content = upload.read(limit + 1)
    name = clean_name(name)
    if len(content) > limit:
        raise BadInput(_("“%(name)s” is larger than %(limit)s MB.") % {"name": name, "limit": limit // 1024**2})
    if not content:
        raise BadInput(_("“%(name)s” is empty.") % {"name": name})
    check_type(name, content)
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
    attachment.file.save(name, ContentFile(content), save=True)
    return attachment


def attached_to(obj: models.Model, purpose: str = "attachment") -> models.QuerySet[Attachment]:
    return Attachment.objects.filter(
        content_type=ContentType.objects.get_for_model(obj), object_id=obj.pk, purpose=purpose
    ).order_by("id")
